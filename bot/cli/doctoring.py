"""`doctor`: one line for each thing that must be right, `ok` or what to do about it."""

import asyncio
import difflib
import os
import platform
import shutil
import stat
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.console import Console

from bot.chat.examining import Answer, examine
from bot.cli import private
from bot.cli.beginning import settings_or_stop
from bot.cli.exits import Exit, Stop
from bot.cli.logs import log_to_the_console
from bot.cli.secrets import Secrets
from bot.content import loading
from bot.discussion.values import GuildSettings
from bot.settings import Settings
from bot.storage import StorageError, guilds
from bot.storage.backup import examined
from bot.storage.lock import is_running
from bot.storage.snapshot import snapshot

NEWEST_TRIED = (3, 14)
LITTLE_SPACE = 200 * 1024 * 1024
"""Bytes below which a disk counts as nearly full."""

_ENV = Path(".env")


def doctor() -> None:
    """Look at everything that must be right for a debate, and say what to do about what is not."""
    answers = [_python()]
    cleaned = str
    try:
        settings = settings_or_stop()
    except Stop as stop:
        answers.append(Answer("settings", str(stop), "mend it and run doctor again"))
    else:
        log_to_the_console(settings)
        cleaned = Secrets(settings).cleaned
        answers += _settings(settings)
        answers += _files(settings)
        answers += _database(settings.database)
        answers.append(_content(settings))
        answers.append(_space(settings.database))
        answers += _discord(settings)
    for answer in answers:
        typer.echo(cleaned(_line(answer)))
    if any(answer.mend for answer in answers):
        raise typer.Exit(Exit.DOCTOR)


def _line(answer: Answer) -> str:
    if answer.mend is None:
        return f"ok   {answer.about}: {answer.told}"
    return f"DO   {answer.about}: {answer.told}; {answer.mend}"


def _python() -> Answer:
    told = f"{platform.python_implementation()} {platform.python_version()} on {platform.system()}"
    if sys.version_info[:2] > NEWEST_TRIED:
        told += f" (Parley is tried up to {'.'.join(map(str, NEWEST_TRIED))})"
    return Answer("Python", told)


def _settings(settings: Settings) -> Iterator[Answer]:
    known = {str(field.validation_alias or f"PARLEY_{name.upper()}") for name, field in Settings.model_fields.items()}
    env = _ENV.read_text(encoding="utf-8").splitlines() if _ENV.is_file() else []
    named = {*os.environ, *(line.partition("=")[0].strip() for line in env)}
    for name in sorted(name for name in named if name.startswith("PARLEY_") and name not in known):
        near = difflib.get_close_matches(name, known, n=1)
        yield Answer("settings", f"{name} is none of Parley's", f"is {near[0]} meant?" if near else "remove it")
    yield Answer("settings", f"read from the environment{' and .env' if env else '; there is no .env'}")
    if settings.discord_token is None:
        yield Answer("token", "none is set: without DISCORD_TOKEN there is only the rehearsal room")


def _files(settings: Settings) -> Iterator[Answer]:
    always = [_ENV, settings.database, *([] if isinstance(settings.log_file, str) else [settings.log_file])]
    beside = [path for path in private.kept(settings.database, settings.log_file) if path not in always]
    for path in always:
        yield from _private(path, private.FILE)
    for path in beside:
        if private.others_get_at(path, private.FILE) is not None:
            yield from _private(path, private.FILE)
    for folder in dict.fromkeys(path.parent for path in always[1:]):
        yield from _private(folder, private.FOLDER)


def _private(path: Path, mode: int) -> Iterator[Answer]:
    """Who may read it, where it is there and the system knows such modes."""
    if os.name != "posix" or not path.exists() or path.resolve() == Path.cwd():
        return
    found = stat.S_IMODE(path.stat().st_mode)
    if found & stat.S_ISVTX:
        yield Answer("files", f"{path} is everybody's", "keep the database in a folder of its own")
    elif found & ~mode:
        yield Answer("files", f"others may get at {path} (mode {found:04o})", f"chmod {mode:o} {path}")
    elif not os.access(path, os.R_OK | os.W_OK):
        yield Answer("files", f"{path} cannot be written by this user", "run Parley as the user that it belongs to")
    else:
        yield Answer("files", f"{path} is private (mode {found:04o})")


def _database(path: Path) -> Iterator[Answer]:
    yield Answer("running", f"a Parley runs on {path} now" if is_running(path) else f"no Parley runs on {path}")
    if not path.exists() or path.stat().st_size == 0:
        yield Answer("database", f"there is none at {path} yet; the first start makes it")
        return
    try:
        with _pointing_at_work("Reading the whole database"):
            found = examined(path)
    except StorageError as error:
        yield Answer("database", error.sentence.rstrip("."), "a backup can be put in its place: python bot.py restore")
        return
    later = "; the next start brings it up to date" if found.is_older else ""
    yield Answer("database", f"all {found.size:,} bytes are sound, version {found.version}{later}")


def _content(settings: Settings) -> Answer:
    library = loading.load(settings.articles, settings.prompts)
    told = f"{len(library.articles)} articles and {len(library.prompt_sets)} prompt sets"
    if library.problems:
        return Answer("content", f"{told}, and {len(library.problems)} problems", "python bot.py check tells each")
    if not library.prompt_sets:
        return Answer("content", f"{told}: nothing can be debated", f"put a prompt set into {settings.prompts}")
    return Answer("content", told)


def _space(database: Path) -> Answer:
    folder = next(folder for folder in database.absolute().parents if folder.exists())
    free = shutil.disk_usage(folder).free
    size = database.stat().st_size if database.exists() else 0
    told = f"{free // 1024**2:,} MiB free for {folder}"
    if free < max(LITTLE_SPACE, 2 * size):
        return Answer("disk", f"only {told}", "make room: a full disk means that nothing more is recorded")
    return Answer("disk", told)


def _discord(settings: Settings) -> Iterator[Answer]:
    if settings.discord_token is None:
        return
    named: list[GuildSettings] = []
    try:
        with snapshot(settings.database) as tx:
            named = guilds.with_default_channel(tx)
    except StorageError:
        yield Answer("channel", "those for debates are known once Parley has started on this database")
    with _pointing_at_work("Asking Discord"):
        yield from asyncio.run(examine(settings.discord_token.get_secret_value(), named))


@contextmanager
def _pointing_at_work(what: str) -> Generator[None]:
    with Console(stderr=True).status(what):
        yield
