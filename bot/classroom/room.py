"""What every use of the classroom works with: the record, the content and the time."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.content import loading
from bot.content.library import Library
from bot.storage import Store

log = logging.getLogger(__name__)

WAITS_FOR_OTHERS = 45.0
"""Seconds that a write waits while another program holds the database, such as one that backs it up or looks at it.

Nobody is told yet that anything is recorded, and Discord lets an answer wait for fifteen minutes.
"""


@dataclass(slots=True)
class Classroom:
    """One running Parley: its store, its library (replaced whole by `reload`), its clock (aware UTC), its zone.

    `keeps_withdrawn`: are withdrawn words put aside for moderators, instead of erased at once?
    """

    store: Store
    articles: Path
    prompts: Path
    now: Callable[[], datetime]
    zone: ZoneInfo
    library: Library = field(default_factory=Library)
    keeps_withdrawn: bool = False

    async def reload(self) -> Library:
        """Read all content again. What is broken is left out and logged; running sessions keep what they had."""
        self.library = await asyncio.to_thread(loading.load, self.articles, self.prompts)
        for problem in self.library.problems:
            log.warning("content left out: %s", problem)
        log.info("content: %d articles, %d prompt sets", len(self.library.articles), len(self.library.prompt_sets))
        return self.library


@asynccontextmanager
async def open_classroom(
    database: Path,
    *,
    articles: Path,
    prompts: Path,
    now: Callable[[], datetime],
    zone: ZoneInfo = ZoneInfo("UTC"),  # noqa: B008 - a constant
    keeps_withdrawn: bool = False,
) -> AsyncGenerator[Classroom]:
    """Open the record and read the content; on leaving, everything asked is written and the database is closed.

    Raises a StorageError where the database cannot be opened. Broken content never stops it.
    """
    async with Store.open(database, busy_timeout=WAITS_FOR_OTHERS) as store:
        room = Classroom(store, articles, prompts, now, zone, keeps_withdrawn=keeps_withdrawn)
        await room.reload()
        yield room
