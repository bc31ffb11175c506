"""Who has agreed to be recorded in a guild, who has declined, and who has been told what is recorded."""

from datetime import datetime

from sqlalchemy import insert, select, update

from bot.discussion.consent import Agreement
from bot.discussion.ids import GuildId, UserId
from bot.storage import notes
from bot.storage.schema import participants as table
from bot.storage.transaction import Transaction

_SCHOOL = "school-consents-since:{}"
"""The note of a guild whose school has consented: what was typed in a thread before is not read back."""


def of(tx: Transaction, guild_id: GuildId, user_id: UserId) -> Agreement:
    """Somebody's word so far; an empty one where nothing is known of them."""
    mine = table.c.guild_id == guild_id, table.c.user_id == user_id
    row = tx.execute(select(table.c.agreed_at, table.c.declined_at, table.c.informed_at).where(*mine)).one_or_none()
    return Agreement() if row is None else Agreement(row.agreed_at, row.declined_at, row.informed_at)


def agree(tx: Transaction, guild_id: GuildId, user_id: UserId, name: str, at: datetime) -> None:
    """From now on they may be recorded."""
    _put(tx, guild_id, user_id, name, at, {"agreed_at": at, "declined_at": None, "informed_at": at})


def decline(tx: Transaction, guild_id: GuildId, user_id: UserId, name: str, at: datetime) -> None:
    """From now on they may not."""
    _put(tx, guild_id, user_id, name, at, {"agreed_at": None, "declined_at": at, "informed_at": at})


def inform(tx: Transaction, guild_id: GuildId, user_id: UserId, name: str, at: datetime) -> None:
    """They have been told what is recorded."""
    _put(tx, guild_id, user_id, name, at, {"informed_at": at})


def put_school_since(tx: Transaction, guild_id: GuildId, at: datetime) -> None:
    """From now on the school has consented for its students."""
    notes.put(tx, _SCHOOL.format(guild_id), at.isoformat())


def school_since(tx: Transaction, guild_id: GuildId) -> datetime | None:
    """Since when it has, where that is known."""
    kept = notes.get(tx, _SCHOOL.format(guild_id))
    return None if kept is None else datetime.fromisoformat(kept)


def _put(
    tx: Transaction, guild_id: GuildId, user_id: UserId, name: str, at: datetime, values: dict[str, datetime | None]
) -> None:
    mine = table.c.guild_id == guild_id, table.c.user_id == user_id
    if tx.execute(update(table).where(*mine).values(values)).rowcount == 0:
        seen = {"display_name": name, "first_seen_at": at, "last_seen_at": at}
        tx.execute(insert(table).values(guild_id=guild_id, user_id=user_id, **seen, **values))
