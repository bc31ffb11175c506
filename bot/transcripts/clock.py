"""Times as a transcript prints them: UTC to the millisecond, and the school's own time beside it."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.transcripts.errors import TranscriptError

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SECONDS = tuple(f"{second:02}." for second in range(60))
_MILLISECONDS = tuple(f"{millisecond:03}" for millisecond in range(1000))
_USUAL_LENGTH = len("2026-02-03T10:32:00+01:00")
"""Before there was standard time, zones were also seconds apart: then a minute here is none there."""
_MOST_MINUTES = 1024

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Clock:
    """Prints aware times, quickly: a transcript has one or more for every response.

    `zone` is an IANA name such as Europe/Berlin; raises TranscriptError for an unknown one.
    """

    def __init__(self, zone: str) -> None:
        self.name = zone
        self._zone = _zone(zone)
        self._minutes: dict[tuple[int, int, int, int, int], tuple[str, str, str]] = {}

    def utc(self, time: datetime) -> str:
        """2026-02-03T09:32:11.123Z"""
        utc = time if time.tzinfo is UTC else time.astimezone(UTC)
        key = utc.year, utc.month, utc.day, utc.hour, utc.minute
        minute = self._minutes.get(key) or self._minute(key)
        return f"{minute[0]}{_SECONDS[utc.second]}{_MILLISECONDS[utc.microsecond // 1000]}Z"

    def both(self, time: datetime) -> tuple[str, str]:
        """The time as `utc` and as `local`."""
        utc = time if time.tzinfo is UTC else time.astimezone(UTC)
        key = utc.year, utc.month, utc.day, utc.hour, utc.minute
        start, local_start, behind = self._minutes.get(key) or self._minute(key)
        seconds = f"{_SECONDS[utc.second]}{_MILLISECONDS[utc.microsecond // 1000]}"
        return f"{start}{seconds}Z", f"{local_start}{seconds}{behind}" if local_start else self.local(time)

    def _minute(self, key: tuple[int, int, int, int, int]) -> tuple[str, str, str]:
        """What all times of a minute share: the start in UTC, the start on the school's clock, its distance."""
        if len(self._minutes) >= _MOST_MINUTES:
            self._minutes.clear()
        minute = datetime(*key, tzinfo=UTC)
        local = minute.astimezone(self._zone).isoformat()
        made = minute.isoformat()[:17], local[:17], local[19:]
        if len(local) != _USUAL_LENGTH:
            made = made[0], "", ""
        self._minutes[key] = made
        return made

    def utc_or_none(self, time: datetime | None) -> str | None:
        """As `utc`; None stays None."""
        return None if time is None else self.utc(time)

    def local(self, time: datetime) -> str:
        """2026-02-03T10:32:11.123+01:00"""
        return time.astimezone(self._zone).isoformat(timespec="milliseconds")

    def local_or_none(self, time: datetime | None) -> str | None:
        """As `local`; None stays None."""
        return None if time is None else self.local(time)

    def here(self, time: datetime) -> datetime:
        """The time on the school's clock."""
        return time.astimezone(self._zone)

    def day(self, time: datetime) -> str:
        """Tue 3 Feb 2026, on the school's calendar."""
        here = self.here(time)
        return f"{_DAYS[here.weekday()]} {here.day} {_MONTHS[here.month - 1]} {here.year}"

    def minute(self, time: datetime) -> str:
        """Tue 3 Feb 2026, 10:32, on the school's clock."""
        here = self.here(time)
        return f"{self.day(time)}, {here.hour:02}:{here.minute:02}"

    def until(self, began: datetime, time: datetime) -> str:
        """The later of two times: as `minute`, without the day where both are on the same."""
        here = self.here(time)
        same = here.date() == self.here(began).date()
        return f"{here.hour:02}:{here.minute:02}" if same else self.minute(time)

    def second(self, time: datetime) -> str:
        """2026-02-03 10:32:11, on the school's clock."""
        return str(self.here(time).replace(tzinfo=None, microsecond=0))


def _zone(name: str) -> tzinfo:
    if name in {"UTC", "Etc/UTC"}:
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise TranscriptError(f"There is no time zone called “{name}” here. Try Europe/Berlin, or UTC.") from error
