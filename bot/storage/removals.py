"""Removals: why a moderator has hidden a response, and whether its author has been told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from bot.discussion.ids import GuildId, ResponseId, UserId
from bot.discussion.moderation import Removal
from bot.storage.schema import removals as table
from bot.storage.schema import responses
from bot.storage.transaction import Transaction

_UNTOLD = table.c.told_at.is_(None), table.c.restored_at.is_(None)
_ITS_RESPONSE = (responses.c.guild_id == table.c.guild_id) & (responses.c.id == table.c.response_id)


def put(
    tx: Transaction, guild_id: GuildId, response_id: ResponseId, *, removed_by: UserId, reason: str, at: datetime
) -> None:
    """A moderator has hidden a response. The latest time counts: its author is told of that one."""
    tx.execute(delete(table).where(table.c.guild_id == guild_id, table.c.response_id == response_id))
    tx.execute(
        insert(table).values(guild_id=guild_id, response_id=response_id, removed_by=removed_by, reason=reason, at=at)
    )


def restore(tx: Transaction, guild_id: GuildId, response_id: ResponseId, at: datetime) -> bool:
    """It is not hidden any more, and its author need not be told of it; False where there is nothing to end."""
    standing = table.c.guild_id == guild_id, table.c.response_id == response_id, table.c.restored_at.is_(None)
    return tx.execute(update(table).where(*standing).values(restored_at=at)).rowcount > 0


def get(tx: Transaction, guild_id: GuildId, response_id: ResponseId) -> Removal | None:
    """The latest hiding of a response."""
    row = tx.execute(
        select(table).where(table.c.guild_id == guild_id, table.c.response_id == response_id)
    ).one_or_none()
    return None if row is None else _removal(row)


def untold(tx: Transaction, guild_id: GuildId, user_id: UserId) -> list[Removal]:
    """What of somebody's is hidden without their having been told, the oldest first."""
    theirs = table.c.guild_id == guild_id, responses.c.user_id == user_id, *_UNTOLD
    query = select(table).join(responses, _ITS_RESPONSE).where(*theirs)
    return [_removal(row) for row in tx.execute(query.order_by(table.c.at, table.c.response_id))]


def people_untold(tx: Transaction) -> set[tuple[GuildId, UserId]]:
    """Everybody in every guild who is to be told of something: for the bot's own memory."""
    query = select(table.c.guild_id, responses.c.user_id).join(responses, _ITS_RESPONSE).where(*_UNTOLD).distinct()
    return {(GuildId(row.guild_id), UserId(row.user_id)) for row in tx.execute(query)}


def tell(tx: Transaction, guild_id: GuildId, told: Sequence[Removal], at: datetime) -> int:
    """Their author has been told of these; how many that are. What was hidden anew meanwhile is still to be told."""
    return sum(
        tx.execute(
            update(table)
            .where(
                table.c.guild_id == guild_id,
                table.c.response_id == each.response_id,
                table.c.at == each.at,
                table.c.told_at.is_(None),
            )
            .values(told_at=at)
        ).rowcount
        for each in told
    )


def _removal(row: Row[Any]) -> Removal:
    return Removal(
        ResponseId(row.response_id),
        None if row.removed_by is None else UserId(row.removed_by),
        row.reason,
        row.at,
        row.told_at,
        row.restored_at,
    )
