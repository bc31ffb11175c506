"""What a group writes together: one response, in the name of whoever began it, whose wordings are of several people."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select

from bot.discussion.ids import GuildId, ResponseId, RoundId, UserId
from bot.discussion.moderation import Review
from bot.discussion.values import Source
from bot.storage.schema import responses, revisions, rounds
from bot.storage.transaction import Transaction


def of_group(tx: Transaction, guild_id: GuildId, round_id: RoundId, phase: int, group: int) -> ResponseId | None:
    """The statement of a group in a phase, unless it was taken back or taken away."""
    query = select(responses.c.id).where(
        responses.c.guild_id == guild_id,
        responses.c.round_id == round_id,
        responses.c.phase == phase,
        responses.c.group_number == group,
        responses.c.source == Source.STATEMENT.value,
        responses.c.withdrawn_at.is_(None),
        or_(responses.c.hidden_at.is_(None), responses.c.review == Review.WAITING.value),
    )
    found = tx.execute(query.order_by(responses.c.id).limit(1)).scalar_one_or_none()
    return None if found is None else ResponseId(found)


def wording(tx: Transaction, guild_id: GuildId, response_id: ResponseId) -> int:
    """The number of a response's present wording: 1 for the first; 0 if there is no such response."""
    known = select(responses.c.id).where(responses.c.guild_id == guild_id, responses.c.id == response_id)
    if tx.execute(known).one_or_none() is None:
        return 0
    earlier = select(func.count()).where(revisions.c.guild_id == guild_id, revisions.c.response_id == response_id)
    return 1 + tx.execute(earlier).scalar_one()


def writers(tx: Transaction, guild_id: GuildId, response_id: ResponseId) -> set[UserId]:
    """Everybody of whom there is a wording."""
    now = select(responses.c.user_id, responses.c.edited_by).where(
        responses.c.guild_id == guild_id, responses.c.id == response_id
    )
    before = select(revisions.c.user_id).where(revisions.c.guild_id == guild_id, revisions.c.response_id == response_id)
    found = [*(user for row in tx.execute(now) for user in row), *tx.execute(before).scalars()]
    return {UserId(user) for user in found if user is not None}


def begun_by(guild_id: GuildId, user_id: UserId) -> Sequence[ColumnElement[bool]]:
    """The conditions that a response is in somebody's name, as they are asked with an index: round by round."""
    of_guild = select(rounds.c.id).where(rounds.c.guild_id == guild_id)
    return responses.c.guild_id == guild_id, responses.c.round_id.in_(of_guild), responses.c.user_id == user_id


def written_by(guild_id: GuildId, user_id: UserId) -> ColumnElement[bool]:
    """The condition that a response, or a wording of it, is somebody's. Each part has an index of its own."""
    own = select(responses.c.id).where(*begun_by(guild_id, user_id))
    edited = select(responses.c.id).where(responses.c.guild_id == guild_id, responses.c.edited_by == user_id)
    earlier = select(revisions.c.response_id).where(revisions.c.guild_id == guild_id, revisions.c.user_id == user_id)
    return responses.c.id.in_(own.union(edited, earlier))
