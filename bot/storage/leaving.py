"""Somebody is erased from a guild: their words, their id and their name leave every table.

What the class did together keeps its shape. A response keeps its row and its place, empty as if it were withdrawn, so
that replies keep what they answer, and a debate that is over keeps its count. In their place stands a number that was
drawn for one session alone, so that nothing links two sessions. Their votes get another one than their words: whoever
remembers whose an empty response was finds no vote beside it, least of all a secret one.

In a debate that still runs their votes and places are taken out: they may come back and vote anew, and nobody counts
twice. Gone altogether are their earlier wordings, what they named in reflections (it goes with the last reflection of
anybody who takes it back), their pseudonyms, mutes and reminders, what they were asked back, and what was reported of
them or told them as a reason. A report of theirs stays for the moderators, without its reason. What a group wrote
together stays, without their name, unless nobody else wrote in it.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, null, select, update

from bot.discussion.ids import GuildId, ResponseId, RoundId, SessionId, UserId
from bot.discussion.leaving import NOBODY, stand_in
from bot.discussion.values import Response, Source
from bot.storage import erasure, outdated, responses, statements, unnaming
from bot.storage.schema import (
    askings,
    audits,
    citations,
    endorsements,
    guild_settings,
    kept_words,
    listed_words,
    mutes,
    participants,
    places,
    pseudonyms,
    reminders,
    removals,
    reports,
    revisions,
    rounds,
    schedules,
    sessions,
    uploads,
    votes,
)
from bot.storage.schema import responses as said
from bot.storage.transaction import Transaction
from bot.values import frozen


@frozen
class Left:
    """What was erased: the responses as they were that were still to be seen, and how much of the rest.

    `together` is how many texts of groups stay without their name, `reworded` how many other responses named them.
    """

    responses: tuple[Response, ...] = ()
    votes: int = 0
    together: int = 0
    reworded: int = 0
    rounds: frozenset[RoundId] = frozenset()
    """Where something has changed."""


@dataclass(slots=True)
class _StandIns:
    """The numbers that stand for somebody, drawn when a session first needs them."""

    words: dict[SessionId, UserId] = field(default_factory=dict[SessionId, UserId])
    votes: dict[SessionId, UserId] = field(default_factory=dict[SessionId, UserId])

    def of_words(self, session_id: SessionId) -> UserId:
        """In the place of whoever spoke."""
        return self.words.setdefault(session_id, stand_in(secrets.randbelow))

    def of_votes(self, session_id: SessionId) -> UserId:
        """In the place of whoever voted."""
        return self.votes.setdefault(session_id, stand_in(secrets.randbelow))


@frozen
class _Leaver:
    """Who is erased, and from where."""

    tx: Transaction
    guild: GuildId
    user: UserId
    now: datetime
    names: _StandIns
    session_of: dict[RoundId, SessionId]
    open: frozenset[RoundId]

    def of(self, table: Table) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        """The rows of a table that are theirs."""
        return table.c.guild_id == self.guild, table.c.user_id == self.user


def erase(
    tx: Transaction, guild_id: GuildId, user_id: UserId, at: datetime, mentions: unnaming.Mentions = unnaming.NONE
) -> Left | None:
    """Erase somebody from a guild. `mentions` is where others' words name them: see `unnaming.mentions`.

    None where nothing of them is on record. It asks for each row by an index, never for all that was said.
    """
    if user_id <= NOBODY:
        return None
    posed = tx.execute(
        select(rounds.c.id, rounds.c.session_id, rounds.c.closed_at).where(rounds.c.guild_id == guild_id)
    ).all()
    leaver = _Leaver(
        tx,
        guild_id,
        user_id,
        at,
        _StandIns(),
        {RoundId(row.id): SessionId(row.session_id) for row in posed},
        frozenset(RoundId(row.id) for row in posed if row.closed_at is None),
    )
    before = tx.exec_driver_sql("SELECT total_changes()").scalar_one()
    named = unnaming.of(tx, guild_id, user_id)
    gone, together, touched = _erase_words(leaver)
    voted, cast = _leave_votes(leaver)
    placed, _ = _leave_rounds(leaver, places, of_votes=False)
    touched |= _erase_endorsements(leaver) | voted | placed
    _leave_order(leaver)
    _leave_guild(leaver)
    reworded = unnaming.remove(tx, named, mentions)
    unnaming.remove_from_order(tx, named)
    for round_id in touched - leaver.open:
        outdated.mark_round(tx, guild_id, round_id)
    if tx.exec_driver_sql("SELECT total_changes()").scalar_one() == before:
        return None
    erasure.mark(tx, thoroughly=True)
    return Left(tuple(gone), cast, together, reworded, frozenset(touched))


def forget_mentions(tx: Transaction, named: unnaming.Named, found: unnaming.Mentions) -> int:
    """Take somebody who has been erased out of words that were written meanwhile; how many responses that changes."""
    reworded = unnaming.remove(tx, named, found)
    erasure.mark(tx, thoroughly=True)
    return reworded


def guilds(tx: Transaction) -> list[GuildId]:
    """Every guild that is on record in any way: for the operator and the clockwork, never for a person."""
    found = set[int]()
    for table in (sessions, participants, audits, schedules, reminders, listed_words, uploads, guild_settings):
        found.update(tx.execute(select(table.c.guild_id).distinct()).scalars())
    return [GuildId(guild_id) for guild_id in sorted(found)]


def _erase_words(leaver: _Leaver) -> tuple[list[Response], int, set[RoundId]]:
    """Their responses; those still to be seen as they were, how many common texts stay, and the rounds of them all."""
    tx, guild = leaver.tx, leaver.guild
    found = [response for id_ in _written(leaver) if (response := responses.get(tx, guild, id_)) is not None]
    own = [each for each in found if _is_theirs_alone(leaver, each)]
    shared = [each for each in found if each not in own]
    gone = [each for each in own if each.withdrawn_at is None]
    for response in gone:
        outdated.mark(tx, response)
        if response.source is Source.MESSAGE:
            outdated.mark_message(tx, response)
    _empty(leaver, own)
    for response in shared:
        _leave_common_text(leaver, response)
    return gone, sum(each.withdrawn_at is None for each in shared), {each.round_id for each in found}


def _written(leaver: _Leaver) -> list[ResponseId]:
    """Everything of which a wording is theirs, by three indexes."""
    own = select(said.c.id).where(*statements.begun_by(leaver.guild, leaver.user))
    edited = select(said.c.id).where(said.c.guild_id == leaver.guild, said.c.edited_by == leaver.user)
    earlier = select(revisions.c.response_id).where(*leaver.of(revisions))
    return sorted({ResponseId(id_) for query in (own, edited, earlier) for id_ in leaver.tx.execute(query).scalars()})


def _is_theirs_alone(leaver: _Leaver, response: Response) -> bool:
    if response.source is not Source.STATEMENT:
        return response.user_id == leaver.user
    return statements.writers(leaver.tx, leaver.guild, response.id) <= {leaver.user}


def _empty(leaver: _Leaver, own: Sequence[Response]) -> None:
    """Rows without words, with nothing that was kept beside them, in the name of whoever stands for them."""
    by_session: dict[SessionId, list[ResponseId]] = {}
    for response in own:
        by_session.setdefault(leaver.session_of[response.round_id], []).append(response.id)
    for session_id, ids in by_session.items():
        for part in _parts(ids):
            these = said.c.guild_id == leaver.guild, said.c.id.in_(part)
            emptied: dict[str, Any] = {
                "user_id": leaver.names.of_words(session_id),
                "body": {},
                "stance": None,
                "attachments": (),
                "edited_at": None,
                "edited_by": None,
                "review": None,
                "withdrawn_at": func.coalesce(said.c.withdrawn_at, leaver.now),
            }
            leaver.tx.execute(update(said).where(*these).values(emptied))
            for table in (revisions, kept_words, removals, reports, citations, askings):
                of_these = table.c.guild_id == leaver.guild, table.c.response_id.in_(part)
                leaver.tx.execute(delete(table).where(*of_these))


def _leave_common_text(leaver: _Leaver, response: Response) -> None:
    """What they wrote with others: none of it is in their name any more."""
    number = leaver.names.of_words(leaver.session_of[response.round_id])
    here = said.c.guild_id == leaver.guild, said.c.id == response.id
    wordings = revisions.c.guild_id == leaver.guild, revisions.c.response_id == response.id
    aside = kept_words.c.guild_id == leaver.guild, kept_words.c.response_id == response.id
    for table, column, condition in (
        (said, said.c.user_id, here),
        (said, said.c.edited_by, here),
        (revisions, revisions.c.user_id, wordings),
    ):
        leaver.tx.execute(update(table).where(*condition, column == leaver.user).values({column: number}))
    leaver.tx.execute(delete(kept_words).where(*aside))


def _leave_votes(leaver: _Leaver) -> tuple[set[RoundId], int]:
    return _leave_rounds(leaver, votes, of_votes=True)


def _leave_rounds(leaver: _Leaver, table: Table, *, of_votes: bool) -> tuple[set[RoundId], int]:
    """Their votes, or their places: where a debate is over another's, where it runs gone. Where, and how many rows."""
    rows = 0
    here = table.c.guild_id == leaver.guild, table.c.user_id == leaver.user
    found: set[RoundId] = set()
    for part in _parts(list(leaver.session_of)):
        query = select(table.c.round_id).distinct().where(*here, table.c.round_id.in_(part))
        found |= {RoundId(id_) for id_ in leaver.tx.execute(query).scalars()}
    for round_id in sorted(found):
        theirs = *here, table.c.round_id == round_id
        if round_id in leaver.open:
            rows += leaver.tx.execute(delete(table).where(*theirs)).rowcount
        else:
            session_id = leaver.session_of[round_id]
            number = leaver.names.of_votes(session_id) if of_votes else leaver.names.of_words(session_id)
            rows += leaver.tx.execute(update(table).where(*theirs).values(user_id=number)).rowcount
    return found, rows


