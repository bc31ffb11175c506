"""Phases: when each of a round's phases began and ended, and which message told the class of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select, update

from bot.discussion.ids import GuildId, MessageId, RoundId
from bot.discussion.values import PhaseLog
from bot.storage.schema import phases as table
from bot.storage.schema import rounds
from bot.storage.transaction import Transaction


def begin(tx: Transaction, guild_id: GuildId, round_id: RoundId, number: int, at: datetime) -> None:
    """A round's phase of that number, counted from 0, has begun."""
    tx.execute(insert(table).values(guild_id=guild_id, round_id=round_id, number=number, began_at=at))


def end(tx: Transaction, guild_id: GuildId, round_id: RoundId, number: int, at: datetime) -> bool:
    """It has ended; False if it never began or had ended before."""
    ending = (
        update(table)
        .where(
            table.c.guild_id == guild_id,
            table.c.round_id == round_id,
            table.c.number == number,
            table.c.ended_at.is_(None),
        )
        .values(ended_at=at)
    )
    return tx.execute(ending).rowcount > 0


def of_round(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> list[PhaseLog]:
    """The phases of a round that have begun, in their order."""
    return [_log(row) for row in tx.execute(_of(guild_id, round_id).order_by(table.c.number))]


def set_notice(tx: Transaction, guild_id: GuildId, round_id: RoundId, number: int, message_id: MessageId) -> bool:
    """The class was told of the phase by that message; False if it never began."""
    telling = (
        update(table)
        .where(table.c.guild_id == guild_id, table.c.round_id == round_id, table.c.number == number)
        .values(notice_id=message_id)
    )
    return tx.execute(telling).rowcount > 0


def untold(tx: Transaction) -> list[tuple[GuildId, RoundId]]:
    """Every guild's rounds with a phase of which no message tells: for the bot's own clockwork.

    Not those that have lost their thread: there is nowhere to tell it.
    """
    query = (
        select(table.c.guild_id, table.c.round_id)
        .distinct()
        .join(rounds, (rounds.c.guild_id == table.c.guild_id) & (rounds.c.id == table.c.round_id))
        .where(table.c.notice_id.is_(None), rounds.c.lost.is_(None), rounds.c.tally_id.is_(None))
        .order_by(table.c.round_id)
    )
    return [(GuildId(row.guild_id), RoundId(row.round_id)) for row in tx.execute(query)]


def _of(guild_id: GuildId, round_id: RoundId) -> Select[Any]:
    return select(table).where(table.c.guild_id == guild_id, table.c.round_id == round_id)


def _log(row: Row[Any]) -> PhaseLog:
    return PhaseLog(
        number=row.number,
        began_at=row.began_at,
        ended_at=row.ended_at,
        notice_id=None if row.notice_id is None else MessageId(row.notice_id),
    )
