"""`run` and `invite`: Parley on Discord."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated

import typer
from discord.utils import utcnow

from bot.chat.connecting import CannotConnect, invitation, run_on_discord
from bot.chat.watching import Watch
from bot.classroom.room import Classroom, open_classroom
from bot.cli.beginning import settings_or_stop, until_stopped
from bot.cli.exits import Exit, Stop
from bot.cli.logs import log_to_a_file, log_to_the_console
from bot.settings import Settings


def run() -> None:
    """Run on Discord, with the token in DISCORD_TOKEN."""
    settings = settings_or_stop()
    if settings.discord_token is None:
        raise Stop("Set DISCORD_TOKEN to run on Discord, or use the rehearsal room: python bot.py rehearse", Exit.USAGE)
    log_to_the_console(settings)
    log_to_a_file(settings)
    until_stopped(_on_discord(settings, settings.discord_token.get_secret_value()))


def invite(
    application_id: Annotated[str | None, typer.Argument(help="The application id; else it is in the token.")] = None,
) -> None:
    """Print the link that invites the bot to a server, with just the permissions that it needs."""
    token = settings_or_stop().discord_token
    known = application_id or (token.get_secret_value() if token else None)
    if known is None:
        raise Stop("Name the application id (Developer Portal, General Information), or set DISCORD_TOKEN.", Exit.USAGE)
    try:
        typer.echo(invitation(known))
    except ValueError as error:
        raise Stop(f"No link: {error}.", Exit.USAGE) from None


async def _on_discord(settings: Settings, token: str) -> None:
    async with open_classroom(
        settings.database,
        articles=settings.articles,
        prompts=settings.prompts,
        now=utcnow,
        zone=settings.time_zone,
        keeps_withdrawn=settings.keep_withdrawn,
    ) as room:
        watch = Watch()
        try:
            async with _health(settings, room, watch):
                await run_on_discord(room, token, watch)
        except CannotConnect as error:
            raise Stop(str(error), Exit.TOKEN if error.is_token else Exit.NETWORK) from None


@asynccontextmanager
async def _health(settings: Settings, room: Classroom, watch: Watch) -> AsyncGenerator[None]:
    if settings.health_port is None:
        yield
        return
    from bot.chat.health import PortTaken, serving_health  # noqa: PLC0415 - takes long to import, and is off by default

    try:
        async with serving_health(room, watch, settings.health_port):
            yield
    except PortTaken as error:
        raise Stop(str(error), Exit.PORT) from None
