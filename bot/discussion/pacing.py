"""How much one person may do in how short a time: so many things at once, and one more after each interval.

A bucket of tokens, told by a single moment: when it will be full again. What is refused takes nothing out of it.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)

LEAST_KEPT = 1024
"""So many buckets are kept before any is looked at again."""

_NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Pace:
    """`at_once` things in no time (1 at least), and one more after each `every` (more than nothing)."""

    at_once: int
    every: timedelta
    slack: timedelta = field(init=False)
    """How far from full a bucket may be before anybody waits."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "slack", (self.at_once - 1) * self.every)


class Buckets(Generic[Key]):
    """Everybody's buckets. A full one is forgotten sooner or later: it is as if it had never been used."""

    def __init__(self) -> None:
        self._full_at: dict[Key, datetime] = {}
        self._look_at = LEAST_KEPT

    def __len__(self) -> int:
        return len(self._full_at)

    def take(self, key: Key, pace: Pace, now: datetime) -> timedelta | None:
        """One thing more. None where it may be done; else how long to wait until it may.

        A key is always used with the same pace. A clock that is set back makes nobody wait longer than `every`.
        """
        full_at = self._full_at.get(key, now)
        if full_at - now > pace.slack:
            return min(full_at - now - pace.slack, pace.every)
        self._full_at[key] = max(full_at, now) + pace.every
        if len(self._full_at) >= self._look_at:
            self._forget_full(now)
        return None

    def take_many(self, key: Key, pace: Pace, times: int, now: datetime) -> int:
        """So many things more at once. How many of them may not be done: it takes what `take` takes one by one."""
        left = max(self._full_at.get(key, now) - now, _NOTHING)
        done = min(times, (pace.slack - left) // pace.every + 1) if left <= pace.slack else 0
        if done:
            self._full_at[key] = now + left + done * pace.every
            if len(self._full_at) >= self._look_at:
                self._forget_full(now)
        return times - done

    def _forget_full(self, now: datetime) -> None:
        """Each bucket is looked at as seldom as the number of them doubles, so that it costs next to nothing."""
        self._full_at = {key: full_at for key, full_at in self._full_at.items() if full_at > now}
        self._look_at = max(LEAST_KEPT, 2 * len(self._full_at))
