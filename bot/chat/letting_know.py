"""Telling authors what a moderator has hidden of theirs: privately, after the answer to what they do next."""

import logging
from typing import TYPE_CHECKING

import discord

from bot.chat.answers import NOT_TAKEN, tell
from bot.chat.errors import log_error
from bot.chat.texts import fitted, plain
from bot.classroom import informing
from bot.classroom.informing import Hidden
from bot.discussion.ids import GuildId, UserId
from bot.discussion.moderation import Review
from bot.discussion.values import Response
from bot.discussion.wording import in_one_line

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)

_ANSWERS = {
    discord.InteractionResponseType.channel_message,
    discord.InteractionResponseType.deferred_channel_message,
    discord.InteractionResponseType.deferred_message_update,
    discord.InteractionResponseType.message_update,
}
"""After these something more can be said. A form is answered first."""


class LettingKnow:
    """Knows in memory who is to be told, so that nobody else's click costs a look at the record."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot
        self._waiting = set[tuple[GuildId, UserId]]()

    async def load(self) -> None:
        """What is on record of it, at a start."""
        self._waiting |= await informing.to_be_told(self._bot.room)

    def expect(self, hidden: Response) -> None:
        """A response was hidden: its author is to be told."""
        self._waiting.add((hidden.guild_id, hidden.user_id))

    async def answered(self, interaction: discord.Interaction) -> None:
        """Somebody has had their answer: tell them now what they are to be told, if anything.

        Whoever cannot be told now is told next time.
        """
        if not self._waiting or interaction.guild_id is None or interaction.response.type not in _ANSWERS:
            return
        who = GuildId(interaction.guild_id), UserId(interaction.user.id)
        if who not in self._waiting:
            return
        self._waiting.discard(who)
        try:
            is_all = await self._tell(interaction, *who)
        except NOT_TAKEN as error:
            log.warning("an author was not told what was hidden: %s", error)
            is_all = False
        except Exception as error:  # noqa: BLE001 - they have their answer: nobody waits for this
            log_error("telling an author what was hidden", error)
            is_all = False
        if not is_all:
            self._waiting.add(who)

    async def _tell(self, interaction: discord.Interaction, guild_id: GuildId, user_id: UserId) -> bool:
        """First it is told, then put on record that it was: rather twice than never. True where that was all."""
        untold = await informing.untold(self._bot.room, guild_id, user_id)
        if untold.hidden:
            await tell(interaction, "\n".join([*map(_sentence, untold.hidden), _AFTERWARDS]))
            await informing.told(self._bot.room, guild_id, untold.hidden)
        return untold.more == 0


_REASON = 300
"""Characters of a reason: of so many responses at once, all that is told has to fit into one message."""

_AFTERWARDS = "-# Classmates do not read it. `/my responses` has your words; a moderator can tell you more."


def _sentence(hidden: Hidden) -> str:
    said = fitted(plain(in_one_line(hidden.response.body, 100)), 150)
    which = f"your response “{said}”" if said else "a response of yours"
    where = fitted(plain(hidden.round.prompt.question), 100)
    did = "has not approved" if hidden.response.review is Review.REJECTED else "has hidden"
    return f"A moderator {did} {which} to “{where}”. The reason: {fitted(plain(hidden.removal.reason), _REASON)}"
