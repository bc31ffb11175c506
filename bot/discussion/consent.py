"""Whose words may be recorded. In a guild that asks, of whoever has agreed, from then on; where the school has
consented for its students, of everybody who has not declined.
"""

from datetime import datetime

from bot.discussion.values import Consent
from bot.values import frozen


@frozen
class Agreement:
    """Somebody's own word on being recorded in a guild: since when they agree, or decline, and when they were told."""

    agreed_at: datetime | None = None
    declined_at: datetime | None = None
    informed_at: datetime | None = None


def may_record(
    consent: Consent,
    agreed_at: datetime | None,
    declined_at: datetime | None,
    said_at: datetime | None = None,
    *,
    school_since: datetime | None = None,
) -> bool:
    """May what somebody says be recorded? `said_at`: when they said it, if it was not this moment.

    `school_since` is since when the school has consented, where that is known. Who has agreed again after they took it
    back has agreed from then on, there too.
    """
    since = agreed_at
    if consent is Consent.SCHOOL:
        if declined_at is not None:
            return False
        since = agreed_at or school_since
    elif agreed_at is None:
        return False
    return since is None or said_at is None or said_at >= since
