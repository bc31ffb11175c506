"""What a start waits for: nothing that a bot can do without whose content is in order and that is asked nothing yet."""

import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT

LATER = (
    "alembic",
    "bot.charts.telling",
    "bot.transcripts.own_files",
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

COMPILED = (
    *("bot.content.quotes.Passage", "bot.classroom.speech.Speech"),  # remember what was made of them
    "bot.discussion.pacing.Pace",  # there are some at every start
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
"""

MADE = """
import json, re
from pydantic import BaseModel, TypeAdapter

made = {"modules": list(sys.modules), "compiled": [], "built": []}
for module in [module for name, module in sys.modules.items() if name.startswith("bot.")]:
    for name, value in vars(module).items():
        told = f"{module.__name__}.{name}"
        if isinstance(value, re.Pattern):
            made["compiled"].append(told)
        if isinstance(value, type) and value.__module__ == module.__name__:
            if "__dataclass_params__" in vars(value) and value.__dataclass_params__.frozen:
                made["compiled"].append(told)
            if issubclass(value, BaseModel) and value.__pydantic_complete__:
                made["built"].append(told)
print(json.dumps(made))
"""

ASKING = """
import asyncio, gc, sys
import bot.cli.running
before = sorted(sys.modules)
gc.disable()
asyncio.run(bot.cli.running._import_the_rest())
print(gc.isenabled(), gc.get_freeze_count() > 0, "bot.chat.client" in sys.modules, *before)
"""


def told_by(script: str, *arguments: str) -> str:
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What there is once a bot's record is open and its content there, at its second start.

    `modules` that it has imported, values and patterns that it has `compiled`, models that it has `built`.
    """
    database = str(tmp_path_factory.mktemp("start") / "parley.sqlite3")
    told_by(STARTED, database)
    return json.loads(told_by(STARTED + MADE, database))


@pytest.fixture(scope="module")
def asking() -> tuple[list[str], set[str]]:
    """How it stands with garbage once all is imported, and the modules with which Discord is asked before that."""
    *collects, whole, before = told_by(ASKING).split(maxsplit=3)
    return [*collects, whole], set(before.split())


def test_a_bot_imports_what_it_runs_on(made: dict[str, list[str]]) -> None:
    assert {"discord", "sqlalchemy", "aiosqlite", "bot.chat.client"} <= set(made["modules"])


@pytest.mark.parametrize("module", LATER)
def test_a_start_does_without(module: str, made: dict[str, list[str]]) -> None:
    assert module not in made["modules"]


def test_a_start_compiles_no_values_and_no_patterns_that_nobody_has_used(made: dict[str, list[str]]) -> None:
    """A value is `@frozen` (bot/values.py), a pattern is made by `pattern` (bot/patterns.py)."""
    assert [name for name in made["compiled"] if not name.startswith(COMPILED)] == []


def test_a_start_builds_no_model_but_its_settings(made: dict[str, list[str]]) -> None:
    assert made["built"] == ["bot.settings.Settings"]


@pytest.mark.parametrize("module", ["sqlalchemy", "discord.ext.commands", "bot.storage", "bot.chat.client", *LATER])
def test_discord_is_asked_before_the_rest_is_imported(module: str, asking: tuple[list[str], set[str]]) -> None:
    _collects, before = asking
    assert "discord" in before
    assert module not in before


def test_garbage_is_collected_once_all_is_imported_but_not_looked_for_in_that(
    asking: tuple[list[str], set[str]],
) -> None:
    collects, _before = asking
    assert collects == ["True", "True", "True"]
