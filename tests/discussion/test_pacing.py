"""How much one person may do in how short a time."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discussion.pacing import LEAST_KEPT, Buckets, Pace

NOW = datetime(2026, 1, 1, tzinfo=UTC)
paces = st.builds(Pace, st.integers(1, 6), st.integers(1, 3_000_000).map(lambda us: timedelta(microseconds=us)))
pauses = st.lists(st.one_of(st.just(0), st.integers(0, 400_000), st.integers(0, 9_000_000)), max_size=60)


def in_microseconds(span: timedelta) -> int:
    return span // timedelta(microseconds=1)


def tokens_in_a_bucket(pace: Pace, pauses: Sequence[int]) -> list[Fraction]:
    """The naive model: a bucket that fills drop by drop. For each try 0, or how many microseconds are to be waited."""
    every = in_microseconds(pace.every)
    tokens, waits = Fraction(pace.at_once), list[Fraction]()
    for pause in pauses:
        tokens = min(Fraction(pace.at_once), tokens + Fraction(pause, every))
        waits.append(max(Fraction(0), (1 - tokens) * every))
        tokens -= not waits[-1]
    return waits


@given(paces, pauses)
@settings(deadline=None, max_examples=300)
def test_it_does_what_a_bucket_does_that_fills_drop_by_drop(pace: Pace, pauses: list[int]) -> None:
    buckets, now, waits = Buckets[str](), NOW, list[int]()
    for pause in pauses:
        now += timedelta(microseconds=pause)
        waits.append(in_microseconds(buckets.take("ann", pace, now) or timedelta(0)))
    assert waits == tokens_in_a_bucket(pace, pauses)


@given(paces, st.lists(st.tuples(st.integers(-1_000_000, 4_000_000), st.integers(1, 9)), max_size=30))
@settings(deadline=None, max_examples=100)
def test_many_at_once_are_as_many_one_by_one(pace: Pace, floods: list[tuple[int, int]]) -> None:
    together, single, now = Buckets[str](), Buckets[str](), NOW
    for pause, times in floods:
        now += timedelta(microseconds=pause)
        refused = sum(single.take("ann", pace, now) is not None for _ in range(times))
        assert together.take_many("ann", pace, times, now) == refused


@given(paces, st.integers(1, 50))
@settings(deadline=None, max_examples=50)
def test_who_waits_as_told_may_go_on(pace: Pace, floods: int) -> None:
    buckets, now = Buckets[str](), NOW
    for _ in range(floods):
        wait = buckets.take("ann", pace, now)
        if wait is not None:
            assert buckets.take("ann", pace, now + wait - timedelta(microseconds=1)) is not None
            now += wait
            assert buckets.take("ann", pace, now) is None


@given(paces, st.integers(0, 10_000))
@settings(deadline=None, max_examples=50)
def test_nobody_is_slowed_by_another(pace: Pace, floods: int) -> None:
    buckets = Buckets[str]()
    for _ in range(min(floods, 200)):
        buckets.take("ann", pace, NOW)
    assert [buckets.take("ben", pace, NOW) for _ in range(pace.at_once)] == [None] * pace.at_once
    assert buckets.take("ben", pace, NOW) is not None


@given(paces, st.integers(0, 10**9))
@settings(deadline=None, max_examples=50)
def test_a_clock_that_is_set_back_makes_nobody_wait_for_long(pace: Pace, back: int) -> None:
    buckets = Buckets[str]()
    for _ in range(20):
        buckets.take("ann", pace, NOW)
    wait = buckets.take("ann", pace, NOW - timedelta(seconds=back))
    assert wait is not None
    assert wait <= pace.every


def test_only_those_are_remembered_who_have_just_done_something() -> None:
    buckets, pace = Buckets[int](), Pace(3, timedelta(seconds=1))
    for person in range(50 * LEAST_KEPT):
        assert buckets.take(person, pace, NOW + timedelta(milliseconds=10 * person)) is None
        assert len(buckets) <= LEAST_KEPT
