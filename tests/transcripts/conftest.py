"""A real Chromium, the same as for the rehearsal room, and debates of phases on record."""

import asyncio
import shutil
from pathlib import Path

import pytest

from tests.browser.conftest import browser, chromium
from tests.transcripts.playing import a_controversy, an_oxford_debate, lesson

__all__ = ["browser", "chromium"]


@pytest.fixture(scope="session")
def oxford(tmp_path_factory: pytest.TempPathFactory, empty_record: Path) -> Path:
    """The record of an Oxford debate. It is only read."""
    path = Path(shutil.copy(empty_record, tmp_path_factory.mktemp("oxford") / "parley.sqlite3"))

    async def play() -> None:
        async with lesson(path, "oxford-debate") as klass:
            await an_oxford_debate(klass)

    asyncio.run(play())
    return path


@pytest.fixture(scope="session")
def controversy(tmp_path_factory: pytest.TempPathFactory, empty_record: Path) -> Path:
    """The record of a structured academic controversy. It is only read."""
    path = Path(shutil.copy(empty_record, tmp_path_factory.mktemp("controversy") / "parley.sqlite3"))

    async def play() -> None:
        async with lesson(path, "structured-academic-controversy") as klass:
            await a_controversy(klass)

    asyncio.run(play())
    return path
