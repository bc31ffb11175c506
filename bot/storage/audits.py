"""Audits: who did what with the record, such as exporting it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, select

from bot.discussion.ids import GuildId, SessionId, UserId
from bot.discussion.values import Audit
from bot.storage.schema import audits as table
from bot.storage.transaction import Transaction


def add(
    tx: Transaction,
    guild_id: GuildId,
    *,
    user_id: UserId | None,
    at: datetime,
    action: str,
    session_id: SessionId | None,
    details: Mapping[str, str],
) -> None:
    """Record that somebody did something; None is the operator at the command line. `action` has at most 32 letters."""
    tx.execute(
        insert(table).values(
            guild_id=guild_id, user_id=user_id, at=at, action=action, session_id=session_id, details=details
        )
    )


def recent(tx: Transaction, guild_id: GuildId, action: str, limit: int) -> list[Audit]:
    """The guild's latest audits of that action, the newest first."""
    rows = tx.execute(
        select(table)
        .where(table.c.guild_id == guild_id, table.c.action == action)
        .order_by(table.c.id.desc())
        .limit(limit)
    )
    return [
        Audit(
            guild_id=GuildId(row.guild_id),
            user_id=None if row.user_id is None else UserId(row.user_id),
            at=row.at,
            action=row.action,
            session_id=None if row.session_id is None else SessionId(row.session_id),
            details=row.details,
        )
        for row in rows
    ]
