"""Classes in which whoever joins has agreed to be recorded, so that a test of something else need not ask them."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.classroom.room import Classroom
from bot.discussion.ids import GuildId
from bot.discussion.values import Consent, GuildSettings
from bot.rehearsal.simulation.environment import RoomEnv
from bot.storage import guilds

_AGREED = """
INSERT INTO participants (guild_id, user_id, display_name, first_seen_at, last_seen_at, agreed_at, informed_at)
VALUES (?, ?, ?, :long_ago, strftime('%Y-%m-%d %H:%M:%f000', 'now'), :long_ago, :long_ago) ON CONFLICT DO NOTHING
"""
_LONG_AGO = "2020-01-01 00:00:00.000000"


def everybody_agrees(env: RoomEnv, database: Path) -> None:
    """From now on whoever joins a guild has agreed long before, as the record of this room knows."""
    add_member = env.backend.add_member

    def add(guild_id: int, user_id: int, **more: Any) -> object:
        member = add_member(guild_id, user_id, **more)
        user = env.backend.users[user_id]
        if not user.bot:
            has_agreed(database, guild_id, user_id, more.get("nick") or user.global_name or user.name)
        return member

    env.backend.add_member = add  # pyright: ignore[reportAttributeAccessIssue] - a hook of the room, not of the bot


def has_agreed(database: Path, guild_id: int, user_id: int, name: str) -> None:
    """Put on record that somebody has agreed."""
    with closing(sqlite3.connect(database, timeout=30)) as record, record:
        record.execute(_AGREED.replace(":long_ago", f"'{_LONG_AGO}'"), (guild_id, user_id, name))


async def school_agrees(room: Classroom, guild_id: GuildId) -> None:
    """In this guild the school has consented for everybody: there is nobody to be asked."""
    await room.store.write(lambda tx: guilds.save(tx, GuildSettings(guild_id, consent=Consent.SCHOOL)))
