"""The commands with their options, as Typer reads them."""

from collections.abc import Callable
from typing import Annotated

import typer

from bot.version import VERSION

COMMANDS = (
    "run",
    "rehearse",
    "check",
    "schema",
    "permissions",
    "export",
    "backup",
    "restore",
    "erase",
    "purge",
    "doctor",
    "invite",
)


def application(typed: list[str]) -> typer.Typer:
    """The command line for what was typed: with that one command, or with all where none of them was."""
    made = typer.Typer(
        help="Parley runs a classroom debate on Discord. Without a command it runs: on Discord with DISCORD_TOKEN, "
        "in a rehearsal room without.",
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    made.callback(invoke_without_command=True)(_by_default)
    for name in [name for name in typed[:1] if name in COMMANDS] or COMMANDS:
        made.command(name)(_command(name))
    return made


def _command(name: str) -> Callable[..., None]:  # noqa: C901, PLR0911 - one for each command
    """What a command does. Each brings its own imports: nobody must wait for those of the others."""
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
        case "permissions":
            from bot.cli.permitting import permissions

            return permissions
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
        case "erase":
            from bot.cli.leaving import erase

            return erase
        case "purge":
            from bot.cli.leaving import purge

            return purge
        case _:
            from bot.cli.inviting import invite

            return invite


def _by_default(
    context: typer.Context, version: Annotated[bool, typer.Option("--version", help="Tell the version.")] = False
) -> None:
    if version:
        typer.echo(f"Parley {VERSION}")
    elif context.invoked_subcommand is None:
        from bot.cli.running import run_or_rehearse

        run_or_rehearse()
