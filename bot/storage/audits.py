"""Audits: who did what with the record, such as exporting it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, select

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
    query = _of(guild_id, action, None).order_by(table.c.id.desc()).limit(limit)
    return [_audit(row) for row in tx.execute(query)]


def page(
    tx: Transaction, guild_id: GuildId, *, action: str | None, session_id: SessionId | None, limit: int, offset: int
) -> list[Audit]:
    """Some of the guild's audits, the newest first; None: of every action, or every session and none."""
    query = _of(guild_id, action, session_id).order_by(table.c.id.desc()).limit(limit).offset(offset)
    return [_audit(row) for row in tx.execute(query)]


def count(tx: Transaction, guild_id: GuildId, *, action: str | None, session_id: SessionId | None) -> int:
    """How many audits there are of that."""
    return tx.execute(_of(guild_id, action, session_id).with_only_columns(func.count())).scalar_one()


def actions(tx: Transaction, guild_id: GuildId) -> list[str]:
    """Every action that stands on the guild's audit, in order."""
    query = select(table.c.action).where(table.c.guild_id == guild_id).distinct().order_by(table.c.action)
    return list(tx.execute(query).scalars())


def _of(guild_id: GuildId, action: str | None, session_id: SessionId | None) -> Select[Any]:
    query = select(table).where(table.c.guild_id == guild_id)
    if action is not None:
        query = query.where(table.c.action == action)
    return query if session_id is None else query.where(table.c.session_id == session_id)


def _audit(row: Row[Any]) -> Audit:
    return Audit(
        guild_id=GuildId(row.guild_id),
        user_id=None if row.user_id is None else UserId(row.user_id),
        at=row.at,
        action=row.action,
        session_id=None if row.session_id is None else SessionId(row.session_id),
        details=row.details,
    )
