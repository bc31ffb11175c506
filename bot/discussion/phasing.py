"""When a phase begins and ends, to the microsecond: paused, resumed and extended. Times are aware UTC.

Two people may press the same button, and a phase may end under a finger: to pause a paused phase, to resume a running
one or to change one that has ended changes nothing.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.content.formats import Phase
from bot.discussion import timing
from bot.values import frozen


@frozen
class PhaseRun:
    """A phase as it is played: the how manieth of its format, counted from 0, and its times.

    `deadline` is None where it lasts until the teacher goes on. While `paused_at` is set the deadline stands still:
    it moves by the whole pause when the phase is resumed.
    """

    index: int
    phase: Phase
    began_at: datetime
    deadline: datetime | None
    paused_at: datetime | None = None
    ended_at: datetime | None = None


def begun(index: int, phase: Phase, now: datetime) -> PhaseRun:
    """A phase that begins now. One that takes no time is due at once."""
    return PhaseRun(index, phase, now, timing.deadline(now, 0 if phase.is_instant else phase.minutes))


def extended(run: PhaseRun, now: datetime, minutes: int) -> PhaseRun:
    """So many minutes more; from now on where the phase had no end or is over its time."""
    if run.ended_at is not None:
        return run
    return replace(run, deadline=timing.extended(run.deadline, run.paused_at or now, minutes))


def paused(run: PhaseRun, now: datetime) -> PhaseRun:
    """The clock stands still from now on."""
    if run.ended_at is not None or run.paused_at is not None:
        return run
    return replace(run, paused_at=now)


def resumed(run: PhaseRun, now: datetime) -> PhaseRun:
    """The clock goes on: the deadline is later by the length of the pause."""
    if run.ended_at is not None or run.paused_at is None:
        return run
    length = max(now - run.paused_at, timedelta())
    return replace(run, paused_at=None, deadline=None if run.deadline is None else run.deadline + length)


def ended(run: PhaseRun, now: datetime) -> PhaseRun:
    """The phase is over, by time or by the teacher."""
    return run if run.ended_at is not None else replace(run, ended_at=now)


def is_due(run: PhaseRun, now: datetime) -> bool:
    """Is its time over, so that the next phase is to begin?"""
    return run.ended_at is None and run.paused_at is None and run.deadline is not None and run.deadline <= now


def remaining(run: PhaseRun, now: datetime) -> timedelta | None:
    """How long it still lasts, counted from now or from its pause; None where it has no end. Never below zero."""
    if run.ended_at is not None:
        return timedelta()
    if run.deadline is None:
        return None
    return max(run.deadline - (run.paused_at or now), timedelta())
