"""What a teacher types for a time ahead, on the school's clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discussion.when import Suggestion, WhenProblem, read_when, suggest_when

BERLIN = ZoneInfo("Europe/Berlin")
HERE = datetime(2026, 11, 23, 9, 12, 30, 5, tzinfo=BERLIN)
"""A Monday morning."""
NOW = HERE.astimezone(UTC)
ZONES = [
    ZoneInfo(name)
    for name in ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia")
]
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

zones = st.sampled_from(ZONES)
moments = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001 - a bound
    datetime(2032, 1, 1),  # noqa: DTZ001 - a bound
    timezones=st.just(UTC),
)
clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


def read(typed: str, now: datetime = NOW, zone: ZoneInfo = BERLIN) -> str:
    """What is understood, on the school's clock; or the sentence why it is not."""
    meant = read_when(typed, now, zone)
    return meant.sentence if isinstance(meant, WhenProblem) else f"{meant.astimezone(zone):%Y-%m-%d %H:%M}"


def instants(wall: datetime, zone: ZoneInfo) -> list[datetime]:
    """All moments at which a clock there shows this time, found by trying the offsets of the days around."""
    around = [wall.replace(tzinfo=UTC) + timedelta(hours=hours) for hours in range(-48, 49, 6)]
    offsets = {moment.astimezone(zone).utcoffset() for moment in around}
    tried = {wall.replace(tzinfo=UTC) - offset for offset in offsets if offset is not None}
    return sorted(moment for moment in tried if moment.astimezone(zone).replace(tzinfo=None) == wall)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tomorrow 10:00", "2026-11-24 10:00"),
        ("  Tomorrow   AT 10:00 ", "2026-11-24 10:00"),
        ("10:00 tomorrow", "2026-11-24 10:00"),
        ("day after tomorrow noon", "2026-11-25 12:00"),
        ("the day after tomorrow, 8 am", "2026-11-25 08:00"),
        ("today 14:30", "2026-11-23 14:30"),
        ("in 20 minutes", "2026-11-23 09:32"),
        ("in 2 hours", "2026-11-23 11:12"),
        ("in 1h30m", "2026-11-23 10:42"),
        ("in 1 hour and 30 min", "2026-11-23 10:42"),
        ("in an hour", "2026-11-23 10:12"),
        ("in half an hour", "2026-11-23 09:42"),
        ("in 3 days", "2026-11-26 09:12"),
        ("in 3 days at 10:00", "2026-11-26 10:00"),
        ("in a week 9:30", "2026-11-30 09:30"),
        ("in 1 day 2 hours", "2026-11-24 11:12"),
        ("monday 9:15", "2026-11-23 09:15"),
        ("monday 9:10", "2026-11-30 09:10"),
        ("Fri. 8:00", "2026-11-27 08:00"),
        ("on thurs at 8", "2026-11-26 08:00"),
        ("10am on friday", "2026-11-27 10:00"),
        ("this friday 8:00", "2026-11-27 08:00"),
        ("next friday 8:00", "2026-12-04 08:00"),
        ("friday next week 8:00", "2026-12-04 08:00"),
        ("next week friday 8:00", "2026-12-04 08:00"),
        ("2026-11-30 10:00", "2026-11-30 10:00"),
        ("2026-11-30T10:00", "2026-11-30 10:00"),
        ("2026-11-30T09:00Z", "2026-11-30 10:00"),
        ("2026-11-30T10:00:00+05:00", "2026-11-30 06:00"),
        ("30.11. 10:00", "2026-11-30 10:00"),
        ("30.11. 10.30", "2026-11-30 10:30"),
        ("30. 11. 2026 10:00", "2026-11-30 10:00"),
        ("9:30 1.12.26", "2026-12-01 09:30"),
        ("30 Nov 10:00", "2026-11-30 10:00"),
        ("on 30 Nov, 10:00", "2026-11-30 10:00"),
        ("Nov 30, 2026 at 2:30 p.m.", "2026-11-30 14:30"),
        ("1st of december 9h30", "2026-12-01 09:30"),
        ("Mon 30 Nov 2026, 10:00", "2026-11-30 10:00"),
        ("10 may 9:00", "2027-05-10 09:00"),
        ("10:00", "2026-11-23 10:00"),
        ("9:12", "2026-11-24 09:12"),
        ("at 10", "2026-11-23 10:00"),
        ("10am", "2026-11-23 10:00"),
        ("12am", "2026-11-24 00:00"),
        ("12 pm", "2026-11-23 12:00"),
        ("noon", "2026-11-23 12:00"),
        ("２４.１１. １０:００", "2026-11-24 10:00"),
    ],
)
def test_a_time_is_understood_as_people_type_it(typed: str, meant: str) -> None:
    assert read(typed) == meant


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "does not understand"),
        ("soon", "does not understand"),
        ("10", "does not understand"),
        ("tomorrow 24:00", "does not understand"),
        ("tomorrow 13pm", "does not understand"),
        ("0 am", "does not understand"),
        ("tomorrow 10:60", "does not understand"),
        ("in 20", "does not understand"),
        ("in minutes", "does not understand"),
        ("30.13. 10:00", "does not understand"),
        ("mo 10:00", "does not understand"),
        ("tomorrow 10:00" + " " * 60 + "x" * 60, "does not understand"),
        ("tomorrow", "At what time? For example `tomorrow 10:00`."),
        ("30 Nov", "At what time? For example `30 nov 10:00`."),
        ("10.11", "At what time?"),
        ("today 9:00", "That is over: it is Mon 23 Nov 2026, 09:12 (Europe/Berlin)."),
        ("this monday 8:00", "That is over"),
        ("22 Nov 10:00", "That is over"),
        ("2025-10-10 10:00", "That is over"),
        ("2026-11-23T08:12:00Z", "That is over"),
        ("in 0 minutes", "That is over"),
        ("2026-11-23T08:12:30.000005Z", "That is over"),
        ("0001-01-01 00:00", "That is over"),
        ("30 Nov 2027 10:00", "at most a year ahead"),
        ("in 53 weeks", "at most a year ahead"),
        ("in 9999 weeks", "at most a year ahead"),
        ("in " + "9999w" * 11, "at most a year ahead"),
        ("9999-12-31 23:59", "at most a year ahead"),
        ("9999-12-31T23:59:59Z", "at most a year ahead"),
        ("31 Nov 10:00", "There is no 31 Nov within a year from now."),
        ("29 Feb 10:00", "There is no 29 Feb within a year from now."),
        ("29 Feb 2027 10:00", "There is no 29 Feb 2027."),
        ("Tue 30 Nov 10:00", "30 Nov 2026 is a Mon, not a Tue."),
        ("11/12 10:00", "A date with strokes means another day in other countries"),
        ("28.03.2027 2:30", "There is no 02:30 on Sun 28 Mar 2027: the clocks are set forward then. Take 03:30"),
    ],
)
def test_what_is_no_time_ahead_is_told_why(typed: str, sentence: str) -> None:
    assert sentence in read(typed)


