"""Who took part in a guild, under the name that they had last."""

from datetime import datetime

from sqlalchemy import select, update

from bot.discussion.ids import GuildId, UserId
from bot.storage import recording
from bot.storage.schema import participants as table
from bot.storage.transaction import Transaction


def seen(tx: Transaction, guild_id: GuildId, user_id: UserId, display_name: str, at: datetime) -> None:
    """Somebody did something: keep their present name, and since when they take part."""
    recording.seen(tx, guild_id, {user_id: display_name}, at)


def names(tx: Transaction, guild_id: GuildId) -> dict[UserId, str]:
    """The last known display name of everybody who took part in the guild."""
    rows = tx.execute(select(table.c.user_id, table.c.display_name).where(table.c.guild_id == guild_id))
    return {UserId(row.user_id): row.display_name for row in rows}


def is_uncoached(tx: Transaction, guild_id: GuildId, user_id: UserId) -> bool:
    """Has somebody switched the coach off for themselves?"""
    mine = table.c.guild_id == guild_id, table.c.user_id == user_id, table.c.uncoached_at.is_not(None)
    return tx.execute(select(table.c.user_id).where(*mine)).first() is not None


def set_uncoached(tx: Transaction, guild_id: GuildId, user_id: UserId, since: datetime | None) -> bool:
    """Somebody switches the coach off for themselves, or with None on again; False if nobody here is of that id."""
    mine = table.c.guild_id == guild_id, table.c.user_id == user_id
    return tx.execute(update(table).where(*mine).values(uncoached_at=since)).rowcount > 0
