"""Endorsements: whose response has moved whom."""

from datetime import datetime

from sqlalchemy import delete, func, insert, select

from bot.discussion.ids import GuildId, ResponseId, RoundId, UserId
from bot.storage.schema import endorsements as table
from bot.storage.schema import responses
from bot.storage.transaction import Transaction


def add(tx: Transaction, guild_id: GuildId, response_id: ResponseId, user_id: UserId, at: datetime) -> None:
    """A response has moved somebody. Once is enough: to say it again changes nothing."""
    named = table.c.guild_id == guild_id, table.c.response_id == response_id, table.c.user_id == user_id
    if tx.execute(select(table.c.at).where(*named)).one_or_none() is None:
        tx.execute(insert(table).values(guild_id=guild_id, response_id=response_id, user_id=user_id, at=at))


def remove(tx: Transaction, guild_id: GuildId, response_id: ResponseId, user_id: UserId) -> bool:
    """It has not, after all; False if nobody said so."""
    named = table.c.guild_id == guild_id, table.c.response_id == response_id, table.c.user_id == user_id
    return tx.execute(delete(table).where(*named)).rowcount > 0


def remove_all(tx: Transaction, guild_id: GuildId, round_id: RoundId, user_id: UserId) -> int:
    """Nothing in a round has moved somebody, after all; how many responses they had named."""
    here = select(responses.c.id).where(responses.c.guild_id == guild_id, responses.c.round_id == round_id)
    named = table.c.guild_id == guild_id, table.c.user_id == user_id, table.c.response_id.in_(here)
    return tx.execute(delete(table).where(*named)).rowcount


def of_round(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> dict[ResponseId, int]:
    """How many people each response of a round has moved, without those that moved nobody or were taken back."""
    query = (
        select(table.c.response_id, func.count())
        .join(responses, (responses.c.guild_id == table.c.guild_id) & (responses.c.id == table.c.response_id))
        .where(
            table.c.guild_id == guild_id,
            responses.c.round_id == round_id,
            responses.c.withdrawn_at.is_(None),
            responses.c.hidden_at.is_(None),
        )
        .group_by(table.c.response_id)
    )
    return {ResponseId(response_id): count for response_id, count in tx.execute(query)}
