"""Times of the day, as they are typed and as they fall on the school's clock."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.discussion.when.problem import WhenProblem
from bot.patterns import pattern

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

CLOCK = r"noon|\d{1,2}(?:[:.h]\d{2})?(?: ?[ap]\.?m\.?)?"
"""What read_clock may be able to read."""

_CLOCK = pattern(r"(\d{1,2})(?:([:.h])(\d{2}))?(?: ?([ap])\.?m\.?)?")


def read_clock(words: str, *, beside_a_day: bool) -> time | None:
    """The time of day that is meant by 10:30, 10h30, 2pm, 2:30 pm or noon; beside a day also by 10.30 and 10 alone."""
    if words == "noon":
        return time(12)
    found = _CLOCK.fullmatch(words)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[3] or 0), found[4]
    if half is None and found[2] in {None, "."} and not beside_a_day:
        return None  # 10 could be anything, and 10.11 a date
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def on_the_clock(wall: datetime, now: datetime, zone: ZoneInfo) -> datetime | WhenProblem:
    """The moment at which a clock in the zone shows this time (naive), as aware UTC.

    Where clocks are set back and show it twice, the first time that is still ahead of now. Where they are set forward
    and never show it, a problem.
    """
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    later = first.astimezone(zone)
    if later.replace(tzinfo=None) != wall:
        return WhenProblem(
            f"There is no {wall:%H:%M} on {day_in_words(wall)}: the clocks are set forward then. "
            f"Take {later:%H:%M}, for example."
        )
    return first if first > now else second


def day_in_words(day: datetime) -> str:
    """Mon 30 Nov 2026."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def in_words(here: datetime) -> str:
    """Mon 30 Nov 2026, 10:00; with the zone's name where the clocks are set back and show that time twice. Aware."""
    twice = here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()
    return f"{day_in_words(here)}, {here:%H:%M}{f' {here.tzname()}' if twice else ''}"
