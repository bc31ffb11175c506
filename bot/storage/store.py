"""The database as the rest of Parley knows it: a place to write to and to read from."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TypeVar

from bot.storage.connect import FOR_MIGRATION, FOR_READING, FOR_WRITING, Connected, connected
from bot.storage.errors import translated
from bot.storage.line import Line, alone
from bot.storage.lock import only_one
from bot.storage.serve import read_one_by_one, write_in_groups
from bot.storage.transaction import Transaction
from bot.storage.versions import SHIPPED, Steps, bring_up_to_date, use_write_ahead_log

log = logging.getLogger(__name__)

R = TypeVar("R")
T = TypeVar("T")

_READERS = 3
_PLACES = 1024


class Store:
    """One open database. Work is a plain function of a Transaction: it calls this room's functions and awaits nothing.

    Work runs in another thread, later than its caller asked, so it must not touch shared objects or the event loop.
    """

    def __init__(self, path: Path, writing: Line, reading: Line) -> None:
        self._path = path
        self._writing = writing
        self._reading = reading

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path, *, busy_timeout: float = 10.0, steps: Steps = SHIPPED) -> AsyncGenerator["Store"]:
        """Open the database, making or upgrading it where needed; `busy_timeout` is in seconds.

        Raises a StorageError that says in a sentence what is wrong: DatabaseInUse, DatabaseTooNew, DatabaseLocked,
        DatabaseReadOnly, DiskFull, DatabaseDamaged. On leaving, all that was asked is done first.
        """
        path = path.absolute()  # noqa: ASYNC240 – asks the disk nothing
        writing, reading = Line(_PLACES), Line(_PLACES)
        with only_one(path):
            async with AsyncExitStack() as connections:
                try:
                    writer = await _ready(path, busy_timeout, steps, connections)
                    readers = [
                        await connections.enter_async_context(connected(path, wait=busy_timeout, pragmas=FOR_READING))
                        for _ in range(_READERS)
                    ]
                except Exception as error:
                    known = translated(error, path)
                    if known is error:
                        raise
                    raise known from error
                tasks = [
                    asyncio.create_task(write_in_groups(writer, writing, path), name="storage writer"),
                    *(
                        asyncio.create_task(
                            read_one_by_one(reader, reading, path, writing.nudge), name=f"storage reader {number}"
                        )
                        for number, reader in enumerate(readers, start=1)
                    ),
                ]
                try:
                    yield cls(path, writing, reading)
                finally:
                    reading.close()
                    writing.close()
                    await _end(tasks)

    @property
    def path(self) -> Path:
        """Where the database file is: for a `snapshot` of it in another thread or process."""
        return self._path

    @property
    def writes_waiting(self) -> int:
        """How many writes have not been acknowledged yet."""
        return self._writing.length

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Do the work in a transaction of the single writer and answer after its commit.

        What the work raises, the caller gets, and nothing of that work is kept. A StorageError tells that the
        database failed. A caller who is cancelled leaves the work either done whole or not begun.
        """
        return await self._writing.ask(alone, work)

    async def write_together(self, work: Callable[[Transaction, Sequence[R]], Sequence[T]], request: R) -> T:
        """Have the request done and answer after its commit: for what many do at the same moment.

        The requests that wait together for the same function are given to it in one call, in their order; it answers
        with one outcome for each. Otherwise like `write`: where such a call fails, each of its requests is tried alone.
        """
        return await self._writing.ask(work, request)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Do the work on one consistent snapshot, beside the writer. It cannot write."""
        return await self._reading.ask(alone, work)


async def _ready(path: Path, wait: float, steps: Steps, connections: AsyncExitStack) -> Connected:
    """The writer's connection to an up-to-date database."""
    async with connected(path, wait=wait, pragmas=FOR_MIGRATION) as connection:
        await connection.run(bring_up_to_date, path, steps)
        await connection.run(use_write_ahead_log, path)
    return await connections.enter_async_context(connected(path, wait=wait, pragmas=FOR_WRITING))


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    """Wait until the lines are served. Who is cancelled meanwhile leaves no task behind."""
    try:
        await asyncio.wait(tasks)
    finally:
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                log.error("a storage task ended badly", exc_info=outcome)
