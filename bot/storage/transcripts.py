"""A recorded session as its transcript: the head read at once, responses and votes as streams."""

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import ColumnElement, case, func, select, true

from bot.discussion.disclosing import Disclosed, disclosed, last_revealed, swing_of
from bot.discussion.ids import GuildId, RoundId, SessionId, UserId
from bot.discussion.leaving import SOMEBODY_WHO_LEFT, has_left
from bot.discussion.pseudonyms import draw
from bot.discussion.sides import Place, Reason
from bot.discussion.tally import tally
from bot.discussion.transcript import (
    Entry,
    Head,
    Names,
    Scope,
    Speaker,
    ToldPhase,
    ToldPlace,
    ToldRound,
    ToldVote,
    Transcript,
)
from bot.discussion.values import PhaseLog, Role, Round
from bot.storage import (
    gaps,
    participants,
    phases,
    places,
    pseudonyms,
    responses,
    rounds,
    sessions,
    statements,
    telling,
    votes,
)
from bot.storage.schema import responses as said
from bot.storage.schema import revisions as earlier
from bot.storage.schema import votes as cast
from bot.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class _Recorded:
    """A transcript that reads what it tells when it is asked."""

    tx: Transaction
    head: Head

    def entries(self, told: ToldRound) -> Iterator[Entry]:
        return telling.entries(self.tx, told.round, self.head.scope, self.head.speakers)

    def votes(self, told: ToldRound) -> Iterator[ToldVote]:
        return telling.votes(self.tx, told.round, self.head.scope, self.head.speakers)


_Assigned = tuple[datetime, Place, Reason]


@dataclass(frozen=True, slots=True)
class _Told:
    """Who is told in each round and how often, where they were placed, and as whom everybody last spoke."""

    entries: Mapping[RoundId, Mapping[UserId, int]]
    votes: Mapping[RoundId, Mapping[UserId, int]]
    places: Mapping[RoundId, Sequence[_Assigned]]
    roles: Mapping[UserId, Role]


def transcript(
    tx: Transaction,
    guild_id: GuildId,
    session_id: SessionId,
    *,
    scope: Scope,
    time_zone: str,
    exported_at: datetime,
    version: str,
) -> Transcript | None:
    """What a session's transcript tells within the scope; None if it is not this guild's. Good while `tx` lasts.

    Counts and streams leave out what the scope leaves out, tallies never. Speakers are those who are told, and those
    whom they answer. Whoever has no pseudonym yet is lent one for this transcript alone.
    """
    session = sessions.get(tx, guild_id, session_id)
    if session is None:
        return None
    posed = rounds.of_session(tx, guild_id, session_id)
    told = _told(tx, posed, scope)
    posed = [one for one in posed if scope.round_number in {None, one.number}]
    speakers = _speakers(tx, guild_id, session_id, _who(tx, posed, scope, told), told.roles, scope.names)
    return _Recorded(
        tx,
        Head(
            session=session,
            rounds=tuple(_told_round(tx, one, told, speakers) for one in posed),
            speakers=speakers,
            scope=scope,
            time_zone=time_zone,
            exported_at=exported_at,
            version=version,
        ),
    )


def _told_round(tx: Transaction, posed: Round, told: _Told, speakers: Mapping[UserId, Speaker]) -> ToldRound:
    taken = disclosed(posed, partial(votes.of_phase, tx, posed.guild_id, posed.id))
    last = last_revealed(posed, taken)
    standing = votes.current(tx, posed.guild_id, posed.id) if last is None else last.votes
    return ToldRound(
        round=posed,
        tally=tally(posed.prompt, standing, responses.counts(tx, posed.guild_id, posed.id)),
        gaps=tuple(gaps.of_round(tx, posed.guild_id, posed.id)),
        entries=sum(told.entries.get(posed.id, {}).values()),
        votes=sum(told.votes.get(posed.id, {}).values()),
        phases=tuple(_told_phase(posed, log, taken) for log in phases.of_round(tx, posed.guild_id, posed.id)),
        places=tuple(
            ToldPlace(speakers[place.user_id], place.side, place.group, at, reason)
            for at, place, reason in told.places.get(posed.id, ())
        ),
        counted=None if last is None else last.number,
        swing=swing_of(posed, taken),
    )


def _told_phase(posed: Round, log: PhaseLog, taken: Sequence[Disclosed]) -> ToldPhase:
    phase = posed.format.plan[log.number]
    vote = next((each for each in taken if each.number == log.number), None)
    if vote is None:
        return ToldPhase(log.number, phase, log.began_at, log.ended_at)
    counts = tally(posed.prompt, vote.votes, 0).counts
    return ToldPhase(log.number, phase, log.began_at, log.ended_at, counts, vote.left_out)


