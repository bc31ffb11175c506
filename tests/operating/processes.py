"""Parley as processes of its own, on a Discord of the test's own, with all that they say kept."""

import asyncio
import os
import re
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT
from tests.operating.fake_discord import TOKEN

ENDS_WITHIN = 5.0
"""Seconds from SIGTERM or Ctrl-C to the end."""


@dataclass(slots=True)
class Place:
    """A folder with a database, and the port at which Discord is."""

    folder: Path
    port: int
    more: dict[str, str] = field(default_factory=dict[str, str])
    said: list[str] = field(default_factory=list[str])
    """All that every process here has printed."""

    @property
    def database(self) -> Path:
        return self.folder / "data" / "parley.sqlite3"

    @property
    def log(self) -> Path:
        return self.folder / "data" / "parley.log"

    @property
    def environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PARLEY_", "DISCORD_"))}
        ours = {
            "DISCORD_TOKEN": TOKEN,
            "PARLEY_DATABASE": str(self.database),
            "PARLEY_LOG_FILE": str(self.log),
            "PARLEY_REHEARSAL_DATABASE": str(self.database),
            "PARLEY_REHEARSAL_PORT": "0",
        }
        return {**clean, "PYTHONIOENCODING": "utf-8", "COLUMNS": "200", **ours, **self.more}

    def everything_said(self) -> str:
        """What the processes printed, and what is in any file of the folder that is text."""
        files = [path for path in self.folder.rglob("*") if path.is_file() and "sqlite3" not in path.name]
        return "\n".join([*self.said, *(path.read_text("utf-8", "replace") for path in files)])


@dataclass(slots=True)
class Ended:
    """How a process ended."""

    status: int
    said: str


class Running:
    """A process that runs."""

    def __init__(self, place: Place, process: asyncio.subprocess.Process) -> None:
        self._place = place
        self._process = process
        self._said = ""

    async def says(self, pattern: str) -> re.Match[str]:
        """Wait until it has printed this."""
        async with asyncio.timeout(30):
            while (found := re.search(pattern, self._said)) is None:
                assert self._process.stdout is not None
                line = (await self._process.stdout.readline()).decode("utf-8")
                assert line, f"it ended without having said {pattern!r}:\n{self._said}"
                self._said += line
        return found

    async def ends(self, within: float = 30.0) -> Ended:
        """Wait until it ends by itself."""
        async with asyncio.timeout(within):
            rest, _ = await self._process.communicate()
        self._said += rest.decode("utf-8")
        self._place.said.append(self._said)
        assert self._process.returncode is not None
        return Ended(self._process.returncode, self._said)

    async def told_to_stop(self, number: signal.Signals) -> Ended:
        """Send the signal and wait for the end."""
        self._process.send_signal(number)
        return await self.ends(ENDS_WITHIN)

    async def kill(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
            await self._process.communicate()


@asynccontextmanager
async def parley(place: Place, *arguments: str) -> AsyncGenerator[Running]:
    """`python bot.py …` in that place; what it prints to either stream is kept together."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.operating.launcher", str(place.port), *arguments),
        cwd=ROOT,
        env=place.environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    running = Running(place, process)
    try:
        yield running
    finally:
        await running.kill()


async def done(place: Place, *arguments: str) -> Ended:
    """The same to its end."""
    async with parley(place, *arguments) as running:
        return await running.ends()


def closed_port() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def assert_clean(database: Path) -> None:
    """Whole, and in one file."""
    assert not database.with_name(f"{database.name}-wal").exists()
    with closing(sqlite3.connect(database)) as outside:
        assert outside.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
