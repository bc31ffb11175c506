"""The process that performs an export: `python -m bot.classroom.export_process` reads a Job from its standard input.

Progress and the result go out as lines of JSON. The command line calls `perform` directly.
"""

import sys
from collections.abc import Callable

from bot.classroom.export_job import Failed, Finished, Job, Line, Progress
from bot.discussion.transcript import Scope
from bot.storage import StorageError
from bot.storage.snapshot import snapshot
from bot.storage.transcripts import transcript
from bot.transcripts import TranscriptError
from bot.transcripts.writing import write
from bot.version import VERSION


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

    def tell(line: Line) -> None:
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
