"""`/privacy`: what is recorded of somebody, and their say in it."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.answers import patiently, show
from bot.chat.cards.consent_pages import withdrawn_page
from bot.chat.clicks.consenting import ask_whoever_has_not_agreed
from bot.chat.people import person_of
from bot.classroom import consenting

if TYPE_CHECKING:
    from bot.chat.client import Parley


@app_commands.guild_only()
class Privacy(commands.GroupCog, group_name="privacy", group_description="What is recorded of you, and your say in it"):
    """Everybody's own affair: nobody else sees an answer."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot

    @app_commands.command(description="Read what is recorded here, and agree to it")
    async def agree(self, interaction: discord.Interaction) -> None:
        """The notice, without waiting for a first word."""
        await ask_whoever_has_not_agreed(self._bot, interaction)

    @app_commands.command(description="From now on let nothing of yours be recorded")
    async def withdraw(self, interaction: discord.Interaction) -> None:
        """Recording stops; what is on record stays until it is erased."""
        person = person_of(interaction)
        await patiently(interaction, consenting.decline(self._bot.room, person))
        await show(interaction, withdrawn_page())