@given(moments, clocks, st.integers(0, 6), zones)
@settings(deadline=None)
def test_a_weekday_is_the_next_one_at_that_time(now: datetime, clock: time, weekday: int, zone: ZoneInfo) -> None:
    meant = read_when(f"{DAYS[weekday]} {clock:%H:%M}", now, zone)
    today = now.astimezone(zone).date()
    walls = [datetime.combine(today + timedelta(days=days), clock) for days in range(9)]
    expected = next(
        moment
        for wall in walls
        if wall.weekday() == weekday
        for moment in instants(wall, zone) or [None]
        if moment is None or moment > now
    )
    if expected is None:
        assert isinstance(meant, WhenProblem)
    else:
        assert meant == expected


@given(moments, st.integers(0, 6), zones)
@settings(deadline=None)
def test_next_is_the_week_that_begins_on_monday(now: datetime, weekday: int, zone: ZoneInfo) -> None:
    meant = read_when(f"next {DAYS[weekday]} 12:00", now, zone)
    assert isinstance(meant, datetime)
    today, day = now.astimezone(zone).date(), meant.astimezone(zone).date()
    assert day.weekday() == weekday
    assert day.isocalendar()[:2] == (today + timedelta(days=7)).isocalendar()[:2]


@given(
    moments, st.integers(0, 365), clocks, zones, st.sampled_from(["%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%d %b %H:%M"])
)
@settings(deadline=None)
def test_a_date_and_a_time_are_what_the_clock_there_shows(
    now: datetime, days: int, clock: time, zone: ZoneInfo, form: str
) -> None:
    wall = datetime.combine(now.astimezone(zone).date() + timedelta(days=days), clock)
    if "%Y" not in form and days > 330:
        return  # without its year, such a date was over lately
    meant, shown = read_when(wall.strftime(form), now, zone), instants(wall, zone)
    ahead = [moment for moment in shown if moment > now]
    if ahead:
        assert meant == ahead[0]
    else:
        assert isinstance(meant, WhenProblem)
        assert ("There is no" in meant.sentence) == (not shown and wall > now.astimezone(zone).replace(tzinfo=None))


