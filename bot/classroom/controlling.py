"""The teacher's hand on the phases of a round: go on, pause, resume, reveal, assign a side. `closing` has the rest."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from bot.classroom.advancing import go_on, run_of
from bot.classroom.asking_openly import next_question
from bot.classroom.consenting import may_be_recorded
from bot.classroom.floor import Floor, group_size, sides_of
from bot.classroom.in_hand import Roster, Seen, note_act, roster_of, round_in_hand
from bot.classroom.naming import seen
from bot.classroom.partaking import progress_of
from bot.classroom.people import Person, role_of
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.classroom.voting import Standing, standing_in
from bot.content.formats import AnyPhase
from bot.discussion import phasing
from bot.discussion.ids import ChannelId, SideId, UserId
from bot.discussion.phasing import PhaseRun
from bot.discussion.requirements import Progress
from bot.discussion.sides import Place, Reason
from bot.discussion.values import Closing, Role, Round
from bot.storage import (
    Transaction,
    altering,
    guilds,
    outdated,
    places,
    reminders,
    reports,
    responses,
    reviews,
    rounds,
    sessions,
)
from bot.values import frozen

T = TypeVar("T")


@frozen
class Panel:
    """A round in its teacher's hand at a time: how it stands, what comes next, how far everybody is.

    `left` is how long the phase still lasts, also while it stands still; None where it has no end. `coming` are the
    phases that begin when this one ends: those that take no time, and the one that then lasts. Empty after the last.
    """

    now: datetime
    standing: Standing
    left: timedelta | None
    coming: tuple[AnyPhase, ...]
    roster: Roster
    progress: Mapping[UserId, Progress]
    held_back: int
    """How many responses the class does not see yet."""
    to_remind: int
    """How many want to be reminded and have something left."""
    reports: int = 0
    """How many reports wait for a moderator of the server, whatever debate they are about."""
    to_approve: int = 0
    """How many responses of the debate wait for a moderator who reads first."""
    to_ask: int | None = None
    """The place among the follow-ups of the one that can be put to the class next; None where all are asked."""

    @property
    def seen(self) -> Seen:
        """What the teacher sees, to act on that and on nothing else."""
        return Seen(self.standing.round.id, self.standing.round.phase_number)

    @property
    def ends_round(self) -> bool:
        """Is the round over when this phase ends?"""
        return all(phase.is_instant for phase in self.coming)

    @property
    def unfinished(self) -> tuple[UserId, ...]:
        """The students who still have something to do."""
        return tuple(user for user in self.roster.students if not self.progress[user].is_met)


@frozen
class Assigned:
    """Somebody's place as the teacher has chosen it, and the side that they were on, if they had one."""

    round: Round
    place: Place
    before: SideId | None


async def panel(
    room: Classroom, person: Person, channel_id: ChannelId, members: Sequence[Person] | None = None
) -> Panel:
    """The open round of the channel's session, for its teacher alone. `members`: see `roster_of`."""
    now = room.now()

    def work(tx: Transaction) -> Panel:
        found = round_in_hand(tx, person, channel_id)
        roster = roster_of(tx, found, person, members)
        progress = {user: progress_of(tx, found, user) for user in roster.students}
        wanting = reminders.wanted_by(tx, found.guild_id)
        return Panel(
            now,
            standing_in(tx, found.guild_id, found),
            phasing.remaining(run_of(found), now),
            _coming(found),
            roster,
            progress,
            responses.count_held_back(tx, found.guild_id, found.id),
            sum(user in wanting and not done.is_met for user, done in progress.items()),
            reports.count_waiting(tx, found.guild_id),
            reviews.count_waiting(tx, found.guild_id, found.session_id),
            next_question(tx, found),
        )

    return await room.store.read(work)


async def next_phase(room: Classroom, person: Person, channel_id: ChannelId, *, seen: Seen | None = None) -> Round:
    """End the present phase now and begin the next; after the last one the round is closed."""

    def work(tx: Transaction, found: Round, now: datetime) -> Round:
        note_act(tx, person, found, "next", now)
        return go_on(tx, found, now, Closing.CLOSE)

    return await _act(room, person, channel_id, seen, work)


async def pause(room: Classroom, person: Person, channel_id: ChannelId, *, seen: Seen | None = None) -> Round | None:
    """Let the clock stand still; None where it does already. People may go on with what the phase allows."""
    return await _act(room, person, channel_id, seen, _clock(person, "pause", phasing.paused))


async def resume(room: Classroom, person: Person, channel_id: ChannelId, *, seen: Seen | None = None) -> Round | None:
    """Let the clock go on: the phase ends later by the length of the pause. None where it runs already."""
    return await _act(room, person, channel_id, seen, _clock(person, "resume", phasing.resumed))


