"""From phase to phase, by the clock or by the teacher, until the round is over."""

from datetime import datetime, timedelta

from bot.classroom.floor import Floor
from bot.classroom.room import Classroom
from bot.content.formats import ArguePhase, Format, Phase, RevealPhase, StatementPhase, SwapPhase, Visible
from bot.content.models import Prompt
from bot.discussion import order, phasing, timing
from bot.discussion.phasing import PhaseRun
from bot.discussion.values import Closing, Round, Session
from bot.storage import Transaction, altering, outdated, phases, rounds, sessions
from bot.values import frozen

LATE = timedelta(minutes=1)
"""A phase that could not be ended in so long after its time ends now, and the next one gets its time in full."""


@frozen
class How:
    """How a round is debated, and the seed from which its lots are drawn."""

    format: Format
    seed: int


def first_deadline(found: Round, session: Session) -> datetime | None:
    """When the first phase of a round ends.

    The minutes of a session or a prompt are for rounds of one phase; where there are several, each has its own.
    """
    phase = found.phase
    if found.has_phases or phase.is_instant:
        return phasing.begun(0, phase, found.opened_at).deadline
    return timing.deadline(found.opened_at, session.minutes or phase.minutes or found.prompt.minutes)


def pose(tx: Transaction, session: Session, prompt: Prompt, how: How, *, number: int, now: datetime) -> Round:
    """Open a round in its first phase."""
    posed = rounds.add(
        tx,
        session.guild_id,
        session_id=session.id,
        channel_id=session.channel_id,
        number=number,
        prompt=prompt,
        opened_at=now,
        deadline=None,
        format=how.format,
        seed=how.seed + number,
        conduct=session.conduct,
    )
    phases.begin(tx, posed.guild_id, posed.id, 0, now)
    _enter(tx, posed, posed.phase, now)
    rounds.set_clock(tx, posed.guild_id, posed.id, first_deadline(posed, session), None)
    return _fresh(tx, posed)


def go_on(tx: Transaction, found: Round, now: datetime, closing: Closing) -> Round:
    """End the present phase and begin the next; those that take no time are passed through. After the last: close."""
    _leave(tx, found, now)
    for number in range(found.phase_number + 1, len(found.format.plan)):
        run = phasing.begun(number, found.format.plan[number], now)
        phases.begin(tx, found.guild_id, found.id, number, now)
        rounds.set_phase(tx, found.guild_id, found.id, number, run.deadline)
        found = _fresh(tx, found)
        _enter(tx, found, found.phase, now)
        if not found.phase.is_instant:
            return found
        _leave(tx, found, now)
    return conclude(tx, found, now, closing)


def conclude(tx: Transaction, found: Round, now: datetime, closing: Closing) -> Round:
    """Close a round in whatever phase it is. What was held back is shown now."""
    _leave(tx, found, now)
    altering.release(tx, found.guild_id, found.id)
    rounds.close(tx, found.guild_id, found.id, now, closing)
    return _fresh(tx, found)


async def go_on_when_due(room: Classroom, due: Round) -> Round | None:
    """Go on where a phase's time is over, and close the session after its last question.

    For the bot's own clockwork. None where the phase was ended, extended or paused meanwhile. A phase ends at its very
    deadline, also when the clock comes a little late; how late shows in a closed round's times.
    """
    now = room.now()

    def work(tx: Transaction) -> Round | None:
        found = rounds.get(tx, due.guild_id, due.id)
        if found is None or not phasing.is_due(run_of(found), now) or found.deadline is None:
            return None
        at = now if now - found.deadline > LATE or not found.has_phases else found.deadline
        after = go_on(tx, found, at, Closing.TIME)
        if not after.is_open:
            _close_after_the_last(tx, after, now)
        return after

    return await room.store.write(work)


def run_of(found: Round) -> PhaseRun:
    """A round's present phase with its clock."""
    return PhaseRun(found.phase_number, found.phase, found.opened_at, found.deadline, found.paused_at, found.closed_at)


def _close_after_the_last(tx: Transaction, found: Round, now: datetime) -> None:
    session = sessions.get(tx, found.guild_id, found.session_id)
    posed = {posed.prompt.id for posed in rounds.of_session(tx, found.guild_id, found.session_id)}
    if session is not None and order.next_prompt(session.prompt_set, posed, found.prompt.id) is None:
        sessions.close(tx, found.guild_id, found.session_id, now)


def _enter(tx: Transaction, found: Round, phase: Phase, now: datetime) -> None:
    """What a phase does by itself when it begins."""
    if isinstance(phase, SwapPhase):
        Floor.of(tx, found, now).swap()
    elif isinstance(phase, RevealPhase):
        altering.release(tx, found.guild_id, found.id)
    else:
        Floor.of(tx, found, now).mend_groups()


def _leave(tx: Transaction, found: Round, now: datetime) -> None:
    """What it does by itself when it ends: what was to be read only by those who had written is for all now."""
    phase = found.phase
    if isinstance(phase, StatementPhase) or (isinstance(phase, ArguePhase) and phase.visible is Visible.AFTER_YOURS):
        altering.release(tx, found.guild_id, found.id, found.phase_number)
    if phases.end(tx, found.guild_id, found.id, found.phase_number, now) and found.has_phases and not phase.is_instant:
        outdated.mark_round(tx, found.guild_id, found.id)


def _fresh(tx: Transaction, found: Round) -> Round:
    return rounds.get(tx, found.guild_id, found.id) or found