def test_a_time_that_the_clocks_show_twice_is_the_first_one_still_ahead() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = first + timedelta(hours=1)
    assert read_when("2026-10-25 2:30", first - timedelta(hours=9), BERLIN) == first
    assert read_when("2:30", first, BERLIN) == second
    assert read_when("today 2:30", second - timedelta(minutes=1), BERLIN) == second
    assert "over" in read("today 2:30", second)


def test_a_time_that_the_clocks_skip_is_over_once_they_have() -> None:
    before = datetime(2027, 3, 28, 0, 59, tzinfo=UTC)
    assert "There is no 02:30" in read("today 2:30", before)
    assert "That is over" in read("today 2:30", before + timedelta(hours=2))


@given(moments, st.integers(1, 5000), zones)
@settings(deadline=None)
def test_minutes_pass_and_days_are_counted_on_the_calendar(now: datetime, number: int, zone: ZoneInfo) -> None:
    start = now.replace(microsecond=0)
    assert read_when(f"in {number} minutes", now, zone) == start + timedelta(minutes=number)
    days = number % 365 + 1
    meant = read_when(f"in {days} days", now, zone)
    if isinstance(meant, datetime):
        here, there = start.astimezone(zone), meant.astimezone(zone)
        assert there.date() - here.date() == timedelta(days=days)
        assert there.time() == here.time()
    else:
        assert "There is no" in meant.sentence


WORDS = """
    in at on next this 10 30 2026 noon am pm nov monday week days hours 10:00 30.11. 2026-11-30 tomorrow half an a 31
    9999 0 . - / T Z +14:00 feb
"""
words = st.sampled_from(WORDS.split())


@given(st.text(max_size=80) | st.lists(words, max_size=8).map(" ".join) | st.lists(words, max_size=6).map("".join))
@settings(deadline=None, max_examples=300)
def test_anything_typed_is_a_time_within_a_year_or_a_sentence(typed: str) -> None:
    meant = read_when(typed, NOW, BERLIN)
    if isinstance(meant, WhenProblem):
        assert meant.sentence.endswith(".")
        assert len(meant.sentence) < 200
    else:
        assert NOW < meant <= NOW + timedelta(days=366)
        assert meant.utcoffset() == timedelta()
    for suggestion in suggest_when(typed, NOW, BERLIN):
        check(suggestion, NOW, BERLIN)


