"""The invitations under a teacher's look at the voices of a debate."""

from typing import TYPE_CHECKING

import discord

from bot.chat.answers import patiently, tell
from bot.chat.people import person_of
from bot.chat.routing import Address
from bot.classroom import inviting
from bot.discussion.ids import RoundId

if TYPE_CHECKING:
    from bot.chat.client import Parley


async def invite(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Post the invitation in the thread."""
    round_id, kind, about = RoundId(address.number(0)), address.word(1), address.word(2)
    asked = await patiently(interaction, inviting.invite(bot.room, person_of(interaction), round_id, kind, about))
    told = await bot.publisher.ask(asked)
    await tell(interaction, "The class is invited." if told else "The class is invited as soon as Discord takes it.")
