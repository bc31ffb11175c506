from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts.hours import Course, course, length_in_words, ticks
from bot.charts.values import TimelineChart
from tests.charts.samples import NINE, TIMELINE, after


def over(began: datetime, ended: datetime, zone: str = "Europe/Berlin", *said: datetime) -> Course:
    return course(TimelineChart("", began, ended, zone, said))


def words(shown: Course, most: int = 9) -> list[str]:
    return [tick.words for tick in ticks(shown, most)]


def test_a_lesson_is_cut_into_minutes_of_the_schools_clock() -> None:
    shown = course(TIMELINE)
    assert shown.length == timedelta(minutes=1)
    assert shown.clock(shown.began_at) == "10:00"
    assert [(shown.clock(bar.began_at), bar.responses, bar.replies) for bar in shown.bars if bar.spoken] == [
        *(("10:03", 1, 0), ("10:04", 2, 0), ("10:09", 1, 0), ("10:11", 2, 0), ("10:24", 0, 1)),
        *(("10:25", 0, 2), ("10:30", 1, 0), ("10:31", 0, 1)),
    ]
    assert words(shown) == ["10:00", "10:10", "10:20", "10:30", "10:40", "10:50"]
    assert words(shown, 3) == ["10:00", "10:30"]


def test_bars_begin_at_round_times_also_where_the_lesson_does_not() -> None:
    shown = over(after(3.7), after(180), "Asia/Kathmandu")
    assert shown.length == timedelta(minutes=5)
    assert shown.clock(shown.began_at) == "14:45"
    assert words(shown, 4) == ["15:00", "16:00", "17:00"]


def test_the_last_instant_is_within_the_last_bar() -> None:
    shown = over(NINE, after(50), "UTC", after(50))
    assert shown.bars[-1].began_at == after(50)
    assert shown.bars[-1].responses == 1


def test_what_was_said_outside_widens_the_chart() -> None:
    shown = over(NINE, after(5), "UTC", after(-3), after(40))
    assert sum(bar.spoken for bar in shown.bars) == 2
    assert shown.began_at == after(-3)


def test_an_instant_is_a_bar() -> None:
    shown = over(NINE, NINE, "UTC", NINE)
    assert [bar.spoken for bar in shown.bars] == [1]
    assert shown.clock(NINE) == "09:00:00"


def test_a_week_has_days_also_when_the_clock_changes() -> None:
    """In Berlin 25 October 2026 has 25 hours."""
    berlin = ZoneInfo("Europe/Berlin")
    shown = over(datetime(2026, 10, 23, 12, tzinfo=berlin), datetime(2026, 10, 28, 12, tzinfo=berlin))
    assert shown.length == timedelta(hours=3)
    assert {bar.began_at.astimezone(berlin).hour % 3 for bar in shown.bars} == {0}
    assert words(shown) == ["24 Oct", "25 Oct", "26 Oct", "27 Oct", "28 Oct"]
    assert {bar.ended_at - bar.began_at for bar in shown.bars} == {timedelta(hours=3), timedelta(hours=4)}


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    began = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    shown = over(began, began + timedelta(hours=1), "Europe/Berlin", began, began + timedelta(minutes=59))
    assert shown.clock(began) == shown.clock(began + timedelta(hours=1)) == "02:30"
    assert sum(bar.spoken for bar in shown.bars) == 2


def test_a_clock_that_springs_forward_loses_no_bar() -> None:
    """In Berlin 29 March 2026 has no hour from two to three."""
    berlin = ZoneInfo("Europe/Berlin")
    shown = over(datetime(2026, 3, 28, tzinfo=berlin), datetime(2026, 3, 31, tzinfo=berlin))
    assert shown.length == timedelta(hours=2)
    assert all(one.ended_at == other.began_at for one, other in zip(shown.bars, shown.bars[1:], strict=False))
    assert shown.clock(datetime(2026, 3, 29, 1, tzinfo=UTC)) == "29 Mar 03:00"


def test_a_day_that_the_calendar_left_out_is_no_bar() -> None:
    """Samoa crossed the date line and had no 30 December 2011."""
    began = datetime(2011, 12, 20, tzinfo=UTC)
    shown = over(began, began + timedelta(days=40), "Pacific/Apia")
    assert shown.length == timedelta(days=1)
    assert {bar.ended_at - bar.began_at for bar in shown.bars} == {timedelta(days=1)}
    told = [shown.clock(bar.began_at) for bar in shown.bars]
    assert told[9:13] == ["28 Dec", "29 Dec", "31 Dec", "1 Jan"]


def test_a_night_tells_its_days() -> None:
    shown = over(datetime(2026, 11, 3, 20, tzinfo=UTC), datetime(2026, 11, 4, 5, tzinfo=UTC), "UTC")
    assert shown.is_long
    assert words(shown, 5) == ["20:00", "22:00", "4 Nov", "02:00", "04:00"]
    assert shown.clock(datetime(2026, 11, 4, 2, tzinfo=UTC)) == "4 Nov 02:00"


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (timedelta(seconds=30), "30 seconds"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=12), "12 hours"),
        (timedelta(days=7), "7 days"),
    ],
)
def test_lengths_in_words(length: timedelta, told: str) -> None:
    assert length_in_words(length) == told


TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants bounds without a zone
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "Africa/Cairo"])


@given(TIMES, st.timedeltas(timedelta(0), timedelta(days=4000)), ZONES, st.lists(st.floats(0, 1), max_size=20))
@settings(max_examples=150, deadline=None)
def test_nothing_said_is_lost_and_no_axis_has_a_hole(
    began: datetime, length: timedelta, zone: str, shares: list[float]
) -> None:
    said = [began + length * share for share in shares]
    shown = over(began, began + length, zone, *said)
    assert sum(bar.spoken for bar in shown.bars) == len(said)
    assert len(shown.bars) <= 62
    assert shown.began_at <= began <= began + length < shown.ended_at
    assert all(one.ended_at == other.began_at for one, other in zip(shown.bars, shown.bars[1:], strict=False))
    marked = ticks(shown, 9)
    assert len(marked) <= 9
    assert all(shown.began_at <= tick.at <= shown.ended_at for tick in marked)
