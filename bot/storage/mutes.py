"""Mutes: who may not speak in a session, from when until when. Those that have ended are kept: see `overhearing`."""

from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update

from bot.discussion.ids import GuildId, SessionId, UserId
from bot.discussion.moderation import Mute
from bot.storage.schema import mutes as table
from bot.storage.transaction import Transaction


def begin(
    tx: Transaction,
    guild_id: GuildId,
    session_id: SessionId,
    user_id: UserId,
    *,
    muted_by: UserId,
    reason: str,
    at: datetime,
) -> bool:
    """From now on somebody may not speak in a session. False where that was so: the latest reason counts."""
    present = tuple(_present(guild_id, session_id, user_id))
    if tx.execute(update(table).where(*present).values(reason=reason, muted_by=muted_by)).rowcount > 0:
        return False
    new = {"guild_id": guild_id, "session_id": session_id, "user_id": user_id}
    tx.execute(insert(table).values(**new, muted_by=muted_by, reason=reason, at=at))
    return True


def end(tx: Transaction, guild_id: GuildId, session_id: SessionId, user_id: UserId, at: datetime) -> bool:
    """They may speak again; False where they might."""
    present = tuple(_present(guild_id, session_id, user_id))
    return tx.execute(update(table).where(*present).values(ended_at=at)).rowcount > 0


def get(tx: Transaction, guild_id: GuildId, session_id: SessionId, user_id: UserId) -> Mute | None:
    """Why somebody may not speak in a session now; None where they may."""
    row = tx.execute(select(table).where(*_present(guild_id, session_id, user_id))).one_or_none()
    return None if row is None else Mute(row.reason, row.at)


def _present(guild_id: GuildId, session_id: SessionId, user_id: UserId) -> list[ColumnElement[bool]]:
    return [
        table.c.guild_id == guild_id,
        table.c.session_id == session_id,
        table.c.user_id == user_id,
        table.c.ended_at.is_(None),
    ]