def _erase_endorsements(leaver: _Leaver) -> set[RoundId]:
    """What moved them, and what they were asked; the rounds whose responses moved them."""
    its_response = (said.c.guild_id == endorsements.c.guild_id) & (said.c.id == endorsements.c.response_id)
    query = select(said.c.round_id).distinct().join(endorsements, its_response).where(*leaver.of(endorsements))
    found = {RoundId(id_) for id_ in leaver.tx.execute(query).scalars()}
    leaver.tx.execute(delete(endorsements).where(*leaver.of(endorsements)))
    for part in _parts(list(leaver.session_of)):
        leaver.tx.execute(delete(askings).where(*leaver.of(askings), askings.c.round_id.in_(part)))
    return found


def _leave_order(leaver: _Leaver) -> None:
    """Reports of theirs stay, with no reason and nobody's; what they decided as a moderator is nobody's decision."""
    tx = leaver.tx
    its_response = (said.c.guild_id == reports.c.guild_id) & (said.c.id == reports.c.response_id)
    query = select(reports.c.id, said.c.round_id).join(said, its_response).where(*leaver.of(reports))
    for row in tx.execute(query).all():
        number = leaver.names.of_words(leaver.session_of[RoundId(row.round_id)])
        tx.execute(update(reports).where(reports.c.id == row.id).values(user_id=number, reason=""))
    for column in (reports.c.settled_by, removals.c.removed_by, mutes.c.muted_by):
        table = column.table
        theirs = table.c.guild_id == leaver.guild, column == leaver.user
        tx.execute(update(table).where(*theirs).values({column: null()}))
    tx.execute(delete(mutes).where(*leaver.of(mutes)))
    tx.execute(update(audits).where(*leaver.of(audits)).values(user_id=NOBODY))


def _leave_guild(leaver: _Leaver) -> None:
    """What they started, planned and brought along stays the class's; what was kept for them alone goes."""
    tx = leaver.tx
    for table in (pseudonyms, reminders, participants):
        tx.execute(delete(table).where(*leaver.of(table)))
    for column, value in (
        (sessions.c.started_by, NOBODY),
        (schedules.c.scheduled_by, NOBODY),
        (listed_words.c.added_by, None),
        (uploads.c.uploaded_by, None),
    ):
        table = column.table
        theirs = table.c.guild_id == leaver.guild, column == leaver.user
        tx.execute(update(table).where(*theirs).values({column: value}))


def _parts(ids: Collection[Any]) -> list[list[Any]]:
    """A few hundred ids at a time: a statement takes only so many."""
    listed = list(ids)
    return [listed[first : first + 500] for first in range(0, len(listed), 500)]
