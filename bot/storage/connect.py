"""Connections to the database file: how they are set up, and the one thread that aiosqlite gives to each of them."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import aiosqlite
from sqlalchemy import Connection, Engine, NullPool, create_engine

FOR_MIGRATION = ("foreign_keys = OFF", "synchronous = FULL", "secure_delete = ON")
"""Making a table anew would cascade, and foreign keys cannot be switched in a transaction: they are checked later."""
FOR_WRITING = ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON", "cache_size = -1024")
FOR_READING = ("query_only = ON", "cache_size = -256")
"""These two stay open as long as the bot runs. Each would come to hold 2 MiB of a large file, which the system keeps at
hand anyway: so they have smaller caches, in KiB.
"""
FOR_READING_MUCH = ("query_only = ON",)
"""In one go, and closed then."""

P = ParamSpec("P")
T = TypeVar("T")


class Connected:
    """One connection of aiosqlite's, in whose thread whole transactions run without the event loop.

    aiosqlite's own methods go to its thread and back for every statement, which makes a group of small transactions
    several times slower. So this hands it whole functions, by the one method through which its own go too.
    """

    def __init__(self, driver: aiosqlite.Connection, tx: Connection) -> None:
        self._driver = driver
        self._tx = tx

    def begin(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **more: P.kwargs
    ) -> asyncio.Future[T]:
        """Have the work done behind all that was begun before. Nothing stops it: await its `end`."""
        return asyncio.ensure_future(_in_thread_of(self._driver, partial(work, self._tx, *args, **more)))

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
    opened: list[Connection | Exception] = []

    def connect() -> sqlite3.Connection:
        try:
            opened.append(tx := engine.connect())
        except Exception as error:  # noqa: BLE001 - raised again below
            # aiosqlite does not wait for the thread of a connection that failed: it gets one that can be closed.
            opened.append(error)
            return sqlite3.connect(":memory:")
        return driver_of(tx)

    driver = aiosqlite.Connection(connect, iter_chunk_size=64)
    try:
        async with driver:
            tx = opened[0]
            if isinstance(tx, Exception):
                raise tx
            try:
                yield Connected(driver, tx)
            finally:
                closing_down = asyncio.ensure_future(_in_thread_of(driver, tx.close))
                await end(closing_down)
                closing_down.result()
    finally:
        # aiosqlite answers just before its thread ends; the moment until then is waited for, so that none outlives us.
        driver._thread.join()  # pyright: ignore[reportPrivateUsage] - aiosqlite has no public way to wait for it


async def _in_thread_of(driver: aiosqlite.Connection, work: Callable[[], T]) -> T:
    # The private method is the one that all public ones go through; aiosqlite is pinned, and every test of the store
    # would tell if it changed.
    execute: Callable[[Callable[[], T]], Awaitable[T]] = driver._execute  # pyright: ignore[reportPrivateUsage, reportUnknownMemberType, reportUnknownVariableType] - see above
    return await execute(work)


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
