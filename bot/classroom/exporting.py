"""Handing over the record: who may have it, what is noted of it, and the process that writes it.

A transcript is written by a process of its own, from a snapshot of the database: a large one takes seconds of pure
computing, and the bot must go on answering clicks as if nothing were going on.
"""

import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from bot import processes
from bot.classroom.citing import catch_up_with_all
from bot.classroom.export_job import Failed, Finished, Job, Progress
from bot.classroom.finding import the_round
from bot.classroom.people import Person, may_moderate
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.classroom.unmasking import note_unmasking
from bot.discussion.ids import GuildId, RoundId, SessionId, UserId
from bot.discussion.transcript import Names, Scope
from bot.discussion.values import Audit, Round, Session
from bot.storage import Transaction, audits, guilds, pseudonyms, responses, rounds, sessions
from bot.transcripts import GRADEBOOKS, Format
from bot.values import frozen

EXPORTED = "transcript.export"
"""The action under which exports stand on the audit."""

LOG_LENGTH = 15

OnProgress = Callable[[int, int], None]


@frozen
class Wanted:
    """An export somebody asks for: which session, as what, and what of it."""

    session_id: SessionId
    format: Format
    scope: Scope


class ExportFailed(Exception):  # noqa: N818 - the message is the sentence for whoever asked
    """The transcript could not be written. Nothing half-written is left."""


async def prepare(room: Classroom, person: Person, wanted: Wanted) -> tuple[Session, tuple[Round, ...]]:
    """Check that this person may have the export, and put it on the audit before anything is written."""
    now = room.now()

    def work(tx: Transaction) -> tuple[Session, tuple[Round, ...]]:
        _require_reader(tx, person)
        return enter(tx, person.guild_id, person.user_id, wanted, now)

    return await room.store.write(work)


def enter(
    tx: Transaction,
    guild_id: GuildId,
    user_id: UserId | None,
    wanted: Wanted,
    now: datetime,
    *,
    unmasked_for: str | None = None,
) -> tuple[Session, tuple[Round, ...]]:
    """Put an export on the audit and see to it that everybody in it has a pseudonym. No user: the operator.

    `unmasked_for` is why it may name those who spoke under pseudonyms; without a reason none does.
    """
    session = sessions.get(tx, guild_id, wanted.session_id)
    if session is None:
        raise Refusal(f"There is no debate number {wanted.session_id} on record in this server.")
    posed = tuple(rounds.of_session(tx, guild_id, session.id))
    if wanted.scope.round_number is not None and wanted.scope.round_number > len(posed):
        raise Refusal(f"That debate had {len(posed)} questions; there is no number {wanted.scope.round_number}.")
    if session.conduct.pseudonymous and _names_people(wanted):
        if unmasked_for is None:
            raise Refusal(_UNDER_PSEUDONYMS + (_HOW_TO_UNMASK if user_id is not None else _HOW_THE_OPERATOR_DOES))
        note_unmasking(tx, session, user_id, {"pseudonym": "everybody", "reason": unmasked_for}, now)
    pseudonyms.assign(tx, guild_id, session.id)
    audits.add(tx, guild_id, user_id=user_id, at=now, action=EXPORTED, session_id=session.id, details=_details(wanted))
    return session, posed


