"""What the bot could not hear: gaps in the record, told in every transcript."""

from datetime import datetime

from bot.classroom.room import Classroom
from bot.discussion.ids import GuildId
from bot.discussion.values import Round
from bot.storage import Transaction, gaps, notes, rounds

_ALIVE = "last-alive"


async def still_here(room: Classroom) -> None:
    """Note that the bot is listening now, so that the next start knows since when it was not."""
    now = room.now()
    await room.store.write(lambda tx: notes.put(tx, _ALIVE, now.isoformat()))


async def here_until(room: Classroom) -> datetime | None:
    """When the bot last noted that it was here; None on its first day."""
    noted = await room.store.read(lambda tx: notes.get(tx, _ALIVE))
    return datetime.fromisoformat(noted) if noted else None


async def to_be_read(room: Classroom, guild_id: GuildId | None = None) -> list[Round]:
    """The open rounds, of one guild or of all, whose threads may hold words that nobody heard; most urgent first."""
    found = await room.store.read(rounds.all_open)
    mine = [each for each in found if guild_id in (None, each.guild_id) and each.lost is None]
    return sorted(mine, key=lambda each: (each.deadline is None, each.deadline or each.opened_at))


async def not_read(room: Classroom, found: Round, since: datetime | None, reason: str) -> None:
    """Put a gap into a round whose thread could not be read back: from `since` until now."""
    now = room.now()
    began = max(since or now, found.opened_at)

    def work(tx: Transaction) -> None:
        if began < now:
            gaps.add(tx, found.guild_id, found.id, began, now, reason)

    await room.store.write(work)
