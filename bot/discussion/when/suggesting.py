"""What somebody who is still typing a time may be going to mean."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.discussion.when.clock import in_words
from bot.discussion.when.days import MONTH_NAMES, WEEKDAYS
from bot.discussion.when.problem import WhenProblem
from bot.discussion.when.reading import plain, read_when
from bot.values import frozen

_HOURS = tuple(f"{hour}:00" for hour in range(8, 18))
"""When schools debate."""

_FIRST = (
    *(f"in {minutes} minutes" for minutes in (5, 10, 15, 20, 30, 45)),
    *(f"in {hours} hours" for hours in (1, 2, 3)),
    *(f"tomorrow {hour}" for hour in _HOURS),
)
_WORDS = ("today", "tomorrow", "noon", *WEEKDAYS, *MONTH_NAMES, "next", "minutes", "hours", "days", "weeks")
_ENDINGS = (
    "",
    *(f"{digit}:00" for digit in range(10)),
    *("0", "5", "00", "15", "30", "45", ":00", ":30", " am", " pm"),
    *(" hours", " minutes", " days", "0 minutes", "5 minutes"),
    *(f" {hour}" for hour in _HOURS),
    " tomorrow",
    *(f" {weekday}" for weekday in WEEKDAYS),
    *(f" {weekday} {hour}" for hour in _HOURS for weekday in WEEKDAYS),
)


@frozen
class Suggestion:
    """A time to choose: what is shown of it, and the same as an ISO time that read_when reads exactly."""

    label: str
    iso: str


def suggest_when(typed: str, now: datetime, zone: ZoneInfo, limit: int = 25) -> list[Suggestion]:
    """At most so many times that the words may become, what they mean already first, each moment once."""
    suggestions: dict[datetime, Suggestion] = {}
    for phrase in (typed, *_phrases(plain(typed))):
        for moment in _moments(phrase, now, zone):
            if len(suggestions) < limit:
                here = moment.astimezone(zone)
                suggestions.setdefault(moment, Suggestion(_label(here, now.astimezone(zone)), here.isoformat()))
        if len(suggestions) >= limit:
            break
    return list(suggestions.values())


def _phrases(words: str) -> Iterator[str]:
    yield from (phrase for phrase in _FIRST if phrase.startswith(words))
    if not words:
        return
    head, _, last = words.rpartition(" ")
    before = f"{head} " if head else ""
    begun = [words, *(before + word for word in _WORDS if word.startswith(last) and word != last)]
    # "Next friday" is not the same for everybody: the nearer one is offered too.
    begun += [phrase.removeprefix("next ") for phrase in begun if phrase.startswith("next ")]
    yield from (phrase + ending for ending in _ENDINGS for phrase in begun)


def _moments(phrase: str, now: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """What a phrase means; both moments where the clocks are set back and show it twice."""
    read = read_when(phrase, now, zone)
    if not isinstance(read, WhenProblem):
        yield read
        here = read.astimezone(zone)
        yield here.replace(fold=1).astimezone(UTC)


def _label(here: datetime, now: datetime) -> str:
    """Mon 30 Nov 2026, 10:00 · in 7 days."""
    days = (here.date() - now.date()).days
    minutes = round((here - now).total_seconds() / 60)
    if days == 0:
        distance = f"in {minutes} minutes" if 1 < minutes < 60 else "today"
    else:
        distance = "tomorrow" if days == 1 else f"in {days} days"
    return f"{in_words(here)} · {distance}"
