"""`/prompts`: what can be debated, what does not load, and the prompt sets that a server brings along."""

import io
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.answers import patiently, show, tell
from bot.chat.cards.teacher_pages import library_page
from bot.chat.cards.upload_lines import added_line, problems_lines, removed_line, told_in_full
from bot.chat.cogs import completing
from bot.chat.fetching import fetched
from bot.chat.people import person_of
from bot.classroom import reviewing, uploading
from bot.classroom.uploading import Added
from bot.discussion.uploads import Upload

if TYPE_CHECKING:
    from bot.chat.client import Parley


@app_commands.guild_only()
class Prompts(commands.GroupCog, group_name="prompts", group_description="The prompt sets for debates"):
    """List and reload; upload, source and remove."""

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

    @app_commands.command(description="Add a prompt set for this server alone, or a new version of one")
    @app_commands.describe(
        file="A YAML file as in Parley's folder of prompt sets; its name is what the set is known by"
    )
    async def upload(self, interaction: discord.Interaction, file: discord.Attachment) -> None:
        """Keep it when it is in order; else tell each problem with its place."""
        person, room = person_of(interaction), self._bot.room
        await interaction.response.defer(ephemeral=True, thinking=True)
        await uploading.expect(room, person, file.filename, file.size)
        outcome = await uploading.upload(room, person, file.filename, await fetched(file))
        if isinstance(outcome, Added):
            await tell(interaction, added_line(outcome))
            return
        words, is_all = problems_lines(outcome)
        rest = None if is_all else _text_file(told_in_full(outcome), "problems.txt")
        await tell(interaction, words, file=rest)

    @app_commands.command(description="Get a prompt set of this server's own back as the file that was uploaded")
    @app_commands.describe(set="Which one", version="An earlier version; left out: the latest")
    @app_commands.autocomplete(set=completing.own_sets)
    async def source(
        self,
        interaction: discord.Interaction,
        set: str,  # noqa: A002 - the option's name, as teachers see it
        version: app_commands.Range[int, 1, 1_000_000] | None = None,
    ) -> None:
        """Hand the file over."""
        work = uploading.source(self._bot.room, person_of(interaction), set, version)
        found = await patiently(interaction, work)
        await tell(interaction, f"Version {found.version} of “{found.slug}”:", file=_source_file(found))

    @app_commands.command(description="Remove a prompt set of this server's own; open debates keep what they had")
    @app_commands.describe(set="Which one")
    @app_commands.autocomplete(set=completing.own_sets)
    async def remove(self, interaction: discord.Interaction, set: str) -> None:  # noqa: A002 - as above
        """Take it away, and hand its text back for the last time."""
        removed = await patiently(interaction, uploading.remove(self._bot.room, person_of(interaction), set))
        await tell(interaction, removed_line(removed), file=_source_file(removed.upload))


def _source_file(upload: Upload) -> discord.File:
    return _text_file(upload.source, f"{upload.slug}.yaml")


def _text_file(words: str, name: str) -> discord.File:
    return discord.File(io.BytesIO(words.encode()), filename=name)
