"""Where a moderator reads first: let the class see what waits, or not. The address tells the wording that was read."""

from typing import TYPE_CHECKING

import discord

from bot.chat.answers import patiently
from bot.chat.clicks.moderating import SHOWN_SOON, show_again
from bot.chat.modals import submitted
from bot.chat.moderation_forms import reason_of, reject_form
from bot.chat.people import person_of
from bot.chat.routing import Address
from bot.classroom import moderating
from bot.classroom.posting import Posted
from bot.discussion.ids import ResponseId

if TYPE_CHECKING:
    from bot.chat.client import Parley


async def approve(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Post it like any other."""
    response_id, wording = _meant(address)
    work = moderating.approve(bot.room, person_of(interaction), response_id, wording)
    shown = (await patiently(interaction, work)).response
    bot.publisher.outdated_by(shown)
    posted = await patiently(interaction, bot.publisher.show(shown, within=SHOWN_SOON))
    said = _APPROVED.get(posted, "Approved: it stands in the thread.")
    await show_again(bot, interaction, said, response_id, *_page(address))


async def ask_to_reject(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """The form for the reason."""
    response_id, wording = _meant(address)
    await moderating.case(bot.room, person_of(interaction), response_id)
    await interaction.response.send_modal(reject_form(response_id, wording, *_page(address)))


async def reject(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Let nobody see it, and have its author told why."""
    response_id, wording = _meant(address)
    why = reason_of(submitted(interaction))
    work = moderating.reject(bot.room, person_of(interaction), response_id, wording, why)
    rejected = (await patiently(interaction, work)).response
    bot.letting_know.expect(rejected)
    said = "Rejected: the class does not see it. Its author is told why, and may change it."
    await show_again(bot, interaction, said, response_id, *_page(address))


_APPROVED = {
    Posted.LATER: "Approved: it appears in the thread as soon as Discord takes it.",
    Posted.NOWHERE: "Approved on record; its message or its thread was deleted, so the class does not see it.",
    Posted.WAITS: "Approved: the class reads it when the rest of its phase is shown.",
}


def _meant(address: Address) -> tuple[ResponseId, int]:
    return ResponseId(address.number(0)), address.number(1)


def _page(address: Address) -> list[int]:
    """The page of the queue on which it was pressed, if it was there."""
    return [address.number(2)] if len(address.arguments) > 2 else []
