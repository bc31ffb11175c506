"""Slow mode: so long after one response comes the next, to the second, whatever the clock does."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discussion.slowness import wait_left
from bot.discussion.values import SLOWEST

TIMES = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - zoned by Hypothesis
SLOW = st.integers(1, SLOWEST)
FAR = timedelta(seconds=2 * SLOWEST)
AROUND_ITS_END = st.timedeltas(-timedelta(seconds=2), timedelta(seconds=2)) | st.timedeltas(-FAR, FAR)


@settings(deadline=None)
@given(SLOW, TIMES, AROUND_ITS_END)
def test_whoever_waits_so_long_may_speak_and_no_second_sooner(slow: int, last: datetime, more: timedelta) -> None:
    now = last + timedelta(seconds=slow) + more
    left = wait_left(slow, last, now)
    assert 0 <= left <= slow
    if now >= last:
        assert wait_left(slow, last, now + timedelta(seconds=left)) == 0
        assert left == 0 or wait_left(slow, last, now + timedelta(seconds=left - 1)) > 0
        assert (left == 0) == (now - last >= timedelta(seconds=slow))


@settings(deadline=None)
@given(TIMES, TIMES)
def test_without_slow_mode_or_a_word_nobody_waits(last: datetime, now: datetime) -> None:
    assert wait_left(0, last, now) == 0
    assert wait_left(SLOWEST, None, now) == 0
