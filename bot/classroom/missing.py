"""What the bot could not hear: gaps in the record, told in every transcript."""

from datetime import datetime

from bot.classroom.room import Classroom
from bot.storage import Transaction, gaps, notes, rounds

_ALIVE = "last-alive"


async def still_here(room: Classroom) -> None:
    """Note that the bot is listening now, so that the next start knows since when it was not."""
    now = room.now()
    await room.store.write(lambda tx: notes.put(tx, _ALIVE, now.isoformat()))


async def was_away(room: Classroom, since: datetime | None, reason: str) -> int:
    """Put a gap into every open round, from `since` (None: when the bot last noted that it was here) until now.

    Returns how many rounds have one.
    """
    now = room.now()

    def work(tx: Transaction) -> int:
        noted = notes.get(tx, _ALIVE)
        began = since or (datetime.fromisoformat(noted) if noted else now)
        concerned = [found for found in rounds.all_open(tx) if max(began, found.opened_at) < now]
        for found in concerned:
            gaps.add(tx, found.guild_id, found.id, max(began, found.opened_at), now, reason)
        notes.put(tx, _ALIVE, now.isoformat())
        return len(concerned)

    return await room.store.write(work)
