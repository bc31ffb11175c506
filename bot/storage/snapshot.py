"""A database from beside its Store: in another thread or another process, while a bot runs on it or not."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import inspect, text

from bot.storage.connect import FOR_READING_MUCH, FOR_WRITING, engine_of
from bot.storage.errors import DatabaseDamaged, DatabaseTooNew, StorageError, translated
from bot.storage.transaction import Transaction
from bot.storage.versions import SHIPPED


@contextmanager
def snapshot(path: Path, *, busy_timeout: float = 10.0) -> Generator[Transaction]:
    """The database as it is at this moment, however long the block runs; `busy_timeout` is in seconds.

    For the thread that enters it alone. It cannot write, makes no database, takes no lock file and migrates nothing. A
    StorageError says in a sentence what is wrong: there is no database, or it is of another version, damaged or locked.
    """
    # Open for writing, though it writes nothing: who opens a file for reading alone leaves its log behind.
    with _transaction(path, busy_timeout, FOR_READING_MUCH, "BEGIN") as tx:
        yield tx


@contextmanager
def amendment(path: Path, *, busy_timeout: float = 10.0) -> Generator[Transaction]:
    """One short transaction that writes, for the operator's command line; committed when the block ends without error.

    SQLite itself lets it wait its turn with the writer of a bot that runs on the database. It makes no database and
    migrates nothing; a StorageError says in a sentence what is wrong.
    """
    with _transaction(path, busy_timeout, FOR_WRITING, "BEGIN IMMEDIATE") as tx:
        yield tx
        tx.exec_driver_sql("COMMIT")


@contextmanager
def _transaction(path: Path, wait: float, pragmas: tuple[str, ...], begin: str) -> Generator[Transaction]:
    path = path.absolute()
    if not path.exists():
        message = f"There is no database at {path}."
        raise StorageError(message)
    engine = engine_of(f"{path.as_uri()}?mode=rw", wait=wait, pragmas=pragmas)
    try:
        with engine.connect() as tx, tx.begin():
            tx.exec_driver_sql(begin)
            _require_our_version(tx, path)  # the first read, which is what a snapshot is of
            yield tx
    except Exception as error:
        known = translated(error, path)
        if known is error:
            raise
        raise known from error


def _require_our_version(tx: Transaction, path: Path) -> None:
    known = inspect(tx).has_table("alembic_version")
    version = tx.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() if known else None
    if version is None:
        message = f"The file {path} is not a database of Parley; choose another file."
        raise DatabaseDamaged(message)
    if version < SHIPPED.head:
        message = f"The database {path} was written by an earlier version of Parley; start Parley on it once first."
        raise StorageError(message)
    if version > SHIPPED.head:
        message = (
            f"The database {path} was written by a later version of Parley ({version}); upgrade Parley to read it."
        )
        raise DatabaseTooNew(message)
