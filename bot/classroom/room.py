"""What every use of the classroom works with: the record, the content and the time."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.classroom.shelves import Shelves
from bot.content.library import Library
from bot.content.remembering import mark_of, recalled, remembered
from bot.discussion.ids import GuildId
from bot.discussion.word_list import WordList
from bot.storage import StorageError, Store, notes

log = logging.getLogger(__name__)

WAITS_FOR_OTHERS = 45.0
"""Seconds that a write waits while another program holds the database, such as one that backs it up or looks at it.

Nobody is told yet that anything is recorded, and Discord lets an answer wait for fifteen minutes.
"""


CONTENT = "content"
"""The note that remembers what was read."""


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
    shelves: Shelves = field(default_factory=Shelves)
    """What guilds have of their own beside that library: `bot.classroom.library` looks after it."""
    word_lists: dict[GuildId, WordList] = field(default_factory=dict[GuildId, WordList])
    """Guilds' listed words as they are on record: `bot.classroom.word_lists` looks after them."""

    async def recall(self) -> Library:
        """The content as it was read last, where none of it has changed since; else it is read again.

        So neither the reading nor what it takes keeps a start waiting. What is broken is told at each start.
        """
        mark = await asyncio.to_thread(mark_of, self.articles, self.prompts)
        kept = await self.store.read(lambda tx: notes.get(tx, CONTENT)) if mark else None
        known = recalled(kept, mark) if mark and kept else None
        if known is not None:
            return self._take(known)
        library = await self.reload()
        if mark and not library.problems and mark == await asyncio.to_thread(mark_of, self.articles, self.prompts):
            text = remembered(library, mark)
            try:
                await self.store.write(lambda tx: notes.put(tx, CONTENT, text))
            except StorageError as error:
                log.warning("what was read of the content is not kept for the next start: %s", error)
        return library

    async def reload(self) -> Library:
        """Read all content again. What is broken is left out and logged; running sessions keep what they had."""
        from bot.content.loading import load  # noqa: PLC0415 - see `recall`

        return self._take(await asyncio.to_thread(load, self.articles, self.prompts))

    def _take(self, library: Library) -> Library:
        self.library = library
        for problem in library.problems:
            log.warning("content left out: %s", problem)
        log.info("content: %d articles, %d prompt sets", len(library.articles), len(library.prompt_sets))
        return library


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
        await room.recall()
        yield room
