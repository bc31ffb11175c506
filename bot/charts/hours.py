"""Time in a chart: how it is cut into bars, where the axis has its ticks, and how the school's clock tells it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.charts.values import TimelineChart
from bot.values import frozen

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)

_LENGTHS = (
    *(timedelta(seconds=seconds) for seconds in (10, 30)),
    *(_MINUTE * minutes for minutes in (1, 2, 5, 10, 15, 30)),
    *(_HOUR * hours for hours in (1, 2, 3, 6, 12)),
    *(_DAY * days for days in (1, 2, 7, 14, 28, 56, 112, 224, 448)),
)
"""How long a bar, or the way between two ticks, may be: lengths that a clock or a calendar has."""

_MOST_BARS = 60


@frozen
class Bar:
    """What was said in one stretch of time, its end excluded. UTC."""

    began_at: datetime
    ended_at: datetime
    responses: int
    replies: int

    @property
    def spoken(self) -> int:
        """Responses and replies together."""
        return self.responses + self.replies


@frozen
class Course:
    """A session cut into bars of one length, without a hole between them."""

    bars: tuple[Bar, ...]
    length: timedelta
    zone: ZoneInfo

    @property
    def began_at(self) -> datetime:
        """Where the axis begins."""
        return self.bars[0].began_at

    @property
    def ended_at(self) -> datetime:
        """Where it ends."""
        return self.bars[-1].ended_at

    @property
    def is_long(self) -> bool:
        """Does a time need its day?"""
        last = self.ended_at - timedelta.resolution
        return self.began_at.astimezone(self.zone).date() != last.astimezone(self.zone).date()

    def clock(self, at: datetime) -> str:
        """A time as the school's clock shows it, as exact as the bars are: 10:05, 3 Nov 10:05, 3 Nov."""
        return _told(at.astimezone(self.zone), self.length, day=self.is_long)


@frozen
class Tick:
    """A place on the axis and what stands there."""

    at: datetime
    words: str


def course(chart: TimelineChart) -> Course:
    """Cut a session into at most sixty bars that begin at round times of the school's clock."""
    zone = ZoneInfo(chart.zone)
    told = (chart.began_at, chart.ended_at, *chart.responses, *chart.replies, *(mark.at for mark in chart.marks))
    began, ended = min(told).astimezone(UTC), max(told).astimezone(UTC)
    length = next((each for each in _LENGTHS if (ended - began) / each < _MOST_BARS - 2), _LENGTHS[-1])
    edges = list(_edges(began, ended, length, zone))
    counts = zip(_counts(edges, chart.responses), _counts(edges, chart.replies), strict=True)
    bars = (Bar(*ends, *said) for ends, said in zip(pairwise(edges), counts, strict=True))
    return Course(tuple(bars), length, zone)


def ticks(shown: Course, most: int) -> list[Tick]:
    """At most so many round times within the course, evenly apart."""
    began, ended = shown.began_at, shown.ended_at
    for length in _LENGTHS:
        if (ended - began) / length > most + 1:
            continue
        found = [at for at in _edges(began, ended, length, shown.zone) if began <= at <= ended]
        if len(found) <= most:
            return [Tick(at, _tick_words(at.astimezone(shown.zone), length, shown)) for at in found]
    return []


def length_in_words(length: timedelta) -> str:
    """10 seconds, 1 minute, 2 hours, 7 days."""
    units = ((_DAY, "day"), (_HOUR, "hour"), (_MINUTE, "minute"))
    unit, name = next(((unit, name) for unit, name in units if length >= unit), (timedelta(seconds=1), "second"))
    number = length // unit
    return f"{number} {name}" + ("" if number == 1 else "s")


def _tick_words(at: datetime, apart: timedelta, shown: Course) -> str:
    """A tick has little room: the day stands only where it begins, or where the ticks are days apart."""
    return _told(at, apart, day=shown.is_long and at.hour == at.minute == 0)


def _told(at: datetime, exact: timedelta, *, day: bool) -> str:
    date = f"{at.day} {at:%b}" + (f" {at.year}" if exact > 28 * _DAY else "")
    time = f"{at:%H:%M:%S}" if exact < _MINUTE else f"{at:%H:%M}"
    if exact >= _DAY or (day and at.hour == at.minute == at.second == 0):
        return date
    return f"{date} {time}" if day else time


def _edges(began: datetime, ended: datetime, length: timedelta, zone: ZoneInfo) -> Iterator[datetime]:
    """Round times in UTC, from the last one not after the beginning to the first one after the end.

    Up to an hour a step is so much time; above, so much of the clock's face, so that a bar stays a day on the day on
    which the clock changes.
    """
    local = began.astimezone(zone).replace(tzinfo=None)
    since_midnight = local - local.replace(hour=0, minute=0, second=0, microsecond=0)
    wall, at = local - since_midnight % length, began - since_midnight % length
    if length >= _DAY:
        wall = local - since_midnight
    if length > _HOUR:
        at = wall.replace(tzinfo=zone).astimezone(UTC)
    yield at
    while at <= ended:
        earlier, wall = at, wall + length
        at = wall.replace(tzinfo=zone).astimezone(UTC) if length > _HOUR else at + length
        if at > earlier:  # a day that the calendar has left out is none
            yield at


def _counts(edges: Sequence[datetime], times: Sequence[datetime]) -> list[int]:
    found = [0] * (len(edges) - 1)
    for time in times:
        found[bisect_right(edges, time) - 1] += 1
    return found
