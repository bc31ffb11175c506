"""Endorsements: whose response has moved whom. Who says so by its button and in a reflection counts once.

Who takes it back in one of these ways has still said it in the other.
"""

from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from bot.discussion.ids import GuildId, ResponseId, RoundId, UserId
from bot.discussion.swaying import Endorsement
from bot.storage.schema import endorsements as table
from bot.storage.schema import responses
from bot.storage.transaction import Transaction

_ITS_RESPONSE = (responses.c.guild_id == table.c.guild_id) & (responses.c.id == table.c.response_id)
_STANDS = responses.c.withdrawn_at.is_(None), responses.c.hidden_at.is_(None)


def add(tx: Transaction, guild_id: GuildId, response_id: ResponseId, user_id: UserId, at: datetime) -> None:
    """A reflection names it as what has moved somebody. Once is enough: to say it again changes nothing."""
    _put(tx, guild_id, response_id, user_id, at, "reflected")


def press(tx: Transaction, guild_id: GuildId, response_id: ResponseId, user_id: UserId, at: datetime) -> bool:
    """Somebody presses its button: the second time they take that back. Does it hold now?"""
    named = table.c.guild_id == guild_id, table.c.response_id == response_id, table.c.user_id == user_id
    if tx.execute(select(table.c.pressed).where(*named)).scalar_one_or_none():
        tx.execute(update(table).where(*named).values(pressed=False))
        tx.execute(delete(table).where(*named, table.c.reflected.is_(False)))
        return False
    _put(tx, guild_id, response_id, user_id, at, "pressed")
    return True


def is_reflected(tx: Transaction, guild_id: GuildId, response_id: ResponseId, user_id: UserId) -> bool:
    """Does a reflection of theirs name it?"""
    named = table.c.guild_id == guild_id, table.c.response_id == response_id, table.c.user_id == user_id
    return bool(tx.execute(select(table.c.reflected).where(*named)).scalar_one_or_none())


def remove_all(tx: Transaction, guild_id: GuildId, round_id: RoundId, user_id: UserId) -> int:
    """No reflection of theirs names anything in a round any more; how many responses they had named."""
    here = select(responses.c.id).where(responses.c.guild_id == guild_id, responses.c.round_id == round_id)
    named = table.c.guild_id == guild_id, table.c.user_id == user_id, table.c.response_id.in_(here)
    count = tx.execute(update(table).where(*named, table.c.reflected.is_(True)).values(reflected=False)).rowcount
    tx.execute(delete(table).where(*named, table.c.pressed.is_(False)))
    return count


def of_round(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> dict[ResponseId, int]:
    """How many people each response of a round has moved, without those that moved nobody or were taken back."""
    query = (
        select(table.c.response_id, func.count())
        .join(responses, _ITS_RESPONSE)
        .where(table.c.guild_id == guild_id, responses.c.round_id == round_id, *_STANDS)
        .group_by(table.c.response_id)
    )
    return {ResponseId(response_id): count for response_id, count in tx.execute(query)}


def each_of_round(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> list[Endorsement]:
    """The same one by one, to be joined with what else is on record and then told in numbers alone."""
    query = (
        select(table.c.response_id, responses.c.created_at, table.c.user_id)
        .join(responses, _ITS_RESPONSE)
        .where(table.c.guild_id == guild_id, responses.c.round_id == round_id, *_STANDS)
    )
    return [Endorsement(ResponseId(row.response_id), row.created_at, UserId(row.user_id)) for row in tx.execute(query)]


def _put(tx: Transaction, guild_id: GuildId, response_id: ResponseId, user_id: UserId, at: datetime, way: str) -> None:
    named = table.c.guild_id == guild_id, table.c.response_id == response_id, table.c.user_id == user_id
    if tx.execute(update(table).where(*named).values({way: True})).rowcount:
        return
    ways = {"reflected": False, "pressed": False, way: True}
    tx.execute(insert(table).values(guild_id=guild_id, response_id=response_id, user_id=user_id, at=at, **ways))
