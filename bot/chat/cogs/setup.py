"""`/setup`: who teaches, who moderates, where debates go, who is asked, how long all is kept."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.answers import patiently, tell
from bot.chat.people import person_of
from bot.chat.permissions import require_room_for_debate
from bot.chat.texts import counted
from bot.classroom import setting_up
from bot.discussion.ids import ChannelId, RoleId
from bot.discussion.retention import LONGEST_RETENTION
from bot.discussion.values import Consent, GuildSettings

if TYPE_CHECKING:
    from bot.chat.client import Parley


_CONSENT = {
    Consent.ASK: "Each member is asked before anything of theirs is recorded.",
    Consent.SCHOOL: "The school has agreed for its students: each is told once what is recorded, and may say no.",
}


class Setup(commands.Cog):
    """The guild's own settings."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot

    @app_commands.command(description="Choose the teacher role, the moderator role and the channel for debates")
    @app_commands.describe(
        teacher_role="Who may run debates (members with Manage Server always may)",
        moderator_role="Who may moderate; until it is set, members with Manage Messages",
        default_channel="Where debates are posted, wherever they are started",
        consent="Is each member asked before their first word, or has the school agreed for its students?",
        retention_days="How many days after its end a debate is kept",
        reset="Go back to the defaults",
    )
    @app_commands.choices(
        consent=[
            app_commands.Choice(name="Each member is asked", value=Consent.ASK.value),
            app_commands.Choice(name="The school has agreed; members are informed", value=Consent.SCHOOL.value),
        ]
    )
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def setup(
        self,
        interaction: discord.Interaction,
        teacher_role: discord.Role | None = None,
        moderator_role: discord.Role | None = None,
        default_channel: discord.TextChannel | None = None,
        consent: str | None = None,
        retention_days: app_commands.Range[int, 1, LONGEST_RETENTION] | None = None,
        reset: bool = False,
    ) -> None:
        """Set what is named; tell how everything stands."""
        person = person_of(interaction)
        if default_channel is not None:
            require_room_for_debate(self._bot.get_channel(default_channel.id))
        if reset:
            settings = await patiently(interaction, setting_up.reset(self._bot.room, person))
        else:
            changes = setting_up.Changes(
                RoleId(teacher_role.id) if teacher_role else None,
                RoleId(moderator_role.id) if moderator_role else None,
                ChannelId(default_channel.id) if default_channel else None,
                Consent(consent) if consent else None,
                retention_days,
            )
            settings = await patiently(interaction, setting_up.set_up(self._bot.room, person, changes))
        self._bot.asking.forget(person.guild_id)
        await tell(interaction, _told(settings))


def _told(settings: GuildSettings) -> str:
    teachers = f"<@&{settings.teacher_role_id}>, and members" if settings.teacher_role_id else "members"
    moderators = f"<@&{settings.moderator_role_id}>" if settings.moderator_role_id else "members with Manage Messages"
    place = f"<#{settings.default_channel_id}>" if settings.default_channel_id else "the channel they are started in"
    days = counted(settings.retention.days, "day")
    return (
        f"Teachers: {teachers} with Manage Server.\nModerators: {moderators}.\nDebates are posted in {place}.\n"
        f"{_CONSENT[settings.consent]}\nA debate is erased {days} after its end.\n"
        "`/discuss start` opens a debate."
    )