async def reveal(room: Classroom, person: Person, channel_id: ChannelId, *, seen: Seen | None = None) -> int:
    """Show the class what was held back so far, without ending the phase; how many responses that are."""

    def work(tx: Transaction, found: Round, now: datetime) -> int:
        released = altering.release(tx, found.guild_id, found.id)
        if not released:
            raise Refusal("Nothing is held back: the class sees everything that was said.")
        note_act(tx, person, found, "reveal", now, responses=str(released))
        return released

    return await _act(room, person, channel_id, seen, work)


async def slow_down(room: Classroom, person: Person, channel_id: ChannelId, seconds: int) -> Round:
    """Let so many seconds lie between two responses of each student, in this question and the next ones; 0: none."""

    def work(tx: Transaction, found: Round, now: datetime) -> Round:
        note_act(tx, person, found, "slow", now, seconds=str(seconds))
        sessions.set_slow(tx, found.guild_id, found.session_id, seconds)
        return rounds.get(tx, found.guild_id, found.id) or found

    return await _act(room, person, channel_id, None, work)


async def sides_here(room: Classroom, person: Person, channel_id: ChannelId) -> tuple[Round, tuple[SideId, ...]]:
    """The open round with the sides that can be assigned in it, for its teacher; none where students choose."""

    def work(tx: Transaction) -> tuple[Round, tuple[SideId, ...]]:
        found = round_in_hand(tx, person, channel_id)
        return found, sides_of(found) if found.format.sides is not None else ()

    return await room.store.read(work)


async def assign(room: Classroom, person: Person, channel_id: ChannelId, student: Person, side: str | None) -> Assigned:
    """Put somebody on a side, by its id or its stance's words; None: on the next one. Their group stays the same."""

    def work(tx: Transaction, found: Round, now: datetime) -> Assigned:
        if found.conduct.pseudonymous:
            raise Refusal(
                "In a debate under pseudonyms sides are drawn by lot alone: from the side that you chose, and "
                "from when, one could tell later who is who."
            )
        if role_of(student, guilds.settings(tx, found.guild_id)) is Role.TEACHER:
            raise Refusal("Sides are for students, and whom you have named teaches here.")
        if not may_be_recorded(tx, student):
            raise Refusal(
                "They have not agreed to be recorded yet: when they take part they are asked, and get a side."
            )
        floor = Floor.of(tx, found, now)
        before = floor.places.get(student.user_id)
        place = floor.place_of(student.user_id)
        if place is None:
            raise Refusal(f"In “{found.format.title}” nobody is assigned a side: students choose their own.")
        sides = sides_of(found)
        wanted = _the_side(found, side) if side else sides[(sides.index(place.side) + 1) % len(sides)]
        changed = Place(student.user_id, wanted, place.group or (1 if group_size(found) else None))
        seen(tx, found, student, now)
        if changed != place:
            places.put(tx, found.guild_id, found.id, [changed], now, Reason.TEACHER)
            note_act(tx, person, found, "assign", now, user=str(student.user_id), side=wanted)
        return Assigned(found, changed, before.side if before is not None else None)

    return await _act(room, person, channel_id, None, work)


def _the_side(found: Round, named: str) -> SideId:
    wanted = named.strip().casefold()
    for side in sides_of(found):
        stance = found.prompt.stance(side)
        if wanted in (side, stance.label.casefold() if stance is not None else side):
            return side
    raise Refusal("There is no such side in this debate. Choose one from the list that opens as you type.")


def _coming(found: Round) -> tuple[AnyPhase, ...]:
    coming: list[AnyPhase] = []
    for phase in found.format.plan[found.phase_number + 1 :]:
        coming.append(phase)
        if not phase.is_instant:
            break
    return tuple(coming)


def _clock(
    person: Person, what: str, change: Callable[[PhaseRun, datetime], PhaseRun]
) -> Callable[[Transaction, Round, datetime], Round | None]:
    """A change of the clock; None where there is nothing to change, and nothing is noted."""

    def work(tx: Transaction, found: Round, now: datetime) -> Round | None:
        before = run_of(found)
        run = change(before, now)
        if run == before:
            return None
        note_act(tx, person, found, what, now)
        rounds.set_clock(tx, found.guild_id, found.id, run.deadline, run.paused_at)
        outdated.mark_round(tx, found.guild_id, found.id)
        return rounds.get(tx, found.guild_id, found.id)

    return work


async def _act(
    room: Classroom,
    person: Person,
    channel_id: ChannelId,
    seen: Seen | None,
    work: Callable[[Transaction, Round, datetime], T],
) -> T:
    """Do it to the open round, unless it is not any more what was seen."""
    now = room.now()
    return await room.store.write(lambda tx: work(tx, round_in_hand(tx, person, channel_id, seen), now))
