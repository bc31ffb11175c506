"""Which version a database has, and how it becomes ours: whole, or not at all."""

from pathlib import Path

from sqlalchemy import inspect, text

from bot.storage.errors import DatabaseDamaged, StorageError
from bot.storage.transaction import Transaction
from bot.values import frozen


@frozen
class Steps:
    """The migrations in a folder and the version that the last of them leads to."""

    folder: Path
    head: str


SHIPPED = Steps(folder=Path(__file__).parent / "migrations", head="0010")


def bring_up_to_date(tx: Transaction, path: Path, steps: Steps) -> None:
    """Migrate within one transaction. Also finds out whether the database can be written at all.

    Needs a connection that does not enforce foreign keys; they are checked before the commit.
    """
    with tx.begin():
        tx.exec_driver_sql("BEGIN IMMEDIATE")
        tables = set(inspect(tx).get_table_names())
        found = _version(tx) if "alembic_version" in tables else None
        if found == steps.head:
            return
        if found is None and tables - {"alembic_version"}:
            message = f"The file {path} is a database, but not one of Parley; choose another file."
            raise DatabaseDamaged(message)
        from bot.storage.migrate import upgrade  # noqa: PLC0415 – Alembic is slow to import and seldom needed

        upgrade(tx, path, steps, found)
        if tx.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            message = f"The upgrade of {path} would have broken its records and was not made."
            raise DatabaseDamaged(message)


def use_write_ahead_log(tx: Transaction, path: Path) -> None:
    """Switch to write-ahead logging, which the file then remembers."""
    mode = tx.exec_driver_sql("PRAGMA journal_mode = WAL").scalar_one()
    tx.rollback()
    if mode != "wal":
        message = f"The folder of {path} allows no write-ahead log; put the database on a local disk."
        raise StorageError(message)


def _version(tx: Transaction) -> str | None:
    return tx.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
