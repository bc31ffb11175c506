"""What the operator does at the command line, beside a running bot or without one. Never for a member of a guild."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.classroom.export_job import Finished, perform
from bot.classroom.exporting import Wanted, enter, job_of
from bot.classroom.refusals import Refusal
from bot.storage import sessions
from bot.storage.snapshot import amendment


def export_for_the_operator(
    database: Path,
    wanted: Wanted,
    *,
    zone: ZoneInfo,
    now: datetime,
    out: Path,
    students: Path | None,
    on_progress: Callable[[int, int], None],
) -> Finished:
    """Put an export on the audit and write it into a folder.

    Raises Refusal where there is no such session, TranscriptError, StorageError and OSError; then nothing is written.
    """
    with amendment(database) as tx:
        guild_id = sessions.guild_of(tx, wanted.session_id)
        if guild_id is None:
            raise Refusal(f"There is no debate number {wanted.session_id} on record in {database}.")
        enter(tx, guild_id, None, wanted, now)
    job = job_of(wanted, guild_id, database=database, zone=str(zone), now=now, out=out, students=students)
    return perform(job, on_progress)
