"""Who serves the lines: the one writer, which commits in groups, and the readers, each reading from one snapshot."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from bot.storage import erasure
from bot.storage.connect import Connected, end, in_transaction
from bot.storage.errors import closed, translated
from bot.storage.line import Item, Line, alone
from bot.storage.transaction import Transaction
from bot.values import frozen

log = logging.getLogger(__name__)

GROUP = 256
"""At most so many items share a commit: the first of them waits for the last."""


async def write_in_groups(connection: Connected, line: Line, path: Path) -> None:
    """Be the writer: take what waits, do it in one transaction, answer after its commit, until the line is done."""
    try:
        while not line.is_done:
            items = await line.take(GROUP)
            if not items or (await _serve(connection, _write_group, items, path)).has_erased:
                await connection.run(_empty_log_if_due, path)
    finally:
        line.desert()


async def read_one_by_one(connection: Connected, line: Line, path: Path, after_each: Callable[[], None]) -> None:
    """Be a reader: take one item, answer it from one snapshot, until the line is done."""
    try:
        while not line.is_done:
            if items := await line.take(1):
                await _serve(connection, _read, items, path)
                after_each()
    finally:
        line.desert()


Failures = Mapping[Item[object], Exception]
"""What went wrong with which item. Whoever is not named here has succeeded."""


@frozen
class Served:
    """What became of a group, and whether words may have been erased that the write-ahead log still holds."""

    failed: Failures = field(default_factory=dict[Item[object], Exception])
    has_erased: bool = False


async def _serve(
    connection: Connected,
    serve: Callable[[Transaction, Sequence[Item[object]]], Served],
    items: Sequence[Item[object]],
    path: Path,
) -> Served:
    """All callers are answered here, and truly, whatever happens: also when we are cancelled, which then waits."""
    served = connection.begin(serve, items)
    try:
        await end(served)
    finally:
        unserved = served.exception()
        for item in items:
            if unserved is not None:
                item.fail(closed())
            elif (error := served.result().failed.get(item)) is not None:
                item.fail(_told(error, path))
            else:
                item.succeed()
    return served.result()


def _write_group(tx: Transaction, items: Sequence[Item[object]]) -> Served:
    """The group in one transaction, so that it is committed once.

    It is begun as if nothing could fail. If something does, all is taken back and done again with care: then each
    piece of work stands in a savepoint of its own, and only the guilty fail. A savepoint takes as long as a response.
    """
    try:
        try:
            return _transact(tx, items, _rush)
        except _Failed as failed:
            if len(items) == 1:
                return Served({items[0]: failed.why})
        return _transact(tx, items, _with_care)
    except Exception as error:  # noqa: BLE001 – it is the callers'; the writer goes on
        _clean_up(tx)
        return Served(dict.fromkeys(items, error), has_erased=True)


class _Failed(Exception):  # noqa: N818 - not an error of ours: it says that the careful way is needed
    """Work has failed in a transaction that is not made for it."""

    def __init__(self, why: Exception) -> None:
        super().__init__(why)
        self.why = why


def _transact(
    tx: Transaction, items: Sequence[Item[object]], serve: Callable[[Transaction, Sequence[Item[object]]], Failures]
) -> Served:
    with tx.begin():
        tx.exec_driver_sql("BEGIN IMMEDIATE")
        failed = serve(tx, [item for item in items if not item.is_abandoned])
    return Served(failed, erasure.is_due(tx))


def _rush(tx: Transaction, items: Sequence[Item[object]]) -> Failures:
    for together in _runs(items):
        try:
            _do(tx, together)
        except Exception as error:
            raise _Failed(error) from error
    return {}


def _with_care(tx: Transaction, items: Sequence[Item[object]]) -> Failures:
    failed: dict[Item[object], Exception] = {}
    for item in items:
        tx.exec_driver_sql("SAVEPOINT item")  # SQLAlchemy's own takes as long as an item's work
        try:
            _do(tx, [item])
        except Exception as error:
            if not in_transaction(tx):  # a full disk ends the whole transaction: nothing may follow it
                raise
            tx.exec_driver_sql("ROLLBACK TO item")
            failed[item] = error
        tx.exec_driver_sql("RELEASE item")
    return failed


def _runs(items: Sequence[Item[object]]) -> list[list[Item[object]]]:
    """The items in their order, those that may share a call joined."""
    runs: list[list[Item[object]]] = []
    for item in items:
        if runs and item.work is not alone and item.work is runs[-1][0].work:
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


def _do(tx: Transaction, together: Sequence[Item[object]]) -> None:
    outcomes = together[0].work(tx, [item.request for item in together])
    for item, outcome in zip(together, outcomes, strict=True):
        item.keep(outcome)


def _read(tx: Transaction, items: Sequence[Item[object]]) -> Served:
    for item in items:
        if item.is_abandoned:
            continue
        try:
            with tx.begin():
                tx.exec_driver_sql("BEGIN")
                _do(tx, [item])
        except Exception as error:  # noqa: BLE001 – it is the caller's; the reader goes on
            _clean_up(tx)
            return Served({item: error})
    return Served()


def _told(error: Exception, path: Path) -> BaseException:
    """The error as its caller may know it, with the driver's own as its cause."""
    known = translated(error, path)
    if known is not error:
        known.__cause__ = error
    return known


def _clean_up(tx: Transaction) -> None:
    """Leave no transaction open behind a failure; where even that fails, a new connection takes over."""
    try:
        tx.rollback()
        if in_transaction(tx):
            tx.exec_driver_sql("ROLLBACK")
            tx.rollback()
    except Exception:
        log.exception("the database connection failed and is opened anew")
        tx.invalidate()
        tx.rollback()


def _empty_log_if_due(tx: Transaction, path: Path) -> None:
    """After words were erased. A failure changes nothing that was acknowledged, and it is tried again."""
    try:
        if erasure.is_due(tx):
            erasure.try_now(tx)
        tx.rollback()
    except Exception:
        log.exception("the write-ahead log of %s could not be emptied", path)
        _clean_up(tx)
