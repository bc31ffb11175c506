"""A connection's thread ends with it, however that comes."""

import asyncio
import logging
import threading
from collections.abc import Generator
from pathlib import Path

import pytest

from bot.storage.connect import FOR_READING, connected


class Slow(logging.Handler):
    """Keeps aiosqlite's thread for a moment after it has answered, as a busy machine does."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage().startswith("operation"):
            threading.Event().wait(0.05)


@pytest.fixture
def threads() -> Generator[int]:
    """How many there are, while aiosqlite's end late."""
    slow, driver = Slow(), logging.getLogger("aiosqlite")
    level = driver.level
    driver.addHandler(slow)
    driver.setLevel(logging.DEBUG)
    try:
        yield threading.active_count()
    finally:
        driver.removeHandler(slow)
        driver.setLevel(level)


async def test_it_ends_when_the_connection_is_closed(tmp_path: Path, threads: int) -> None:
    async with connected(tmp_path / "x.sqlite3", wait=1, pragmas=FOR_READING):
        assert threading.active_count() == threads + 1
    assert threading.active_count() == threads


async def test_it_ends_when_what_uses_the_connection_fails(tmp_path: Path, threads: int) -> None:
    with pytest.raises(ZeroDivisionError):
        async with connected(tmp_path / "x.sqlite3", wait=1, pragmas=FOR_READING):
            _ = 1 / 0
    assert threading.active_count() == threads


async def test_it_ends_when_the_file_cannot_be_opened(tmp_path: Path, threads: int) -> None:
    with pytest.raises(Exception, match="unable to open"):
        async with connected(tmp_path / "missing" / "x.sqlite3", wait=1, pragmas=FOR_READING):
            pass
    assert threading.active_count() == threads


async def test_it_ends_when_who_uses_the_connection_is_cancelled(tmp_path: Path, threads: int) -> None:
    inside = asyncio.Event()

    async def use() -> None:
        async with connected(tmp_path / "x.sqlite3", wait=1, pragmas=FOR_READING):
            inside.set()
            await asyncio.Event().wait()

    using = asyncio.create_task(use())
    await inside.wait()
    using.cancel()
    with pytest.raises(asyncio.CancelledError):
        await using
    assert threading.active_count() == threads
