"""The hot path: what a whole class says at once goes on record in few statements.

These go to the driver as they are: what SQLAlchemy does for each statement and each value takes longer than SQLite's
own work. Everything else in this room goes through SQLAlchemy.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, TypeVar

from pydantic_core import from_json

from bot.discussion.evidence import Citation
from bot.discussion.ids import GuildId, MessageId, ResponseId, RoundId, SessionId, StanceId, UserId
from bot.discussion.moderation import Review
from bot.discussion.values import Attachment, Response, Role, Source
from bot.storage.columns import kept_attachments, kept_body, kept_name, kept_time, time_of
from bot.storage.connect import driver_of
from bot.storage.transaction import Transaction

T = TypeVar("T")

_SEEN = "INSERT INTO participants (guild_id, user_id, display_name, first_seen_at, last_seen_at)"
_SEEN_BEFORE = """
ON CONFLICT (guild_id, user_id) DO UPDATE SET display_name = excluded.display_name, last_seen_at = excluded.last_seen_at
"""
_VOTE = "INSERT INTO votes (guild_id, round_id, user_id, stance, at, phase, secret)"
_RESPONSE = (
    "guild_id", "round_id", "user_id", "role", "source", "parent_id", "stance", "body", "created_at", "message_id",
    "attachments", "root_id", "phase", "group_number", "held_back", "review", "hidden_at", "cites_known",
)  # fmt: skip
_CITATION = "INSERT INTO citations (guild_id, response_id, paragraph, start, exact, prefix, suffix, kind)"
_LAST_ID = "SELECT last_insert_rowid()"


SIZES = tuple(2**power for power in range(10, -1, -1))
"""Rows that are added, and people and messages that are looked up, by one statement: SQLite takes 32,766 values.

