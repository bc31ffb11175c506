"""Posts on Discord that the record has changed under: which ones, so that each is edited or deleted, and once.

Written in the transaction of the change, and forgotten once Discord has confirmed the post as it is then. A change
adds a mark and never moves one: whoever brings a post up to date notes the newest mark before reading what the post
is to say, and settles the marks up to that one. What changes meanwhile keeps its mark.
"""

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, null, or_, select

from bot.discussion.ids import GuildId, ResponseId, RoundId
from bot.discussion.values import Outdated, Response, Source
from bot.storage.schema import THREAD, responses, rounds
from bot.storage.schema import outdated as table
from bot.storage.transaction import Transaction

_changed = responses.alias()
_POSTS = select(responses.c.guild_id, responses.c.round_id, responses.c.id).where(
    responses.c.guild_id == bindparam("guild"),
    responses.c.round_id == bindparam("round"),
    select(func.coalesce(_changed.c.root_id, _changed.c.id))
    .where(_changed.c.guild_id == bindparam("guild"), _changed.c.id == bindparam("response"))
    .scalar_subquery()
    == THREAD,
    responses.c.source.in_([Source.MODAL.value, Source.REPLY.value, Source.STATEMENT.value]),
    or_(
        responses.c.id == bindparam("response"),
        (responses.c.parent_id == bindparam("response")) & responses.c.withdrawn_at.is_(None),
    ),
)
_COUNT = select(rounds.c.guild_id, rounds.c.id, null()).where(
    rounds.c.guild_id == bindparam("guild"), rounds.c.id == bindparam("round"), rounds.c.closed_at.is_not(None)
)
_MARK = insert(table).from_select(["guild_id", "round_id", "response_id"], _POSTS.union_all(_COUNT))


def mark(tx: Transaction, response: Response) -> int:
    """A response has changed: out of date are its own post, those of its answers, which quote it, and the final count.

    An open round's card follows by itself. What somebody typed is no post of ours: see `mark_message`. Returns how many
    posts that are.
    """
    return tx.execute(_MARK, {"guild": response.guild_id, "round": response.round_id, "response": response.id}).rowcount


def mark_round(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> None:
    """A round's phase has another end, or is over: its notice, which says until when, is out of date."""
    tx.execute(insert(table).values(guild_id=guild_id, round_id=round_id, response_id=None))


def mark_message(tx: Transaction, response: Response) -> None:
    """A response was taken back or away, or shown again, and it is one that its author typed in a message."""
    tx.execute(insert(table).values(guild_id=response.guild_id, round_id=response.round_id, response_id=response.id))


def waiting(tx: Transaction) -> list[Outdated]:
    """Every guild's posts out of date, longest first: for the bot's own clockwork."""
    query = (
        select(table.c.guild_id, table.c.round_id, table.c.response_id)
        .group_by(table.c.guild_id, table.c.round_id, table.c.response_id)
        .order_by(func.min(table.c.id))
    )
    return [
        Outdated(
            GuildId(row.guild_id),
            RoundId(row.round_id),
            None if row.response_id is None else ResponseId(row.response_id),
        )
        for row in tx.execute(query)
    ]


def of_round(tx: Transaction, guild_id: GuildId, round_id: RoundId) -> set[ResponseId]:
    """The responses of a round that have a post out of date."""
    here = table.c.guild_id == guild_id, table.c.round_id == round_id, table.c.response_id.is_not(None)
    return {ResponseId(id_) for id_ in tx.execute(select(table.c.response_id).where(*here).distinct()).scalars()}


def newest_mark(tx: Transaction, post: Outdated) -> int | None:
    """The newest mark of a post; None where it is up to date."""
    return tx.execute(select(func.max(table.c.id)).where(*_of(post))).scalar_one()


def settle(tx: Transaction, post: Outdated, mark: int) -> bool:
    """The post shows what was on record at that mark. False if that was known."""
    return tx.execute(delete(table).where(*_of(post), table.c.id <= mark)).rowcount > 0


def _of(post: Outdated) -> tuple[ColumnElement[bool], ...]:
    whose = table.c.response_id.is_(None) if post.response_id is None else table.c.response_id == post.response_id
    return table.c.guild_id == post.guild_id, table.c.round_id == post.round_id, whose
