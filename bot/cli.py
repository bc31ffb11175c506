"""The command line: what an operator or a teacher starts, each with a named exit status."""

import asyncio
import logging
import signal
import sys
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Annotated

import typer
from discord.utils import utcnow
from pydantic import ValidationError
from rich.console import Console
from rich.progress import Progress

from bot import __version__
from bot.chat.connecting import CannotConnect, invitation, run_on_discord
from bot.classroom.room import open_classroom
from bot.content.checking import check as check_content
from bot.content.schema import SCHEMA_FILE, schema_text
from bot.exits import Exit, Stop
from bot.rehearsal.headless import PlayError
from bot.rehearsal.opening import play_without_a_page, rehearse_in_a_room
from bot.rehearsal.people import Link
from bot.rehearsal.script import ScriptError
from bot.rehearsal.server import PortTakenError
from bot.settings import Settings
from bot.storage import StorageError

log = logging.getLogger(__name__)

RECORD = "parley.sqlite3"
"""The record that a rehearsal without a page leaves in its folder."""


def main() -> None:
    """Run the command line. Whatever ends the program is told in one sentence, with its status."""
    try:
        _application()(prog_name="bot.py")
    except Stop as stop:
        Console(stderr=True).print(str(stop), style="bold", markup=False, soft_wrap=True)
        sys.exit(stop.status)
    except StorageError as error:
        Console(stderr=True).print(str(error), style="bold", markup=False, soft_wrap=True)
        sys.exit(Exit.DATABASE)


def _application() -> typer.Typer:
    application = typer.Typer(
        help="Parley runs a classroom debate on Discord. Without a command it runs: on Discord with DISCORD_TOKEN, "
        "in a rehearsal room without.",
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    application.callback(invoke_without_command=True)(_by_default)
    for command in (run, rehearse, check, schema, invite):
        application.command()(command)
    return application


def _by_default(
    context: typer.Context, version: Annotated[bool, typer.Option("--version", help="Tell the version.")] = False
) -> None:
    if version:
        typer.echo(f"Parley {__version__}")
    elif context.invoked_subcommand is None:
        settings = _settings()
        if settings.discord_token is not None:
            run()
        else:
            typer.echo("No DISCORD_TOKEN is set: this is the rehearsal room, on a simulated Discord.")
            rehearse()


def run() -> None:
    """Run on Discord, with the token in DISCORD_TOKEN."""
    settings = _settings()
    if settings.discord_token is None:
        raise Stop("Set DISCORD_TOKEN to run on Discord, or use the rehearsal room: python bot.py rehearse", Exit.USAGE)
    _log_to_the_console(settings)
    _until_stopped(_on_discord(settings, settings.discord_token.get_secret_value()))


def rehearse(
    classmates: Annotated[int, typer.Option(min=0, max=30, help="So many scripted classmates take part.")] = 0,
    students: Annotated[int, typer.Option(min=1, max=30, help="So many links for students.")] = 3,
    headless: Annotated[bool, typer.Option("--headless", help="Play the shipped class without a page.")] = False,
    out: Annotated[Path | None, typer.Option(help="With --headless: the folder for the record.")] = None,
) -> None:
    """Rehearse without a token: a room in the browser, or a whole class played in seconds."""
    settings = _settings()
    _log_to_the_console(settings)
    if headless:
        if out is None:
            raise Stop("Say where the record goes: python bot.py rehearse --headless --out DIR", Exit.USAGE)
        _until_stopped(_without_a_page(settings, out))
    elif out is not None:
        raise Stop("--out goes with --headless.", Exit.USAGE)
    else:
        _until_stopped(_in_a_room(settings, students, classmates))


def check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders; none: all content.")] = None,
) -> None:
    """Check articles and prompt sets: every problem with its line, its column and its mend."""
    settings = _settings()
    found = check_content(paths or [], articles=settings.articles, prompts=settings.prompts)
    for checked in found:
        typer.echo(str(checked))
    if any(checked.problems for checked in found):
        raise typer.Exit(Exit.CONTENT)


def schema() -> None:
    """Write the JSON Schema by which editors complete and check prompt sets."""
    path = _settings().prompts / SCHEMA_FILE
    path.write_text(schema_text(), encoding="utf-8")
    typer.echo(f"wrote {path}")


def invite(
    application_id: Annotated[str | None, typer.Argument(help="The application id; else it is in the token.")] = None,
) -> None:
    """Print the link that invites the bot to a server, with just the permissions that it needs."""
    token = _settings().discord_token
    known = application_id or (token.get_secret_value() if token else None)
    if known is None:
        raise Stop("Name the application id (Developer Portal, General Information), or set DISCORD_TOKEN.", Exit.USAGE)
    try:
        typer.echo(invitation(known))
    except ValueError as error:
        raise Stop(f"No link: {error}.", Exit.USAGE) from None


async def _on_discord(settings: Settings, token: str) -> None:
    async with open_classroom(
        settings.database, articles=settings.articles, prompts=settings.prompts, now=utcnow, zone=settings.time_zone
    ) as room:
        try:
            await run_on_discord(room, token)
        except CannotConnect as error:
            raise Stop(str(error), Exit.TOKEN if error.is_token else Exit.NETWORK) from None


async def _in_a_room(settings: Settings, students: int, classmates: int) -> None:
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


async def _without_a_page(settings: Settings, out: Path) -> None:
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
                on_progress=lambda done, total: progress.update(task, completed=done, total=total),
            )
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
    console.print("\nThe teacher begins with /discuss start. Ctrl-C closes the room; it can be opened again.\n")


def _until_stopped(work: Coroutine[None, None, None]) -> None:
    """Run until done, or until SIGTERM or Ctrl-C, which let everything close in order."""

    async def stoppable() -> None:
        task = asyncio.ensure_future(work)
        if sys.platform != "win32":
            for number in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(number, task.cancel)
        try:
            await task
        except asyncio.CancelledError:
            log.info("stopped")

    try:
        asyncio.run(stoppable())
    except KeyboardInterrupt:
        log.info("stopped")


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        raise Stop(_told(error), Exit.USAGE) from None


def _told(error: ValidationError) -> str:
    names = {field: f"PARLEY_{field.upper()}" for field in Settings.model_fields}
    lines = [f"{names.get(str(problem['loc'][0]), problem['loc'][0])}: {problem['msg']}" for problem in error.errors()]
    return "A setting is wrong. " + "; ".join(lines)


def _log_to_the_console(settings: Settings) -> None:
    logging.basicConfig(
        level=settings.log_level, format="{asctime} {levelname:<7} {name}: {message}", style="{", force=True
    )
    # What libraries tell of their own workings says nothing to an operator.
    for noisy in ("discord", "alembic", "aiosqlite", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
