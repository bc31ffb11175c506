"""What somebody means by a time that they typed."""

import re
from datetime import UTC, datetime, timedelta, tzinfo

from bot.patterns import pattern

_AGO = pattern(r"(\d{1,4})\s*(m|h|d|min|hours?|days?|minutes?)(\s+ago)?", re.IGNORECASE)
_CLOCK = pattern(r"(\d{1,2}):(\d{2})")
_LENGTHS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def moment(typed: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The time meant, as aware UTC; None where it cannot be told.

    Understood: `90m`, `2h`, `3 days ago` (before now); `10:30` (today, in the school's zone); an ISO date or date and
    time (`2026-11-22`, `2026-11-22 10:30`; in the school's zone unless it carries its own).
    """
    words = typed.strip()
    if ago := _AGO.fullmatch(words):
        return now - int(ago[1]) * _LENGTHS[ago[2][0].lower()]
    if (clock := _CLOCK.fullmatch(words)) and int(clock[1]) < 24 and int(clock[2]) < 60:
        here = now.astimezone(zone)
        return here.replace(hour=int(clock[1]), minute=int(clock[2]), second=0, microsecond=0).astimezone(UTC)
    try:
        read = datetime.fromisoformat(words)
    except ValueError:
        return None
    return (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)
