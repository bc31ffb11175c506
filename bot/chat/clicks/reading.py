"""Reading the article and one's own responses, page by page."""

from typing import TYPE_CHECKING

import discord

from bot.chat.answers import show, turn_to
from bot.chat.cards.article_page import article_page
from bot.chat.cards.own_page import own_page
from bot.chat.people import person_of
from bot.chat.routing import Address
from bot.classroom.reading import open_at
from bot.classroom.reviewing import my_responses

if TYPE_CHECKING:
    from bot.chat.client import Parley


async def open_article(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Open the article privately, at the named paragraph or at the round's first excerpt."""
    paragraph = address.number(1) if len(address.arguments) > 1 else None
    reading = await open_at(bot.room, person_of(interaction).guild_id, address.word(0), paragraph)
    await show(interaction, article_page(reading))


async def turn_page(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Turn to another paragraph, or another piece of a long one, in the same private message."""
    reading = await open_at(bot.room, person_of(interaction).guild_id, address.word(0), address.number(1))
    await turn_to(interaction, article_page(reading, address.number(2) if len(address.arguments) > 2 else 0))


async def turn_own(bot: "Parley", interaction: discord.Interaction, address: Address) -> None:
    """Turn to another page of one's own responses."""
    await turn_to(interaction, own_page(await my_responses(bot.room, person_of(interaction), address.number(0))))
