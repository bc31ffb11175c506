"""`backup` and `restore`: the record in one file, beside a running bot, and back again."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from discord.utils import utcnow
from rich.console import Console
from rich.progress import Progress

from bot.cli.beginning import settings_or_stop
from bot.cli.exits import Exit, Stop
from bot.cli.private import narrow
from bot.storage.backup import Contents, NotWritten, OnProgress, back_up
from bot.storage.restore import restore as put_back


def backup(file: Annotated[Path, typer.Argument(help="The file to write; one that exists is never touched.")]) -> None:
    """Copy the database into one file, also while the bot runs, and check the copy."""
    settings = settings_or_stop()
    with _progress("Copying") as on_progress:
        contents = back_up(settings.database, file, on_progress=on_progress)
    typer.echo(f"{file}: {_told(contents)}; checked and read back.")


def restore(file: Annotated[Path, typer.Argument(help="A file that `backup` has written.")]) -> None:
    """Put a backup in the database's place; the database that is there is kept beside it. Stop the bot first."""
    settings = settings_or_stop()
    with _progress("Restoring") as on_progress:
        restored = put_back(file, settings.database, now=utcnow(), on_progress=on_progress)
    narrow(settings.database)
    later = "; the next start brings it up to date" if restored.contents.is_older else ""
    typer.echo(f"{settings.database} now holds {_told(restored.contents)}{later}.")
    if restored.aside is not None:
        typer.echo(f"What was there before is kept in {restored.aside}")


@contextmanager
def _progress(what: str) -> Generator[OnProgress]:
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None)
        try:
            yield lambda done, total: progress.update(task, completed=done, total=total)
        except NotWritten as error:
            raise Stop(str(error), Exit.DISK) from None


def _told(contents: Contents) -> str:
    rows = contents.rows
    counts = ", ".join(
        f"{rows.get(table, 0):,} {named if rows.get(table, 0) == 1 else named + 's'}"
        for table, named in (("sessions", "debate"), ("responses", "response"), ("votes", "vote"))
    )
    return f"{counts} ({contents.size:,} bytes, version {contents.version})"
