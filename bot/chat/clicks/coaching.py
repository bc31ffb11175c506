"""The button by which somebody has done with the coach's questions, or wants them again."""

from typing import TYPE_CHECKING

import discord

from bot.chat.answers import patiently, show
from bot.chat.cards.coach_lines import switched_page
from bot.chat.people import person_of
from bot.chat.routing import UNKNOWN, Address
from bot.classroom import coaching
from bot.classroom.refusals import Refusal

if TYPE_CHECKING:
    from bot.chat.client import Parley

_ON = {"on": True, "off": False}


async def switch(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Switch the coach on or off for whoever presses."""
    on = _ON.get(address.word(0))
    if on is None:
        raise Refusal(UNKNOWN)
    await patiently(interaction, coaching.switch(bot.room, person_of(interaction), on=on))
    await show(interaction, switched_page(on=on))
