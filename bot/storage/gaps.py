"""Gaps: when the bot could not listen to a round, so that a transcript tells what may be missing."""

from datetime import datetime

from sqlalchemy import insert, select

from bot.discussion.ids import GuildId, RoundId
from bot.discussion.transcript import Gap
from bot.storage.schema import gaps as table
from bot.storage.transaction import Transaction


def add(
    tx: Transaction, guild_id: GuildId, round_id: RoundId, began_at: datetime, ended_at: datetime, reason: str
) -> None:
    """Record that a round was not listened to for a time, and why, in a sentence for people."""
    tx.execute(
        insert(table).values(guild_id=guild_id, round_id=round_id, began_at=began_at, ended_at=ended_at, reason=reason)
    )


def of_round(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> list[Gap]:
    """A round's gaps in the order in which they began."""
    rows = tx.execute(
        select(table)
        .where(table.c.guild_id == guild_id, table.c.round_id == round_id)
        .order_by(table.c.began_at, table.c.id)
    )
    return [Gap(RoundId(row.round_id), row.began_at, row.ended_at, row.reason) for row in rows]
