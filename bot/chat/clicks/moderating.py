"""Reporting a response, and a moderator's hand on it. Each press shows the page as it is then."""

from typing import TYPE_CHECKING

import discord

from bot.chat.answers import NOT_TAKEN, patiently, tell, turn_or_show
from bot.chat.cards.review_page import case_page, review_page
from bot.chat.errors import log_error
from bot.chat.modals import submitted
from bot.chat.moderation_forms import hide_form, reason_of, report_form
from bot.chat.people import person_of
from bot.chat.routing import Address
from bot.classroom import moderating, reporting
from bot.classroom.posting import Posted, TakenDown
from bot.discussion.ids import ResponseId
from bot.discussion.values import Response, Source

if TYPE_CHECKING:
    from bot.chat.client import Parley

SHOWN_SOON = 1.0
"""Seconds to wait for the post of what is restored."""


async def ask_for_report(bot: "Parley", interaction: discord.Interaction, response_id: ResponseId) -> None:
    """The form for a report, from the command on a message."""
    found = await reporting.reportable(bot.room, person_of(interaction), response_id)
    await interaction.response.send_modal(report_form(found.id))


async def report(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Put a report on record. Nobody is told but the moderators, and they not who it was."""
    why = reason_of(submitted(interaction))
    await patiently(interaction, reporting.report(bot.room, person_of(interaction), _response(address), why))
    await tell(interaction, "Reported: a moderator looks at it. Nobody is told that it was you.")


async def open_case(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """A single response of the queue, whole."""
    case = await patiently(interaction, moderating.case(bot.room, person_of(interaction), _response(address)))
    await turn_or_show(interaction, case_page(case))


async def ask_to_hide(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """The form for the reason."""
    case = await moderating.case(bot.room, person_of(interaction), _response(address))
    await interaction.response.send_modal(hide_form(case.response.id, *address.arguments[1:]))


async def hide(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Hide it, and let the thread show that."""
    why = reason_of(submitted(interaction))
    work = moderating.hide(bot.room, person_of(interaction), _response(address), why)
    hidden = (await patiently(interaction, work)).response
    bot.letting_know.expect(hidden)
    bot.publisher.outdated_by(hidden)
    became = await patiently(interaction, _hidden(bot, hidden))
    await _show_again(bot, interaction, address, _told_of_hiding(hidden, became))


async def restore(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Let the class see it again."""
    work = moderating.restore(bot.room, person_of(interaction), _response(address))
    shown = (await patiently(interaction, work)).response
    bot.publisher.outdated_by(shown)
    posted = await patiently(interaction, bot.publisher.show(shown, within=SHOWN_SOON))
    await _show_again(bot, interaction, address, _RESTORED.get(posted, "Restored: it stands in the thread again."))


async def dismiss(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Find nothing wrong with it."""
    await patiently(interaction, moderating.dismiss(bot.room, person_of(interaction), _response(address)))
    await _show_again(bot, interaction, address, "Dismissed: the response stays as it is.")


async def turn_queue(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Another page of what waits."""
    queue = await patiently(interaction, moderating.queue(bot.room, person_of(interaction), address.number(0)))
    await turn_or_show(interaction, review_page(queue))


async def show_again(
    bot: "Parley", interaction: discord.Interaction, said: str, response_id: ResponseId, page: int | None = None
) -> None:
    """The page from which it was done: that of the queue, where one is told, else the response's."""
    person = person_of(interaction)
    if page is not None:
        await turn_or_show(interaction, review_page(await moderating.queue(bot.room, person, page), said))
    else:
        await turn_or_show(interaction, case_page(await moderating.case(bot.room, person, response_id), said))


async def _show_again(bot: "Parley", interaction: discord.Interaction, address: Address, said: str) -> None:
    page = address.number(1) if len(address.arguments) > 1 else None
    await show_again(bot, interaction, said, _response(address), page)


async def _hidden(bot: "Parley", response: Response) -> TakenDown:
    """What is hidden stays hidden when Discord does not take that; the thread is brought up to date later."""
    try:
        return await bot.publisher.hide(response)
    except NOT_TAKEN as error:
        log_error(f"hiding the post of response {response.id}", error)
        return TakenDown.LATER


def _told_of_hiding(response: Response, became: TakenDown) -> str:
    if became is TakenDown.LATER:
        return "Hidden: the thread shows that as soon as Discord takes it."
    if became is TakenDown.STAYS:
        return (
            "Hidden on record, but its author typed it in the thread, and Parley may not delete it there (it lacks "
            "Manage Messages). Delete the message yourself: then the thread shows that something was hidden."
        )
    if response.message_id is None and response.source is not Source.MESSAGE:
        return "Hidden: the class had not seen it yet."
    return "Hidden: the thread shows that something was hidden."


_RESTORED = {
    Posted.LATER: "Restored: it appears in the thread as soon as Discord takes it.",
    Posted.NOWHERE: "Restored on record; its message or its thread was deleted, so the class does not see it.",
    Posted.WAITS: "Restored: the class reads it when the rest of its phase is shown.",
}


def _response(address: Address) -> ResponseId:
    return ResponseId(address.number(0))
