"""What can go wrong with the database, each told in one sentence that an operator can act on."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import exc


class StorageError(Exception):
    """Something is wrong with the database. `sentence` says what, and what to do; it holds no recorded text."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class DatabaseTooNew(StorageError):  # noqa: N818 – the names say what is the case; "Error" adds nothing
    """The database was written by a later version of Parley. Nothing was changed."""


class DatabaseLocked(StorageError):  # noqa: N818 – as above
    """Another program holds the database for longer than we wait."""


class DatabaseInUse(StorageError):  # noqa: N818 – as above
    """Another Parley runs on this database: two of them would post and record everything twice."""


class DatabaseReadOnly(StorageError):  # noqa: N818 – as above
    """The database file or its folder cannot be written."""


class DiskFull(StorageError):  # noqa: N818 – as above
    """No space is left for the change. Nothing of it was kept."""


class DatabaseDamaged(StorageError):  # noqa: N818 – as above
    """The file is no database, not one of ours, or malformed."""


class RecordRefused(StorageError):  # noqa: N818 – as above
    """The database's own rules refused a record: it names what does not exist in its guild, or exists already."""


class StoreClosed(StorageError):  # noqa: N818 – as above
    """The store is closed or closing and takes nothing more."""


class AlreadyOpen(Exception):  # noqa: N818 – as above
    """A channel has at most one open session, and a session at most one open round."""


def locked(path: Path) -> DatabaseLocked:
    """The error of a database that another program holds."""
    return DatabaseLocked(f"Another program holds the database {path}; close it and try again.")


def read_only(path: Path) -> DatabaseReadOnly:
    """The error of a file or folder that we may not write."""
    return DatabaseReadOnly(f"The database {path} cannot be written; check the permissions of the file and its folder.")


def disk_full(path: Path) -> DiskFull:
    """The error of a full disk."""
    return DiskFull(f"The disk that holds {path} is full; nothing of this change was kept. Free some space.")


def damaged(path: Path) -> DatabaseDamaged:
    """The error of a file that SQLite cannot make sense of."""
    return DatabaseDamaged(f"The file {path} is not a database or is damaged; put it aside and restore a backup.")


def closed() -> StoreClosed:
    """The error of asking a store that takes nothing more."""
    return StoreClosed("The database is closed; Parley is stopping.")


_TELL: dict[int, Callable[[Path], StorageError]] = {
    sqlite3.SQLITE_BUSY: locked,
    sqlite3.SQLITE_LOCKED: locked,
    sqlite3.SQLITE_READONLY: read_only,
    sqlite3.SQLITE_CANTOPEN: read_only,
    sqlite3.SQLITE_PERM: read_only,
    sqlite3.SQLITE_FULL: disk_full,
    sqlite3.SQLITE_IOERR_SHMSIZE: disk_full,  # no space for the index of the write-ahead log
    sqlite3.SQLITE_CORRUPT: damaged,
    sqlite3.SQLITE_NOTADB: damaged,
}
"""By SQLite's extended code, or by the primary one in its lowest byte."""


def translated(error: BaseException, path: Path) -> BaseException:
    """The StorageError that tells what a database error means; any other error as it is."""
    if isinstance(error, exc.IntegrityError | sqlite3.IntegrityError):
        return RecordRefused(f"The database {path} refused a record that breaks its rules.")
    original = error.orig if isinstance(error, exc.DBAPIError) else error
    if not isinstance(original, sqlite3.Error):
        return error
    # An error of the driver itself, such as a closed connection, has neither code nor name.
    code: int = getattr(original, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    tell = _TELL.get(code) or _TELL.get(code & 0xFF)
    if tell is not None:
        return tell(path)
    name: str = getattr(original, "sqlite_errorname", type(original).__name__)
    return StorageError(f"The database {path} failed ({name}).")
