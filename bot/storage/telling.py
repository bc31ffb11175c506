"""The streams of a transcript, as fast as the driver gives rows and in memory that does not grow with them.

Rows are taken from the driver's own cursor and made into values here: SQLAlchemy's rows and types, exact but meant for
queries of a few rows, would take most of the time of an export.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

from sqlalchemy import Executable, func, select

from bot.discussion.evidence import Citation, Kind
from bot.discussion.ids import ResponseId, UserId
from bot.discussion.moderation import Review
from bot.discussion.swaying import Swayed, swayed
from bot.discussion.transcript import Entry, Scope, Speaker, ToldVote
from bot.discussion.values import Response, Revision, Role, Round, Source
from bot.storage import endorsements, statements
from bot.storage.building import twin
from bot.storage.columns import attachments_of, body_of, time_of
from bot.storage.schema import THREAD
from bot.storage.schema import citations as leans
from bot.storage.schema import responses as table
from bot.storage.schema import revisions as earlier
from bot.storage.schema import votes as cast
from bot.storage.transaction import Transaction
from bot.storage.votes import history as votes_of

_AT_ONCE = 256
_ROLES: Mapping[str, Role] = {role.value: role for role in Role}
_UnfinishedResponse, _UnfinishedEntry = twin(Response), twin(Entry)
_SOURCES: Mapping[str, Source] = {source.value: source for source in Source}


def entries(tx: Transaction, posed: Round, scope: Scope, speakers: Mapping[UserId, Speaker]) -> Iterator[Entry]:
    """A round's responses within the scope: thread by thread, each before all that was said under it.

    Of the thread at hand alone it is kept where its responses stand. `speakers` has all who are told or answered.
    What a group wrote together is told of everybody of whom a wording of it is.
    """
    revised = _revisions(tx, posed)
    revision = next(revised, None)
    citing = _citations(tx, posed)
    cited = next(citing, None)
    student, since, guild_id, round_id = scope.student, scope.since, posed.guild_id, posed.id
    moved, changed, shared = *_moved(tx, posed), _written_with_others(tx, posed, student)
    places: dict[ResponseId, tuple[int, UserId]] = {}
    for row in _rows(tx, _responses(posed)):
        (
            id_, user, role, source, parent, stance, body, created, edited, withdrawn, hidden, message, files, phase,
            group, held_back, edited_by, review,
        ) = row  # fmt: skip
        if parent is None:
            depth, answered = 0, None
            places = {id_: (0, user)}
        else:
            above, author = places[parent]
            depth, answered = above + 1, speakers.get(author)
            places[id_] = (depth, user)
        wordings: tuple[Revision, ...] = ()
        while revision is not None and revision.response_id == id_:
            wordings = (*wordings, revision)
            revision = next(revised, None)
        passages: tuple[Citation, ...] = ()
        while cited is not None and cited[0] == id_:
            passages = (*passages, cited[1])
            cited = next(citing, None)
        created_at = time_of(created)
        if student is not None and user != student and id_ not in shared:
            continue
        if since is not None and created_at < since:
            continue
        hidden_at = None if hidden is None else time_of(hidden)
        by = () if group is None else _writers(user, wordings, edited_by, speakers)
        response = _UnfinishedResponse(
            id_,
            guild_id,
            round_id,
            user,
            _ROLES[role],
            _SOURCES[source],
            parent,
            stance,
            body_of(body),
            created_at,
            None if edited is None else time_of(edited),
            None if withdrawn is None else time_of(withdrawn),
            message,
            hidden_at,
            () if files is None else attachments_of(files),
            phase,
            group,
            held_back == 1,
            edited_by,
            None,  # no transcript tells of the bot's own messages
            None if review is None else Review(review),
        )
        response.__class__ = Response
        entry = _UnfinishedEntry(
            response,
            posed,
            speakers[user],
            answered,
            depth,
            wordings,
            passages,
            hidden_at,
            moved.get(id_, 0),
            by,
            changed.get(id_),
        )
        entry.__class__ = Entry
        yield entry


def votes(tx: Transaction, posed: Round, scope: Scope, speakers: Mapping[UserId, Speaker]) -> Iterator[ToldVote]:
    """A round's votes within the scope as they were recorded, each with the stance that it replaced."""
    query = (
        select(cast.c.user_id, cast.c.stance, cast.c.at, cast.c.phase)
        .where(cast.c.guild_id == posed.guild_id, cast.c.round_id == posed.id, cast.c.secret.is_(False))
        .order_by(cast.c.id)
    )
    held: dict[UserId, Any] = {}
    for user, stance, taken, phase in _rows(tx, query):
        previous, held[user], at = held.get(user), stance, time_of(taken)
        if (scope.student is None or user == scope.student) and (scope.since is None or at >= scope.since):
            yield ToldVote(posed, speakers[user], stance, previous, at, phase)


