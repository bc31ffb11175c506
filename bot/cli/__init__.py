"""The command line: what an operator or a teacher starts, each with a named exit status."""

import logging
import sys
from collections.abc import Callable
from functools import partial

from bot.cli.exits import Exit, Stop

log = logging.getLogger(__name__)


def main() -> None:
    """Run the command line. Whatever ends the program is told in one sentence, with its status."""
    try:
        _asked_for(sys.argv[1:])()
    except Stop as stop:
        _end(stop, stop.status)
    except Exception as error:
        from bot.storage import StorageError

        if isinstance(error, StorageError):
            _end(error, Exit.DATABASE)
        log.critical("Parley ended because of an error of its own", exc_info=error)
        sys.exit(Exit.BUG)


def _asked_for(typed: list[str]) -> Callable[[], None]:
    """What was typed. Running takes no options, and so none read; it imports by itself what it is made of."""
    if typed in ([], ["run"]):
        from bot.cli.running import run, run_or_rehearse

        return run if typed else run_or_rehearse
    from bot.cli.beginning import collect_garbage
    from bot.cli.commands import application

    command = partial(application(typed), prog_name="bot.py")
    collect_garbage()
    return command


def _end(why: Exception, status: Exit) -> None:
    from rich.console import Console

    Console(stderr=True).print(str(why), style="bold", markup=False, soft_wrap=True)
    sys.exit(status)
