"""Erased words must leave the disk: who erases marks it, and the writer sees to it between two transactions.

SQLite overwrites what is deleted, but not the copies that it makes where a page is parted: those go only when the whole
file is written anew. A small file is written anew at once after somebody was erased; else that waits for the night.
"""

import sqlite3

from sqlalchemy import delete
from sqlalchemy.exc import OperationalError

from bot.storage import notes
from bot.storage.schema import notes as table
from bot.storage.transaction import Transaction

UNCLEAN = "unclean"
"""The note that words were erased since the file was written anew."""

SMALL = 64 * 1024 * 1024
"""Bytes of a database that is written anew in a moment."""

_MARK, _THOROUGHLY, _WHATEVER_IT_TAKES = "parley.erased", "parley.erased-thoroughly", "parley.write-anew"


def mark(tx: Transaction, *, thoroughly: bool = False) -> None:
    """Words were erased in this transaction; `thoroughly`: no copy of them is to wait for the night, if possible."""
    tx.info[_MARK] = True
    if thoroughly:
        tx.info[_THOROUGHLY] = True
    if notes.get(tx, UNCLEAN) is None:
        notes.put(tx, UNCLEAN, "yes")


def write_anew(tx: Transaction) -> bool:
    """Have the file written anew after this transaction, however large it is, where words were erased since it was."""
    if notes.get(tx, UNCLEAN) is None:
        return False
    tx.info[_MARK] = tx.info[_WHATEVER_IT_TAKES] = True
    return True


def is_due(tx: Transaction) -> bool:
    """Is the log to be emptied?"""
    return _MARK in tx.info


def try_now(tx: Transaction) -> None:
    """Move the log into the database and empty it, unless a reader still needs it: then it stays due. Never waits.

    Before that the file is written anew, where it is to be.
    """
    waits = tx.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    tx.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        if _is_to_be_written_anew(tx) and not _write_anew(tx):
            return
        busy = tx.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
    finally:
        tx.exec_driver_sql(f"PRAGMA busy_timeout = {waits:d}")
    if not busy:
        tx.info.pop(_MARK, None)


def _write_anew(tx: Transaction) -> bool:
    """False where another program is writing at this moment. What fails otherwise waits for the night."""
    try:
        tx.exec_driver_sql("VACUUM")
        tx.execute(delete(table).where(table.c.key == UNCLEAN))
    except OperationalError as error:
        if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            return False
        _forget_to_write_anew(tx)
        raise
    _forget_to_write_anew(tx)
    return True


def _forget_to_write_anew(tx: Transaction) -> None:
    tx.info.pop(_THOROUGHLY, None)
    tx.info.pop(_WHATEVER_IT_TAKES, None)


def _is_to_be_written_anew(tx: Transaction) -> bool:
    if _WHATEVER_IT_TAKES in tx.info:
        return True
    pages, size = (tx.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "page_size"))
    return _THOROUGHLY in tx.info and pages * size <= SMALL
