"""What a start waits for: nothing that a bot can do without whose content is in order and that is asked nothing yet."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

LATER = (
    "alembic",
    "bot.transcripts.writing",
    "bot.content.loading",
    "bot.content.readability",
    "bot.content.searching.index",
    "emoji",
    "markdown_it",
    "matplotlib",
    "prometheus_client",
    "rapidfuzz",
    "rich",
    "simcord",
    "snowballstemmer",
    "sqlalchemy.dialects.postgresql",
    "typer",
    "yaml",
)

STARTED = """
import asyncio, sys
from pathlib import Path
from discord.utils import utcnow
import bot.cli.running, bot.chat.client
from bot.classroom.room import open_classroom

async def start():
    article, prompts = Path("article"), Path("prompts")
    async with open_classroom(Path(sys.argv[1]), articles=article, prompts=prompts, now=utcnow) as room:
        assert room.library.prompt_sets and not room.library.problems

asyncio.run(start())
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every module that a bot has imported once its record is open and its content there, at its second start."""
    command = [sys.executable, "-c", STARTED, str(tmp_path_factory.mktemp("start") / "parley.sqlite3")]
    _first, second = (subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True) for _ in range(2))
    return set(second.stdout.split())


def test_a_bot_imports_what_it_runs_on(imported: set[str]) -> None:
    assert {"discord", "sqlalchemy", "aiosqlite", "bot.chat.client"} <= imported


@pytest.mark.parametrize("module", LATER)
def test_a_start_does_without(module: str, imported: set[str]) -> None:
    assert module not in imported
