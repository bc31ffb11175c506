"""Votes: every change of a stance is a row, and a person's last one counts."""

from datetime import datetime

from sqlalchemy import bindparam, func, select

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
    )
    .order_by(table.c.id.desc())
    .limit(1)
)
"""Built once: building it takes longer than running it."""


def cast(
    tx: Transaction, guild_id: GuildId, round_id: RoundId, user_id: UserId, stance: StanceId, at: datetime
) -> StanceId | None:
    """Take a stance. Answers with the one held before; taking the same again records nothing."""
    held = recording.held(tx, guild_id, round_id, user_id, at)
    if held != stance:
        recording.add_votes(tx, guild_id, round_id, [(user_id, stance, at)])
    return held


def held_at(tx: Transaction, guild_id: GuildId, round_id: RoundId, user_id: UserId, at: datetime) -> StanceId | None:
    """Where somebody stood at that time."""
    known = {"guild": guild_id, "round": round_id, "user": user_id, "until": at}
    held = tx.execute(_HELD_AT, known).scalar_one_or_none()
    return None if held is None else StanceId(held)


def current(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> dict[UserId, StanceId]:
    """Where everybody who voted in the round stands now."""
    last = (
        select(func.max(table.c.id))
        .where(table.c.guild_id == guild_id, table.c.round_id == round_id)
        .group_by(table.c.user_id)
    )
    rows = tx.execute(select(table.c.user_id, table.c.stance).where(table.c.id.in_(last)).order_by(table.c.id))
    return {UserId(row.user_id): StanceId(row.stance) for row in rows}


def history(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> list[Vote]:
    """All votes of the round in the order in which they were recorded."""
    rows = tx.execute(
        select(table).where(table.c.guild_id == guild_id, table.c.round_id == round_id).order_by(table.c.id)
    )
    return [Vote(RoundId(row.round_id), UserId(row.user_id), StanceId(row.stance), row.at) for row in rows]