def _told(tx: Transaction, posed: Collection[Round], scope: Scope) -> _Told:
    entries: dict[RoundId, dict[UserId, int]] = {}
    taken: dict[RoundId, dict[UserId, int]] = {}
    last: dict[UserId, tuple[int, Role]] = {}
    for one in posed:
        here = said.c.guild_id == one.guild_id, said.c.round_id == one.id
        within = func.sum(case((_written_within(scope, one), 1), else_=0))
        query = select(said.c.user_id, said.c.role, func.max(said.c.id), within).where(*here)
        counts = entries.setdefault(one.id, {})
        for user, role, latest, count in tx.execute(query.group_by(said.c.user_id, said.c.role)):
            counts[user] = counts.get(user, 0) + count
            last[user] = max(last.get(user, (0, Role.STUDENT)), (latest, Role(role)))
        here = cast.c.guild_id == one.guild_id, cast.c.round_id == one.id, cast.c.secret.is_(False)
        voted = cast.c.user_id == scope.student if scope.student is not None else true()
        here = *here, voted, _since(scope, cast.c.at)
        query = select(cast.c.user_id, func.count().label("told")).where(*here).group_by(cast.c.user_id)
        taken[one.id] = {UserId(row.user_id): row.told for row in tx.execute(query)}
    assigned = {one.id: _placed(tx, one, scope) for one in posed if one.format.sides is not None}
    return _Told(entries, taken, assigned, {user: role for user, (_, role) in last.items()})


def _placed(tx: Transaction, posed: Round, scope: Scope) -> list[_Assigned]:
    return [
        (at, place, reason)
        for at, place, reason in places.history(tx, posed.guild_id, posed.id)
        if scope.student in {None, place.user_id} and (scope.since is None or at >= scope.since)
    ]


def _written_within(scope: Scope, posed: Round) -> ColumnElement[bool]:
    """The condition that a response is told."""
    if scope.student is None:
        return _since(scope, said.c.created_at)
    if posed.format.groups is None:
        return (said.c.user_id == scope.student) & _since(scope, said.c.created_at)
    return statements.written_by(posed.guild_id, scope.student) & _since(scope, said.c.created_at)


def _since(scope: Scope, written_at: ColumnElement[datetime]) -> ColumnElement[bool]:
    return true() if scope.since is None else written_at >= scope.since


def _who(tx: Transaction, posed: Collection[Round], scope: Scope, told: _Told) -> set[UserId]:
    """All who are told, whom they answer, and with whom they wrote."""
    who = {
        user
        for one in posed
        for counts in (told.entries[one.id], told.votes[one.id])
        for user, count in counts.items()
        if count
    }
    who.update(place.user_id for one in posed for _, place, _ in told.places.get(one.id, ()))
    for one in posed:
        if one.format.groups is not None:
            who |= _writers(tx, one, scope)
        if scope.student is not None or scope.since is not None:
            who |= _answered(tx, one, scope)
    return who


def _answered(tx: Transaction, posed: Round, scope: Scope) -> set[UserId]:
    answered = said.alias()
    query = (
        select(answered.c.user_id)
        .distinct()
        .join(said, (answered.c.guild_id == said.c.guild_id) & (answered.c.id == said.c.parent_id))
        .where(said.c.guild_id == posed.guild_id, said.c.round_id == posed.id)
        .where(_written_within(scope, posed))
    )
    return {UserId(user) for user in tx.execute(query).scalars()}


def _writers(tx: Transaction, posed: Round, scope: Scope) -> set[UserId]:
    """Whose the wordings of what groups wrote together are, besides those of its authors."""
    here = said.c.guild_id == posed.guild_id, said.c.round_id == posed.id, _written_within(scope, posed)
    now = select(said.c.edited_by).where(*here, said.c.edited_by.is_not(None))
    before = select(earlier.c.user_id).where(*here, earlier.c.user_id.is_not(None))
    of_it = (earlier.c.guild_id == said.c.guild_id) & (earlier.c.response_id == said.c.id)
    return {UserId(user) for user in tx.execute(now.union(before.join(said, of_it))).scalars()}


def _speakers(
    tx: Transaction,
    guild_id: GuildId,
    session_id: SessionId,
    who: Collection[UserId],
    roles: Mapping[UserId, Role],
    names: Names,
) -> dict[UserId, Speaker]:
    """In the order of their labels, by which pseudonyms tell nothing."""
    real = names is Names.REAL
    known = participants.names(tx, guild_id) if real else pseudonyms.of_session(tx, guild_id, session_id)
    unknown = [user for user in who if user not in known]
    lent = [_unknown(user) for user in unknown] if real else draw(len(unknown), set(known.values()), secrets.randbelow)
    labels = known | dict(zip(unknown, lent, strict=True))
    return {
        user: Speaker(
            f"s{number}", labels[user], roles.get(user, Role.STUDENT), user if real and not has_left(user) else None
        )
        for number, user in enumerate(sorted(who, key=lambda user: (labels[user], user)), start=1)
    }


def _unknown(user: UserId) -> str:
    """The name of somebody of whom none is on record."""
    return SOMEBODY_WHO_LEFT if has_left(user) else f"{user}"
