"""An open room with the gallery bot in it."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.rehearsal.visiting import OpenRoom, opened


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """Where the room is kept."""
    return tmp_path / "room.json"


@pytest.fixture
async def room(world: Path) -> AsyncGenerator[OpenRoom]:
    """A room that is open."""
    async with opened(world) as found:
        yield found
