"""Connections to the database file: how they are set up, and that their threads end with them."""

import json
import threading
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, NullPool, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

FOR_MIGRATION = ("foreign_keys = OFF", "synchronous = FULL", "secure_delete = ON")
"""Making a table anew would cascade, and foreign keys cannot be switched in a transaction: they are checked later."""
FOR_WRITING = ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON")
FOR_READING = ("query_only = ON",)


@asynccontextmanager
async def connected(path: Path, *, wait: float, pragmas: Sequence[str]) -> AsyncGenerator[AsyncConnection]:
    """One connection with a thread of its own; `wait` is how long, in seconds, it waits for another program's lock.

    Left to themselves, sqlite3 and so aiosqlite begin transactions only before an INSERT, UPDATE or DELETE. With
    isolation_level None they begin none, so the BEGIN of our choice is ours to send; commit() and rollback() still
    end it. SQLAlchemy's own begin() sends nothing to this driver.
    """
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(path)),
        poolclass=NullPool,
        connect_args={"timeout": wait, "isolation_level": None},
        hide_parameters=True,  # what students wrote must not reach a log inside an error
        json_serializer=partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
    )

    def set_up(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine.sync_engine, "connect", set_up)
    async with engine.connect() as connection:
        try:
            yield connection
        finally:
            # aiosqlite ends its thread but does not wait for it, and offers nothing to wait for.
            thread: threading.Thread = _driver((await connection.get_raw_connection()).driver_connection)._thread
    thread.join()


def in_transaction(tx: Connection) -> bool:
    """Does the database itself say that a transaction is open? It ends one by itself when the disk is full."""
    return bool(_driver(tx.connection.driver_connection).in_transaction)


def _driver(connection: Any) -> Any:
    """The driver's connection, which SQLAlchemy types as anything."""
    return connection
