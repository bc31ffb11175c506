"""A copy of the whole database in one file: of one moment, also while a bot runs on it, and read back before it counts.

What counts as a backup has been checked page by page and holds as many rows in each table as the database held at
that moment. It is in one piece, with no log beside it, and can be read from a disk that cannot be written.
"""

import os
import secrets
import sqlite3
from collections.abc import Callable, Generator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import func, inspect, select, table, text

from bot.storage.connect import FOR_READING_MUCH, driver_of, engine_of
from bot.storage.errors import DatabaseDamaged, DatabaseTooNew, StorageError, translated
from bot.storage.transaction import Transaction
from bot.storage.versions import SHIPPED
from bot.values import frozen

OnProgress = Callable[[int, int], None]
"""Told how many pages are copied, of how many."""

_PAGES_AT_ONCE = 4096
_SIDES = ("-wal", "-shm", "-journal")
_OF_THE_SOURCE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
"""What only the database that is read can be the cause of."""


@frozen
class Contents:
    """What is in a database: the version of its tables, the rows in each of them, and its size in bytes."""

    version: str
    rows: Mapping[str, int]
    size: int

    @property
    def is_older(self) -> bool:
        """Was it written by an earlier version of Parley? The next start brings it up to date."""
        return self.version < SHIPPED.head


class NotWritten(Exception):  # noqa: N818 – the message is the sentence for the operator
    """The copy could not be written where it was asked for. Nothing was left behind."""


def back_up(database: Path, file: Path, *, on_progress: OnProgress) -> Contents:
    """Write a verified copy to `file`, readable by its owner alone; a file that exists is never overwritten.

    Raises NotWritten, and a StorageError where the database itself cannot be read.
    """
    file = file.absolute()
    if file.exists():
        message = f"{file} exists already and is left as it is; name another file."
        raise NotWritten(message)
    with opened(database, "rw") as tx:
        before = counted(tx, database)
        with verified_copy(tx, before, file, on_progress) as part:
            _give_its_name(part, file)
    return Contents(before.version, before.rows, file.stat().st_size)


def examined(path: Path, *, mode: str = "rw") -> Contents:
    """Read all of a database and tell what is in it; a StorageError tells what is wrong with it.

    `mode` "ro" also reads from where nothing can be written; "rw" sees what a running bot has in its log, and writes
    nothing either.
    """
    with opened(path, mode) as tx:
        found = counted(tx, path)
        if tx.exec_driver_sql("PRAGMA integrity_check").scalars().all() != ["ok"]:
            message = f"The database {path} is damaged; put it aside and restore a backup: python bot.py restore FILE"
            raise DatabaseDamaged(message)
        if tx.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            message = f"Records in {path} name others that are not there; put it aside and restore a backup."
            raise DatabaseDamaged(message)
    return found


@contextmanager
def opened(path: Path, mode: str) -> Generator[Transaction]:
    """A database as it is at this moment, of whatever version; nothing is written to it."""
    path = path.absolute()
    if not path.is_file():
        message = f"There is no database at {path}."
        raise StorageError(message)
    engine = engine_of(f"{path.as_uri()}?mode={mode}", wait=10.0, pragmas=FOR_READING_MUCH)
    try:
        with engine.connect() as tx, tx.begin():
            tx.exec_driver_sql("BEGIN")
            yield tx
    except Exception as error:
        known = translated(error, path)
        if known is error:
            raise
        raise known from error


def counted(tx: Transaction, path: Path) -> Contents:
    """The version and the rows, in one snapshot. Raises DatabaseDamaged for what is not of Parley, DatabaseTooNew."""
    tables = inspect(tx).get_table_names()
    version: str | None = None
    if "alembic_version" in tables:
        version = tx.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    if version is None:
        message = f"The file {path} is not a database of Parley; choose another file."
        raise DatabaseDamaged(message)
    if version > SHIPPED.head:
        message = f"{path} was written by a later version of Parley ({version}); upgrade Parley to use it."
        raise DatabaseTooNew(message)
    rows = {name: tx.execute(select(func.count()).select_from(table(name))).scalar_one() for name in tables}
    return Contents(version, rows, path.stat().st_size)


@contextmanager
def verified_copy(tx: Transaction, expected: Contents, beside: Path, on_progress: OnProgress) -> Generator[Path]:
    """A copy under a temporary name in the folder of `beside`, flushed to the disk; gone afterwards unless renamed."""
    part = beside.with_name(f".{beside.name}.{secrets.token_hex(4)}.part")
    try:
        with _told(beside):
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            _copy(tx, part, on_progress)
        found = examined(part)
        if (found.version, found.rows) != (expected.version, expected.rows):
            message = f"{beside} did not read back as it was written, and was given up; try another disk."
            raise NotWritten(message)
        with _told(beside):
            flush(part)
            yield part
            if os.name == "posix":
                flush(beside.parent)
    finally:
        for name in (part, *(part.with_name(part.name + side) for side in _SIDES)):
            name.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder."""
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy(tx: Transaction, part: Path, on_progress: OnProgress) -> None:
    """Copy the snapshot that `tx` holds, and make one piece of it: as copied, it would still ask for a log."""
    with closing(sqlite3.connect(part, isolation_level=None)) as target:
        target.execute("PRAGMA journal_mode = OFF")  # the file counts only when it is whole
        target.execute("PRAGMA synchronous = OFF")
        driver_of(tx).backup(
            target, pages=_PAGES_AT_ONCE, progress=lambda _, left, pages: on_progress(pages - left, pages)
        )
    with closing(sqlite3.connect(part, isolation_level=None)) as target:
        target.execute("PRAGMA journal_mode = DELETE")


def _give_its_name(part: Path, file: Path) -> None:
    """Rename, but never over a file that has appeared meanwhile."""
    try:
        os.link(part, file)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no second names, such as many a USB stick
        if file.exists():
            raise FileExistsError from None
        part.rename(file)


@contextmanager
def _told(file: Path) -> Generator[None]:
    """Say which file could not be written, and why."""
    try:
        yield
    except FileExistsError:
        message = f"{file} exists already and is left as it is; name another file."
        raise NotWritten(message) from None
    except OSError as error:
        message = f"{file} could not be written: {error.strerror or error}. Nothing was left behind."
        raise NotWritten(message) from error
    except sqlite3.Error as error:
        code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        if code & 0xFF in _OF_THE_SOURCE:
            raise
        why = "the disk is full" if code & 0xFF == sqlite3.SQLITE_FULL else str(error)
        message = f"{file} could not be written: {why}. Nothing was left behind."
        raise NotWritten(message) from error
