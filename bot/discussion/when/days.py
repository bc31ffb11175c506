"""Days, as they are typed."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.discussion.when.clock import DAYS, MONTHS
from bot.discussion.when.problem import WhenProblem
from bot.patterns import pattern

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

_JUST_OVER = timedelta(days=30)
"""Who types a date that was over so lately means no day of next year."""

_PLAIN = {"today": 0, "tomorrow": 1, "day after tomorrow": 2}
_IN_DAYS = pattern(r"in (\d{1,3}|an?) ?(d|days?|w|weeks?)")
_WEEKDAY = pattern(r"(?:(?P<which>this|next|next week) )?(?P<name>[a-z]+)\.?(?P<next> next week)?")
_DATED = pattern(r"(?P<weekday>[a-z]+)\.? (?P<date>.*\d.*)")
_DATES = (
    pattern(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    pattern(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})(?:\.(?: ?(?P<year>\d{4}|\d{2}))?)?"),
    pattern(r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?(?: of)? (?P<month>[a-z]+)\.?(?: (?P<year>\d{4}))?"),
    pattern(r"(?P<month>[a-z]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?: (?P<year>\d{4}))?"),
)
_SLASHED = pattern(r"\d{1,4}/\d{1,2}(/\d{1,4})?")


def read_days(words: str, today: date) -> list[date] | WhenProblem | None:
    """The days that can be meant, the likeliest first; None where the words name no day.

    A weekday is the next one, and today counts as one; with "this" it is that of this week, with "next" that of the
    week after (a week begins on Monday). A date without a year is that of this year, or of the next one where it is
    long over.
    """
    words = words.removeprefix("on ").removeprefix("the ")
    if words in _PLAIN:
        return [today + timedelta(days=_PLAIN[words])]
    if (ahead := _IN_DAYS.fullmatch(words)) is not None:
        number = int(ahead[1]) if ahead[1].isdecimal() else 1
        return [today + timedelta(days=number * (7 if ahead[2].startswith("w") else 1))]
    if _SLASHED.fullmatch(words):
        return WhenProblem(
            "A date with strokes means another day in other countries: write `30 Nov 10:00` or `2026-11-30 10:00`."
        )
    return _weekdays(words, today) or _dates(words, today)


def _weekdays(words: str, today: date) -> list[date] | None:
    found = _WEEKDAY.fullmatch(words)
    number = _named(found["name"], WEEKDAYS) if found else None
    if found is None or number is None:
        return None
    monday = today - timedelta(days=today.weekday())
    if found["next"] or str(found["which"]).startswith("next"):
        return [monday + timedelta(days=7 + number)]
    if found["which"] == "this":
        return [monday + timedelta(days=number)]
    ahead = today + timedelta(days=(number - today.weekday()) % 7)
    return [ahead, ahead + timedelta(days=7)]


def _dates(words: str, today: date) -> list[date] | WhenProblem | None:
    """That of a date, or of a weekday and a date, which must agree."""
    for order in _DATES:
        found = order.fullmatch(words)
        month = _month(found["month"]) if found else None
        if found is not None and month is not None:
            return _on_calendar(found["year"], month, int(found["day"]), today)
    named = _DATED.fullmatch(words)
    weekday = _named(named["weekday"], WEEKDAYS) if named else None
    if named is None or weekday is None:
        return None
    days = _dates(named["date"], today)
    if isinstance(days, list) and days[0].weekday() != weekday:
        day = f"{days[0].day} {MONTHS[days[0].month - 1]} {days[0].year}"
        return WhenProblem(f"{day} is a {DAYS[days[0].weekday()]}, not a {DAYS[weekday]}.")
    return days


def _on_calendar(year: str | None, month: int, day: int, today: date) -> list[date] | WhenProblem:
    if year is None:
        days = [date(each, month, day) for each in (today.year, today.year + 1) if _exists(each, month, day)]
        ahead = [each for each in days if each >= today - _JUST_OVER]
        return ahead[:1] or WhenProblem(f"There is no {day} {MONTHS[month - 1]} within a year from now.")
    number = int(year) + (today.year // 100 * 100 if len(year) < 4 else 0)
    if not _exists(number, month, day):
        return WhenProblem(f"There is no {day} {MONTHS[month - 1]} {number}.")
    return [date(number, month, day)]


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _month(words: str) -> int | None:
    """A month's number by its number or name; None where there is none."""
    if words.isdecimal():
        return int(words) if 1 <= int(words) <= 12 else None
    number = _named(words, MONTH_NAMES)
    return None if number is None else number + 1


def _named(word: str, names: Sequence[str]) -> int | None:
    """The index of the name that is meant: its first three letters are enough."""
    return next((index for index, name in enumerate(names) if len(word) >= 3 and name.startswith(word)), None)
