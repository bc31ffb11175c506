"""Places: who was assigned which side and group in a round. Every change is a row, and a person's last one counts."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, insert, select

from bot.discussion.ids import GuildId, RoundId, SideId, UserId
from bot.discussion.sides import Place, Reason
from bot.storage.schema import places as table
from bot.storage.transaction import Transaction


def put(
    tx: Transaction, guild_id: GuildId, round_id: RoundId, places: Iterable[Place], at: datetime, reason: Reason
) -> None:
    """Give people places, instead of those that they had."""
    rows = [
        {
            "guild_id": guild_id,
            "round_id": round_id,
            "user_id": place.user_id,
            "side": place.side,
            "group_number": place.group,
            "at": at,
            "reason": reason.value,
        }
        for place in places
    ]
    if rows:
        tx.execute(insert(table), rows)


def of_round(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> dict[UserId, Place]:
    """Everybody's place in a round, as it is now."""
    last = (
        select(func.max(table.c.id))
        .where(table.c.guild_id == guild_id, table.c.round_id == round_id)
        .group_by(table.c.user_id)
    )
    rows = tx.execute(select(table).where(table.c.id.in_(last)).order_by(table.c.id))
    return {UserId(row.user_id): Place(UserId(row.user_id), SideId(row.side), row.group_number) for row in rows}


def history(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> list[tuple[datetime, Place, Reason]]:
    """Every change of a place in a round, in the order in which they were made."""
    rows = tx.execute(
        select(table).where(table.c.guild_id == guild_id, table.c.round_id == round_id).order_by(table.c.id)
    )
    return [
        (row.at, Place(UserId(row.user_id), SideId(row.side), row.group_number), Reason(row.reason)) for row in rows
    ]
