"""What moved somebody: the button “This moved me” under a classmate's response."""

from typing import TYPE_CHECKING

import discord

from bot.chat.answers import patiently, tell
from bot.chat.people import person_of
from bot.chat.routing import Address
from bot.classroom import moving
from bot.classroom.moving import Moved
from bot.discussion.ids import ResponseId

if TYPE_CHECKING:
    from bot.chat.client import Parley


async def say_so(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Say it, or take it back; nothing in the thread shows that anybody has."""
    work = moving.press(bot.room, person_of(interaction), ResponseId(address.number(0)))
    await tell(interaction, _confirmation(await patiently(interaction, work)))


def _confirmation(moved: Moved) -> str:
    if moved.holds:
        return (
            "Recorded: this moved you. How many people a response moved is told once the question is closed, who they "
            "are never. Press again to take it back."
        )
    if moved.is_reflected:
        return "Taken back. A reflection of yours still names it: `/my responses` lets you withdraw that."
    return "Taken back: this does not count as having moved you."
