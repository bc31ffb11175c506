"""Who serves the lines: the one writer, which commits in groups, and the readers, each reading from one snapshot."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import erasure
from bot.storage.connect import in_transaction
from bot.storage.errors import closed, translated
from bot.storage.line import Item, Line
from bot.storage.transaction import Transaction

log = logging.getLogger(__name__)

GROUP = 64
"""At most so many items share a commit: the first of them waits for the last."""


async def write_in_groups(connection: AsyncConnection, line: Line, path: Path) -> None:
    """Be the writer: take what waits, do it in one transaction, answer after its commit, until the line is done."""
    try:
        while not line.is_done:
            if items := await line.take(GROUP):
                await _write_group(connection, items, path)
            await _empty_log_if_due(connection, path)
    finally:
        line.desert()


async def read_one_by_one(connection: AsyncConnection, line: Line, path: Path, after_each: Callable[[], None]) -> None:
    """Be a reader: take one item, answer it from one snapshot, until the line is done."""
    try:
        while not line.is_done:
            for item in await line.take(1):
                try:
                    await connection.run_sync(_read, item)
                except Exception as error:  # noqa: BLE001 – it is the caller's; the reader goes on
                    item.fail(_told(error, path))
                    await _clean_up(connection)
                else:
                    item.succeed()
                after_each()
    finally:
        line.desert()


async def _write_group(connection: AsyncConnection, items: Sequence[Item[object]], path: Path) -> None:
    """All callers of a group are answered here, whatever happens."""
    failed: dict[Item[object], Exception] = {}
    try:
        await connection.run_sync(_commit_group, items, failed)
    except Exception as error:  # noqa: BLE001 – it is the callers'; the writer goes on
        for item in items:
            item.fail(_told(failed.get(item, error), path))
        await _clean_up(connection)
    except BaseException:
        for item in items:
            item.fail(closed())
        raise
    else:
        for item in items:
            if item in failed:
                item.fail(_told(failed[item], path))
            else:
                item.succeed()


def _commit_group(tx: Transaction, items: Sequence[Item[object]], failed: dict[Item[object], Exception]) -> None:
    """One transaction around the group, a savepoint around each item. Those who fail alone are told in `failed`."""
    with tx.begin():
        tx.exec_driver_sql("BEGIN IMMEDIATE")
        for item in items:
            if item.is_abandoned:
                continue
            if (error := _attempt(tx, item)) is not None:
                if not in_transaction(tx):  # a full disk ends the whole transaction: nothing may follow it
                    raise error
                failed[item] = error


def _attempt(tx: Transaction, item: Item[object]) -> Exception | None:
    """Do one item's work in a savepoint; what it raised, if it failed."""
    own: Exception | None = None
    try:
        with tx.begin_nested():
            try:
                item.run(tx)
            except Exception as error:
                own = error
                raise
    except Exception as error:  # noqa: BLE001 – it is the caller's; where the savepoint is gone too, the first tells more
        return own or error
    return None


def _read(tx: Transaction, item: Item[object]) -> None:
    if item.is_abandoned:
        return
    with tx.begin():
        tx.exec_driver_sql("BEGIN")
        item.run(tx)


def _told(error: Exception, path: Path) -> BaseException:
    """The error as its caller may know it, with the driver's own as its cause."""
    known = translated(error, path)
    if known is not error:
        known.__cause__ = error
    return known


async def _clean_up(connection: AsyncConnection) -> None:
    """Leave no transaction open behind a failure; where even that fails, a new connection takes over."""
    try:
        await connection.rollback()
        if await connection.run_sync(in_transaction):
            await connection.exec_driver_sql("ROLLBACK")
            await connection.rollback()
    except Exception:
        log.exception("the database connection failed and is opened anew")
        await connection.invalidate()
        await connection.rollback()


async def _empty_log_if_due(connection: AsyncConnection, path: Path) -> None:
    """After words were erased. A failure changes nothing that was acknowledged, and it is tried again."""
    try:
        if await connection.run_sync(erasure.is_due):
            await connection.run_sync(erasure.try_now)
        await connection.rollback()
    except Exception:
        log.exception("the write-ahead log of %s could not be emptied", path)
        await _clean_up(connection)
