"""What is past its period goes by itself, once on each day of the school."""

import logging
from datetime import date
from typing import TYPE_CHECKING

from bot.classroom import purging

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)


class Tidying:
    """Purges for one bot: at the first beat of a day, or at the first start on it. The note of it is on record."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot
        self._tried_on: date | None = None

    def is_due(self) -> bool:
        """Has a new day begun since it was tried last?"""
        return self._tried_on != purging.today(self._bot.room)

    async def purge(self) -> None:
        """Purge what is due. What goes wrong is tried again on the next day, or after the next start."""
        self._tried_on = purging.today(self._bot.room)
        for purged in await purging.purge_of_today(self._bot.room):
            log.info(
                "server %s: purged %d debates with %d responses, closed more than %d days ago",
                purged.guild_id,
                len(purged.sessions),
                purged.responses,
                purged.days,
            )
