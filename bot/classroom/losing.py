"""What somebody deletes on Discord under a debate: its card, its thread, its channel. What was said stays on record.

A card is posted anew. A thread or a channel is not: somebody meant to remove it. Each is noted on the audit, so that
the teacher can be told.
"""

from collections.abc import Mapping
from datetime import datetime

from bot.classroom.advancing import conclude
from bot.classroom.room import Classroom
from bot.discussion.ids import ChannelId, GuildId, MessageId
from bot.discussion.values import Closing, Loss, Round
from bot.storage import Transaction, audits, rounds, sessions
from bot.values import frozen

CHANGED = "discord.change"
"""The action under which such changes stand on the audit."""

CARD, THREAD, CHANNEL, CLEARED = "card", "thread", "channel", "cleared"
"""What has changed: deleted were the card, the thread, the channel, or many messages at once."""

_LOOKED_AT = 200


@frozen
class Change:
    """One such change to a round; `count` is how many messages were deleted."""

    what: str
    at: datetime
    count: int


async def card_gone(room: Classroom, guild_id: GuildId, message_id: MessageId) -> Round | None:
    """A message was deleted. Where it was an open round's card, the round has none now: it is posted anew."""
    now = room.now()

    def work(tx: Transaction) -> Round | None:
        found = rounds.by_card(tx, guild_id, message_id)
        if found is None or not rounds.forget_card(tx, guild_id, found.id, message_id):
            return None
        note_change(tx, found, CARD, now)
        return rounds.get(tx, guild_id, found.id)

    is_card = await room.store.read(lambda tx: rounds.by_card(tx, guild_id, message_id) is not None)
    return await room.store.write(work) if is_card else None


async def thread_gone(room: Classroom, guild_id: GuildId, thread_id: ChannelId) -> Round | None:
    """A thread was deleted. Its round goes on without: votes and forms are recorded, nothing more is posted there."""
    now = room.now()

    def work(tx: Transaction) -> Round | None:
        found = rounds.by_thread(tx, guild_id, thread_id)
        if found is None or not rounds.lose(tx, guild_id, found.id, Loss.THREAD):
            return None
        note_change(tx, found, THREAD, now)
        return rounds.get(tx, guild_id, found.id)

    return await room.store.write(work)


async def channel_gone(room: Classroom, guild_id: GuildId, channel_id: ChannelId) -> list[Round]:
    """A channel was deleted, and its threads with it: its session is closed on record. Returns the rounds closed."""
    now = room.now()

    def work(tx: Transaction) -> list[Round]:
        closed: list[Round] = []
        for found in rounds.of_channel(tx, guild_id, channel_id):
            if rounds.lose(tx, guild_id, found.id, Loss.CHANNEL):
                note_change(tx, found, CHANNEL, now)
            if found.is_open:
                conclude(tx, found, now, Closing.CLOSE)
                closed.append(found)
        session = sessions.open_in(tx, guild_id, channel_id)
        if session is not None:
            sessions.close(tx, guild_id, session.id, now)
        return closed

    return await room.store.write(work)


def note_change(tx: Transaction, found: Round, what: str, now: datetime, *, count: int = 1) -> None:
    """Put a change to a round on the audit."""
    details = {"what": what, "round": str(found.id), "count": str(count)}
    audits.add(tx, found.guild_id, user_id=None, at=now, action=CHANGED, session_id=found.session_id, details=details)


def changes_of(tx: Transaction, found: Round) -> tuple[Change, ...]:
    """The latest changes to a round, oldest first."""
    noted = audits.recent(tx, found.guild_id, CHANGED, _LOOKED_AT)
    mine = [entry for entry in noted if entry.details.get("round") == str(found.id)]
    return tuple(Change(entry.details["what"], entry.at, _count(entry.details)) for entry in reversed(mine))


def _count(details: Mapping[str, str]) -> int:
    return int(details.get("count", "1"))
