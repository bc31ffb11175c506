"""Turning the pages of what is scheduled, moving a debate, cancelling it."""

from typing import TYPE_CHECKING

import discord

from bot.chat.answers import patiently, show, turn_to
from bot.chat.cards.schedule_pages import cancel_page, in_short, scheduled_page
from bot.chat.modals import WHEN, move_modal, submitted
from bot.chat.people import person_of
from bot.chat.routing import Address
from bot.classroom import scheduling
from bot.discussion.ids import ScheduleId

if TYPE_CHECKING:
    from bot.chat.client import Parley


async def turn_page(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Another page of what waits."""
    await _show_page(bot, interaction, address.number(0))


async def open_move(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Ask for the new time."""
    entry = await scheduling.the_entry(bot.room, person_of(interaction), _schedule(address))
    await interaction.response.send_modal(move_modal(entry.schedule, bot.room.zone))


async def move(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Take the new time."""
    when = submitted(interaction).get(WHEN, "")
    work = scheduling.move(bot.room, person_of(interaction), _schedule(address), when)
    moved = await patiently(interaction, work)
    bot.publisher.alarm.changed(moved)
    await _show_page(bot, interaction, 0, f"Moved: {in_short(moved, bot.room.zone)}")


async def ask_to_cancel(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Is it really meant?"""
    entry = await scheduling.the_entry(bot.room, person_of(interaction), _schedule(address))
    await turn_to(interaction, cancel_page(entry, bot.room.zone))


async def cancel(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """It is."""
    work = scheduling.cancel(bot.room, person_of(interaction), _schedule(address))
    cancelled = await patiently(interaction, work)
    bot.publisher.alarm.changed(cancelled)
    await _show_page(bot, interaction, 0, f"Cancelled: {in_short(cancelled, bot.room.zone)}")


def _schedule(address: Address) -> ScheduleId:
    return ScheduleId(address.number(0))


async def _show_page(bot: "Parley", interaction: discord.Interaction, page: int, news: str | None = None) -> None:
    """In the private message whose button was pressed; below it, where Discord had to be told that it takes longer."""
    timetable = await scheduling.timetable(bot.room, person_of(interaction), page)
    turn = show if interaction.response.is_done() else turn_to
    await turn(interaction, scheduled_page(timetable, news))
