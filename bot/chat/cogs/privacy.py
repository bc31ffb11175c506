"""`/privacy`: what is recorded of somebody, and their say in it."""

import io
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.answers import patiently, show
from bot.chat.cards.consent_pages import withdrawn_page
from bot.chat.cards.privacy_pages import erase_page, record_page
from bot.chat.clicks.consenting import ask_whoever_has_not_agreed
from bot.chat.clicks.partaking import switch_reminders
from bot.chat.people import person_of
from bot.classroom import consenting
from bot.classroom.own_record import NOTHING, own_files, own_record
from bot.classroom.refusals import Refusal

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

    @app_commands.command(description="See what is recorded of you here, who sees it, and how long it stays")
    async def show(self, interaction: discord.Interaction) -> None:
        """Counts, not words: those are in `/my responses` and in the export."""
        own = await patiently(interaction, own_record(self._bot.room, person_of(interaction)))
        await show(interaction, record_page(own))

    @app_commands.command(description="Get everything that is recorded of you here, as two files")
    async def export(self, interaction: discord.Interaction) -> None:
        """At once, and privately."""
        person = person_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        json_file, csv_file = await own_files(self._bot.room, person)
        files = [
            discord.File(io.BytesIO(json_file), "my-parley-record.json"),
            discord.File(io.BytesIO(csv_file), "my-parley-record.csv"),
        ]
        sentence = "Everything on record of you in this server: all of it as JSON, and as a table for a spreadsheet."
        await interaction.followup.send(sentence, files=files, ephemeral=True)

    @app_commands.command(description="Erase everything that is recorded of you here")
    async def erase(self, interaction: discord.Interaction) -> None:
        """First it is told what that does."""
        person = person_of(interaction)
        own = await patiently(interaction, own_record(self._bot.room, person))
        if not own.data:
            raise Refusal(NOTHING)
        await show(interaction, erase_page(own, person.user_id))

    reminders = app_commands.Group(name="reminders", description="Be told by a direct message what you have left")

    @reminders.command(name="on", description="Let your teacher's reminders reach you by a direct message")
    async def reminders_on(self, interaction: discord.Interaction) -> None:
        """From now on."""
        await switch_reminders(self._bot, interaction, wanted=True)

    @reminders.command(name="off", description="No more reminders")
    async def reminders_off(self, interaction: discord.Interaction) -> None:
        """Not any more."""
        await switch_reminders(self._bot, interaction, wanted=False)
