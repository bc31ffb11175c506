"""The command line: what an operator or a teacher starts, each with a named exit status."""

import logging
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from bot.cli.beginning import settings_or_stop
from bot.cli.exits import Exit, Stop
from bot.version import VERSION

log = logging.getLogger(__name__)

COMMANDS = ("run", "rehearse", "check", "schema", "export", "backup", "restore", "doctor", "invite")


def main() -> None:
    """Run the command line. Whatever ends the program is told in one sentence, with its status."""
    try:
        _application(sys.argv[1:])(prog_name="bot.py")
    except Stop as stop:
        _end(stop, stop.status)
    except Exception as error:
        from bot.storage import StorageError

        if isinstance(error, StorageError):
            _end(error, Exit.DATABASE)
        log.critical("Parley ended because of an error of its own", exc_info=error)
        sys.exit(Exit.BUG)


def _end(why: Exception, status: Exit) -> None:
    from rich.console import Console

    Console(stderr=True).print(str(why), style="bold", markup=False, soft_wrap=True)
    sys.exit(status)


def _application(typed: list[str]) -> typer.Typer:
    application = typer.Typer(
        help="Parley runs a classroom debate on Discord. Without a command it runs: on Discord with DISCORD_TOKEN, "
        "in a rehearsal room without.",
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    application.callback(invoke_without_command=True)(_by_default)
    for name in [name for name in typed[:1] if name in COMMANDS] or COMMANDS if typed else ():
        application.command(name)(_command(name))
    return application


def _command(name: str) -> Callable[..., None]:  # noqa: PLR0911 - one for each command
    """What a command does. A bot that starts must not wait for what only the other commands import."""
    match name:
        case "run":
            from bot.cli.running import run

            return run
        case "rehearse":
            from bot.cli.rehearsing import rehearse

            return rehearse
        case "check":
            from bot.cli.content import check

            return check
        case "schema":
            from bot.cli.content import schema

            return schema
        case "export":
            from bot.cli.exporting import export

            return export
        case "backup":
            from bot.cli.keeping import backup

            return backup
        case "restore":
            from bot.cli.keeping import restore

            return restore
        case "doctor":
            from bot.cli.doctoring import doctor

            return doctor
        case _:
            from bot.cli.running import invite

            return invite


def _by_default(
    context: typer.Context, version: Annotated[bool, typer.Option("--version", help="Tell the version.")] = False
) -> None:
    if version:
        typer.echo(f"Parley {VERSION}")
    elif context.invoked_subcommand is None:
        with_token = settings_or_stop().discord_token is not None
        if not with_token:
            typer.echo("No DISCORD_TOKEN is set: this is the rehearsal room, on a simulated Discord.")
        _command("run" if with_token else "rehearse")()
