"""A wheel of time: whatever is pressed in whatever order, a phase ends when it must, to the microsecond."""

from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.formats import ArguePhase, PausePhase, Phase, ReadPhase, RevealPhase, SwapPhase, VotePhase
from bot.discussion.phasing import PhaseRun, begun, ended, extended, is_due, paused, remaining, resumed

NOW = datetime(2026, 11, 23, 9, 30, 0, 123456, tzinfo=UTC)
SECOND = timedelta(seconds=1)

waits = st.timedeltas(timedelta(), timedelta(minutes=40))
presses = st.sampled_from(["extend", "pause", "resume", "tick"])
Press = Literal["extend", "pause", "resume", "tick"]


@given(st.integers(1, 600), st.lists(st.tuples(waits, presses, st.integers(1, 120)), max_size=40))
@settings(deadline=None)
def test_the_deadline_is_beginning_and_minutes_and_extensions_and_pauses(
    minutes: int, steps: list[tuple[timedelta, Press, int]]
) -> None:
    now, run = NOW, begun(3, VotePhase(minutes=minutes), NOW)
    length = timedelta(minutes=minutes)
    paused_since: datetime | None = None
    for wait, press, more in steps:
        now += wait
        if is_due(run, now):
            assert paused_since is None
            assert now >= NOW + length
            break
        if press == "extend":
            run = extended(run, now, more)
            length += timedelta(minutes=more)
        elif press == "pause":
            run = paused(run, now)
            paused_since = paused_since or now
        elif press == "resume":
            run = resumed(run, now)
            length += now - paused_since if paused_since else timedelta()
            paused_since = None
        assert run.deadline == NOW + length
        assert run.paused_at == paused_since
        assert remaining(run, now) == NOW + length - (paused_since or now)
        assert (run.index, run.began_at, run.ended_at) == (3, NOW, None)
    if paused_since is None and run.deadline is not None:
        assert not is_due(run, run.deadline - timedelta(microseconds=1))
        assert is_due(run, run.deadline)
        assert remaining(run, run.deadline + SECOND) == timedelta()


@given(st.lists(waits, max_size=9))
def test_a_paused_phase_never_ends_by_itself(days: list[timedelta]) -> None:
    run = paused(begun(0, PausePhase(minutes=1), NOW), NOW + 20 * SECOND)
    for wait in days:
        assert not is_due(run, NOW + 100 * wait)
        assert remaining(run, NOW + 20 * SECOND + wait) == 40 * SECOND
    late = resumed(run, NOW + timedelta(days=3))
    assert late.deadline == NOW + timedelta(days=3) + 40 * SECOND


def test_a_phase_without_minutes_lasts_until_the_teacher_goes_on_or_gives_it_an_end() -> None:
    run = begun(0, ReadPhase(), NOW)
    assert run.deadline is None
    assert remaining(run, NOW) is None
    assert not is_due(run, NOW + timedelta(days=400))
    stopped = resumed(paused(run, NOW + SECOND), NOW + 9 * SECOND)
    assert stopped == run
    assert extended(run, NOW + SECOND, 5).deadline == NOW + SECOND + timedelta(minutes=5)
    while_paused = extended(paused(run, NOW + SECOND), NOW + 60 * SECOND, 5)
    assert remaining(while_paused, NOW + 90 * SECOND) == timedelta(minutes=5)
    assert resumed(while_paused, NOW + 90 * SECOND).deadline == NOW + 90 * SECOND + timedelta(minutes=5)


@pytest.mark.parametrize("phase", [SwapPhase(), RevealPhase()])
def test_what_takes_no_time_is_due_at_once(phase: Phase) -> None:
    run = begun(2, phase, NOW)
    assert is_due(run, NOW)
    assert remaining(run, NOW) == timedelta()


def test_more_minutes_for_a_phase_over_its_time_count_from_now() -> None:
    run = begun(0, ArguePhase(minutes=1), NOW)
    late = NOW + timedelta(hours=1)
    assert extended(run, late, 2).deadline == late + timedelta(minutes=2)


def test_pressing_twice_is_pressing_once() -> None:
    run = begun(0, ArguePhase(minutes=10), NOW)
    once = paused(run, NOW + SECOND)
    assert paused(once, NOW + 5 * SECOND) == once
    assert resumed(run, NOW + SECOND) == run
    assert resumed(resumed(once, NOW + 3 * SECOND), NOW + 9 * SECOND).deadline == NOW + timedelta(minutes=10, seconds=2)


def test_a_clock_set_back_takes_no_time_away() -> None:
    run = paused(begun(0, ArguePhase(minutes=10), NOW), NOW + 60 * SECOND)
    assert resumed(run, NOW).deadline == NOW + timedelta(minutes=10)


@pytest.mark.parametrize("before", [begun(0, ArguePhase(minutes=10), NOW), paused(begun(0, ReadPhase(), NOW), NOW)])
def test_an_ended_phase_stays_as_it_ended(before: PhaseRun) -> None:
    over = ended(before, NOW + SECOND)
    assert over.ended_at == NOW + SECOND
    later = NOW + timedelta(days=1)
    assert ended(over, later) == extended(over, later, 5) == paused(over, later) == resumed(over, later) == over
    assert not is_due(over, later)
    assert remaining(over, later) == timedelta()
