"""What the operator does at the command line, beside a running bot or without one. Never for a member of a guild."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.classroom.export_job import Finished
from bot.classroom.export_process import perform
from bot.classroom.exporting import EXPORTED, Wanted, enter, job_of
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.discussion.values import Source
from bot.storage import Transaction, counting, notes, sessions
from bot.storage.snapshot import amendment

_CHECKED = "health-checked"


@dataclass(slots=True)
class Growth:
    """How much has come on record since the start, and how many rounds are open. Without people or guilds."""

    responses: Counter[Source] = field(default_factory=Counter[Source])
    votes: int = 0
    exports: int = 0
    open_rounds: int = 0


class Growing:
    """Follows the record as it grows: it counts what is durable, and each time only what is new."""

    def __init__(self, room: Classroom) -> None:
        self._room = room
        self._growth = Growth()
        self._mark: counting.Mark | None = None
        self._one_at_a_time = asyncio.Lock()

    async def begin(self) -> None:
        """Count from now on."""
        self._mark = await self._room.store.read(counting.mark)

    async def now(self) -> Growth:
        """The numbers at this moment."""
        async with self._one_at_a_time:
            earlier = self._mark

            def work(tx: Transaction) -> counting.News:
                return counting.since(tx, earlier or counting.mark(tx), action=EXPORTED)

            news = await self._room.store.read(work)
            self._mark = news.mark
            self._growth.responses.update(news.responses)
            self._growth.votes += news.votes
            self._growth.exports += news.audits
            self._growth.open_rounds = news.open_rounds
            return self._growth


async def require_writable(room: Classroom) -> None:
    """Have the writer commit something small. A StorageError tells why it cannot."""
    now = room.now().isoformat()
    await room.store.write(lambda tx: notes.put(tx, _CHECKED, now))


def export_for_the_operator(
    database: Path,
    wanted: Wanted,
    *,
    zone: ZoneInfo,
    now: datetime,
    out: Path,
    students: Path | None,
    on_progress: Callable[[int, int], None],
    unmasked_for: str | None = None,
) -> Finished:
    """Put an export on the audit and write it into a folder. `unmasked_for`: see `exporting.enter`.

    Raises Refusal where there is no such session, TranscriptError, StorageError and OSError; then nothing is written.
    """
    with amendment(database) as tx:
        guild_id = sessions.guild_of(tx, wanted.session_id)
        if guild_id is None:
            raise Refusal(f"There is no debate number {wanted.session_id} on record in {database}.")
        enter(tx, guild_id, None, wanted, now, unmasked_for=unmasked_for)
    job = job_of(wanted, guild_id, database=database, zone=str(zone), now=now, out=out, students=students)
    return perform(job, on_progress)
