"""Schedules: the debates that wait for their time, and what became of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, Update, insert, or_, select, update

from bot.discussion.ids import ChannelId, EventId, GuildId, ScheduleId, SessionId, UserId
from bot.discussion.schedule import Ending, Schedule
from bot.storage.schema import schedules as table
from bot.storage.transaction import Transaction

_WAITS = table.c.ending.is_(None)
_NOT_STARTED = [Ending.MISSED.value, Ending.REFUSED.value]


def add(  # noqa: PLR0913 – a schedule is what it is; each is named by the caller
    tx: Transaction,
    guild_id: GuildId,
    *,
    channel_id: ChannelId,
    starts_at: datetime,
    title: str,
    set_slug: str,
    prompt_id: str | None,
    format: str | None,  # noqa: A002 – what a debate's format is called
    minutes: int | None,
    scheduled_by: UserId,
    scheduled_at: datetime,
) -> Schedule:
    """Schedule a debate."""
    added = tx.execute(
        insert(table)
        .values(
            guild_id=guild_id,
            channel_id=channel_id,
            starts_at=starts_at,
            title=title,
            set_slug=set_slug,
            prompt_id=prompt_id,
            format=format,
            minutes=minutes,
            scheduled_by=scheduled_by,
            scheduled_at=scheduled_at,
        )
        .returning(table)
    )
    return _schedule(added.one())


def get(tx: Transaction, guild_id: GuildId, schedule_id: ScheduleId) -> Schedule | None:
    """The schedule of that id, waiting or not, if it is this guild's."""
    row = tx.execute(_of(guild_id).where(table.c.id == schedule_id)).one_or_none()
    return None if row is None else _schedule(row)


def waiting_in(tx: Transaction, guild_id: GuildId) -> list[Schedule]:
    """What waits in the guild, the next first."""
    return _all(tx, _of(guild_id).where(_WAITS).order_by(table.c.starts_at, table.c.id))


def not_started(tx: Transaction, guild_id: GuildId, since: datetime, limit: int) -> list[Schedule]:
    """What was to start in the guild since then and was not started, the latest first. Not what was cancelled."""
    missing = _of(guild_id).where(table.c.ending.in_(_NOT_STARTED), table.c.starts_at >= since)
    return _all(tx, missing.order_by(table.c.starts_at.desc(), table.c.id.desc()).limit(limit))


def waiting(tx: Transaction) -> list[Schedule]:
    """What waits in every guild, the next first: for the bot's own clockwork, never for an answer to a person."""
    return _all(tx, select(table).where(_WAITS).order_by(table.c.starts_at, table.c.id))


def untold(tx: Transaction) -> list[Schedule]:
    """Every guild's schedules of whose end the class is still to be told: for the bot's own clockwork."""
    return _all(tx, select(table).where(table.c.to_tell).order_by(table.c.id))


def with_event_out_of_date(tx: Transaction) -> list[Schedule]:
    """Every guild's schedules that a server's list of events shows otherwise: for the bot's own clockwork."""
    shown_otherwise = or_(
        _WAITS & (table.c.event_at.is_(None) | (table.c.event_at != table.c.starts_at)),
        table.c.ending.is_not(None) & (table.c.ending != Ending.STARTED.value) & table.c.event_id.is_not(None),
    )
    return _all(tx, select(table).where(shown_otherwise).order_by(table.c.id))


def move(tx: Transaction, guild_id: GuildId, schedule_id: ScheduleId, starts_at: datetime) -> bool:
    """It starts then instead; False if there is none or it does not wait any more."""
    return _changed(tx, _one(guild_id, schedule_id).where(_WAITS).values(starts_at=starts_at))


def end(
    tx: Transaction,
    guild_id: GuildId,
    schedule_id: ScheduleId,
    ending: Ending,
    at: datetime,
    *,
    reason: str | None = None,
    session_id: SessionId | None = None,
    to_tell: bool = False,
) -> bool:
    """It waits no more; False if there is none or it did not wait. A session is the guild's own."""
    ended = {"ending": ending.value, "ended_at": at, "reason": reason, "session_id": session_id, "to_tell": to_tell}
    return _changed(tx, _one(guild_id, schedule_id).where(_WAITS).values(ended))


def set_told(tx: Transaction, guild_id: GuildId, schedule_id: ScheduleId) -> bool:
    """The class is not to be told any more what became of it; False if there is no such schedule."""
    return _changed(tx, _one(guild_id, schedule_id).values(to_tell=False))


def set_event(
    tx: Transaction, guild_id: GuildId, schedule_id: ScheduleId, event_id: EventId | None, event_at: datetime | None
) -> bool:
    """The server's list of events shows it as this one, with that start; False if there is no such schedule."""
    return _changed(tx, _one(guild_id, schedule_id).values(event_id=event_id, event_at=event_at))


def _of(guild_id: GuildId) -> Select[Any]:
    return select(table).where(table.c.guild_id == guild_id)


def _one(guild_id: GuildId, schedule_id: ScheduleId) -> Update:
    return update(table).where(table.c.guild_id == guild_id, table.c.id == schedule_id)


def _changed(tx: Transaction, change: Update) -> bool:
    return tx.execute(change).rowcount > 0


def _all(tx: Transaction, query: Select[Any]) -> list[Schedule]:
    return [_schedule(row) for row in tx.execute(query)]


def _schedule(row: Row[Any]) -> Schedule:
    return Schedule(
        id=ScheduleId(row.id),
        guild_id=GuildId(row.guild_id),
        channel_id=ChannelId(row.channel_id),
        starts_at=row.starts_at,
        title=row.title,
        set_slug=row.set_slug,
        prompt_id=row.prompt_id,
        format=row.format,
        minutes=row.minutes,
        scheduled_by=UserId(row.scheduled_by),
        scheduled_at=row.scheduled_at,
        ending=None if row.ending is None else Ending(row.ending),
        ended_at=row.ended_at,
        reason=row.reason,
        session_id=None if row.session_id is None else SessionId(row.session_id),
        to_tell=row.to_tell,
        event_id=None if row.event_id is None else EventId(row.event_id),
        event_at=row.event_at,
    )
