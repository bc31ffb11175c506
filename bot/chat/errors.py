"""The one funnel: whatever goes wrong, the user gets a sentence, and the log the trace under the same id."""

import io
import logging
import secrets

import discord
from discord import app_commands

from bot.chat.answers import NOT_TAKEN, tell
from bot.chat.texts import fitted, plain
from bot.chat.watching import Outcome, note_outcome
from bot.classroom.admitting import Muted
from bot.classroom.refusals import Refusal
from bot.storage import StorageError, StoreClosed

log = logging.getLogger(__name__)

RECORDED = "Recorded. It could not be shown just now: `/my responses` has it, and you need not send it again"


async def answer_error(
    interaction: discord.Interaction, error: Exception, *, words: str | None = None, recorded: bool = False
) -> None:
    """Answer a refusal with its sentence and anything else with one and an error id.

    `words` are what the user had typed: they are handed back, so that nobody writes a long answer twice. `recorded`
    says that what was asked is on record and only what follows went wrong: there is nothing to be sent again.
    """
    refusal = _refusal(error)
    note_outcome(interaction, Outcome.ERROR if refusal is None else Outcome.REFUSED)
    if refusal is not None:
        sentence = refusal
    else:
        error_id = secrets.token_hex(4)
        found = {"error_id": error_id, "guild_id": interaction.guild_id}
        log.error("error %s in guild %s", error_id, interaction.guild_id, exc_info=error, extra=found)
        sentence = f"{RECORDED if recorded else _what_happened(error)} (error {error_id})"
    file = None
    if words:
        sentence += "\nYour words are in the file below, so that you can send them again."
        file = discord.File(io.BytesIO(words.encode(errors="replace")), filename="your-words.txt")
    try:
        await tell(interaction, sentence, file=file)
    except NOT_TAKEN as unanswered:
        # The interaction is too old or its channel is gone: there is nobody left to tell.
        log.warning("could not answer an interaction in guild %s: %s", interaction.guild_id, unanswered)


def log_error(what: str, error: Exception) -> str:
    """Log what went wrong where nobody waits for an answer, or something else is answered: "error" and its id."""
    if isinstance(error, StoreClosed):
        log.info("not done any more, as Parley is stopping: %s", what)  # the next start catches up
        return "stopping"
    error_id = secrets.token_hex(4)
    log.error("error %s in %s", error_id, what, exc_info=error, extra={"error_id": error_id})
    return f"error {error_id}"


def _refusal(error: Exception) -> str | None:
    if isinstance(error, app_commands.CommandInvokeError | app_commands.TransformerError):
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else None
        return _refusal(cause) if cause is not None else "Discord sent something that does not fit this command."
    if isinstance(error, Muted):
        return f"{error} The reason: {fitted(plain(error.reason), 600)}"
    if isinstance(error, Refusal):
        return str(error)
    if isinstance(error, app_commands.NoPrivateMessage):
        return "Parley works in a server, not in direct messages."
    return None


def _what_happened(error: BaseException) -> str:
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if isinstance(cause, StorageError):
        return "This was not recorded: the database could not be written. Please try again in a moment"
    if isinstance(cause, discord.Forbidden):
        return "Discord did not let Parley do that: a permission is missing in this channel"
    if isinstance(cause, NOT_TAKEN):
        return "Discord did not take that just now. Please try again in a moment"
    return "Something went wrong in Parley. Please try again; if it stays, tell your teacher"
