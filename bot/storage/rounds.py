"""Rounds: the prompts posed in a session, each as it was posed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, Update, bindparam, func, insert, select, update

from bot.content.formats import Format, open_floor
from bot.content.models import Prompt
from bot.discussion.ids import ChannelId, GuildId, MessageId, RoundId, SessionId
from bot.discussion.values import Closing, Conduct, Loss, Round
from bot.storage.errors import AlreadyOpen
from bot.storage.schema import rounds as table
from bot.storage.transaction import Transaction

_GET = select(table).where(table.c.guild_id == bindparam("guild"), table.c.id == bindparam("round"))
_BY_THREAD = (
    select(table)
    .where(table.c.guild_id == bindparam("guild"), table.c.thread_id == bindparam("thread"))
    .order_by(table.c.id.desc())
    .limit(1)
)
"""Statements of the hot path, built once: building them takes longer than running them."""


def add(  # noqa: PLR0913 – a round is what it is; each is named by the caller
    tx: Transaction,
    guild_id: GuildId,
    *,
    session_id: SessionId,
    channel_id: ChannelId,
    number: int,
    prompt: Prompt,
    opened_at: datetime,
    deadline: datetime | None,
    format: Format | None = None,  # noqa: A002 – what a debate's format is called
    seed: int = 0,
    conduct: Conduct | None = None,
) -> Round:
    """Open a round in its first phase. AlreadyOpen where the session has an open one. A session's number is given once.

    Without a format it is an open floor. `conduct` is its session's; without it nothing is out of the ordinary.
    """
    conduct = conduct or Conduct()
    if open_in_session(tx, guild_id, session_id) is not None:
        raise AlreadyOpen
    added = tx.execute(
        insert(table)
        .values(
            guild_id=guild_id,
            session_id=session_id,
            channel_id=channel_id,
            number=number,
            prompt=prompt,
            opened_at=opened_at,
            deadline=deadline,
            format=format or open_floor(),
            seed=seed,
            pseudonymous=conduct.pseudonymous,
            approve_first=conduct.approve_first,
            slow_seconds=conduct.slow_seconds,
            coached=conduct.coached,
        )
        .returning(table)
    )
    return _round(added.one())


def get(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> Round | None:
    """The round of that id, open or closed, if it is this guild's."""
    return _one(tx, _GET, {"guild": guild_id, "round": round_id})


def of_session(tx: Transaction, guild_id: GuildId, session_id: SessionId) -> list[Round]:
    """All rounds of a session in the order in which they were posed."""
    return _all(tx, _of(guild_id).where(table.c.session_id == session_id).order_by(table.c.number, table.c.id))


def open_in_session(tx: Transaction, guild_id: GuildId, session_id: SessionId) -> Round | None:
    """The session's open round."""
    return _one(tx, _of(guild_id).where(table.c.session_id == session_id, table.c.closed_at.is_(None)))


def by_thread(tx: Transaction, guild_id: GuildId, thread_id: ChannelId) -> Round | None:
    """The round that is debated in that thread."""
    return _one(tx, _BY_THREAD, {"guild": guild_id, "thread": thread_id})


def all_open(tx: Transaction) -> list[Round]:
    """Every guild's open rounds: for the bot's own clockwork, never for an answer to a person."""
    return _all(tx, select(table).where(table.c.closed_at.is_(None)).order_by(table.c.id))


def untold(tx: Transaction) -> list[Round]:
    """Every guild's closed rounds whose tally is not posted: for the bot's own clockwork. Without a channel none is."""
    return _all(
        tx,
        select(table)
        .where(
            table.c.closed_at.is_not(None),
            table.c.tally_id.is_(None),
            func.coalesce(table.c.lost, "") != Loss.CHANNEL.value,
        )
        .order_by(table.c.id),
    )


def close(tx: Transaction, guild_id: GuildId, round_id: RoundId, at: datetime, closing: Closing) -> bool:
    """Close a round; False if there is none or it was closed already."""
    return _changed(tx, _open(guild_id, round_id).values(closed_at=at, closing=closing.value))


def set_phase(tx: Transaction, guild_id: GuildId, round_id: RoundId, number: int, deadline: datetime | None) -> bool:
    """The round is in this phase now, until then; False if there is none or it is closed."""
    return _changed(tx, _open(guild_id, round_id).values(phase=number, deadline=deadline, paused_at=None))


