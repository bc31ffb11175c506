"""The teacher's hand on the phases of a round: go on, pause, resume, extend, reveal, assign a side."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.classroom.advancing import go_on, run_of
from bot.classroom.finding import the_session
from bot.classroom.floor import Floor, group_size, sides_of
from bot.classroom.partaking import progress_of
from bot.classroom.people import Person, require_teacher
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.classroom.voting import Standing, standing_in
from bot.content.formats import Phase
from bot.discussion import phasing
from bot.discussion.ids import ChannelId, SideId, UserId
from bot.discussion.phasing import PhaseRun
from bot.discussion.requirements import Progress
from bot.discussion.sides import Place
from bot.discussion.values import Closing, Round
from bot.storage import Transaction, audits, guilds, participants, places, responses, rounds
from bot.storage.places import Reason

CONTROLLED = "discuss.control"
"""The action under which what a teacher does with a round stands on the audit."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A round in its teacher's hand: how it stands, what comes next, how far everybody is with what is required."""

    standing: Standing
    next: Phase | None
    progress: dict[UserId, Progress]
    names: dict[UserId, str]
    held_back: int
    """How many responses the class does not see yet."""


async def panel(room: Classroom, person: Person, channel_id: ChannelId) -> Panel:
    """The open round of the channel's session, for its teacher alone."""

    def work(tx: Transaction) -> Panel:
        found = _the_round(tx, person, channel_id)
        plan, number = found.format.plan, found.phase_number + 1
        names = participants.names(tx, found.guild_id)
        active = responses.people(tx, found.guild_id, found.id) | set(places.of_round(tx, found.guild_id, found.id))
        return Panel(
            standing_in(tx, found.guild_id, found),
            plan[number] if number < len(plan) else None,
            {user: progress_of(tx, found, user) for user in sorted(active)},
            names,
            responses.count_held_back(tx, found.guild_id, found.id),
        )

    return await room.store.read(work)


async def next_phase(room: Classroom, person: Person, channel_id: ChannelId) -> Round:
    """End the present phase now and begin the next; after the last one the round is closed."""
    return await _act(room, person, channel_id, "next", lambda tx, found, now: go_on(tx, found, now, Closing.CLOSE))


async def pause(room: Classroom, person: Person, channel_id: ChannelId) -> Round:
    """Let the clock stand still. People may go on with what the phase allows."""
    return await _act(room, person, channel_id, "pause", _clock(phasing.paused))


async def resume(room: Classroom, person: Person, channel_id: ChannelId) -> Round:
    """Let the clock go on: the phase ends later by the length of the pause."""
    return await _act(room, person, channel_id, "resume", _clock(phasing.resumed))


async def reveal(room: Classroom, person: Person, channel_id: ChannelId) -> Round:
    """Show the class what was held back so far, without ending the phase."""

    def work(tx: Transaction, found: Round, _now: datetime) -> Round:
        if not responses.release(tx, found.guild_id, found.id):
            raise Refusal("Nothing is held back: the class sees everything that was said.")
        return found

    return await _act(room, person, channel_id, "reveal", work)


async def assign(
    room: Classroom, person: Person, channel_id: ChannelId, student: UserId, side: SideId | None
) -> tuple[Round, Place]:
    """Put somebody on a side; None: on the other one. In their group, if they have one already."""

    def work(tx: Transaction, found: Round, now: datetime) -> Round:
        floor = Floor.of(tx, found, now)
        place = floor.place_of(student)
        if place is None:
            raise Refusal(f"In “{found.format.title}” nobody is assigned a side: students choose their own.")
        sides = sides_of(found)
        wanted = side or sides[(sides.index(place.side) + 1) % len(sides)]
        if wanted not in sides:
            raise Refusal("There is no such side in this debate.")
        changed = Place(student, wanted, place.group or (1 if group_size(found) else None))
        places.put(tx, found.guild_id, found.id, [changed], now, Reason.TEACHER)
        return found

    found = await _act(room, person, channel_id, "assign", work)
    placed = await room.store.read(lambda tx: places.of_round(tx, found.guild_id, found.id))
    return found, placed[student]


def _clock(change: Callable[[PhaseRun, datetime], PhaseRun]) -> Callable[[Transaction, Round, datetime], Round]:
    def work(tx: Transaction, found: Round, now: datetime) -> Round:
        run = change(run_of(found), now)
        rounds.set_clock(tx, found.guild_id, found.id, run.deadline, run.paused_at)
        return rounds.get(tx, found.guild_id, found.id) or found

    return work


async def _act(
    room: Classroom,
    person: Person,
    channel_id: ChannelId,
    what: str,
    change: Callable[[Transaction, Round, datetime], Round],
) -> Round:
    """Do it to the open round, and put on the audit who did."""
    now = room.now()

    def work(tx: Transaction) -> Round:
        found = _the_round(tx, person, channel_id)
        details = {"what": what, "round": str(found.id), "phase": str(found.phase_number)}
        audits.add(
            tx,
            found.guild_id,
            user_id=person.user_id,
            at=now,
            action=CONTROLLED,
            session_id=found.session_id,
            details=details,
        )
        return change(tx, found, now)

    return await room.store.write(work)


def _the_round(tx: Transaction, person: Person, channel_id: ChannelId) -> Round:
    require_teacher(person, guilds.settings(tx, person.guild_id))
    session = the_session(tx, person.guild_id, channel_id)
    found = rounds.open_in_session(tx, person.guild_id, session.id)
    if found is None:
        raise Refusal("The round is already closed. `/discuss next` poses the next question.")
    return found
