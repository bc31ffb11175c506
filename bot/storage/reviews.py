"""Reviews: what waits until a moderator has read it, before the class does. Approving is restoring: see `responses`."""

from sqlalchemy import ColumnElement, func, select, update

from bot.discussion.ids import GuildId, ResponseId, SessionId
from bot.discussion.moderation import Review
from bot.storage.schema import responses as table
from bot.storage.schema import rounds
from bot.storage.transaction import Transaction


def waiting(tx: Transaction, guild_id: GuildId) -> list[ResponseId]:
    """What waits in the guild, the longest first."""
    query = select(table.c.id).where(*_waits(guild_id)).order_by(table.c.id)
    return [ResponseId(id_) for id_ in tx.execute(query).scalars()]


def count_waiting(tx: Transaction, guild_id: GuildId, session_id: SessionId) -> int:
    """How much of a session waits."""
    its_round = (rounds.c.guild_id == table.c.guild_id) & (rounds.c.id == table.c.round_id)
    query = select(func.count()).select_from(table).join(rounds, its_round)
    return tx.execute(query.where(*_waits(guild_id), rounds.c.session_id == session_id)).scalar_one()


def reject(tx: Transaction, guild_id: GuildId, response_id: ResponseId) -> bool:
    """The class is not to see it: it stays hidden. False if it does not wait."""
    rejecting = update(table).where(*_waits(guild_id), table.c.id == response_id)
    return tx.execute(rejecting.values(review=Review.REJECTED.value)).rowcount > 0


def _waits(guild_id: GuildId) -> tuple[ColumnElement[bool], ...]:
    return table.c.guild_id == guild_id, table.c.review == Review.WAITING.value, table.c.withdrawn_at.is_(None)