def check(suggestion: Suggestion, now: datetime, zone: ZoneInfo) -> None:
    """Its label fits Discord's row and tells the truth; its ISO time is read back exactly."""
    moment = read_when(suggestion.iso, now, zone)
    assert isinstance(moment, datetime)
    assert moment.astimezone(zone).isoformat() == suggestion.iso
    assert len(suggestion.label) <= 100
    shown, distance = suggestion.label.split(" · ")
    here = moment.astimezone(zone)
    day, _, clock = shown.partition(", ")
    assert clock.split()[0] == f"{here:%H:%M}"
    assert datetime.strptime(day, "%a %d %b %Y").replace(tzinfo=UTC).date() == here.date()
    days = (here.date() - now.astimezone(zone).date()).days
    minutes = round((moment - now).total_seconds() / 60)
    assert distance in {
        0: {"today", f"in {minutes} minutes"},
        1: {"tomorrow"},
    }.get(days, {f"in {days} days"})


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", "2026-11-24T10:00:00+01:00"),
        ("in", "2026-11-23T09:32:30+01:00"),
        ("in 2", "2026-11-23T11:12:30+01:00"),
        ("tom", "2026-11-24T10:00:00+01:00"),
        ("tomorrow", "2026-11-24T17:00:00+01:00"),
        ("tomorrow 1", "2026-11-24T14:00:00+01:00"),
        ("tomorrow 10:", "2026-11-24T10:45:00+01:00"),
        ("wed", "2026-11-25T08:00:00+01:00"),
        ("next", "2026-12-04T08:00:00+01:00"),
        ("next fr", "2026-12-04T08:00:00+01:00"),
        ("next fr", "2026-11-27T08:00:00+01:00"),
        ("30 n", "2026-11-30T09:00:00+01:00"),
        ("30.11.", "2026-11-30T09:00:00+01:00"),
        ("2026-11-30", "2026-11-30T09:00:00+01:00"),
        ("10", "2026-11-23T10:00:00+01:00"),
        ("10", "2026-11-24T10:00:00+01:00"),
    ],
)
def test_what_is_typed_so_far_is_completed(typed: str, offered: str) -> None:
    suggestions = suggest_when(typed, NOW, BERLIN)
    assert offered in [suggestion.iso for suggestion in suggestions]
    assert len(suggestions) <= 25
    assert len({suggestion.iso for suggestion in suggestions}) == len(suggestions)


@given(moments, st.sampled_from(["", "t", "next", "in 1", "10:00", "sun", "2:30"]), zones, st.integers(1, 25))
@settings(deadline=None)
def test_suggestions_tell_the_truth_at_any_time_in_any_zone(
    now: datetime, typed: str, zone: ZoneInfo, limit: int
) -> None:
    suggestions = suggest_when(typed, now, zone, limit)
    assert 1 <= len(suggestions) <= limit
    for suggestion in suggestions:
        check(suggestion, now, zone)


def test_what_is_typed_already_comes_first() -> None:
    for typed in ("next friday 8:00", "2026-11-30T10:00:00+01:00", "in 7 minutes", "tomorrow 1"):
        meant = read_when(typed, NOW, BERLIN)
        assert isinstance(meant, datetime)
        assert suggest_when(typed, NOW, BERLIN)[0].iso == meant.astimezone(BERLIN).isoformat()


def test_a_time_that_the_clocks_show_twice_is_offered_twice_with_its_zone() -> None:
    labels = [found.label for found in suggest_when("25 oct 2:30", datetime(2026, 10, 1, tzinfo=UTC), BERLIN)]
    assert labels[:2] == [f"Sun 25 Oct 2026, 02:30 {zone} · in 24 days" for zone in ("CEST", "CET")]
    assert len(suggest_when("25 oct 2:30", datetime(2026, 10, 1, tzinfo=UTC), BERLIN, limit=1)) == 1


def test_times_at_the_ends_of_the_calendar_are_no_trouble_in_any_zone() -> None:
    for zone in ZONES:
        assert "That is over" in read("0001-01-01 00:00", zone=zone)
        assert "a year ahead" in read("9999-12-31 23:59", zone=zone)


def test_there_is_nothing_to_offer_for_what_is_no_time() -> None:
    assert suggest_when("satellites", NOW, BERLIN) == []


def test_a_year_ahead_is_the_same_day_of_next_year() -> None:
    assert read("23 Nov 2027 9:12") == "2027-11-23 09:12"
    assert "at most a year" in read("25 Nov 2027 9:12")
