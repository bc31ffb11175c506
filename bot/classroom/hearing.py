"""What students type, edit and delete in a debate's thread. Discord's message is the words; the record follows it.

It follows while the round is open. What is edited after that, or after the deadline, changes no record: the round was
counted and read as it stood. Whoever deletes a message takes their words back at any time, as by `/my responses`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.classroom.losing import CLEARED, note_change
from bot.classroom.people import Person, role_of
from bot.classroom.room import Classroom
from bot.discussion.ids import ChannelId, GuildId, MessageId
from bot.discussion.values import Attachment, Response, Round, Source
from bot.discussion.wording import typed
from bot.storage import Transaction, guilds, participants, responses, rounds, votes


@dataclass(frozen=True, slots=True)
class Message:
    """A message typed in a thread: its words as they stand, when it was sent and last edited, and what it answers."""

    id: MessageId
    thread_id: ChannelId
    text: str
    sent_at: datetime
    answers: MessageId | None = None
    edited_at: datetime | None = None
    attachments: tuple[Attachment, ...] = ()

    @property
    def body(self) -> dict[str, str] | None:
        """The words as they are kept: none beside attachments alone. None where there is nothing to record."""
        return typed(self.text) or ({} if self.attachments else None)


@dataclass(frozen=True, slots=True)
class Heard:
    """What of a round's thread is on record: each typed message with its words, and the last of them."""

    messages: Mapping[MessageId, tuple[Mapping[str, str], tuple[Attachment, ...]]]
    last: MessageId | None


async def hear(room: Classroom, person: Person, message: Message) -> Response | None:
    """Record a message typed in the thread of an open round; None where it is none, or has nothing to record.

    Idempotent by the message's id: one that is on record is brought up to date, the earlier wording becoming a
    revision. The stance is the author's at this moment, None before they have taken one.
    """
    if message.body is None:
        return None
    now = room.now()
    return await room.store.write(lambda tx: _follow(tx, person, message, now, live=True))


async def hear_afterwards(room: Classroom, heard: Sequence[tuple[Person, Message]]) -> int:
    """Record what was typed and edited while nobody listened, with the times and stances of then; how much of it was.

    In one transaction, in the order given.
    """
    now = room.now()
    told = [(person, message) for person, message in heard if message.body is not None]

    def work(tx: Transaction) -> int:
        return sum(_follow(tx, person, message, now, live=False) is not None for person, message in told)

    return await room.store.write(work) if told else 0


async def heard_of(room: Classroom, found: Round) -> Heard:
    """What is on record of a round's typed messages."""

    def work(tx: Transaction) -> Heard:
        typed_ones = [
            entry
            for entry in responses.of_round(tx, found.guild_id, found.id)
            if entry.source is Source.MESSAGE and entry.message_id is not None
        ]
        last = max((entry.message_id for entry in typed_ones if entry.message_id), default=None)
        standing = [entry for entry in typed_ones if entry.withdrawn_at is None and entry.hidden_at is None]
        return Heard(
            {entry.message_id: (entry.body, entry.attachments) for entry in standing if entry.message_id}, last
        )

    return await room.store.read(work)


async def hear_deletions(room: Classroom, guild_id: GuildId, message_ids: Collection[MessageId]) -> list[Response]:
    """Follow the deletion of messages typed in threads: the responses count as withdrawn.

    Discord does not tell who deleted a message; nearly always it is its author. Returns the responses as they were.
    """
    now = room.now()

    def work(tx: Transaction) -> list[Response]:
        found = _typed(tx, guild_id, message_ids)
        return [entry for entry in found if responses.withdraw(tx, guild_id, entry.id, now, keep=room.keeps_withdrawn)]

    return await room.store.write(work)


async def hear_clearing(room: Classroom, guild_id: GuildId, message_ids: Collection[MessageId]) -> list[Response]:
    """Follow a deletion in bulk, which only moderators and their tools can do: no author took anything back.

    The responses are hidden: they stay on record for moderators, marked. Returns those that were hidden.
    """
    now = room.now()

    def work(tx: Transaction) -> list[Response]:
        hidden = [entry for entry in _typed(tx, guild_id, message_ids) if responses.hide(tx, guild_id, entry.id, now)]
        for round_id in {entry.round_id for entry in hidden}:
            found = rounds.get(tx, guild_id, round_id)
            if found is not None:
                count = sum(entry.round_id == round_id for entry in hidden)
                note_change(tx, found, CLEARED, now, count=count)
        return hidden

    return await room.store.write(work)


def _follow(tx: Transaction, person: Person, message: Message, now: datetime, *, live: bool) -> Response | None:
    """Record or revise; None where nothing is to be recorded or nothing has changed."""
    body, guild_id = message.body, person.guild_id
    found = rounds.by_thread(tx, guild_id, message.thread_id)
    if body is None or found is None or not found.is_open or _is_late(found, message.sent_at):
        return None
    known = responses.by_message(tx, guild_id, message.id)
    if known is not None:
        return _revised(tx, found, known, message, body, now)
    parent = responses.by_message(tx, guild_id, message.answers) if message.answers else None
    until = now if live else message.sent_at
    participants.seen(tx, guild_id, person.user_id, person.name, now)
    response, _ = responses.add(
        tx,
        guild_id,
        round_id=found.id,
        user_id=person.user_id,
        role=role_of(person, guilds.settings(tx, guild_id)),
        source=Source.MESSAGE,
        parent_id=parent.id if parent and parent.round_id == found.id else None,
        stance=votes.held_at(tx, guild_id, found.id, person.user_id, until),
        body=body,
        created_at=message.sent_at,
        message_id=message.id,
        attachments=message.attachments,
    )
    return response


def _revised(
    tx: Transaction, found: Round, known: Response, message: Message, body: Mapping[str, str], now: datetime
) -> Response | None:
    at = message.edited_at or now
    if known.source is not Source.MESSAGE or _is_late(found, at):
        return None
    if (known.body, known.attachments) == (body, message.attachments):
        return None
    return responses.revise(
        tx, known.guild_id, known.id, body=body, stance=known.stance, at=at, attachments=message.attachments
    )


def _is_late(found: Round, at: datetime) -> bool:
    """Was the round's time over then, though nobody has closed it yet?"""
    return found.deadline is not None and at > found.deadline


def _typed(tx: Transaction, guild_id: GuildId, message_ids: Collection[MessageId]) -> list[Response]:
    found = [responses.by_message(tx, guild_id, message_id) for message_id in sorted(message_ids)]
    return [entry for entry in found if entry is not None and entry.source is Source.MESSAGE]
