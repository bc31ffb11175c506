"""What the bot's own clockwork does with scheduled debates: start each at its time, once, or keep why it could not."""

import secrets
from datetime import datetime, timedelta

from bot.classroom.advancing import How
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.classroom.starting import Plan, Started, Wanted, open_session, planned
from bot.discussion.ids import EventId
from bot.discussion.schedule import Ending, Schedule
from bot.storage import Transaction, rounds, schedules, sessions
from bot.values import frozen

USUAL_LENGTH = timedelta(hours=1)
"""How long a debate is said to take where it has no time of its own."""


@frozen
class Begun:
    """A schedule that has come to its end, and what was started (None: it was missed or refused)."""

    schedule: Schedule
    started: Started | None


async def waiting(room: Classroom) -> list[Schedule]:
    """What waits for its time in every guild."""
    return await room.store.read(schedules.waiting)


async def begin(room: Classroom, due: Schedule, obstacle: str | None) -> Begun | None:
    """Start a debate whose time has come, as if its teacher had typed `/discuss start` now.

    The schedule ends in the transaction that opens the session: whoever dies in between has done both or neither.
    `obstacle` says why nothing can be posted where it should be. None where it was moved, cancelled or started
    meanwhile, or waits for a question whose time is as good as over.
    """
    now = room.now()
    plan = obstacle or await _planned(room, due)
    seed = secrets.randbelow(2**31)

    def work(tx: Transaction) -> Begun | None:
        found = schedules.get(tx, due.guild_id, due.id)
        if found is None or not found.is_due(now):
            return None
        if found.is_missed(now):
            return _end(tx, found, now, Ending.MISSED)
        if isinstance(plan, str):
            return _end(tx, found, now, Ending.REFUSED, reason=plan)
        if _is_as_good_as_over(tx, found):
            return None
        how = How(plan.format, seed)
        try:
            started = open_session(
                tx, found.guild_id, found.channel_id, found.scheduled_by, plan=plan, how=how, now=now
            )
        except Refusal as refusal:
            return _end(tx, found, now, Ending.REFUSED, reason=str(refusal))
        return _end(tx, found, now, Ending.STARTED, started=started)

    return await room.store.write(work)


async def untold(room: Classroom) -> list[Schedule]:
    """Those of whose end the class is still to be told."""
    return await room.store.read(schedules.untold)


async def told(room: Classroom, found: Schedule) -> None:
    """The class has been told, or cannot be."""
    await room.store.write(lambda tx: schedules.set_told(tx, found.guild_id, found.id))


async def with_event_out_of_date(room: Classroom) -> list[Schedule]:
    """Those that a server's list of events shows otherwise."""
    return await room.store.read(schedules.with_event_out_of_date)


async def fresh(room: Classroom, found: Schedule) -> Schedule:
    """A schedule as it stands now."""
    return await room.store.read(lambda tx: schedules.get(tx, found.guild_id, found.id) or found)


async def event_kept(room: Classroom, found: Schedule, event_id: EventId | None) -> None:
    """The server's list of events shows it as that event now, with the start of `found`; None: not at all."""
    at = None if event_id is None else found.starts_at
    await room.store.write(lambda tx: schedules.set_event(tx, found.guild_id, found.id, event_id, at))


async def length_of(room: Classroom, found: Schedule) -> timedelta:
    """How long a debate may take, as far as can be told: its phases, or its first question."""
    plan = await _planned(room, found)
    if isinstance(plan, str):
        return USUAL_LENGTH
    minutes = plan.format.minutes_in_all
    if len(plan.format.plan) == 1:
        minutes = plan.minutes or minutes or plan.prompt.minutes
    return timedelta(minutes=minutes) if minutes else USUAL_LENGTH


async def _planned(room: Classroom, found: Schedule) -> Plan | str:
    """What is to be debated as the library has it now, or the sentence why it cannot be."""
    try:
        wanted = Wanted(found.set_slug, found.prompt_id, found.minutes, found.format)
        return await planned(room, found.guild_id, wanted)
    except Refusal as refusal:
        return str(refusal)


def _is_as_good_as_over(tx: Transaction, found: Schedule) -> bool:
    present = sessions.open_in(tx, found.guild_id, found.channel_id)
    last = rounds.open_in_session(tx, found.guild_id, present.id) if present is not None else None
    if last is None or not last.is_in_last_phase or last.paused_at is not None:
        return False
    return found.makes_way(last.deadline)


def _end(
    tx: Transaction,
    found: Schedule,
    now: datetime,
    ending: Ending,
    *,
    reason: str | None = None,
    started: Started | None = None,
) -> Begun:
    session_id = started.session.id if started is not None else None
    to_tell = started is None or found.is_late(now)
    schedules.end(tx, found.guild_id, found.id, ending, now, reason=reason, session_id=session_id, to_tell=to_tell)
    return Begun(schedules.get(tx, found.guild_id, found.id) or found, started)
