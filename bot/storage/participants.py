"""Who took part in a guild, under the name that they had last."""

from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from bot.discussion.ids import GuildId, UserId
from bot.storage.schema import participants as table
from bot.storage.transaction import Transaction

_SEEN = (
    update(table)
    .where(table.c.guild_id == bindparam("guild"), table.c.user_id == bindparam("user"))
    .values(display_name=bindparam("name"), last_seen_at=bindparam("at"))
)
"""Part of the hot path and so built once: building it takes longer than running it."""


def seen(tx: Transaction, guild_id: GuildId, user_id: UserId, display_name: str, at: datetime) -> None:
    """Somebody did something: keep their present name, and since when they take part."""
    changed = tx.execute(_SEEN, {"guild": guild_id, "user": user_id, "name": display_name, "at": at})
    if changed.rowcount == 0:
        tx.execute(
            insert(table).values(
                guild_id=guild_id, user_id=user_id, display_name=display_name, first_seen_at=at, last_seen_at=at
            )
        )


def names(tx: Transaction, guild_id: GuildId) -> dict[UserId, str]:
    """The last known display name of everybody who took part in the guild."""
    rows = tx.execute(select(table.c.user_id, table.c.display_name).where(table.c.guild_id == guild_id))
    return {UserId(row.user_id): row.display_name for row in rows}
