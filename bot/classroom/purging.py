"""What is past its period leaves the record: once a day by itself, and when the operator says so."""

from datetime import date

from bot.classroom.room import Classroom
from bot.discussion.ids import GuildId, SessionId
from bot.storage import Transaction, audits, erasure, guilds, leaving, notes, purging
from bot.values import frozen

PURGED = "record.purge"
"""The action under which it stands on the audit that debates were purged."""

_PURGED_ON = "purged-on"
"""The note of the school's day on which it was done last."""


@frozen
class Purged:
    """What has gone, or would go, of one guild. `others`: audits, ended schedules, words put aside, and people."""

    guild_id: GuildId
    days: int
    sessions: tuple[SessionId, ...]
    responses: int
    others: int


def today(room: Classroom) -> date:
    """The day on the school's calendar."""
    return room.now().astimezone(room.zone).date()


async def purge_of_today(room: Classroom) -> list[Purged]:
    """What `purge` does, unless it has been done today. A bot that dies over it does the rest at its next start."""
    day = today(room).isoformat()
    if await room.store.read(lambda tx: notes.get(tx, _PURGED_ON)) == day:
        return []
    done = await purge(room)
    # At night nobody waits: the copies that SQLite made of erased words go too.
    await room.store.write(erasure.write_anew)
    await room.store.write(lambda tx: notes.put(tx, _PURGED_ON, day))
    return done


async def purge(room: Classroom) -> list[Purged]:
    """Delete what is past its period in every guild, session by session; what that was."""
    due = await past_its_period(room)
    for each in due:
        for session_id in each.sessions:
            await room.store.write(lambda tx, of=each, this=session_id: purging.purge_session(tx, of.guild_id, this))
        await _purge_rest(room, each)
    return due


async def past_its_period(room: Classroom) -> list[Purged]:
    """What `purge` would delete now."""
    found = await room.store.read(leaving.guilds)
    return [purged for guild_id in found if (purged := await _due(room, guild_id)) is not None]


async def _due(room: Classroom, guild_id: GuildId) -> Purged | None:
    now = room.now()

    def work(tx: Transaction) -> Purged | None:
        retention = guilds.settings(tx, guild_id).retention
        due = purging.due(tx, guild_id, now - retention)
        if not due:
            return None
        return Purged(guild_id, retention.days, tuple(due.sessions), due.responses, due.others)

    return await room.store.read(work)


async def _purge_rest(room: Classroom, due: Purged) -> None:
    now = room.now()

    def work(tx: Transaction) -> None:
        retention = guilds.settings(tx, due.guild_id).retention
        purging.purge_rest(tx, due.guild_id, now - retention)
        if due.sessions:
            details = {"debates": str(len(due.sessions)), "days": str(retention.days)}
            audits.add(tx, due.guild_id, user_id=None, at=now, action=PURGED, session_id=None, details=details)

    await room.store.write(work)
