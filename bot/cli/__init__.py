"""The command line: what an operator or a teacher starts, each with a named exit status."""

import logging
import sys
from typing import Annotated

import typer
from rich.console import Console

from bot.cli.beginning import settings_or_stop
from bot.cli.content import check, schema
from bot.cli.doctoring import doctor
from bot.cli.exits import Exit, Stop
from bot.cli.exporting import export
from bot.cli.keeping import backup, restore
from bot.cli.rehearsing import rehearse
from bot.cli.running import invite, run
from bot.storage import StorageError
from bot.version import VERSION

log = logging.getLogger(__name__)


def main() -> None:
    """Run the command line. Whatever ends the program is told in one sentence, with its status."""
    try:
        _application()(prog_name="bot.py")
    except Stop as stop:
        _end(stop, stop.status)
    except StorageError as error:
        _end(error, Exit.DATABASE)
    except Exception as error:
        log.critical("Parley ended because of an error of its own", exc_info=error)
        sys.exit(Exit.BUG)


def _end(why: Exception, status: Exit) -> None:
    Console(stderr=True).print(str(why), style="bold", markup=False, soft_wrap=True)
    sys.exit(status)


def _application() -> typer.Typer:
    application = typer.Typer(
        help="Parley runs a classroom debate on Discord. Without a command it runs: on Discord with DISCORD_TOKEN, "
        "in a rehearsal room without.",
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    application.callback(invoke_without_command=True)(_by_default)
    for command in (run, rehearse, check, schema, export, backup, restore, doctor, invite):
        application.command()(command)
    return application


def _by_default(
    context: typer.Context, version: Annotated[bool, typer.Option("--version", help="Tell the version.")] = False
) -> None:
    if version:
        typer.echo(f"Parley {VERSION}")
    elif context.invoked_subcommand is None:
        if settings_or_stop().discord_token is not None:
            run()
        else:
            typer.echo("No DISCORD_TOKEN is set: this is the rehearsal room, on a simulated Discord.")
            rehearse()
