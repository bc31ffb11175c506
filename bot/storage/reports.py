"""Reports: what somebody wants a moderator to look at, and what became of it. Who reported is never read back."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from bot.discussion.ids import GuildId, ResponseId, UserId
from bot.discussion.moderation import Report, Settled
from bot.storage.schema import reports as table
from bot.storage.transaction import Transaction


def add(
    tx: Transaction, guild_id: GuildId, response_id: ResponseId, user_id: UserId, *, reason: str, at: datetime
) -> bool:
    """Somebody reports a response; False where they have done so before: once is enough."""
    if has_reported(tx, guild_id, response_id, user_id):
        return False
    tx.execute(insert(table).values(guild_id=guild_id, response_id=response_id, user_id=user_id, reason=reason, at=at))
    return True


def has_reported(tx: Transaction, guild_id: GuildId, response_id: ResponseId, user_id: UserId) -> bool:
    """Has this person reported it, whatever became of that?"""
    mine = table.c.guild_id == guild_id, table.c.response_id == response_id, table.c.user_id == user_id
    return tx.execute(select(table.c.id).where(*mine)).one_or_none() is not None


def waiting(tx: Transaction, guild_id: GuildId) -> dict[ResponseId, list[Report]]:
    """The guild's reports that nobody has settled, by response: the one that has waited longest first."""
    waits = table.c.guild_id == guild_id, table.c.settled_at.is_(None)
    found: dict[ResponseId, list[Report]] = {}
    for row in tx.execute(select(table).where(*waits).order_by(table.c.id)):
        found.setdefault(ResponseId(row.response_id), []).append(_report(row))
    return found


def count_waiting(tx: Transaction, guild_id: GuildId) -> int:
    """How many reports of the guild nobody has settled."""
    waits = table.c.guild_id == guild_id, table.c.settled_at.is_(None)
    return tx.execute(select(func.count()).select_from(table).where(*waits)).scalar_one()


def of_response(tx: Transaction, guild_id: GuildId, response_id: ResponseId) -> list[Report]:
    """All reports of a response, settled or not, the oldest first."""
    here = table.c.guild_id == guild_id, table.c.response_id == response_id
    return [_report(row) for row in tx.execute(select(table).where(*here).order_by(table.c.id))]


def settle(
    tx: Transaction, guild_id: GuildId, response_id: ResponseId, *, by: UserId, at: datetime, outcome: Settled
) -> int:
    """A moderator has decided on what was reported of a response so far; how many reports that settles."""
    waits = table.c.guild_id == guild_id, table.c.response_id == response_id, table.c.settled_at.is_(None)
    settled = update(table).where(*waits).values(settled_at=at, settled_by=by, outcome=outcome.value)
    return tx.execute(settled).rowcount


def _report(row: Row[Any]) -> Report:
    return Report(
        ResponseId(row.response_id), row.reason, row.at, None if row.outcome is None else Settled(row.outcome)
    )
