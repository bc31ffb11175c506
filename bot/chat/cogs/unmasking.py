"""`/unmask`: a moderator learns who goes by a pseudonym."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.answers import patiently, tell
from bot.chat.cogs.completing import choices
from bot.chat.people import channel_of, person_of
from bot.chat.texts import plain
from bot.classroom import unmasking
from bot.classroom.unmasking import LONGEST_REASON, SHORTEST_REASON, Unmasked

if TYPE_CHECKING:
    from bot.chat.client import Parley

_MOST = 25


class Unmasking(commands.Cog):
    """One command."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot

    @app_commands.command(description="Learn who speaks under a pseudonym; that you did stands on the audit")
    @app_commands.describe(pseudonym="Which pseudonym, and of which debate", reason="Why you must know")
    @app_commands.guild_only()
    async def unmask(
        self,
        interaction: discord.Interaction,
        pseudonym: app_commands.Range[str, 1, 100],
        reason: app_commands.Range[str, SHORTEST_REASON, LONGEST_REASON],
    ) -> None:
        """Note it on the audit, and tell in private."""
        work = unmasking.unmask(self._bot.room, person_of(interaction), channel_of(interaction), pseudonym, reason)
        await tell(interaction, _told(await patiently(interaction, work)))

    @unmask.autocomplete("pseudonym")
    async def _pseudonyms(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        found = await unmasking.pseudonyms_like(self._bot.room, person_of(interaction), typed, _MOST)
        return choices([(each, each) for each in found])


def _told(found: Unmasked) -> str:
    who = f"**{plain(found.name)}** (<@{found.user_id}>)" if found.name is not None else f"<@{found.user_id}>"
    title = plain(found.session.prompt_set.title)
    return (
        f"**{plain(found.pseudonym)}** in debate {found.session.id}, “{title}”, is {who}.\n"
        "-# That you have asked, and why, stands on the audit."
    )
