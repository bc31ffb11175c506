"""A held wheel of time: whatever the teacher does, every phase begins and ends at its very moment."""

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.classroom import advancing, closing, controlling, starting
from bot.classroom.people import Person
from bot.classroom.room import Classroom, open_classroom
from bot.classroom.starting import Wanted
from bot.content.formats import Format, Phase
from bot.discussion.ids import ChannelId, GuildId, UserId
from bot.discussion.values import PhaseLog, Round
from bot.storage import phases, rounds
from tests.conftest import ROOT

CHANNEL = ChannelId(5)
TEACHER = Person(GuildId(1), UserId(2), "Ms. Rivera", manages_guild=True)
FORMATS = (
    "oxford-debate",
    "think-first",
    "structured-academic-controversy",
    "philosophical-chairs",
    "fishbowl",
    "open-floor",
)

acts = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=1500),
        st.sampled_from(("wait", "next", "pause", "resume", "extend", "restart")),
        st.integers(min_value=1, max_value=9),
    ),
    max_size=12,
)


@dataclass
class Clock:
    """A clock that moves only by hand."""

    now: datetime = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Wheel:
    """The same in ten lines: where a debate is, by what was done to it so far."""

    def __init__(self, plan: Sequence[Phase], now: datetime) -> None:
        self.plan, self.logs = plan, list[tuple[int, datetime, datetime | None]]()
        self.number = -1
        self.deadline: datetime | None = None
        self.paused_at: datetime | None = None
        self.enter(0, now)

    def enter(self, number: int, now: datetime) -> None:
        """Phase after phase, until one takes time or none is left."""
        while number < len(self.plan) and self.plan[number].is_instant:
            self.logs.append((number, now, now))
            number += 1
        self.number, self.paused_at, self.deadline = number, None, None
        if number < len(self.plan):
            minutes = self.plan[number].minutes
            self.deadline = now + timedelta(minutes=minutes) if minutes else None
            self.logs.append((number, now, None))

    def leave(self, now: datetime) -> None:
        """The present phase ends."""
        number, began, _ = self.logs.pop()
        self.logs.append((number, began, now))
        self.enter(number + 1, now)

    @property
    def is_over(self) -> bool:
        """Is no phase left?"""
        return self.number >= len(self.plan)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(FORMATS), acts=acts)
def test_every_phase_ends_at_its_moment(empty_record: Path, name: str, acts: list[tuple[int, str, int]]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(_turn(Path(shutil.copy(empty_record, folder)), name, acts))


async def _turn(database: Path, name: str, acts: list[tuple[int, str, int]]) -> None:
    clock = Clock()
    async with _open(database, clock) as room:
        found = await _start(room, name)
        wheel = Wheel(found.format.plan, clock.now)
        if not found.has_phases:  # then the prompt's own minutes count
            wheel.deadline = found.deadline
    rest = list(acts)
    while rest:  # each time a restart is among the acts, a new classroom goes on over the same file
        async with _open(database, clock) as room:
            while rest and not wheel.is_over:
                seconds, act, minutes = rest.pop(0)
                await _wait(room, found, wheel, clock, seconds)
                if act == "restart":
                    break
                if not wheel.is_over:
                    await _act(room, wheel, clock, act, minutes)
                await _compare(room, found, wheel)
            if wheel.is_over:
                break
    async with _open(database, clock) as room:
        await _compare(room, found, wheel)


def _open(database: Path, clock: Clock):  # noqa: ANN202 - what open_classroom gives
    return open_classroom(database, articles=ROOT / "article", prompts=ROOT / "prompts", now=clock)


async def _start(room: Classroom, name: str) -> Round:
    started = await starting.start(room, TEACHER, CHANNEL, Wanted("single-lesson", "first-step", format=name), seed=7)
    return started.round


async def _wait(room: Classroom, found: Round, wheel: Wheel, clock: Clock, seconds: int) -> None:
    """Let time pass, with the bot's clockwork coming up to 0.9 s late to everything that is due."""
    until = clock.now + timedelta(seconds=seconds)
    while wheel.deadline is not None and wheel.paused_at is None and wheel.deadline <= until:
        clock.now = max(clock.now, wheel.deadline + timedelta(seconds=0.9))
        wheel.leave(wheel.deadline)
        assert await advancing.go_on_when_due(room, found) is not None
        if wheel.is_over:
            return
    clock.now = max(until, clock.now)
    assert await advancing.go_on_when_due(room, found) is None


async def _act(room: Classroom, wheel: Wheel, clock: Clock, act: str, minutes: int) -> None:
    now = clock.now
    if act == "next":
        await controlling.next_phase(room, TEACHER, CHANNEL)
        wheel.leave(now)
    elif act == "pause":
        await controlling.pause(room, TEACHER, CHANNEL)
        wheel.paused_at = wheel.paused_at or now
    elif act == "resume":
        await controlling.resume(room, TEACHER, CHANNEL)
        if wheel.paused_at is not None and wheel.deadline is not None:
            wheel.deadline += now - wheel.paused_at
        wheel.paused_at = None
    elif act == "extend":
        await closing.extend(room, TEACHER, CHANNEL, minutes)
        since = wheel.paused_at or now
        wheel.deadline = max(wheel.deadline or since, since) + timedelta(minutes=minutes)


async def _compare(room: Classroom, found: Round, wheel: Wheel) -> None:
    now = await room.store.read(lambda tx: rounds.get(tx, found.guild_id, found.id))
    logs: list[PhaseLog] = await room.store.read(lambda tx: phases.of_round(tx, found.guild_id, found.id))
    assert now is not None
    assert now.is_open is not wheel.is_over
    if found.has_phases:  # a round of one phase is closed when the clock comes to it
        assert [(log.number, log.began_at, log.ended_at) for log in logs] == wheel.logs
    if now.is_open:
        assert (now.phase_number, now.deadline, now.paused_at) == (wheel.number, wheel.deadline, wheel.paused_at)


def test_the_wheel_itself_turns() -> None:
    plan: Sequence[Phase] = Format.model_validate(
        {"title": "x", "phases": [{"read": {"minutes": 1}}, {"reveal": {}}, {"pause": {"minutes": 2}}]}
    ).plan
    wheel = Wheel(plan, Clock().now)
    wheel.leave(Clock().now + timedelta(minutes=1))
    assert (wheel.number, [number for number, _, _ in wheel.logs]) == (2, [0, 1, 2])
