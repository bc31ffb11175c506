"""`/prompts`: what can be debated, and what does not load."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.answers import patiently, show
from bot.chat.cards.teacher_pages import library_page
from bot.chat.people import person_of
from bot.classroom import reviewing

if TYPE_CHECKING:
    from bot.chat.client import Parley


@app_commands.guild_only()
class Prompts(commands.GroupCog, group_name="prompts", group_description="The prompt sets for debates"):
    """List and reload."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot

    @app_commands.command(name="list", description="The prompt sets, and what is wrong with those that did not load")
    async def list_sets(self, interaction: discord.Interaction) -> None:
        """Show the library."""
        library = await patiently(interaction, reviewing.library(self._bot.room, person_of(interaction)))
        await show(interaction, library_page(library))

    @app_commands.command(description="Read the articles and prompt sets again; open debates keep what they had")
    async def reload(self, interaction: discord.Interaction) -> None:
        """Load again without a restart."""
        library = await patiently(interaction, reviewing.reloaded(self._bot.room, person_of(interaction)))
        await show(interaction, library_page(library))
