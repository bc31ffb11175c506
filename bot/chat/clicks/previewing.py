"""The Start button of a preview."""

from typing import TYPE_CHECKING

import discord

from bot.chat.answers import turn, turn_later
from bot.chat.cards.control_panel import done_with
from bot.chat.people import person_of
from bot.chat.permissions import require_room_for_debate
from bot.chat.posing import place_of, posed, started_line
from bot.chat.routing import Address
from bot.classroom import previewing

if TYPE_CHECKING:
    from bot.chat.client import Parley


async def start(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Start what the teacher has looked at, once; whoever presses again is told where it is."""
    person, number = person_of(interaction), address.number(0)
    await turn_later(interaction)
    channel_id = await previewing.channel_of_preview(bot.room, person, number)
    require_room_for_debate(bot.get_channel(channel_id))
    found, started = await previewing.start_previewed(bot.room, person, number)
    if started is None:
        await turn(interaction, done_with(f"This was started before: {place_of(found)}."))
        return
    after, trouble = await posed(bot, found)
    await turn(interaction, done_with(started_line(bot, started, after, trouble)))
