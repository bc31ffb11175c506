"""A recorded session as its transcript: the head read at once, responses and votes as streams."""

import secrets
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, case, func, select, true

from bot.discussion.ids import GuildId, RoundId, SessionId, UserId
from bot.discussion.pseudonyms import draw
from bot.discussion.tally import tally
from bot.discussion.transcript import Entry, Head, Names, Scope, Speaker, ToldRound, ToldVote, Transcript
from bot.discussion.values import Role, Round
from bot.storage import gaps, participants, pseudonyms, responses, rounds, sessions, telling, votes
from bot.storage.schema import responses as said
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


@dataclass(frozen=True, slots=True)
class _Told:
    """Who is told in each round and how often, and as whom everybody last spoke in the session."""

    entries: Mapping[RoundId, Mapping[UserId, int]]
    votes: Mapping[RoundId, Mapping[UserId, int]]
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
            rounds=tuple(_told_round(tx, one, told) for one in posed),
            speakers=speakers,
            scope=scope,
            time_zone=time_zone,
            exported_at=exported_at,
            version=version,
        ),
    )


def _told_round(tx: Transaction, posed: Round, told: _Told) -> ToldRound:
    standing = votes.current(tx, posed.guild_id, posed.id)
    return ToldRound(
        round=posed,
        tally=tally(posed.prompt, standing, responses.counts(tx, posed.guild_id, posed.id)),
        gaps=tuple(gaps.of_round(tx, posed.guild_id, posed.id)),
        entries=sum(told.entries.get(posed.id, {}).values()),
        votes=sum(told.votes.get(posed.id, {}).values()),
    )


def _told(tx: Transaction, posed: Collection[Round], scope: Scope) -> _Told:
    entries: dict[RoundId, dict[UserId, int]] = {}
    taken: dict[RoundId, dict[UserId, int]] = {}
    last: dict[UserId, tuple[int, Role]] = {}
    for one in posed:
        here = said.c.guild_id == one.guild_id, said.c.round_id == one.id
        within = func.sum(case((_within(scope, said, said.c.created_at), 1), else_=0))
        query = select(said.c.user_id, said.c.role, func.max(said.c.id), within).where(*here)
        counts = entries.setdefault(one.id, {})
        for user, role, latest, count in tx.execute(query.group_by(said.c.user_id, said.c.role)):
            counts[user] = counts.get(user, 0) + count
            last[user] = max(last.get(user, (0, Role.STUDENT)), (latest, Role(role)))
        here = cast.c.guild_id == one.guild_id, cast.c.round_id == one.id, cast.c.secret.is_(False)
        here = *here, _within(scope, cast, cast.c.at)
        query = select(cast.c.user_id, func.count().label("told")).where(*here).group_by(cast.c.user_id)
        taken[one.id] = {UserId(row.user_id): row.told for row in tx.execute(query)}
    return _Told(entries, taken, {user: role for user, (_, role) in last.items()})


def _within(scope: Scope, table: Table, written_at: ColumnElement[datetime]) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = true()
    if scope.student is not None:
        condition &= table.c.user_id == scope.student
    if scope.since is not None:
        condition &= written_at >= scope.since
    return condition


def _who(tx: Transaction, posed: Collection[Round], scope: Scope, told: _Told) -> set[UserId]:
    """All who are told, and whom they answer."""
    who = {
        user
        for one in posed
        for counts in (told.entries[one.id], told.votes[one.id])
        for user, count in counts.items()
        if count
    }
    if scope.student is not None or scope.since is not None:
        answered = said.alias()
        for one in posed:
            query = (
                select(answered.c.user_id)
                .distinct()
                .join(said, (answered.c.guild_id == said.c.guild_id) & (answered.c.id == said.c.parent_id))
                .where(said.c.guild_id == one.guild_id, said.c.round_id == one.id)
                .where(_within(scope, said, said.c.created_at))
            )
            who.update(UserId(user) for user in tx.execute(query).scalars())
    return who


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
    lent = [f"{user}" for user in unknown] if real else draw(len(unknown), set(known.values()), secrets.randbelow)
    labels = known | dict(zip(unknown, lent, strict=True))
    return {
        user: Speaker(f"s{number}", labels[user], roles.get(user, Role.STUDENT), user if real else None)
        for number, user in enumerate(sorted(who, key=lambda user: (labels[user], user)), start=1)
    }
