"""`rehearse`: without a token, in a room or without a page."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bot.cli.beginning import settings_or_stop, until_stopped
from bot.cli.exits import Exit, Stop
from bot.cli.logs import log_to_the_console
from bot.cli.private import narrow
from bot.rehearsal.headless import Audience
from bot.rehearsal.lesson import PlayError
from bot.rehearsal.opening import UnknownFormatError, play_without_a_page, rehearse_in_a_room
from bot.rehearsal.people import Link
from bot.rehearsal.script import ScriptError
from bot.rehearsal.server import PortTakenError
from bot.settings import Settings

RECORD = "parley.sqlite3"
"""The record that a rehearsal without a page leaves in its folder."""


def rehearse(
    classmates: Annotated[int, typer.Option(min=0, max=30, help="So many scripted classmates take part.")] = 0,
    students: Annotated[int, typer.Option(min=1, max=30, help="So many links for students.")] = 3,
    headless: Annotated[bool, typer.Option("--headless", help="Play the shipped class without a page.")] = False,
    out: Annotated[Path | None, typer.Option(help="With --headless: the folder for the record.")] = None,
    format: Annotated[  # noqa: A002 - what the option is called
        str | None, typer.Option(help="With --headless: play one question in this format, phase by phase.")
    ] = None,
) -> None:
    """Rehearse without a token: a room in the browser, or a whole class played in seconds."""
    settings = settings_or_stop()
    log_to_the_console(settings)
    if headless:
        if out is None:
            raise Stop("Say where the record goes: python bot.py rehearse --headless --out DIR", Exit.USAGE)
        until_stopped(_without_a_page(settings, out, format))
    elif out is not None or format is not None:
        raise Stop(f"{'--out' if out is not None else '--format'} goes with --headless.", Exit.USAGE)
    else:
        until_stopped(_in_a_room(settings, students, classmates))


async def _in_a_room(settings: Settings, students: int, classmates: int) -> None:
    narrow(settings.rehearsal_database)
    try:
        await rehearse_in_a_room(
            settings.rehearsal_database,
            articles=settings.articles,
            prompts=settings.prompts,
            port=settings.rehearsal_port,
            students=students,
            classmates=classmates,
            announce=_announce,
        )
    except PortTakenError as error:
        raise Stop(str(error), Exit.PORT) from None
    except ScriptError as error:
        raise Stop(str(error), Exit.CONTENT) from None


async def _without_a_page(settings: Settings, out: Path, format: str | None) -> None:  # noqa: A002 - see `rehearse`
    database = out / RECORD
    if database.exists():
        raise Stop(f"{database} holds a record already: name another folder.", Exit.USAGE)
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("The class debates", total=None)
        try:
            await play_without_a_page(
                database,
                articles=settings.articles,
                prompts=settings.prompts,
                format=format,
                audience=Audience(lambda done, total: progress.update(task, completed=done, total=total), typer.echo),
            )
        except UnknownFormatError as error:
            raise Stop(str(error), Exit.USAGE) from None
        except ScriptError as error:
            raise Stop(str(error), Exit.CONTENT) from None
        except PlayError as error:
            raise Stop(str(error), Exit.REHEARSAL) from None
    typer.echo(f"The record is in {database}")


def _announce(links: Sequence[Link]) -> None:
    console = Console()
    console.print("\nThe rehearsal room is open. Each person opens their own link:\n")
    for link in links:
        console.print(f"  {link.name:<12} {link.part:<9} {link.url}", soft_wrap=True, highlight=False)
    console.print(
        "\nThe teacher begins with /discuss start. Ctrl-C closes the room; it can be opened again.\n", soft_wrap=True
    )
