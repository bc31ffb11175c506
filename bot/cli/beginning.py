"""What every command begins with: the settings, and an orderly end."""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Coroutine

from pydantic import ValidationError

from bot.cli.exits import Exit, Stop
from bot.settings import Settings

log = logging.getLogger(__name__)


def settings_or_stop() -> Settings:
    """The settings from the environment and .env; the end of the program where one of them is wrong."""
    try:
        return Settings.read()
    except ValidationError as error:
        told = [f"{wrong['loc'][0]}: {wrong['msg']}" for wrong in error.errors()]
        raise Stop("A setting is wrong. " + "; ".join(told), Exit.USAGE) from None
    except UnicodeDecodeError:
        raise Stop(
            "The settings in .env cannot be read: the file is not UTF-8. Save it as UTF-8.", Exit.USAGE
        ) from None
    except OSError as error:
        raise Stop(f"The settings in .env cannot be read: {error.strerror or error}.", Exit.USAGE) from None


def collect_garbage() -> None:
    """From here on, but never look for any in what has been imported: that stops every click."""
    gc.freeze()
    gc.enable()


def until_stopped(work: Coroutine[None, None, None]) -> None:
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
