"""The log: lines for people on standard error, JSON lines in files of bounded size, the token in neither."""

import json
import logging
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import MemoryHandler, RotatingFileHandler
from pathlib import Path

from bot.cli.exits import Exit, Stop
from bot.cli.secrets import Secrets
from bot.settings import Settings

LARGEST = 5 * 1024 * 1024
"""Bytes in a log file before the next is begun."""

EARLIER = 4
"""How many full files are kept beside the one that is written: 25 MiB in all."""

_MOST_KEPT = 10_000


def log_to_the_console(settings: Settings) -> None:
    """Log to standard error. Never students' words, never the token."""
    logging.basicConfig(
        level=settings.log_level, format="{asctime} {levelname:<7} {name}: {message}", style="{", force=True
    )
    for handler in logging.getLogger().handlers:
        handler.addFilter(WithoutToken(settings))
    # What libraries tell of their own workings says nothing to an operator.
    for noisy in ("discord", "alembic", "aiosqlite", "asyncio", "aiohttp"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


class UntilAlone:
    """Keeps what is logged until it is known that no other Parley writes the log file, which that one rotates."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kept: MemoryHandler | None = MemoryHandler(_MOST_KEPT, flushLevel=logging.CRITICAL + 1)
        logging.getLogger().addHandler(self._kept)

    def write(self) -> None:
        """Write it to the file, and from now on all that is logged."""
        if self._kept is not None:
            log_to_a_file(self._settings, self._kept.buffer)
            self.forget()

    def forget(self) -> None:
        """The file is another's. The console has it all."""
        if self._kept is not None:
            logging.getLogger().removeHandler(self._kept)
            self._kept = None


def log_to_a_file(settings: Settings, before: Iterable[logging.LogRecord] = ()) -> None:
    """Log to the file of the settings too, so that an error id that a student was told can be looked up later.

    It begins with what was logged `before`.
    """
    if isinstance(settings.log_file, str):
        return
    try:
        settings.log_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = LogFile(settings.log_file)
    except OSError as error:
        why = f"PARLEY_LOG_FILE: {settings.log_file} cannot be written ({error.strerror}). `none` logs to no file."
        raise Stop(why, Exit.USAGE) from None
    handler.setFormatter(JsonLines())
    handler.addFilter(WithoutToken(settings))
    for record in before:
        handler.handle(record)
    logging.getLogger().addHandler(handler)


class WithoutToken(logging.Filter):
    """Takes what is secret out of every record, whoever logs it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._secrets = Secrets(settings)

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the record; all of them pass."""
        record.msg, record.args = self._secrets.cleaned(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self._secrets.cleaned(record.exc_text)
        if record.stack_info:
            record.stack_info = self._secrets.cleaned(record.stack_info)
        return True


class JsonLines(logging.Formatter):
    """A record in one line: `time` (UTC), `level`, `logger`, `message`; `error`, `guild`, `exception` where known."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "error": getattr(record, "error_id", None),
            "guild": getattr(record, "guild_id", None),
            "exception": record.exc_text,
        }
        return json.dumps({name: value for name, value in told.items() if value is not None}, ensure_ascii=False)


class LogFile(RotatingFileHandler):
    """A file that its owner alone may read. A disk that is full costs lines of it, never the bot."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=LARGEST, backupCount=EARLIER, encoding="utf-8", errors="backslashreplace")

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding=self.encoding, errors=self.errors, opener=_for_the_owner)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        """Say nothing: the console has the record."""


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
