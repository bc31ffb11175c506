"""Connections to the database file: how they are set up, and the one thread that each of them has."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, NullPool, create_engine

FOR_MIGRATION = ("foreign_keys = OFF", "synchronous = FULL", "secure_delete = ON")
"""Making a table anew would cascade, and foreign keys cannot be switched in a transaction: they are checked later."""
FOR_WRITING = ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON")
FOR_READING = ("query_only = ON",)

P = ParamSpec("P")
T = TypeVar("T")


class Connected:
    """One connection, used in a thread of its own, so that whole transactions run there without the event loop."""

    def __init__(self, thread: ThreadPoolExecutor, tx: Connection) -> None:
        self._thread = thread
        self._tx = tx

    def begin(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **more: P.kwargs
    ) -> asyncio.Future[T]:
        """Have the work done behind all that was begun before. Nothing stops it: await its `end`."""
        return asyncio.get_running_loop().run_in_executor(self._thread, partial(work, self._tx, *args, **more))

    async def run(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **more: P.kwargs) -> T:
        """Do the work and await its end."""
        begun = self.begin(work, *args, **more)
        await end(begun)
        return begun.result()


async def end(begun: asyncio.Future[Any]) -> None:
    """Wait until what was begun in a thread has ended. Who is cancelled meanwhile waits too: a thread runs on."""
    cancelled: asyncio.CancelledError | None = None
    while not begun.done():
        try:
            await asyncio.wait([begun])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled


@asynccontextmanager
async def connected(path: Path, *, wait: float, pragmas: Sequence[str]) -> AsyncGenerator[Connected]:
    """One connection with a thread of its own; `wait` is how long, in seconds, it waits for another program's lock."""
    engine = engine_of(str(path), wait=wait, pragmas=pragmas)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="storage") as thread:
        opening = asyncio.get_running_loop().run_in_executor(thread, engine.connect)
        try:
            await end(opening)
            yield Connected(thread, opening.result())
        finally:
            if not opening.exception():
                await end(asyncio.get_running_loop().run_in_executor(thread, opening.result().close))


def engine_of(file: str, *, wait: float, pragmas: Sequence[str]) -> Engine:
    """Makes connections to a file, given by its path or as SQLite's `file:` address.

    Left to itself, sqlite3 begins transactions only before an INSERT, UPDATE or DELETE. With isolation_level None it
    begins none, so the BEGIN of our choice is ours to send; commit() and rollback() still end it. SQLAlchemy's own
    begin() sends nothing to this driver.
    """

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(file, timeout=wait, isolation_level=None, uri=file.startswith("file:"))
        try:
            with closing(connection.cursor()) as cursor:
                for pragma in pragmas:
                    cursor.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
        return connection

    return create_engine(
        "sqlite://",
        creator=connect,
        poolclass=NullPool,
        hide_parameters=True,  # what students wrote must not reach a log inside an error
        json_serializer=partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
    )


def in_transaction(tx: Connection) -> bool:
    """Does the database itself say that a transaction is open? It ends one by itself when the disk is full."""
    return driver_of(tx).in_transaction


def driver_of(tx: Connection) -> sqlite3.Connection:
    """The driver's own connection, which SQLAlchemy types as anything."""
    driver: Any = tx.connection.driver_connection
    return driver
