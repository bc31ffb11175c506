"""What keeps order among the words of a class: what was reported, and what a moderator has hidden."""

from datetime import datetime
from enum import StrEnum

from bot.discussion.ids import ResponseId, UserId
from bot.values import frozen

LONGEST_REASON = 500
"""Characters of a reason, whether of a report or of a moderator."""


class Settled(StrEnum):
    """What became of a report: the response was hidden, or a moderator found nothing wrong with it."""

    HIDDEN = "hidden"
    DISMISSED = "dismissed"


class Review(StrEnum):
    """What a moderator who reads first has made of a response. Until it is approved the class does not see it."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"


@frozen
class Report:
    """Somebody wants a moderator to look at a response. Who, is not told: not even to moderators.

    `reason` is empty where none was given; `settled` is None while it waits.
    """

    response_id: ResponseId
    reason: str
    at: datetime
    settled: Settled | None = None


@frozen
class Mute:
    """Somebody may not speak in a session, since then."""

    reason: str
    at: datetime


@frozen
class Removal:
    """A moderator's latest hiding of a response. `told_at`: when its author was told; `restored_at`: when it ended."""

    response_id: ResponseId
    removed_by: UserId | None
    reason: str
    at: datetime
    told_at: datetime | None
    restored_at: datetime | None
