"""`/setup`: who teaches, who moderates, where debates go."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.answers import patiently, tell
from bot.chat.people import person_of
from bot.chat.permissions import require_room_for_debate
from bot.classroom import setting_up
from bot.discussion.ids import ChannelId, RoleId
from bot.discussion.values import GuildSettings

if TYPE_CHECKING:
    from bot.chat.client import Parley


class Setup(commands.Cog):
    """The guild's own settings."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot

    @app_commands.command(description="Choose the teacher role, the moderator role and the channel for debates")
    @app_commands.describe(
        teacher_role="Who may run debates (members with Manage Server always may)",
        moderator_role="Who may moderate; until it is set, members with Manage Messages",
        default_channel="Where debates are posted, wherever they are started",
        reset="Go back to the defaults",
    )
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def setup(
        self,
        interaction: discord.Interaction,
        teacher_role: discord.Role | None = None,
        moderator_role: discord.Role | None = None,
        default_channel: discord.TextChannel | None = None,
        reset: bool = False,
    ) -> None:
        """Set what is named; tell how everything stands."""
        person = person_of(interaction)
        if default_channel is not None:
            require_room_for_debate(self._bot.get_channel(default_channel.id))
        if reset:
            settings = await patiently(interaction, setting_up.reset(self._bot.room, person))
        else:
            work = setting_up.set_up(
                self._bot.room,
                person,
                teacher_role=RoleId(teacher_role.id) if teacher_role else None,
                moderator_role=RoleId(moderator_role.id) if moderator_role else None,
                channel=ChannelId(default_channel.id) if default_channel else None,
            )
            settings = await patiently(interaction, work)
        await tell(interaction, _told(settings))


def _told(settings: GuildSettings) -> str:
    teachers = f"<@&{settings.teacher_role_id}>, and members" if settings.teacher_role_id else "members"
    moderators = f"<@&{settings.moderator_role_id}>" if settings.moderator_role_id else "members with Manage Messages"
    place = f"<#{settings.default_channel_id}>" if settings.default_channel_id else "the channel they are started in"
    return (
        f"Teachers: {teachers} with Manage Server.\nModerators: {moderators}.\nDebates are posted in {place}.\n"
        "`/discuss start` opens a debate."
    )
