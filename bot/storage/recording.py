"""The hot path: what a whole class says at once goes on record in few statements.

These go to the driver as they are. SQLAlchemy builds and checks each statement anew, and converts each value on its
own, which takes longer than SQLite's work itself. Everything else in this room goes through SQLAlchemy.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.discussion.ids import GuildId, MessageId, ResponseId, RoundId, StanceId, UserId
from bot.discussion.values import Attachment, Response, Role, Source
from bot.storage.columns import kept_attachments, kept_body, kept_name, kept_time
from bot.storage.transaction import Transaction

_SEEN = """
INSERT INTO participants (guild_id, user_id, display_name, first_seen_at, last_seen_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (guild_id, user_id) DO UPDATE SET display_name = excluded.display_name, last_seen_at = excluded.last_seen_at
"""
_VOTE = "INSERT INTO votes (guild_id, round_id, user_id, stance, at) VALUES (?, ?, ?, ?, ?)"
_RESPONSE = """
INSERT INTO responses (
    guild_id, round_id, user_id, role, source, parent_id, stance, body, created_at, message_id, attachments, root_id
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_LAST_ID = "SELECT last_insert_rowid()"


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

    def recorded(self, guild_id: GuildId, response_id: ResponseId) -> Response:
        """The same as it is on record."""
        return Response(
            response_id, guild_id, self.round_id, self.user_id, self.role, self.source, self.parent_id, self.stance,
            self.body, self.created_at, None, None, self.message_id, None, self.attachments,
        )  # fmt: skip


def seen(tx: Transaction, guild_id: GuildId, people: Mapping[UserId, str], at: datetime) -> None:
    """These people did something: keep their present names, and since when they take part."""
    time = kept_time(at)
    _many(tx, _SEEN, [(guild_id, user_id, kept_name(name), time, time) for user_id, name in people.items()])


def held(tx: Transaction, guild_id: GuildId, round_id: RoundId, users: Iterable[UserId]) -> dict[UserId, StanceId]:
    """Where these people stand in the round now, without those who have not voted."""
    asked = tuple(set(users))
    query = f"""
        SELECT user_id, stance FROM votes WHERE id IN (
            SELECT max(id) FROM votes WHERE guild_id = ? AND round_id = ? AND user_id IN ({_places(asked)})
            GROUP BY user_id
        )
    """  # noqa: S608 - only question marks are put in
    rows = tx.exec_driver_sql(query, (guild_id, round_id, *asked))
    return {UserId(user_id): StanceId(stance) for user_id, stance in rows}


def add_votes(
    tx: Transaction, guild_id: GuildId, round_id: RoundId, votes: Sequence[tuple[UserId, StanceId, datetime]]
) -> None:
    """Record votes in their order."""
    _many(tx, _VOTE, [(guild_id, round_id, user_id, stance, kept_time(at)) for user_id, stance, at in votes])


def known_messages(tx: Transaction, guild_id: GuildId, messages: Iterable[MessageId]) -> set[MessageId]:
    """Those of the messages that are on record as responses."""
    asked = tuple(set(messages))
    query = f"SELECT message_id FROM responses WHERE guild_id = ? AND message_id IN ({_places(asked)})"  # noqa: S608 - only question marks are put in
    return {MessageId(message_id) for (message_id,) in tx.exec_driver_sql(query, (guild_id, *asked))}


def counts_of(tx: Transaction, guild_id: GuildId, round_id: RoundId, users: Iterable[UserId]) -> dict[UserId, int]:
    """How often these people have responded in the round, what they withdrew included."""
    asked = tuple(set(users))
    query = f"""
        SELECT user_id, count(*) FROM responses WHERE guild_id = ? AND round_id = ? AND user_id IN ({_places(asked)})
        GROUP BY user_id
    """  # noqa: S608 - only question marks are put in
    return {UserId(user): count for user, count in tx.exec_driver_sql(query, (guild_id, round_id, *asked))}


def add_responses(tx: Transaction, guild_id: GuildId, added: Sequence[NewResponse]) -> list[ResponseId]:
    """Record responses in their order. Answers with their ids. A message must not be on record already."""
    if not added:
        return []
    roots = _roots(tx, guild_id, {entry.parent_id for entry in added if entry.parent_id is not None})
    _many(
        tx,
        _RESPONSE,
        [
            (
                guild_id, entry.round_id, entry.user_id, entry.role.value, entry.source.value, entry.parent_id,
                entry.stance, kept_body(entry.body), kept_time(entry.created_at), entry.message_id,
                kept_attachments(entry.attachments), roots.get(entry.parent_id) if entry.parent_id else None,
            )
            for entry in added
        ],
    )  # fmt: skip
    last: int = tx.exec_driver_sql(_LAST_ID).scalar_one()
    # Each id is one more than any before it, and nobody else writes within a transaction: they follow one another.
    return [ResponseId(id_) for id_ in range(last - len(added) + 1, last + 1)]


def _roots(tx: Transaction, guild_id: GuildId, parents: set[ResponseId]) -> dict[ResponseId, int]:
    """The first response of the thread of answers that each parent stands in."""
    if not parents:
        return {}
    query = f"SELECT id, coalesce(root_id, id) FROM responses WHERE guild_id = ? AND id IN ({_places(parents)})"  # noqa: S608 - only question marks are put in
    return {ResponseId(id_): root for id_, root in tx.exec_driver_sql(query, (guild_id, *parents))}


def _many(tx: Transaction, statement: str, rows: list[tuple[object, ...]]) -> None:
    if rows:
        tx.exec_driver_sql(statement, rows)


def _places(values: Sequence[object] | set[ResponseId]) -> str:
    return ",".join("?" * len(values))
