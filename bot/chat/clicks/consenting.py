"""The answers to the notice of what is recorded, and the button that asks for it."""

from typing import TYPE_CHECKING

import discord

from bot.chat.answers import patiently, tell, turn_to
from bot.chat.cards.consent_pages import agreed_page, declined_page
from bot.chat.holding import go_on_with
from bot.chat.people import person_of
from bot.chat.routing import UNKNOWN, Address
from bot.classroom import consenting
from bot.classroom.refusals import Refusal
from bot.discussion.consent import may_record

if TYPE_CHECKING:
    from bot.chat.client import Parley

OPENS_A_FORM = frozenset({"respond", "reply", "change", "reflect", "statement"})
"""Discord takes a form only as the very answer to a press: the notice stays as it is above it."""

GOES_ON = OPENS_A_FORM | {"vote", "part", "remind", "moved"}
"""The buttons that can stand behind **I agree**."""

_GONE = (
    "You have agreed. Parley was started again since you wrote, so send your words once more: they are in the file of "
    "this message."
)


async def open_notice(bot: "Parley", interaction: discord.Interaction, _address: Address) -> None:
    """Show the notice to whoever presses **Take part**."""
    await ask_whoever_has_not_agreed(bot, interaction)


async def ask_whoever_has_not_agreed(bot: "Parley", interaction: discord.Interaction) -> None:
    """Show the notice, from the button or from the command."""
    person = person_of(interaction)
    settings, word = await patiently(interaction, consenting.word_of(bot.room, person))
    if may_record(settings.consent, word.agreed_at, word.declined_at):
        await tell(interaction, "What you say here is recorded, as you know. `/privacy show` tells what of yours is.")
        return
    await bot.asking.ask(interaction)


async def agree(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Put on record that somebody agrees, and go on with what they were doing."""
    then = Address(address.arguments[0], address.arguments[1:]) if address.arguments else None
    if then is not None and then.verb not in GOES_ON:
        raise Refusal(UNKNOWN)
    await consenting.agree(bot.room, person_of(interaction))
    if then is None or then.verb not in OPENS_A_FORM:
        await turn_to(interaction, agreed_page())
    if then is not None:
        await bot.clicks[then.verb](bot, interaction, then)


async def agree_and_send(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """The same, where the form was already sent: it is recorded now, word for word."""
    person = person_of(interaction)
    form = bot.holding.take(address.word(0), person)
    await consenting.agree(bot.room, person)
    if form is None:
        await tell(interaction, _GONE)
        return
    go_on_with(interaction, form)
    await turn_to(interaction, agreed_page())
    await bot.clicks[form.address.verb](bot, interaction, form.address)


async def decline(_bot: "Parley", interaction: discord.Interaction, _address: Address) -> None:
    """Leave everything as it is: not even that somebody said no is kept."""
    person_of(interaction)
    await turn_to(interaction, declined_page())
