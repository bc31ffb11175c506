"""`/setup`: who teaches and moderates in a guild, and where debates go."""

from dataclasses import replace

from bot.classroom.people import Person, require_manager
from bot.classroom.room import Classroom
from bot.discussion.ids import ChannelId, GuildId, RoleId
from bot.discussion.values import GuildSettings
from bot.storage import Transaction, guilds


async def set_up(
    room: Classroom,
    person: Person,
    *,
    teacher_role: RoleId | None = None,
    moderator_role: RoleId | None = None,
    channel: ChannelId | None = None,
) -> GuildSettings:
    """Keep what was named and leave the rest as it was; with nothing named, tell how it stands."""
    require_manager(person)

    def work(tx: Transaction) -> GuildSettings:
        before = guilds.settings(tx, person.guild_id)
        after = replace(
            before,
            teacher_role_id=teacher_role or before.teacher_role_id,
            moderator_role_id=moderator_role or before.moderator_role_id,
            default_channel_id=channel or before.default_channel_id,
        )
        if after != before:
            guilds.save(tx, after)
        return after

    return await room.store.write(work)


async def reset(room: Classroom, person: Person) -> GuildSettings:
    """Back to the defaults: teachers by Manage Server, moderators by Manage Messages, debates where started."""
    require_manager(person)
    settings = GuildSettings(person.guild_id)
    await room.store.write(lambda tx: guilds.save(tx, settings))
    return settings


async def settings_of(room: Classroom, guild_id: GuildId) -> GuildSettings:
    """What a guild has set."""
    return await room.store.read(lambda tx: guilds.settings(tx, guild_id))
