"""How long one student waits between two responses, where a teacher has slowed a session down."""

from datetime import datetime, timedelta


def wait_left(slow_seconds: int, last: datetime | None, now: datetime) -> int:
    """Whole seconds, rounded up, until somebody who spoke last then may speak again; 0: they may now.

    A clock that has been set back keeps nobody waiting longer than the time that was set.
    """
    if last is None or slow_seconds <= 0:
        return 0
    left = min(last + timedelta(seconds=slow_seconds) - now, timedelta(seconds=slow_seconds))
    return max(0, -(-left // timedelta(seconds=1)))