def _moved(tx: Transaction, posed: Round) -> tuple[Mapping[ResponseId, int], Mapping[ResponseId, Swayed]]:
    """How many people each response has moved, and how many of them changed sides, where that may be told."""
    said = endorsements.each_of_round(tx, posed.guild_id, posed.id)
    moved = Counter(each.response_id for each in said)
    return moved, swayed(said, votes_of(tx, posed.guild_id, posed.id)) if moved else {}


def _written_with_others(tx: Transaction, posed: Round, student: UserId | None) -> Collection[ResponseId]:
    """What groups wrote of which a wording is a student's."""
    if student is None or posed.format.groups is None:
        return ()
    theirs = table.c.round_id == posed.id, statements.written_by(posed.guild_id, student)
    return set(tx.execute(select(table.c.id).where(table.c.guild_id == posed.guild_id, *theirs)).scalars())


def _writers(
    author: UserId, wordings: Sequence[Revision], edited_by: UserId | None, speakers: Mapping[UserId, Speaker]
) -> tuple[Speaker, ...]:
    """Whose each wording of a common text is."""
    return tuple(speakers[user or author] for user in (*(wording.user_id for wording in wordings), edited_by))


def _responses(posed: Round) -> Executable:
    return (
        select(
            table.c.id,
            table.c.user_id,
            table.c.role,
            table.c.source,
            table.c.parent_id,
            table.c.stance,
            table.c.body,
            table.c.created_at,
            table.c.edited_at,
            table.c.withdrawn_at,
            table.c.hidden_at,
            table.c.message_id,
            table.c.attachments,
            table.c.phase,
            table.c.group_number,
            table.c.held_back,
            table.c.edited_by,
            table.c.review,
        )
        .where(table.c.guild_id == posed.guild_id, table.c.round_id == posed.id)
        .order_by(THREAD, table.c.id)
    )


def _revisions(tx: Transaction, posed: Round) -> Iterator[Revision]:
    """The earlier wordings of all responses of a round, in the order of those, the oldest of each first.

    All that was edited has some. The outer join keeps the database from walking through all the guild's revisions.
    """
    query = (
        select(table.c.id, earlier.c.body, earlier.c.stance, earlier.c.replaced_at, earlier.c.user_id)
        .outerjoin(earlier, (earlier.c.guild_id == table.c.guild_id) & (earlier.c.response_id == table.c.id))
        .where(table.c.guild_id == posed.guild_id, table.c.round_id == posed.id, table.c.edited_at.is_not(None))
        .order_by(THREAD, table.c.id, earlier.c.id)
    )
    for response_id, body, stance, replaced_at, user_id in _rows(tx, query):
        if replaced_at is not None:
            yield Revision(response_id, body_of(body), stance, time_of(replaced_at), user_id)


def _citations(tx: Transaction, posed: Round) -> Iterator[tuple[ResponseId, Citation]]:
    """What the responses of a round lean on, in the order of those. For the outer join see `_revisions`.

    The database itself leaves out whatever leans on nothing, most of a long debate, by a condition of which it does not
    know that it undoes the outer join.
    """
    its_response = (table.c.guild_id == leans.c.guild_id) & (table.c.id == leans.c.response_id)
    query = (
        select(
            table.c.id,
            leans.c.paragraph,
            leans.c.start,
            leans.c.exact,
            leans.c.prefix,
            leans.c.suffix,
            leans.c.kind,
        )
        .outerjoin(leans, its_response)
        .where(table.c.guild_id == posed.guild_id, table.c.round_id == posed.id, func.coalesce(leans.c.id, 0) > 0)
        .order_by(THREAD, table.c.id, leans.c.id)
    )
    for response_id, paragraph, start, exact, prefix, suffix, kind in _rows(tx, query):
        yield response_id, Citation(paragraph, start, exact, prefix, suffix, Kind(kind))


def _rows(tx: Transaction, query: Executable) -> Iterator[Sequence[Any]]:
    """The driver's own rows, a few at a time."""
    result = tx.execute(query)
    if (cursor := result.cursor) is not None:
        yield from chain.from_iterable(iter(partial(cursor.fetchmany, _AT_ONCE), []))
    result.close()
