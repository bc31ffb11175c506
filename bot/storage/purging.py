"""What is past its period leaves the record: whole sessions with all that hangs on them, never an open one.

Each session goes in a transaction of its own, so that nobody who writes meanwhile waits for a year's debates.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, delete, exists, func, or_, select

from bot.discussion.ids import GuildId, SessionId
from bot.storage import erasure, keeping
from bot.storage.schema import (
    askings,
    audits,
    citations,
    endorsements,
    gaps,
    kept_words,
    mutes,
    outdated,
    participants,
    phases,
    places,
    pseudonyms,
    reminders,
    removals,
    reports,
    responses,
    revisions,
    rounds,
    schedules,
    sessions,
    votes,
)
from bot.storage.transaction import Transaction
from bot.values import frozen


@frozen
class Due:
    """What of a guild is past its period: sessions, and of the rest only how much."""

    guild_id: GuildId
    sessions: Sequence[SessionId]
    responses: int
    others: int

    def __bool__(self) -> bool:
        """Is there anything?"""
        return bool(self.sessions or self.others)


def due(tx: Transaction, guild_id: GuildId, before: datetime) -> Due:
    """What is to go of a guild: sessions that had ended before that time, and what else is older."""
    query = select(sessions.c.id).where(sessions.c.guild_id == guild_id, _ended_at() < before, ~_has_open_round())
    found = [SessionId(id_) for id_ in tx.execute(query.order_by(sessions.c.id)).scalars()]
    its_round = (rounds.c.guild_id == responses.c.guild_id) & (rounds.c.id == responses.c.round_id)
    said = select(func.count()).select_from(responses).join(rounds, its_round)
    words = tx.execute(said.where(responses.c.guild_id == guild_id, rounds.c.session_id.in_(found))).scalar_one()
    others = [_old_audits(guild_id, before), _ended_schedules(guild_id, before), _kept(guild_id, before)]
    count = sum(tx.execute(select(func.count()).select_from(query.subquery())).scalar_one() for query in others)
    return Due(guild_id, found, words, count + len(_gone(tx, guild_id, before)))


def purge_session(tx: Transaction, guild_id: GuildId, session_id: SessionId) -> bool:
    """Delete a session and all that hangs on it; False if there is none or a question of it is open."""
    this = sessions.c.guild_id == guild_id, sessions.c.id == session_id
    if tx.execute(select(sessions.c.id).where(*this, ~_has_open_round())).one_or_none() is None:
        return False
    posed = select(rounds.c.id).where(rounds.c.guild_id == guild_id, rounds.c.session_id == session_id)
    said = select(responses.c.id).where(responses.c.guild_id == guild_id, responses.c.round_id.in_(posed))
    for table in (outdated, askings, gaps, phases, places, votes):
        tx.execute(delete(table).where(table.c.guild_id == guild_id, table.c.round_id.in_(posed)))
    for table in (citations, endorsements, kept_words, removals, reports, revisions):
        tx.execute(delete(table).where(table.c.guild_id == guild_id, table.c.response_id.in_(said)))
    tx.execute(delete(responses).where(responses.c.guild_id == guild_id, responses.c.round_id.in_(posed)))
    for table in (audits, mutes, pseudonyms, rounds, schedules):
        tx.execute(delete(table).where(table.c.guild_id == guild_id, table.c.session_id == session_id))
    tx.execute(delete(sessions).where(*this))
    erasure.mark(tx)
    return True


def purge_rest(tx: Transaction, guild_id: GuildId, before: datetime) -> int:
    """Delete what else is older: audits, ended schedules, withdrawn words, and people of whom nothing is left.

    How many rows that were.
    """
    gone = keeping.erase_before(tx, guild_id, before)
    for table, query in ((audits, _old_audits(guild_id, before)), (schedules, _ended_schedules(guild_id, before))):
        gone += tx.execute(delete(table).where(table.c.id.in_(query))).rowcount
    people = _gone(tx, guild_id, before)
    for table in (reminders, participants):
        for user_id in people:
            tx.execute(delete(table).where(table.c.guild_id == guild_id, table.c.user_id == user_id))
    if gone or people:
        erasure.mark(tx)
    return gone + len(people)


def _of_session() -> ColumnElement[bool]:
    return (rounds.c.guild_id == sessions.c.guild_id) & (rounds.c.session_id == sessions.c.id)


def _has_open_round() -> ColumnElement[bool]:
    return exists().where(_of_session(), rounds.c.closed_at.is_(None)).correlate(sessions)


def _ended_at() -> ColumnElement[Any]:
    """When a session was closed; where nobody has closed it, when its last question was."""
    last = select(func.max(rounds.c.closed_at)).where(_of_session()).correlate(sessions).scalar_subquery()
    return func.coalesce(sessions.c.closed_at, last, type_=sessions.c.closed_at.type)


def _old_audits(guild_id: GuildId, before: datetime) -> Select[Any]:
    return select(audits.c.id).where(audits.c.guild_id == guild_id, audits.c.at < before)


def _kept(guild_id: GuildId, before: datetime) -> Select[Any]:
    return select(kept_words.c.id).where(kept_words.c.guild_id == guild_id, kept_words.c.kept_at < before)


def _ended_schedules(guild_id: GuildId, before: datetime) -> Select[Any]:
    """Those without a session; the others go with theirs."""
    return select(schedules.c.id).where(
        schedules.c.guild_id == guild_id,
        schedules.c.ended_at.is_not(None),
        schedules.c.ended_at < before,
        schedules.c.session_id.is_(None),
    )


def _gone(tx: Transaction, guild_id: GuildId, before: datetime) -> list[int]:
    """Who has not been seen since, and has nothing on record any more.

    Who has taken their consent back stays: forgotten, they would be recorded again where their school has consented.
    """
    here, not_back = participants.c.guild_id == guild_id, participants.c.declined_at.is_(None)
    unseen = here, not_back, participants.c.last_seen_at < before
    agreed = or_(participants.c.agreed_at.is_(None), participants.c.agreed_at < before)
    candidates = tx.execute(select(participants.c.user_id).where(*unseen, agreed)).scalars().all()
    if not candidates:
        return []
    posed = tx.execute(select(rounds.c.id).where(rounds.c.guild_id == guild_id)).scalars().all()
    still = set[int]()
    for table in (responses, reports, endorsements):
        still.update(_users(tx, table, guild_id))
    for table in (votes, places):
        for round_id in posed:
            still.update(_users(tx, table, guild_id, round_id))
    for column in (responses.c.edited_by, revisions.c.user_id):
        mine = column.table.c.guild_id == guild_id, column.is_not(None)
        still.update(tx.execute(select(column).distinct().where(*mine)).scalars())
    return [user_id for user_id in candidates if user_id not in still]


def _users(tx: Transaction, table: Table, guild_id: GuildId, round_id: int | None = None) -> list[int]:
    here = [table.c.guild_id == guild_id, *([] if round_id is None else [table.c.round_id == round_id])]
    return list(tx.execute(select(table.c.user_id).distinct().where(*here)).scalars())