def set_clock(
    tx: Transaction, guild_id: GuildId, round_id: RoundId, deadline: datetime | None, paused_at: datetime | None
) -> bool:
    """The present phase ends then, or stands still since then; False if there is none or it is closed."""
    return _changed(tx, _open(guild_id, round_id).values(deadline=deadline, paused_at=paused_at))


def set_card(tx: Transaction, guild_id: GuildId, round_id: RoundId, message_id: MessageId) -> bool:
    """The round's card is this message; False if there is no such round."""
    return _changed(tx, _any(guild_id, round_id).values(card_id=message_id))


def set_thread(tx: Transaction, guild_id: GuildId, round_id: RoundId, thread_id: ChannelId) -> bool:
    """The round is debated in this thread; False if there is no such round."""
    return _changed(tx, _any(guild_id, round_id).values(thread_id=thread_id))


def set_tally(tx: Transaction, guild_id: GuildId, round_id: RoundId, message_id: MessageId) -> bool:
    """The round's tally is this message; False if there is no such round."""
    return _changed(tx, _any(guild_id, round_id).values(tally_id=message_id))


def open_in_channel(tx: Transaction, guild_id: GuildId, channel_id: ChannelId) -> list[Round]:
    """The channel's open rounds."""
    return _all(tx, _of(guild_id).where(table.c.channel_id == channel_id, table.c.closed_at.is_(None)))


def of_channel(tx: Transaction, guild_id: GuildId, channel_id: ChannelId) -> list[Round]:
    """All rounds that were posed in the channel."""
    return _all(tx, _of(guild_id).where(table.c.channel_id == channel_id).order_by(table.c.id))


def by_card(tx: Transaction, guild_id: GuildId, message_id: MessageId) -> Round | None:
    """The open round whose card is that message."""
    return _one(tx, _of(guild_id).where(table.c.card_id == message_id, table.c.closed_at.is_(None)))


def forget_card(tx: Transaction, guild_id: GuildId, round_id: RoundId, message_id: MessageId) -> bool:
    """The open round's card is gone; False if its card is another one by now."""
    return _changed(tx, _open(guild_id, round_id).where(table.c.card_id == message_id).values(card_id=None))


def lose(tx: Transaction, guild_id: GuildId, round_id: RoundId, loss: Loss) -> bool:
    """The round has lost its thread or its channel; False if that is on record or there is no such round."""
    known = [loss.value, Loss.CHANNEL.value]
    return _changed(
        tx, _any(guild_id, round_id).where(func.coalesce(table.c.lost, "").not_in(known)).values(lost=loss.value)
    )


def _of(guild_id: GuildId) -> Select[Any]:
    return select(table).where(table.c.guild_id == guild_id)


def _any(guild_id: GuildId, round_id: RoundId) -> Update:
    return update(table).where(table.c.guild_id == guild_id, table.c.id == round_id)


def _open(guild_id: GuildId, round_id: RoundId) -> Update:
    return _any(guild_id, round_id).where(table.c.closed_at.is_(None))


def _changed(tx: Transaction, change: Update) -> bool:
    return tx.execute(change).rowcount > 0


def _one(tx: Transaction, query: Select[Any], known: Mapping[str, int] | None = None) -> Round | None:
    row = tx.execute(query, known).one_or_none()
    return None if row is None else _round(row)


def _all(tx: Transaction, query: Select[Any]) -> list[Round]:
    return [_round(row) for row in tx.execute(query)]


def _round(row: Row[Any]) -> Round:
    return Round(
        id=RoundId(row.id),
        guild_id=GuildId(row.guild_id),
        session_id=SessionId(row.session_id),
        channel_id=ChannelId(row.channel_id),
        number=row.number,
        prompt=row.prompt,
        opened_at=row.opened_at,
        deadline=row.deadline,
        closed_at=row.closed_at,
        closing=None if row.closing is None else Closing(row.closing),
        card_id=None if row.card_id is None else MessageId(row.card_id),
        thread_id=None if row.thread_id is None else ChannelId(row.thread_id),
        tally_id=None if row.tally_id is None else MessageId(row.tally_id),
        lost=None if row.lost is None else Loss(row.lost),
        format=row.format or open_floor(),
        phase_number=row.phase,
        paused_at=row.paused_at,
        seed=row.seed,
        conduct=Conduct(row.pseudonymous, row.approve_first, row.slow_seconds, row.coached),
    )