async def export(
    room: Classroom, guild_id: GuildId, wanted: Wanted, out: Path, students: Path | None, on_progress: OnProgress
) -> Finished:
    """Write a prepared export into a folder, in a process of its own. Raises ExportFailed.

    `students` is the mapping that gradebooks need.

    When the caller is cancelled, the process is ended; what it had begun has temporary names in `out`.
    """
    await catch_up_with_all(room)
    job = job_of(
        wanted, guild_id, database=room.store.path, zone=str(room.zone), now=room.now(), out=out, students=students
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.classroom.export_process",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**_without_token(os.environ), "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    try:
        return await _followed(process, job, on_progress)
    finally:
        await processes.end(process)


def job_of(
    wanted: Wanted,
    guild_id: GuildId,
    *,
    database: Path,
    zone: str,
    now: datetime,
    out: Path,
    students: Path | None = None,
) -> Job:
    """An export as a job."""
    return Job(
        database=database,
        guild_id=guild_id,
        session_id=wanted.session_id,
        format=wanted.format,
        names=wanted.scope.names,
        round_number=wanted.scope.round_number,
        student=wanted.scope.student,
        since=wanted.scope.since,
        time_zone=zone,
        exported_at=now,
        out=out,
        students=students,
    )


@frozen
class Offer:
    """A round whose transcript somebody may have, and how many questions its session has had."""

    round: Round
    questions: int


async def on_offer(room: Classroom, person: Person, round_id: RoundId) -> Offer:
    """The round of a transcript that somebody asks for by its button. For moderators and teachers."""

    def work(tx: Transaction) -> Offer:
        _require_reader(tx, person)
        found = the_round(tx, person.guild_id, round_id)
        return Offer(found, len(rounds.of_session(tx, person.guild_id, found.session_id)))

    return await room.store.read(work)


@frozen
class OnRecord:
    """A session with its rounds and the number of responses in it."""

    session: Session
    rounds: tuple[Round, ...]
    responses: int


async def on_record(room: Classroom, person: Person, session_id: SessionId | None) -> list[OnRecord]:
    """What this guild has on record: one session, or the latest. For moderators and teachers."""

    def work(tx: Transaction) -> list[OnRecord]:
        _require_reader(tx, person)
        one = sessions.get(tx, person.guild_id, session_id) if session_id is not None else None
        if session_id is not None and one is None:
            raise Refusal(f"There is no debate number {session_id} on record in this server.")
        found = [one] if one is not None else sessions.recent(tx, person.guild_id, LOG_LENGTH)
        return [_on_record(tx, session) for session in found]

    return await room.store.read(work)


async def exports_so_far(room: Classroom, person: Person) -> list[Audit]:
    """The latest exports of this guild, newest first."""

    def work(tx: Transaction) -> list[Audit]:
        _require_reader(tx, person)
        return audits.recent(tx, person.guild_id, EXPORTED, LOG_LENGTH)

    return await room.store.read(work)


async def sessions_on_record(room: Classroom, person: Person, typed: str, limit: int) -> list[Session]:
    """The sessions of this guild that match what was typed, newest first; none for who may not have transcripts."""

    def work(tx: Transaction) -> list[Session]:
        return sessions.matching(tx, person.guild_id, typed, limit) if _is_reader(tx, person) else []

    return await room.store.read(work)


def _without_token(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name != "DISCORD_TOKEN"}


async def _followed(process: asyncio.subprocess.Process, job: Job, on_progress: OnProgress) -> Finished:
    if process.stdin is None or process.stdout is None:
        raise ExportFailed("The transcript could not be written: its process did not start.")
    process.stdin.write(job.model_dump_json().encode())
    process.stdin.close()
    lines = TypeAdapter[Progress | Finished | Failed](Progress | Finished | Failed)
    async for line in process.stdout:
        match lines.validate_json(line):
            case Progress(done=done, total=total):
                on_progress(done, total)
            case Failed(sentence=sentence):
                raise ExportFailed(sentence)
            case Finished() as finished:
                return finished
    raise ExportFailed("The transcript could not be written: its process ended too soon. The log may tell why.")


def _on_record(tx: Transaction, session: Session) -> OnRecord:
    posed = tuple(rounds.of_session(tx, session.guild_id, session.id))
    return OnRecord(session, posed, sum(responses.counts(tx, session.guild_id, each.id) for each in posed))


def _is_reader(tx: Transaction, person: Person) -> bool:
    return may_moderate(person, guilds.settings(tx, person.guild_id))


def _require_reader(tx: Transaction, person: Person) -> None:
    if not _is_reader(tx, person):
        teachers = guilds.settings(tx, person.guild_id).teacher_role_id
        whom = f"a member of <@&{teachers}>" if teachers is not None else "a member with the permission Manage Server"
        raise Refusal(f"Transcripts are for moderators and teachers: ask {whom}. Your own words: `/my responses`.")


_UNDER_PSEUDONYMS = (
    "That debate is under pseudonyms, and its transcript keeps them: no real names, not one student's words alone, no "
    "gradebook. "
)
_HOW_TO_UNMASK = "A moderator learns who somebody is by `/unmask`, with a reason."
_HOW_THE_OPERATOR_DOES = "To name people all the same, add --unmask and --reason: it stands on the audit."


def _names_people(wanted: Wanted) -> bool:
    """Would the export tell who somebody is? So does one of a single student, and so does any gradebook."""
    scope = wanted.scope
    return scope.names is Names.REAL or scope.student is not None or wanted.format in GRADEBOOKS


def _details(wanted: Wanted) -> Mapping[str, str]:
    scope = wanted.scope
    told = {
        "format": wanted.format.value,
        "names": scope.names.value,
        "round": scope.round_number,
        "student": scope.student,
        "since": scope.since.isoformat() if scope.since else None,
    }
    return {name: str(value) for name, value in told.items() if value is not None}
