"""Rows of tables as the values that the rest of Parley knows."""

from typing import Any

from sqlalchemy import Row

from bot.discussion.ids import GuildId, MessageId, ResponseId, RoundId, StanceId, UserId
from bot.discussion.moderation import Review
from bot.discussion.values import Response, Revision, Role, Source


def response_of(row: Row[Any]) -> Response:
    """A response as its row has it."""
    return Response(
        id=ResponseId(row.id),
        guild_id=GuildId(row.guild_id),
        round_id=RoundId(row.round_id),
        user_id=UserId(row.user_id),
        role=Role(row.role),
        source=Source(row.source),
        parent_id=None if row.parent_id is None else ResponseId(row.parent_id),
        stance=_stance(row.stance),
        body=row.body,
        created_at=row.created_at,
        edited_at=row.edited_at,
        withdrawn_at=row.withdrawn_at,
        message_id=_message(row.message_id),
        hidden_at=row.hidden_at,
        attachments=row.attachments,
        phase=row.phase,
        group=row.group_number,
        held_back=row.held_back,
        edited_by=_user(row.edited_by),
        stand_in_id=_message(row.stand_in_id),
        review=None if row.review is None else Review(row.review),
    )


def revision_of(row: Row[Any]) -> Revision:
    """An earlier wording as its row has it."""
    return Revision(ResponseId(row.response_id), row.body, _stance(row.stance), row.replaced_at, _user(row.user_id))


def _stance(value: str | None) -> StanceId | None:
    return None if value is None else StanceId(value)


def _user(value: int | None) -> UserId | None:
    return None if value is None else UserId(value)


def _message(value: int | None) -> MessageId | None:
    return None if value is None else MessageId(value)
