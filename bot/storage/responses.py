"""Responses: students' words as they stand, and what a round has of them. See `altering` for what becomes of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select

from bot.discussion.evidence import Citation
from bot.discussion.ids import GuildId, MessageId, ResponseId, RoundId, StanceId, UserId
from bot.discussion.moderation import Review
from bot.discussion.values import Attachment, Response, Role, Source
from bot.storage.columns import in_utc, storable_body
from bot.storage.recording import NewResponse, add_responses
from bot.storage.rows import response_of
from bot.storage.schema import responses as table
from bot.storage.schema import rounds
from bot.storage.statements import written_by
from bot.storage.transaction import Transaction
from bot.values import frozen

_BY_MESSAGE = select(table).where(table.c.guild_id == bindparam("guild"), table.c.message_id == bindparam("message"))
"""Built once: building it takes longer than running it."""

_STANDS_OR_WAITS = or_(table.c.hidden_at.is_(None), table.c.review == Review.WAITING.value)


def add(  # noqa: PLR0913 – a response is what it is; each is named by the caller
    tx: Transaction,
    guild_id: GuildId,
    *,
    round_id: RoundId,
    user_id: UserId,
    role: Role,
    source: Source,
    parent_id: ResponseId | None,
    stance: StanceId | None,
    body: Mapping[str, str],
    created_at: datetime,
    message_id: MessageId | None = None,
    attachments: tuple[Attachment, ...] = (),
    phase: int = 0,
    group: int | None = None,
    held_back: bool = False,
    review: Review | None = None,
    cites: tuple[Citation, ...] | None = None,
) -> tuple[Response, bool]:
    """Record a response. Answers with it and whether it is new: a message is recorded once, however often it comes.

    `review`: does it wait for a moderator who reads first? Then the class does not see it. `cites`: see `citations`.
    """
    if message_id is not None and (known := by_message(tx, guild_id, message_id)) is not None:
        return known, False
    new = NewResponse(
        round_id,
        user_id,
        role,
        source,
        parent_id,
        stance,
        storable_body(body),
        in_utc(created_at),
        message_id,
        attachments,
        phase,
        group,
        held_back,
        review,
        cites,
    )
    [added] = add_responses(tx, guild_id, [new])
    return new.recorded(guild_id, added), True


def get(tx: Transaction, guild_id: GuildId, response_id: ResponseId) -> Response | None:
    """The response of that id, withdrawn or not, if it is this guild's."""
    return _one(tx, _of(guild_id).where(table.c.id == response_id))


def by_message(tx: Transaction, guild_id: GuildId, message_id: MessageId) -> Response | None:
    """The response, withdrawn or not, that a message shows or was."""
    row = tx.execute(_BY_MESSAGE, {"guild": guild_id, "message": message_id}).one_or_none()
    return None if row is None else response_of(row)


def by_stand_in(tx: Transaction, guild_id: GuildId, message_id: MessageId) -> Response | None:
    """The response that the bot's own message stands in for, where a typed one was hidden."""
    return _one(tx, _of(guild_id).where(table.c.stand_in_id == message_id))


