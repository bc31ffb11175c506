"""A debate that waits for its time."""

from datetime import datetime, timedelta
from enum import StrEnum

from bot.discussion.ids import ChannelId, EventId, GuildId, ScheduleId, SessionId, UserId
from bot.values import frozen

LATEST = timedelta(minutes=30)
"""A debate that could not be started in so long after its time is not started any more: the lesson is over."""

LATE = timedelta(minutes=1)
"""From so long after its time on, the class is told that a debate was started late."""

MAKES_WAY = timedelta(seconds=30)
"""A question whose time is over so soon after the start of the next debate makes way: that one waits for it."""


class Ending(StrEnum):
    """What became of a scheduled debate."""

    STARTED = "started"
    MISSED = "missed"
    REFUSED = "refused"
    CANCELLED = "cancelled"


@frozen
class Schedule:
    """A debate that a teacher wants started at a time. What is to be debated is named as in the library, by its slugs.

    `title` is what the prompt set was called when it was scheduled. `ending` is None while it waits; `reason` is the
    sentence why it was refused. `to_tell`: is the class still to be told what became of it? `event_id` is its event on
    the server's own list, `event_at` the start shown there.
    """

    id: ScheduleId
    guild_id: GuildId
    channel_id: ChannelId
    starts_at: datetime
    title: str
    set_slug: str
    prompt_id: str | None
    format: str | None
    minutes: int | None
    scheduled_by: UserId
    scheduled_at: datetime
    ending: Ending | None = None
    ended_at: datetime | None = None
    reason: str | None = None
    session_id: SessionId | None = None
    to_tell: bool = False
    event_id: EventId | None = None
    event_at: datetime | None = None

    @property
    def is_waiting(self) -> bool:
        """Is it still to be started?"""
        return self.ending is None

    def is_due(self, now: datetime) -> bool:
        """Has its time come?"""
        return self.is_waiting and self.starts_at <= now

    def is_missed(self, now: datetime) -> bool:
        """Has its time been over for too long?"""
        return now - self.starts_at > LATEST

    def is_late(self, now: datetime) -> bool:
        """Would the class wonder why it is started only now?"""
        return now - self.starts_at >= LATE

    def makes_way(self, deadline: datetime | None) -> bool:
        """Is the question that is open in its channel as good as over, so that this debate waits for it?"""
        return deadline is not None and deadline - self.starts_at <= MAKES_WAY

    @property
    def event_is_out_of_date(self) -> bool:
        """Does the server's list of events show something else?"""
        if self.is_waiting:
            return self.event_at != self.starts_at
        return self.event_id is not None and self.ending is not Ending.STARTED
