"""Putting a backup in the database's place. The database that was there is kept beside it, and nothing is guessed."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from bot.storage.backup import Contents, NotWritten, OnProgress, examined, opened, verified_copy
from bot.storage.errors import DatabaseLocked, StorageError, locked, translated
from bot.storage.lock import lock_file, only_one
from bot.values import frozen

_SIDES = ("-wal", "-shm", "-journal")


@frozen
class Restored:
    """What is in place now, and where the database is that was there before: None where there was none."""

    contents: Contents
    aside: Path | None


def restore(file: Path, database: Path, *, now: datetime, on_progress: OnProgress) -> Restored:
    """Check a backup, keep the present database under a dated name, and put a copy of the backup in its place.

    Raises DatabaseInUse while a Parley runs on the database, any other StorageError for what is wrong with one of the
    two, NotWritten where the disk does not take the copy. Then the database is as it was.
    """
    file, database = file.absolute(), database.absolute()
    if file.exists() and database.exists() and file.samefile(database):
        message = f"{file} is the database itself; name a backup."
        raise NotWritten(message)
    contents = examined(file, mode="ro")
    was_there = database.exists()
    with only_one(database):
        try:
            with opened(file, "ro") as tx, verified_copy(tx, contents, database, on_progress) as part:
                _give_owner(part, database)
                _settle(database)
                aside = _swap(part, database, now) if was_there else _put(part, database)
        finally:
            if not was_there and database.stat().st_size == 0:
                database.unlink()  # the lock has made it
    return Restored(contents, aside)


def _settle(database: Path) -> None:
    """Bring what its log holds into the database. One that is damaged stays as it is, log and all.

    Raises DatabaseLocked while another program has it open: it would go on writing to what was put aside.
    """
    try:
        with opened(database, "ro") as tx:
            tx.exec_driver_sql("PRAGMA schema_version")
    except StorageError:
        return  # opening it for writing would throw a log away that belongs to it
    try:
        with closing(sqlite3.connect(database, timeout=2.0, isolation_level=None)) as present:
            present.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        if isinstance(translated(error, database), DatabaseLocked):
            raise locked(database) from error


def _swap(part: Path, database: Path, now: datetime) -> Path:
    """Change the two, so that there is a whole database under the name at every moment, and undo it if it fails."""
    aside = _free(database.with_name(f"{database.stem}.before-restore-{now:%Y%m%dT%H%M%SZ}{database.suffix}"))
    undo: list[Callable[[], object]] = []
    try:
        for side in _SIDES:  # of a damaged one only; left here they would be read into the restored one
            here, there = database.with_name(database.name + side), aside.with_name(aside.name + side)
            if here.exists():
                here.rename(there)
                undo.append(lambda here=here, there=there: there.rename(here))
        try:
            os.link(database, aside)
            undo.append(aside.unlink)
        except OSError:  # a disk that knows no second names
            database.rename(aside)
            undo.append(lambda: aside.rename(database))
        part.replace(database)
    except BaseException:
        for step in reversed(undo):
            with suppress(OSError):
                step()
        raise
    return aside


def _put(part: Path, database: Path) -> None:
    part.replace(database)


def _free(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def _give_owner(part: Path, database: Path) -> None:
    """What root restores must stay the bot's own."""
    if os.name == "posix" and os.geteuid() == 0:
        owner = database.stat()
        for path in (part, lock_file(database)):
            os.chown(path, owner.st_uid, owner.st_gid)
