"""Sessions: one `/discuss start` in one channel each."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Row, Select, bindparam, insert, select, type_coerce, update

from bot.content.models import Article, PromptSet
from bot.discussion.ids import ChannelId, GuildId, SessionId, UserId
from bot.discussion.values import Conduct, Session
from bot.storage.errors import AlreadyOpen
from bot.storage.schema import rounds
from bot.storage.schema import sessions as table
from bot.storage.transaction import Transaction

_ARTICLE = select(table.c.article).where(table.c.guild_id == bindparam("guild"), table.c.id == bindparam("session"))
"""Built once: building it takes longer than running it."""


def add(  # noqa: PLR0913 – a session is what it is; each is named by the caller
    tx: Transaction,
    guild_id: GuildId,
    *,
    channel_id: ChannelId,
    set_slug: str,
    prompt_set: PromptSet,
    article: Article,
    minutes: int | None,
    started_by: UserId,
    started_at: datetime,
    conduct: Conduct,
) -> Session:
    """Open a session. AlreadyOpen where the channel has an open one."""
    if open_in(tx, guild_id, channel_id) is not None:
        raise AlreadyOpen
    added = tx.execute(
        insert(table)
        .values(
            guild_id=guild_id,
            channel_id=channel_id,
            set_slug=set_slug,
            prompt_set=prompt_set,
            article=article,
            minutes=minutes,
            started_by=started_by,
            started_at=started_at,
            pseudonymous=conduct.pseudonymous,
            approve_first=conduct.approve_first,
            slow_seconds=conduct.slow_seconds,
            coached=conduct.coached,
        )
        .returning(table)
    )
    return _session(added.one())


def get(tx: Transaction, guild_id: GuildId, session_id: SessionId) -> Session | None:
    """The session of that id, open or closed, if it is this guild's."""
    return _one(tx, _of(guild_id).where(table.c.id == session_id))


def article_of(tx: Transaction, guild_id: GuildId, session_id: SessionId) -> Article | None:
    """The article alone, as it was at the session's start: on the hot path."""
    return tx.execute(_ARTICLE, {"guild": guild_id, "session": session_id}).scalar_one_or_none()


def open_in(tx: Transaction, guild_id: GuildId, channel_id: ChannelId) -> Session | None:
    """The channel's open session."""
    return _one(tx, _of(guild_id).where(table.c.channel_id == channel_id, table.c.closed_at.is_(None)))


def all_open(tx: Transaction, guild_id: GuildId) -> list[Session]:
    """The guild's open sessions, the oldest first."""
    return _all(tx, _of(guild_id).where(table.c.closed_at.is_(None)).order_by(table.c.id))


def recent(tx: Transaction, guild_id: GuildId, limit: int) -> list[Session]:
    """The guild's latest sessions, open or closed, the newest first."""
    return _all(tx, _of(guild_id).order_by(table.c.started_at.desc(), table.c.id.desc()).limit(limit))


def guild_of(tx: Transaction, session_id: SessionId) -> GuildId | None:
    """Whose session that is: for the operator's command line only, never for an answer to a person in Discord."""
    found = tx.execute(select(table.c.guild_id).where(table.c.id == session_id)).scalar_one_or_none()
    return None if found is None else GuildId(found)


def matching(tx: Transaction, guild_id: GuildId, typed: str, limit: int) -> list[Session]:
    """The guild's sessions that have what was typed in title or set slug, or begin with that number; newest first.

    Before all of them the one of just that number, which may stand behind a #. Letters count alike in both cases;
    typing nothing finds the latest.
    """
    words = typed.strip().casefold()
    number = words.removeprefix("#")
    title = type_coerce(table.c.prompt_set, JSON)["title"].as_string().label("title")
    candidates = tx.execute(
        select(table.c.id, table.c.set_slug, title)
        .where(table.c.guild_id == guild_id)
        .order_by(table.c.started_at.desc(), table.c.id.desc())
    )
    found = [
        row.id
        for row in candidates
        if words in row.title.casefold() or words in row.set_slug.casefold() or str(row.id).startswith(number)
    ]
    found.sort(key=lambda id_: str(id_) != number)
    sought = (get(tx, guild_id, SessionId(id_)) for id_ in found[:limit])
    return [session for session in sought if session is not None]


def close(tx: Transaction, guild_id: GuildId, session_id: SessionId, at: datetime) -> bool:
    """Close a session; False if there is none or it was closed already."""
    closing = (
        update(table)
        .where(table.c.guild_id == guild_id, table.c.id == session_id, table.c.closed_at.is_(None))
        .values(closed_at=at)
    )
    return tx.execute(closing).rowcount > 0


def set_slow(tx: Transaction, guild_id: GuildId, session_id: SessionId, seconds: int) -> bool:
    """So many seconds lie between two responses of a student from now on; False if there is no such open session."""
    its_rounds = rounds.c.guild_id == guild_id, rounds.c.session_id == session_id, rounds.c.closed_at.is_(None)
    tx.execute(update(rounds).where(*its_rounds).values(slow_seconds=seconds))
    mine = table.c.guild_id == guild_id, table.c.id == session_id, table.c.closed_at.is_(None)
    return tx.execute(update(table).where(*mine).values(slow_seconds=seconds)).rowcount > 0


def set_coached(tx: Transaction, guild_id: GuildId, session_id: SessionId, *, coached: bool) -> bool:
    """The coach asks back in a session from now on, or no more; False if there is no such open session."""
    its_rounds = rounds.c.guild_id == guild_id, rounds.c.session_id == session_id, rounds.c.closed_at.is_(None)
    tx.execute(update(rounds).where(*its_rounds).values(coached=coached))
    mine = table.c.guild_id == guild_id, table.c.id == session_id, table.c.closed_at.is_(None)
    return tx.execute(update(table).where(*mine).values(coached=coached)).rowcount > 0


def _of(guild_id: GuildId) -> Select[Any]:
    return select(table).where(table.c.guild_id == guild_id)


def _one(tx: Transaction, query: Select[Any]) -> Session | None:
    row = tx.execute(query).one_or_none()
    return None if row is None else _session(row)


def _all(tx: Transaction, query: Select[Any]) -> list[Session]:
    return [_session(row) for row in tx.execute(query)]


def _session(row: Row[Any]) -> Session:
    return Session(
        id=SessionId(row.id),
        guild_id=GuildId(row.guild_id),
        channel_id=ChannelId(row.channel_id),
        set_slug=row.set_slug,
        prompt_set=row.prompt_set,
        article=row.article,
        minutes=row.minutes,
        started_by=UserId(row.started_by),
        started_at=row.started_at,
        closed_at=row.closed_at,
        conduct=Conduct(row.pseudonymous, row.approve_first, row.slow_seconds, row.coached),
    )
