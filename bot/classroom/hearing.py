"""What students type, edit and delete in a debate's thread. Discord's message is the words; the record follows it."""

from dataclasses import dataclass
from datetime import datetime

from bot.classroom.people import Person, role_of
from bot.classroom.room import Classroom
from bot.discussion.ids import ChannelId, GuildId, MessageId
from bot.discussion.values import Response, Source
from bot.discussion.wording import typed
from bot.storage import Transaction, guilds, participants, responses, rounds, votes


@dataclass(frozen=True, slots=True)
class Message:
    """A message typed in a thread: its words, when it was sent, and the message that it answers, if any."""

    id: MessageId
    thread_id: ChannelId
    text: str
    sent_at: datetime
    answers: MessageId | None = None


async def hear(room: Classroom, person: Person, message: Message) -> Response | None:
    """Record a message typed in the thread of an open round; None where it is none, or has no words.

    Idempotent by the message's id. The stance is the author's at this moment, None before they have taken one.
    """
    body, now = typed(message.text), room.now()
    if body is None:
        return None

    def work(tx: Transaction) -> Response | None:
        found = rounds.by_thread(tx, person.guild_id, message.thread_id)
        if found is None or not found.is_open:
            return None
        parent = responses.by_message(tx, person.guild_id, message.answers) if message.answers else None
        participants.seen(tx, person.guild_id, person.user_id, person.name, now)
        response, _ = responses.add(
            tx,
            person.guild_id,
            round_id=found.id,
            user_id=person.user_id,
            role=role_of(person, guilds.settings(tx, person.guild_id)),
            source=Source.MESSAGE,
            parent_id=parent.id if parent and parent.round_id == found.id else None,
            stance=votes.current(tx, person.guild_id, found.id).get(person.user_id),
            body=body,
            created_at=message.sent_at,
            message_id=message.id,
        )
        return response

    return await room.store.write(work)


async def hear_edit(room: Classroom, guild_id: GuildId, message_id: MessageId, text: str) -> Response | None:
    """Follow the edit of a recorded message: the earlier wording becomes a revision."""
    body, now = typed(text), room.now()
    if body is None:
        return None

    def work(tx: Transaction) -> Response | None:
        found = responses.by_message(tx, guild_id, message_id)
        if found is None or found.source is not Source.MESSAGE:
            return None
        return responses.revise(tx, guild_id, found.id, body=body, stance=found.stance, at=now)

    return await room.store.write(work)


async def hear_deletion(room: Classroom, guild_id: GuildId, message_id: MessageId) -> Response | None:
    """Follow the deletion of a message typed in the thread: the response counts as withdrawn."""
    now = room.now()

    def work(tx: Transaction) -> Response | None:
        found = responses.by_message(tx, guild_id, message_id)
        if found is None or found.source is not Source.MESSAGE:
            return None
        responses.withdraw(tx, guild_id, found.id, now)
        return found

    return await room.store.write(work)
