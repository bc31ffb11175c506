"""Muting who wrote a response, from its page: under a pseudonym without a word of who that is."""

from typing import TYPE_CHECKING

import discord

from bot.chat.answers import patiently
from bot.chat.clicks.moderating import show_again
from bot.chat.modals import submitted
from bot.chat.moderation_forms import mute_form, reason_of
from bot.chat.people import person_of
from bot.chat.routing import Address
from bot.classroom import muting
from bot.discussion.ids import ResponseId

if TYPE_CHECKING:
    from bot.chat.client import Parley

MUTED = "Muted in this debate: they can read and vote. When they try to say something they are told the reason."
UNMUTED = "They can speak again in this debate."


async def ask_to_mute(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """The form for the reason."""
    found = await muting.mutable(bot.room, person_of(interaction), ResponseId(address.number(0)))
    await interaction.response.send_modal(mute_form(found.id))


async def mute(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Mute them."""
    response_id, why = ResponseId(address.number(0)), reason_of(submitted(interaction))
    await patiently(interaction, muting.mute_author(bot.room, person_of(interaction), response_id, why))
    await show_again(bot, interaction, MUTED, response_id)


async def unmute(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Let them speak again."""
    response_id = ResponseId(address.number(0))
    await patiently(interaction, muting.unmute_author(bot.room, person_of(interaction), response_id))
    await show_again(bot, interaction, UNMUTED, response_id)
