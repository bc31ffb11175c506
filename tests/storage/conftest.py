"""Every test has a database file of its own."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.storage import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "parley.sqlite3"


@pytest.fixture
async def store(path: Path) -> AsyncGenerator[Store]:
    async with Store.open(path, busy_timeout=0.2) as store:
        yield store
