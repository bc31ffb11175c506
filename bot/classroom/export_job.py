"""One export as a job for another process, and what that process tells of it. All of it travels as lines of JSON."""

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.discussion.ids import GuildId, SessionId, UserId
from bot.discussion.transcript import Names
from bot.transcripts import Format


class Line(BaseModel):
    """Base of all that travels. Built at its first use, which a bot may never come to."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Job(Line):
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


class Progress(Line):
    """So many entries are written, of how many."""

    kind: Literal["progress"] = "progress"
    done: int
    total: int


class Finished(Line):
    """The files written, how much is in them, and what whoever uses them should know."""

    kind: Literal["finished"] = "finished"
    files: tuple[Path, ...]
    responses: int
    votes: int
    warnings: tuple[str, ...] = ()


class Failed(Line):
    """The sentence that says why nothing was written."""

    kind: Literal["failed"] = "failed"
    sentence: str
