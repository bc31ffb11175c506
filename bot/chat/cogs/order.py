"""`/mute`, `/unmute`, `/words`: keeping order beyond single responses."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.answers import patiently, tell
from bot.chat.clicks.muting import MUTED, UNMUTED
from bot.chat.cogs.completing import choices
from bot.chat.people import channel_of, person_of, person_of_member
from bot.chat.texts import counted, fitted, plain
from bot.classroom import muting, word_lists
from bot.classroom.refusals import Refusal
from bot.discussion.moderation import LONGEST_REASON
from bot.discussion.word_list import LONGEST_WORD

if TYPE_CHECKING:
    from bot.chat.client import Parley

_MOST = 25
_LIST = 1900
"""Characters of a list of words."""


class Muting(commands.Cog):
    """Muting a member who need not have said anything."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot

    @app_commands.command(description="Let a student say nothing more in this debate; they can read and vote")
    @app_commands.describe(member="Which student", reason="Why: they are told this when they try to say something")
    @app_commands.guild_only()
    async def mute(
        self,
        interaction: discord.Interaction,
        member: discord.Member,
        reason: app_commands.Range[str, 1, LONGEST_REASON],
    ) -> None:
        """Mute them in the debate that is meant here."""
        if member.bot:
            raise Refusal("A bot says nothing in a debate that could be muted.")
        person, here = person_of(interaction), channel_of(interaction)
        await patiently(interaction, muting.mute(self._bot.room, person, here, person_of_member(member), reason))
        await tell(interaction, MUTED)

    @app_commands.command(description="Let a student speak again in this debate")
    @app_commands.describe(member="Which student")
    @app_commands.guild_only()
    async def unmute(self, interaction: discord.Interaction, member: discord.Member) -> None:
        """Take it back."""
        person, here = person_of(interaction), channel_of(interaction)
        await patiently(interaction, muting.unmute(self._bot.room, person, here, person_of_member(member)))
        await tell(interaction, UNMUTED)


@app_commands.guild_only()
class Words(commands.GroupCog, group_name="words", group_description="Words that wait for a moderator"):
    """The server's word list."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot

    @app_commands.command(description="List a word: what a student writes with it waits until a moderator has read it")
    @app_commands.describe(word="A word or a few; it is found whole, in any script, however it is dressed up")
    async def add(self, interaction: discord.Interaction, word: app_commands.Range[str, 1, LONGEST_WORD]) -> None:
        """One more."""
        after = await patiently(interaction, word_lists.add(self._bot.room, person_of(interaction), word))
        await tell(interaction, f"Listed: ||{plain(after.word)}||. {_how_many(len(after.words))}")

    @app_commands.command(description="List a word no longer")
    @app_commands.describe(word="Which word")
    async def remove(self, interaction: discord.Interaction, word: app_commands.Range[str, 1, 100]) -> None:
        """One less."""
        after = await patiently(interaction, word_lists.remove(self._bot.room, person_of(interaction), word))
        await tell(interaction, f"No longer listed: ||{plain(after.word)}||. {_how_many(len(after.words))}")

    @app_commands.command(name="list", description="The words that are listed")
    async def list_words(self, interaction: discord.Interaction) -> None:
        """All of them, covered until one looks."""
        found = await patiently(interaction, word_lists.words(self._bot.room, person_of(interaction)))
        shown = fitted(plain(" · ".join(found)), _LIST)
        await tell(interaction, f"{_how_many(len(found))}\n||{shown}||" if found else _how_many(0))

    @remove.autocomplete("word")
    async def _words(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        found = await word_lists.words_like(self._bot.room, person_of(interaction), typed, _MOST)
        return choices([(each, each) for each in found])


def _how_many(count: int) -> str:
    return (
        f"{counted(count, 'word is', 'words are')} listed." if count else "No word is listed. `/words add` lists one."
    )
