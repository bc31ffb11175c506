"""Whose words may be recorded. In a guild that asks, of whoever has agreed, from then on; where the school has
consented for its students, of everybody who has not declined.
"""

from datetime import UTC, datetime

from bot.discussion.values import Consent
from bot.values import frozen


@frozen
class Agreement:
    """Somebody's own word on being recorded in a guild: since when they agree, or decline, and when they were told."""

    agreed_at: datetime | None = None
    declined_at: datetime | None = None
    informed_at: datetime | None = None


ALWAYS = datetime.min.replace(tzinfo=UTC)
"""Before anything was said."""


def recorded_since(
    consent: Consent, agreed_at: datetime | None, declined_at: datetime | None, school_since: datetime | None = None
) -> datetime | None:
    """From when on what somebody says may be recorded; None where it may not.

    `school_since` is since when the school has consented, where that is known. Who has agreed again after they took it
    back has agreed from then on, there too.
    """
    if consent is not Consent.SCHOOL:
        return agreed_at
    return (agreed_at or school_since or ALWAYS) if declined_at is None else None


def may_record(consent: Consent, agreed_at: datetime | None, declined_at: datetime | None) -> bool:
    """May what somebody says at this moment be recorded?"""
    return recorded_since(consent, agreed_at, declined_at) is not None
