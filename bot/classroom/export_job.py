"""One export as a job for another process: in as JSON, progress and the result out as lines of JSON.

`python -m bot.classroom.export_job` reads a Job from its standard input. The command line calls `perform` directly.
"""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.discussion.ids import GuildId, SessionId, UserId
from bot.discussion.transcript import Names, Scope
from bot.storage import StorageError
from bot.storage.snapshot import snapshot
from bot.storage.transcripts import transcript
from bot.transcripts import Format, TranscriptError, write
from bot.version import VERSION


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Job(_Line):
    """All that an export needs. `out` is the folder to write into; `students` a column mapping for gradebooks."""

    database: Path
    guild_id: GuildId
    session_id: SessionId
    format: Format
    names: Names
    round_number: int | None
    student: UserId | None
    since: datetime | None
    time_zone: str
    exported_at: datetime
    out: Path
    students: Path | None = None


class Progress(_Line):
    """So many entries are written, of how many."""

    kind: Literal["progress"] = "progress"
    done: int
    total: int


class Finished(_Line):
    """The files written, how much is in them, and what whoever uses them should know."""

    kind: Literal["finished"] = "finished"
    files: tuple[Path, ...]
    responses: int
    votes: int
    warnings: tuple[str, ...] = ()


class Failed(_Line):
    """The sentence that says why nothing was written."""

    kind: Literal["failed"] = "failed"
    sentence: str


def perform(job: Job, on_progress: Callable[[int, int], None]) -> Finished:
    """Write the export in this process, or nothing. Raises TranscriptError, a StorageError or an OSError."""
    scope = Scope(job.names, job.round_number, job.student, job.since)
    with snapshot(job.database) as tx:
        told = transcript(
            tx,
            job.guild_id,
            job.session_id,
            scope=scope,
            time_zone=job.time_zone,
            exported_at=job.exported_at,
            version=VERSION,
        )
        if told is None:
            raise TranscriptError("There is no such session on record.")
        written = write(told, job.format, job.out, students=job.students, on_progress=on_progress)
    return Finished(files=written.files, responses=told.head.entries, votes=told.head.votes, warnings=written.warnings)


def main() -> None:
    """Read a job, perform it, and tell of it on standard output."""
    job = Job.model_validate_json(sys.stdin.buffer.read())

    def tell(line: _Line) -> None:
        sys.stdout.write(line.model_dump_json() + "\n")
        sys.stdout.flush()

    try:
        tell(perform(job, lambda done, total: tell(Progress(done=done, total=total))))
    except (TranscriptError, StorageError) as error:
        tell(Failed(sentence=str(error)))
    except OSError as error:
        tell(Failed(sentence=f"The transcript could not be written: {error.strerror or error}."))


if __name__ == "__main__":
    main()
