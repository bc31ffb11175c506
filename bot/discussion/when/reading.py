"""From words to a moment ahead."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from unicodedata import normalize
from zoneinfo import ZoneInfo

from bot.discussion.when.clock import CLOCK, day_in_words, on_the_clock, read_clock
from bot.discussion.when.days import read_days
from bot.discussion.when.problem import WhenProblem
from bot.patterns import pattern

_LONGEST = 60
"""Characters; whatever is longer is no time."""

_FURTHEST = timedelta(days=366)

_DAY_FIRST = pattern(rf"(?:(?P<day>.+?) )??(?:at )?(?P<clock>{CLOCK})")
_CLOCK_FIRST = pattern(rf"(?:at )?(?P<clock>{CLOCK}) (?P<day>.+)")
_LENGTHS = {
    "m": timedelta(minutes=1), "min": timedelta(minutes=1), "mins": timedelta(minutes=1),
    "minute": timedelta(minutes=1), "minutes": timedelta(minutes=1),
    "h": timedelta(hours=1), "hr": timedelta(hours=1), "hrs": timedelta(hours=1),
    "hour": timedelta(hours=1), "hours": timedelta(hours=1),
    "d": timedelta(days=1), "day": timedelta(days=1), "days": timedelta(days=1),
    "w": timedelta(weeks=1), "week": timedelta(weeks=1), "weeks": timedelta(weeks=1),
}  # fmt: skip
_LENGTH = pattern(rf"(?:and )?(\d{{1,4}}|half an|an?) ?({'|'.join(sorted(_LENGTHS, reverse=True))})(?: |(?=\d)|$)")


def read_when(typed: str, now: datetime, zone: ZoneInfo) -> datetime | WhenProblem:
    """The moment meant, as aware UTC: ahead of now, and at most a year away. `now` is aware.

    Times are those of the zone: days and weeks are counted on its calendar, hours and minutes as they pass. A time of
    day alone is the next one. An ISO time with its offset, as suggestions carry it, is exactly that moment.
    """
    words = plain(typed)
    meant = _exact(typed) or (_length_ahead(words, now, zone) if words.startswith("in ") else None)
    return _checked(meant or _on_a_day(words, now, zone) or _not_understood(), now, zone)


def plain(typed: str) -> str:
    """Words in lower case with one space between them, without commas; nothing where they are too many for a time."""
    words = " ".join(normalize("NFKC", typed[: 2 * _LONGEST]).casefold().replace(",", " ").split())
    words = re.sub(r"(?<=\d)t(?=\d)", " ", words)  # 2026-11-30T10:00
    return words if len(words) <= _LONGEST else ""


def _exact(typed: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(typed.strip())
        return read.astimezone(UTC) if read.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _length_ahead(words: str, now: datetime, zone: ZoneInfo) -> datetime | WhenProblem | None:
    """In 20 minutes, in 1 day and 2 hours, in half an hour; None for other words."""
    days, passing, at = timedelta(), timedelta(), len("in ")
    while at < len(words):
        found = _LENGTH.match(words, at)
        if found is None:
            return None
        count = int(found[1]) if found[1].isdecimal() else 1
        length = _LENGTHS[found[2]] * count / (2 if found[1] == "half an" else 1)
        days, passing = (days + length, passing) if found[2][0] in "dw" else (days, passing + length)
        at = found.end()
    start = now.replace(microsecond=0)
    wall = start.astimezone(zone).replace(tzinfo=None) + days
    reached = on_the_clock(wall, now, zone) if days else start.astimezone(UTC)
    return reached if isinstance(reached, WhenProblem) else reached + passing


def _on_a_day(words: str, now: datetime, zone: ZoneInfo) -> datetime | WhenProblem | None:
    """A time of day, with or without its day, in either order."""
    today = now.astimezone(zone).date()
    for day, clock in _splits(words):
        days = read_days(day, today) if day else [today, today + timedelta(days=1)]
        if isinstance(days, WhenProblem):
            return days
        if days is not None:
            ahead = (_moment(datetime.combine(each, clock), now, zone) for each in days)
            return next((moment for moment in ahead if moment is not None), _over(now, zone))
    days = read_days(words, today)
    return WhenProblem(f"At what time? For example `{words} 10:00`.") if isinstance(days, list) else days


def _splits(words: str) -> Iterator[tuple[str, time]]:
    for order in (_DAY_FIRST, _CLOCK_FIRST):
        found = order.fullmatch(words)
        beside_a_day = found is not None and (found["day"] is not None or words.startswith("at "))
        clock = read_clock(found["clock"], beside_a_day=beside_a_day) if found else None
        if found is not None and clock is not None:
            yield found["day"] or "", clock


def _moment(wall: datetime, now: datetime, zone: ZoneInfo) -> datetime | WhenProblem | None:
    """The moment of a time on the school's clock; None where it is not ahead."""
    here = now.astimezone(zone).replace(tzinfo=None)
    if abs(wall - here) > 2 * _FURTHEST:  # so far away that it may not be told in UTC
        return _too_far() if wall > here else None
    moment = on_the_clock(wall, now, zone)
    if isinstance(moment, WhenProblem):
        return moment if wall > here else None
    return moment if moment > now else None


def _checked(meant: datetime | WhenProblem, now: datetime, zone: ZoneInfo) -> datetime | WhenProblem:
    if isinstance(meant, WhenProblem):
        return meant
    if meant <= now:
        return _over(now, zone)
    return _too_far() if meant - now > _FURTHEST else meant


def _over(now: datetime, zone: ZoneInfo) -> WhenProblem:
    here = now.astimezone(zone)
    return WhenProblem(f"That is over: it is {day_in_words(here)}, {here:%H:%M} ({zone.key}).")


def _too_far() -> WhenProblem:
    return WhenProblem("That is too far away: a debate can be scheduled at most a year ahead.")


def _not_understood() -> WhenProblem:
    return WhenProblem(
        "Parley does not understand that time. Write `tomorrow 10:00`, `in 20 minutes`, `monday 9:15`, "
        "`30 Nov 10:00` or `2026-11-30 10:00`, for example."
    )
