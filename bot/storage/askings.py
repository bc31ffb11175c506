"""What was asked back: of one person about a response, or of the whole class in a round's thread."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update

from bot.discussion.ids import AskingId, GuildId, MessageId, ResponseId, RoundId, UserId
from bot.discussion.values import Asking, Loss
from bot.storage.schema import askings as table
from bot.storage.schema import rounds
from bot.storage.transaction import Transaction
from bot.values import frozen

_OF_PEOPLE = (
    select(table.c.user_id, table.c.question)
    .where(
        table.c.guild_id == bindparam("guild"),
        table.c.round_id == bindparam("round"),
        table.c.user_id.in_(bindparam("users", expanding=True)),
    )
    .order_by(table.c.id)
)
"""Of the hot path, and so built once: building it takes longer than running it."""


@frozen
class NewAsking:
    """A question before it is on record; of nobody in particular where it is for all."""

    round_id: RoundId
    reason: str
    question: str
    at: datetime
    user_id: UserId | None = None
    response_id: ResponseId | None = None


def add(tx: Transaction, guild_id: GuildId, asked: Sequence[NewAsking]) -> None:
    """Record questions in their order."""
    if asked:
        tx.execute(
            insert(table),
            [
                {
                    "guild_id": guild_id,
                    "round_id": each.round_id,
                    "user_id": each.user_id,
                    "response_id": each.response_id,
                    "reason": each.reason,
                    "question": each.question,
                    "at": each.at,
                }
                for each in asked
            ],
        )


def of_people(
    tx: Transaction, guild_id: GuildId, round_id: RoundId, users: Iterable[UserId]
) -> dict[UserId, list[str]]:
    """The questions that each of these people was asked in the round, in their order."""
    found: dict[UserId, list[str]] = {}
    for user_id, question in tx.execute(_OF_PEOPLE, {"guild": guild_id, "round": round_id, "users": [*set(users)]}):
        found.setdefault(UserId(user_id), []).append(question)
    return found


def openly(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> list[Asking]:
    """What the whole class was asked in the round, in its order."""
    here = table.c.guild_id == guild_id, table.c.round_id == round_id, table.c.user_id.is_(None)
    return [_asking(row) for row in tx.execute(select(table).where(*here).order_by(table.c.id))]


def unposted(tx: Transaction) -> list[Asking]:
    """What every guild's classes are still to be asked, in open rounds alone: for the bot's own clockwork."""
    here = (rounds.c.guild_id == table.c.guild_id) & (rounds.c.id == table.c.round_id)
    query = (
        select(table)
        .join(rounds, here)
        .where(
            table.c.user_id.is_(None),
            table.c.message_id.is_(None),
            rounds.c.closed_at.is_(None),
            func.coalesce(rounds.c.lost, "").not_in([loss.value for loss in Loss]),
        )
    )
    return [_asking(row) for row in tx.execute(query.order_by(table.c.id))]


def set_message(tx: Transaction, guild_id: GuildId, asking_id: AskingId, message_id: MessageId) -> bool:
    """That message asks the class; False if there is no such question."""
    mine = table.c.guild_id == guild_id, table.c.id == asking_id, table.c.user_id.is_(None)
    return tx.execute(update(table).where(*mine).values(message_id=message_id)).rowcount > 0


def _asking(row: Row[Any]) -> Asking:
    return Asking(
        id=AskingId(row.id),
        guild_id=GuildId(row.guild_id),
        round_id=RoundId(row.round_id),
        reason=row.reason,
        question=row.question,
        at=row.at,
        message_id=None if row.message_id is None else MessageId(row.message_id),
        response_id=None if row.response_id is None else ResponseId(row.response_id),
    )
