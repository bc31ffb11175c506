"""What goes on when somebody has been told that the article does not say what they quote."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

import discord
from discord import ui

from bot.chat.answers import show, tell, turn_to
from bot.chat.cards.misquote_page import misquote_page, sent_page
from bot.chat.clicks.showing import phase_of
from bot.chat.errors import answer_error
from bot.chat.holding import WORDS, HeldForm, file_of, go_on_with, submitted_address
from bot.chat.modals import LEANS_ON, change_modal, refilled, reply_modal, respond_modal, statement_modal, words_in
from bot.chat.people import person_of
from bot.chat.routing import UNKNOWN, Address, to
from bot.chat.watching import Outcome, note_outcome
from bot.classroom import responding, rewording, stating
from bot.classroom.citing import Misquoted
from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.discussion.ids import ResponseId, RoundId

if TYPE_CHECKING:
    from bot.chat.client import Parley

_GONE = (
    "Those words have been sent already, or Parley was started again since you wrote them: then they are in the file "
    "of this message, and you can send them once more."
)


async def point_out(bot: "Parley", interaction: discord.Interaction, error: Exception) -> bool:
    """Show somebody what they quote beside what the article says; False where their form has not failed for that."""
    if not isinstance(error, Misquoted):
        return False
    note_outcome(interaction, Outcome.REFUSED)
    try:
        key = bot.holding.keep(interaction, submitted_address(interaction))
        file = file_of(interaction)
        addresses = {"send": to("as-it-is", key), "change": to("mend", key)}
        await show(interaction, misquote_page(error.found, **addresses, words=WORDS if file else None), file=file)
    except Exception as unasked:  # noqa: BLE001 - the funnel answers, and hands the words back
        await answer_error(interaction, unasked, words=words_in(interaction))
    return True


async def send_as_it_is(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Record the form that waits, word for word."""
    form = bot.holding.take(address.word(0), person_of(interaction))
    if form is None:
        await tell(interaction, _GONE)
        return
    go_on_with(interaction, form, as_it_is=True)
    await turn_to(interaction, sent_page())
    await bot.clicks[form.address.verb](bot, interaction, form.address)


async def mend(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Open the form that waits once more, with what was written in it. It waits on until it is sent."""
    key, person = address.word(0), person_of(interaction)
    form = bot.holding.look(key, person)
    if form is None:
        await tell(interaction, _GONE)
        return
    opening = _FORMS.get(form.address.verb)
    if opening is None:
        raise Refusal(UNKNOWN)
    modal = await opening(bot, person, form)
    await interaction.response.send_modal(refilled(modal, {LEANS_ON: "", **form.fields}, str(form.address_again(key))))


async def _response(bot: "Parley", person: Person, form: HeldForm) -> ui.Modal:
    return respond_modal(await responding.invitation(bot.room, person, RoundId(form.address.number(0))))


async def _reply(bot: "Parley", person: Person, form: HeldForm) -> ui.Modal:
    return reply_modal(await responding.answerable(bot.room, person, ResponseId(form.address.number(0))))


async def _change(bot: "Parley", person: Person, form: HeldForm) -> ui.Modal:
    return change_modal(await rewording.own(bot.room, person, ResponseId(form.address.number(0))))


async def _statement(bot: "Parley", person: Person, form: HeldForm) -> ui.Modal:
    round_id, phase = RoundId(form.address.number(0)), phase_of(form.address)
    return statement_modal(await stating.statement_so_far(bot.room, person, round_id, phase))


_FORMS: Mapping[str, Callable[["Parley", Person, HeldForm], Awaitable[ui.Modal]]] = {
    "responded": _response,
    "replied": _reply,
    "changed": _change,
    "stated": _statement,
}
