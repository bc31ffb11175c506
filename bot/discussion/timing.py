"""When a round ends. Times are aware UTC; lengths are whole minutes."""

from datetime import datetime, timedelta

LONGEST_MINUTES = 10080
"""A week: a debate as homework. Longer is a slip of the finger."""


def deadline(opened_at: datetime, minutes: int | None) -> datetime | None:
    """The time at which a round of so many minutes closes by itself; None for a round without a limit."""
    return None if minutes is None else opened_at + timedelta(minutes=minutes)


def extended(current: datetime | None, now: datetime, minutes: int) -> datetime:
    """The new deadline: so many minutes after the present one, or from now where there was none."""
    return max(current or now, now) + timedelta(minutes=minutes)