So few different sizes that the driver still knows each statement: to prepare one takes longer than to run it.
"""

AGAIN = timedelta(minutes=1)
"""When somebody was last seen is kept to the minute: to the second would be a write for every click."""


@dataclass(slots=True)
class Standing:
    """Somebody in a round: the name they were seen under within the last minute, their open stance, their responses.

    Those that they withdrew are counted too. Since when they agree to be recorded, or decline it; from when until when
    they may not speak in the session, one time after the other.
    """

    recent_name: str | None
    stance: StanceId | None
    responses: int
    agreed_at: datetime | None = None
    declined_at: datetime | None = None
    mutes: tuple[tuple[datetime, datetime | None], ...] = ()
    is_uncoached: bool = False
    """Do they want to be asked nothing back?"""

    def is_muted(self, at: datetime) -> bool:
        """Might they not speak then?"""
        return any(began <= at and (ended is None or at < ended) for began, ended in self.mutes)


@dataclass(slots=True)
class NewResponse:
    """A response before it is on record."""

    round_id: RoundId
    user_id: UserId
    role: Role
    source: Source
    parent_id: ResponseId | None
    stance: StanceId | None
    body: Mapping[str, str]
    created_at: datetime
    message_id: MessageId | None = None
    attachments: tuple[Attachment, ...] = ()
    phase: int = 0
    group: int | None = None
    held_back: bool = False
    review: Review | None = None
    """Where a moderator reads first: that it waits, and so is hidden."""
    cites: tuple[Citation, ...] | None = None
    """The passages that it leans on; None where nobody has looked yet."""

    @property
    def hidden_at(self) -> datetime | None:
        """Since when the class does not see it; None where it does."""
        return self.created_at if self.review is Review.WAITING else None

    def recorded(self, guild_id: GuildId, response_id: ResponseId) -> Response:
        """The same as it is on record."""
        return Response(
            response_id, guild_id, self.round_id, self.user_id, self.role, self.source, self.parent_id, self.stance,
            self.body, self.created_at, None, None, self.message_id, self.hidden_at, self.attachments,
            self.phase, self.group, self.held_back, review=self.review,
        )  # fmt: skip


def seen(tx: Transaction, guild_id: GuildId, people: Mapping[UserId, str], at: datetime) -> None:
    """These people did something: keep their present names, and from when to when they take part."""
    time = kept_time(at)
    rows = [(guild_id, user_id, kept_name(name), time, time) for user_id, name in people.items()]
    _insert(tx, _SEEN, rows, _SEEN_BEFORE)


def standing(
    tx: Transaction,
    guild_id: GuildId,
    round_id: RoundId,
    users: Iterable[UserId],
    at: datetime,
    session_id: SessionId | None = None,
) -> dict[UserId, Standing]:
    """How all these people stand in the round, one by one; given its session, also when they may not speak in it."""
    asked = _few_sizes(users)
    query = f"""
        WITH asked (user_id) AS (VALUES {",".join(["(?)"] * len(asked))})
        SELECT json_group_array(json_array(
            asked.user_id,
            CASE WHEN p.last_seen_at >= ? THEN p.display_name END,
            (SELECT stance FROM votes AS v
                WHERE v.guild_id = ? AND v.round_id = ? AND v.user_id = asked.user_id
                AND v.secret = 0 ORDER BY v.id DESC LIMIT 1),
            (SELECT count(*) FROM responses AS r
                WHERE r.guild_id = ? AND r.round_id = ? AND r.user_id = asked.user_id),
            p.agreed_at,
            p.declined_at,
            (SELECT group_concat(m.at || '/' || coalesce(m.ended_at, '')) FROM mutes AS m
                WHERE m.guild_id = ? AND m.session_id = ? AND m.user_id = asked.user_id),
            p.uncoached_at IS NOT NULL
        )) FROM asked LEFT JOIN participants AS p ON p.guild_id = ? AND p.user_id = asked.user_id
    """  # noqa: S608 - only question marks are put in
    here = (kept_time(at - AGAIN), guild_id, round_id, guild_id, round_id, guild_id, session_id, guild_id)
    [(found,)] = _run(tx, query, (*asked, *here)) if asked else [("[]",)]
    rows: list[tuple[UserId, str | None, StanceId | None, int, str | None, str | None, str | None, int]]
    rows = from_json(found)
    return {
        user_id: Standing(name, stance, count, _time(agreed), _time(declined), _times(muted), bool(uncoached))
        for user_id, name, stance, count, agreed, declined, muted, uncoached in rows
    }


def last_spoke(
    tx: Transaction, guild_id: GuildId, round_id: RoundId, users: Iterable[UserId]
) -> dict[UserId, datetime]:
    """When each of these people last wrote or typed something for the class in a round, withdrawn or not."""
    asked = _few_sizes(users)
    query = f"""
        SELECT user_id, max(created_at) FROM responses
        WHERE guild_id = ? AND round_id = ? AND user_id IN ({_places(asked)})
        AND source IN ('modal', 'reply', 'message') GROUP BY user_id
    """  # noqa: S608 - only question marks are put in
    return {UserId(user): time_of(last) for user, last in _run(tx, query, (guild_id, round_id, *asked))}


def _time(kept: str | None) -> datetime | None:
    return None if kept is None else time_of(kept)


def _times(kept: str | None) -> tuple[tuple[datetime, datetime | None], ...]:
    """Times of the record from which until which something was so."""
    spans = [] if kept is None else [span.split("/") for span in kept.split(",")]
    return tuple((time_of(began), time_of(ended) if ended else None) for began, ended in spans)


def held(tx: Transaction, guild_id: GuildId, round_id: RoundId, user_id: UserId, at: datetime) -> StanceId | None:
    """Where somebody stands openly in the round now; None before they have voted."""
    return standing(tx, guild_id, round_id, [user_id], at)[user_id].stance


def held_in(
    tx: Transaction, guild_id: GuildId, round_id: RoundId, phase: int, users: Iterable[UserId]
) -> dict[UserId, StanceId]:
    """How these people have voted in one phase so far, in secret or not."""
    asked = _few_sizes(users)
    query = f"""
        SELECT user_id, stance FROM votes
        WHERE guild_id = ? AND round_id = ? AND phase = ? AND user_id IN ({_places(asked)}) ORDER BY id
    """  # noqa: S608 - only question marks are put in
    return {UserId(user): StanceId(stance) for user, stance in _run(tx, query, (guild_id, round_id, phase, *asked))}


@dataclass(slots=True)
class NewVote:
    """A vote before it is on record."""

    user_id: UserId
    stance: StanceId
    at: datetime
    phase: int = 0
    secret: bool = False


def add_votes(tx: Transaction, guild_id: GuildId, round_id: RoundId, votes: Sequence[NewVote]) -> None:
    """Record votes in their order."""
    rows = [
        (guild_id, round_id, vote.user_id, vote.stance, kept_time(vote.at), vote.phase, vote.secret) for vote in votes
    ]
    _insert(tx, _VOTE, rows)


def known_messages(tx: Transaction, guild_id: GuildId, messages: Iterable[MessageId]) -> set[MessageId]:
    """Those of the messages that are on record as responses."""
    asked = _few_sizes(messages)
    query = f"""
        SELECT json_group_array(message_id) FROM responses WHERE guild_id = ? AND message_id IN ({_places(asked)})
    """  # noqa: S608 - only question marks are put in
    [(found,)] = _run(tx, query, (guild_id, *asked))
    ids: list[MessageId] = from_json(found)
    return set(ids)


def add_responses(tx: Transaction, guild_id: GuildId, added: Sequence[NewResponse]) -> list[ResponseId]:
    """Record responses in their order. Answers with their ids. A message must not be on record already."""
    if not added:
        return []
    roots = _roots(tx, guild_id, {entry.parent_id for entry in added if entry.parent_id is not None})
    names, rows = _filled(_RESPONSE, [_row(guild_id, entry, roots) for entry in added])
    _insert(tx, f"INSERT INTO responses ({', '.join(names)})", rows)
    [(last,)] = _run(tx, _LAST_ID)
    # Each id is one more than any before it, and nobody else writes within a transaction: they follow one another.
    ids = [ResponseId(id_) for id_ in range(last - len(added) + 1, last + 1)]
    _insert(
        tx,
        _CITATION,
        [
            (
                guild_id, response_id, cited.paragraph, cited.start, kept_name(cited.exact), kept_name(cited.prefix),
                kept_name(cited.suffix), cited.kind.value,
            )
            for response_id, entry in zip(ids, added, strict=True)
            for cited in entry.cites or ()
        ],
    )  # fmt: skip
    return ids


def _row(guild_id: GuildId, entry: NewResponse, roots: Mapping[ResponseId, int]) -> tuple[object, ...]:
    parent, review, at = entry.parent_id, entry.review, kept_time(entry.created_at)
    return (
        guild_id, entry.round_id, entry.user_id, str(entry.role), str(entry.source), parent, entry.stance,
        kept_body(entry.body), at, entry.message_id, kept_attachments(entry.attachments),
        None if parent is None else roots.get(parent), entry.phase, entry.group, entry.held_back,
        None if review is None else review.value, at if review is Review.WAITING else None, entry.cites is not None,
    )  # fmt: skip


def _filled(
    names: Sequence[str], rows: Sequence[tuple[object, ...]]
) -> tuple[Sequence[str], Sequence[tuple[object, ...]]]:
    """Without the columns that are empty in every row: each costs as much as one that is not, and most are."""
    columns = zip(names, zip(*rows, strict=True), strict=True)
    filled = [(name, column) for name, column in columns if column.count(None) < len(rows)]
    return [name for name, _ in filled], [*zip(*(column for _, column in filled), strict=True)]


def _roots(tx: Transaction, guild_id: GuildId, parents: set[ResponseId]) -> dict[ResponseId, int]:
    """The first response of the thread of answers that each parent stands in."""
    if not parents:
        return {}
    asked = _few_sizes(parents)
    query = f"SELECT id, coalesce(root_id, id) FROM responses WHERE guild_id = ? AND id IN ({_places(asked)})"  # noqa: S608 - only question marks are put in
    return {ResponseId(id_): root for id_, root in _run(tx, query, (guild_id, *asked))}


def _insert(tx: Transaction, head: str, rows: Sequence[tuple[object, ...]], tail: str = "") -> None:
    """Many rows by one statement: the driver lets go of the interpreter once for each, and has to get it back."""
    first = 0
    for size in SIZES:
        while len(rows) - first >= size:
            part = rows[first : first + size]
            places = ",".join([f"({_places(part[0])})"] * size)
            _run(tx, f"{head} VALUES {places} {tail}", [*chain.from_iterable(part)])
            first += size


def _few_sizes(values: Iterable[T]) -> tuple[T, ...]:
    """Each value once, and the last one as often as it takes to be as many as some statement before."""
    known = tuple(set(values))
    return known + known[-1:] * ((1 << (len(known) - 1).bit_length()) - len(known)) if known else ()


def _run(tx: Transaction, query: str, values: Sequence[object] = ()) -> Iterable[tuple[Any, ...]]:
    return driver_of(tx).execute(query, values)


def _places(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
