"""Votes: every change of a stance is a row, a person's last one counts. Secret ones are left out if not asked for."""

from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, select

from bot.discussion.ids import GuildId, RoundId, StanceId, UserId
from bot.discussion.values import Vote
from bot.storage import recording
from bot.storage.schema import votes as table
from bot.storage.transaction import Transaction

_HELD_AT = (
    select(table.c.stance)
    .where(
        table.c.guild_id == bindparam("guild"),
        table.c.round_id == bindparam("round"),
        table.c.user_id == bindparam("user"),
        table.c.at <= bindparam("until"),
        table.c.secret.is_(False),
    )
    .order_by(table.c.id.desc())
    .limit(1)
)
"""Built once: building it takes longer than running it."""


def cast(
    tx: Transaction,
    guild_id: GuildId,
    round_id: RoundId,
    user_id: UserId,
    stance: StanceId,
    at: datetime,
    phase: int = 0,
) -> StanceId | None:
    """Take a stance openly. Answers with the one held before; taking the same again records nothing."""
    held = recording.held(tx, guild_id, round_id, user_id, at)
    if held != stance:
        recording.add_votes(tx, guild_id, round_id, [recording.NewVote(user_id, stance, at, phase)])
    return held


def held_at(tx: Transaction, guild_id: GuildId, round_id: RoundId, user_id: UserId, at: datetime) -> StanceId | None:
    """Where somebody stood openly at that time."""
    known = {"guild": guild_id, "round": round_id, "user": user_id, "until": at}
    held = tx.execute(_HELD_AT, known).scalar_one_or_none()
    return None if held is None else StanceId(held)


def current(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> dict[UserId, StanceId]:
    """Where everybody who voted openly in the round stands now."""
    return _last(tx, guild_id, round_id, table.c.secret.is_(False))


def of_phase(tx: Transaction, guild_id: GuildId, round_id: RoundId, phase: int) -> dict[UserId, StanceId]:
    """How everybody voted in one phase, in secret or not. Of secret votes only counts may ever leave the classroom."""
    return _last(tx, guild_id, round_id, table.c.phase == phase)


def history(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> list[Vote]:
    """All open votes of the round in the order in which they were recorded."""
    rows = tx.execute(
        select(table)
        .where(table.c.guild_id == guild_id, table.c.round_id == round_id, table.c.secret.is_(False))
        .order_by(table.c.id)
    )
    return [Vote(RoundId(row.round_id), UserId(row.user_id), StanceId(row.stance), row.at, row.phase) for row in rows]


def _last(
    tx: Transaction, guild_id: GuildId, round_id: RoundId, condition: ColumnElement[bool]
) -> dict[UserId, StanceId]:
    last = (
        select(func.max(table.c.id))
        .where(table.c.guild_id == guild_id, table.c.round_id == round_id, condition)
        .group_by(table.c.user_id)
    )
    rows = tx.execute(select(table.c.user_id, table.c.stance).where(table.c.id.in_(last)).order_by(table.c.id))
    return {UserId(row.user_id): StanceId(row.stance) for row in rows}
