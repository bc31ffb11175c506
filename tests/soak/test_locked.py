"""A database that another program holds for half a minute, in earnest."""

from pathlib import Path

import pytest

from tests.chat.waiting import in_real_time


@pytest.mark.soak
async def test_nothing_is_refused_while_the_database_is_held_for_30_seconds(database: Path) -> None:
    async with in_real_time(database) as debate:
        await debate.waits_while_it_is_held(database, seconds=30)
