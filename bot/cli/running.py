"""`run`: Parley on Discord."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from discord.utils import utcnow

from bot.chat.connecting import CannotConnect, granted_intents, run_on_discord
from bot.chat.watching import Watch
from bot.cli.beginning import collect_garbage, settings_or_stop, until_stopped
from bot.cli.exits import Exit, Stop
from bot.cli.logs import UntilAlone, log_to_the_console
from bot.cli.private import narrow
from bot.cli.secrets import Secrets
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.classroom.room import Classroom

T = TypeVar("T")


def run() -> None:
    """Run on Discord, with the token in DISCORD_TOKEN."""
    settings = settings_or_stop()
    if settings.discord_token is None:
        raise Stop("Set DISCORD_TOKEN to run on Discord, or use the rehearsal room: python bot.py rehearse", Exit.USAGE)
    log_to_the_console(settings)
    log_file = UntilAlone(settings)
    try:
        until_stopped(_on_discord(settings, settings.discord_token.get_secret_value(), log_file))
    except Exception as error:
        from bot.storage import DatabaseInUse  # noqa: PLC0415 - see `_import_the_rest`

        if isinstance(error, DatabaseInUse):
            log_file.forget()
        else:
            with suppress(Stop):  # what is wrong with the log comes second
                log_file.write()
        raise


def run_or_rehearse() -> None:
    """Run with a token; without one, open the rehearsal room."""
    if settings_or_stop().discord_token is not None:
        run()
        return
    from bot.cli.rehearsing import rehearse  # noqa: PLC0415 - on Discord nothing of it is needed

    collect_garbage()
    print("No DISCORD_TOKEN is set: this is the rehearsal room, on a simulated Discord.", flush=True)  # noqa: T201
    rehearse()


async def _on_discord(settings: Settings, token: str, log_file: UntilAlone) -> None:
    async with _meanwhile(granted_intents(token)) as granted:
        await _import_the_rest()
        from bot.classroom.room import open_classroom  # noqa: PLC0415 - just imported

        async with open_classroom(
            settings.database,
            articles=settings.articles,
            prompts=settings.prompts,
            now=utcnow,
            zone=settings.time_zone,
            keeps_withdrawn=settings.keep_withdrawn,
        ) as room:
            log_file.write()
            narrow(settings.database, settings.log_file)
            watch = Watch()
            try:
                async with _health(settings, room, watch):
                    await run_on_discord(room, token, watch, granted)
            except CannotConnect as error:
                status = Exit.TOKEN if error.is_token else Exit.NETWORK
                raise Stop(Secrets(settings).cleaned(str(error)), status) from None


async def _import_the_rest() -> None:
    """Import what the bot is made of, while Discord answers what it was asked already: either takes its time."""
    await asyncio.to_thread(import_module, "bot.chat.client")
    collect_garbage()


@asynccontextmanager
async def _meanwhile(asking: Coroutine[None, None, T]) -> AsyncGenerator[asyncio.Task[T]]:
    """Ask beside what is done in the block. What has not been answered at its end is not wanted any more."""
    asked = asyncio.ensure_future(asking)
    try:
        yield asked
    finally:
        asked.cancel()
        await asyncio.wait([asked])
        if not asked.cancelled():
            asked.exception()  # an error that nobody has awaited is nobody's


@asynccontextmanager
async def _health(settings: Settings, room: "Classroom", watch: Watch) -> AsyncGenerator[None]:
    if settings.health_port is None:
        yield
        return
    from bot.chat.health import PortTaken, serving_health  # noqa: PLC0415 - takes long to import, and is off by default

    try:
        async with serving_health(room, watch, settings.health_port):
            yield
    except PortTaken as error:
        raise Stop(str(error), Exit.PORT) from None
