"""Erased words must leave the write-ahead log too: who erases marks it, and the writer empties the log afterwards."""

from bot.storage.transaction import Transaction

_MARK = "parley.erased"


def mark(tx: Transaction) -> None:
    """Words were erased in this transaction."""
    tx.info[_MARK] = True


def is_due(tx: Transaction) -> bool:
    """Is the log to be emptied?"""
    return _MARK in tx.info


def try_now(tx: Transaction) -> None:
    """Move the log into the database and empty it, unless a reader still needs it: then it stays due. Never waits."""
    waits = tx.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    tx.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        busy = tx.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
    finally:
        tx.exec_driver_sql(f"PRAGMA busy_timeout = {waits:d}")
    if not busy:
        tx.info.pop(_MARK, None)
