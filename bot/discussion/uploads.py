"""What a guild has brought along: prompt sets of its own, kept as they were sent."""

from datetime import datetime

from bot.discussion.ids import GuildId
from bot.values import frozen


@frozen
class Upload:
    """One version of a guild's own prompt set, counted from 1: its text as it was sent, and when.

    Who sent it stands in the record for the audit alone.
    """

    guild_id: GuildId
    slug: str
    version: int
    source: str
    uploaded_at: datetime