def of_round(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> list[Response]:
    """All responses of a round in the order of their times; the withdrawn too, without words."""
    return _all(tx, _of(guild_id).where(table.c.round_id == round_id).order_by(table.c.created_at, table.c.id))


def of_user(tx: Transaction, guild_id: GuildId, user_id: UserId, limit: int, offset: int) -> list[Response]:
    """One person's responses in the guild and what they wrote with others, newest first, without the withdrawn."""
    query = _of(guild_id).where(written_by(guild_id, user_id), table.c.withdrawn_at.is_(None))
    return _all(tx, query.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(limit).offset(offset))


def count_of_user(tx: Transaction, guild_id: GuildId, user_id: UserId) -> int:
    """How many responses one person has written in the guild, alone or with others, without the withdrawn."""
    return _count(tx, _of(guild_id).where(written_by(guild_id, user_id)))


def counts_by_source(tx: Transaction, guild_id: GuildId, round_id: RoundId, user_id: UserId) -> dict[Source, int]:
    """How many responses somebody has in a round, by how they came; without the withdrawn and the hidden.

    What waits for a moderator who reads first counts: its author has done their part.
    """
    query = select(table.c.source, func.count()).where(
        table.c.guild_id == guild_id,
        table.c.round_id == round_id,
        table.c.user_id == user_id,
        table.c.withdrawn_at.is_(None),
        _STANDS_OR_WAITS,
    )
    return {Source(source): count for source, count in tx.execute(query.group_by(table.c.source))}


def people(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> set[UserId]:
    """Everybody who has written something in a round, withdrawn or not."""
    query = select(table.c.user_id).distinct().where(table.c.guild_id == guild_id, table.c.round_id == round_id)
    return {UserId(user_id) for user_id in tx.execute(query).scalars()}


@frozen
class Words:
    """What somebody said, by field."""

    user_id: UserId
    body: Mapping[str, str]


def latest_words(tx: Transaction, guild_id: GuildId, round_id: RoundId, limit: int) -> dict[ResponseId, Words]:
    """The latest responses of a round that the whole class can read, in their order."""
    query = (
        select(table.c.id, table.c.user_id, table.c.body)
        .where(
            table.c.guild_id == guild_id,
            table.c.round_id == round_id,
            table.c.withdrawn_at.is_(None),
            table.c.hidden_at.is_(None),
            table.c.held_back.is_(False),
            table.c.source.in_([Source.MODAL.value, Source.REPLY.value, Source.MESSAGE.value]),
        )
        .order_by(table.c.id.desc())
        .limit(limit)
    )
    rows = reversed(tx.execute(query).all())
    return {ResponseId(row.id): Words(UserId(row.user_id), row.body) for row in rows}


def last_said(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> datetime | None:
    """When anybody last said something in a round, whatever became of it; None before that."""
    query = select(table.c.created_at).where(table.c.guild_id == guild_id, table.c.round_id == round_id)
    return tx.execute(query.order_by(table.c.created_at.desc()).limit(1)).scalar()


def latest_stances(tx: Transaction, guild_id: GuildId, round_id: RoundId, limit: int) -> list[StanceId]:
    """The sides of the latest responses that have one and that the whole class can read, by time."""
    readable = table.c.withdrawn_at.is_(None), table.c.hidden_at.is_(None), table.c.held_back.is_(False)
    query = (
        select(table.c.stance)
        .where(table.c.guild_id == guild_id, table.c.round_id == round_id, table.c.stance.is_not(None), *readable)
        .order_by(table.c.created_at.desc(), table.c.id.desc())
        .limit(limit)
    )
    return [StanceId(stance) for stance in reversed(tx.execute(query).scalars().all())]


def count_held_back(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> int:
    """How many responses of a round the class does not see yet, reflections left out."""
    query = _of(guild_id).where(
        table.c.round_id == round_id, table.c.held_back.is_(True), table.c.source != Source.REFLECTION.value
    )
    return _count(tx, query)


def counts(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> int:
    """How many responses a round has, without the withdrawn, reflections, and what no moderator has approved yet."""
    seen = or_(table.c.review.is_(None), table.c.review == Review.APPROVED.value)
    here = table.c.round_id == round_id, table.c.source != Source.REFLECTION.value, seen
    return _count(tx, _of(guild_id).where(*here))


def of_phase(tx: Transaction, guild_id: GuildId, round_id: RoundId, phase: int) -> list[Response]:
    """The responses written in one phase, by time; without the withdrawn and the hidden, with what waits for review."""
    query = _of(guild_id).where(
        table.c.round_id == round_id,
        table.c.phase == phase,
        table.c.withdrawn_at.is_(None),
        _STANDS_OR_WAITS,
    )
    return _all(tx, query.order_by(table.c.created_at, table.c.id))


def has_responded(tx: Transaction, guild_id: GuildId, round_id: RoundId, phase: int, user_id: UserId) -> bool:
    """Does a response of somebody's own, written in the form of a phase, stand?"""
    mine = _of(guild_id).where(
        table.c.round_id == round_id,
        table.c.user_id == user_id,
        table.c.phase == phase,
        table.c.source == Source.MODAL.value,
        _STANDS_OR_WAITS,
    )
    return _count(tx, mine) > 0


def last_stance(tx: Transaction, guild_id: GuildId, round_id: RoundId, user_id: UserId) -> StanceId | None:
    """The stance of somebody's latest response in a round that has one."""
    mine = select(table.c.stance).where(
        table.c.guild_id == guild_id,
        table.c.round_id == round_id,
        table.c.user_id == user_id,
        table.c.stance.is_not(None),
        table.c.withdrawn_at.is_(None),
    )
    stance = tx.execute(mine.order_by(table.c.id.desc()).limit(1)).scalar_one_or_none()
    return None if stance is None else StanceId(stance)


def is_answered(tx: Transaction, guild_id: GuildId, response_id: ResponseId) -> bool:
    """Does a reply to it stand?"""
    standing = _of(guild_id).where(table.c.parent_id == response_id, table.c.hidden_at.is_(None))
    return _count(tx, standing) > 0


def unposted(tx: Transaction) -> list[Response]:
    """Every guild's responses by modal that no message shows yet: for the bot's own clockwork.

    Without those that a moderator has hidden before they were posted, and without those whose thread is gone: they are
    on record and have nowhere to be shown.
    """
    return _all(
        tx,
        select(table)
        .join(rounds, (rounds.c.guild_id == table.c.guild_id) & (rounds.c.id == table.c.round_id))
        .where(
            rounds.c.lost.is_(None),
            table.c.message_id.is_(None),
            table.c.withdrawn_at.is_(None),
            table.c.hidden_at.is_(None),
            table.c.held_back.is_(False),
            table.c.source.in_([Source.MODAL.value, Source.REPLY.value, Source.STATEMENT.value]),
        )
        .order_by(table.c.id),
    )


def _of(guild_id: GuildId) -> Select[Any]:
    return select(table).where(table.c.guild_id == guild_id)


def _count(tx: Transaction, query: Select[Any]) -> int:
    standing = query.where(table.c.withdrawn_at.is_(None)).with_only_columns(func.count())
    return tx.execute(standing).scalar_one()


def _one(tx: Transaction, query: Select[Any]) -> Response | None:
    row = tx.execute(query).one_or_none()
    return None if row is None else response_of(row)


def _all(tx: Transaction, query: Select[Any]) -> list[Response]:
    return [response_of(row) for row in tx.execute(query)]
