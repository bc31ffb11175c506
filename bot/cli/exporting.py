"""`export`: a transcript from the command line, beside a running bot or without one."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from discord.utils import utcnow
from rich.console import Console
from rich.progress import Progress

from bot.chat.texts import counted
from bot.classroom.exporting import Wanted
from bot.classroom.operating import export_for_the_operator
from bot.classroom.refusals import Refusal
from bot.classroom.unmasking import a_reason
from bot.cli.beginning import settings_or_stop
from bot.cli.exits import Exit, Stop
from bot.discussion.ids import SessionId, UserId
from bot.discussion.moments import moment
from bot.discussion.transcript import Names, Scope
from bot.settings import Settings
from bot.transcripts import Format, TranscriptError


def export(  # noqa: PLR0913, PLR0917 - each option of the command is a parameter
    session: Annotated[int, typer.Option(help="The debate's number: `/transcript list` tells it.")],
    out: Annotated[Path, typer.Option(help="The folder to write into.")],
    as_format: Annotated[Format, typer.Option("--format", help="As what.")] = Format.ALL,
    names: Annotated[Names, typer.Option(help="Real names, or a pseudonym for everybody.")] = Names.PSEUDONYM,
    round_number: Annotated[int | None, typer.Option("--round", min=1, help="Only this question.")] = None,
    student: Annotated[int | None, typer.Option(help="Only what the member with this Discord id said.")] = None,
    since: Annotated[str | None, typer.Option(help="Only since then: 2h, 10:30, 2026-11-22.")] = None,
    students: Annotated[Path | None, typer.Option(help="For gradebooks: the mapping of students, a CSV file.")] = None,
    unmask: Annotated[bool, typer.Option("--unmask", help="Name those who spoke under pseudonyms.")] = False,
    reason: Annotated[str | None, typer.Option(help="Why they are named; it stands on the audit.")] = None,
) -> None:
    """Write the transcript of a debate into a folder."""
    settings = settings_or_stop()
    who = UserId(student) if student is not None else None
    scope = Scope(names, round_number, who, _moment(since, settings))
    why = _reason(reason, unmask=unmask)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Writing", total=None)
        try:
            finished = export_for_the_operator(
                settings.database,
                Wanted(SessionId(session), as_format, scope),
                zone=settings.time_zone,
                now=utcnow(),
                out=out,
                students=students,
                on_progress=lambda done, total: progress.update(task, completed=done, total=total),
                unmasked_for=why,
            )
        except (Refusal, TranscriptError) as error:
            raise Stop(str(error), Exit.USAGE) from None
        except OSError as error:
            raise Stop(
                f"{out} could not be written: {error.strerror or error}. Nothing was left behind.", Exit.DISK
            ) from None
    for path in finished.files:
        typer.echo(str(path))
    typer.echo(f"{counted(finished.responses, 'response')}, {counted(finished.votes, 'vote')}")
    for warning in finished.warnings:
        typer.echo(warning, err=True)


def _reason(reason: str | None, *, unmask: bool) -> str | None:
    if unmask != (reason is not None):
        raise Stop("--unmask and --reason go together: whoever names people says why.", Exit.USAGE)
    try:
        return a_reason(reason) if reason is not None else None
    except Refusal as refusal:
        raise Stop(str(refusal), Exit.USAGE) from None


def _moment(since: str | None, settings: Settings) -> datetime | None:
    meant = moment(since, utcnow(), settings.time_zone) if since is not None else None
    if since is not None and meant is None:
        raise Stop("--since is a time such as 2h, 10:30 or 2026-11-22.", Exit.USAGE)
    return meant
