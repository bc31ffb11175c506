"""What a start waits for: nothing that a bot can do without whose content is in order and that is asked nothing yet."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

LATER = (
    "alembic",
    "bot.transcripts.writing",
    "emoji",
    "matplotlib",
    "prometheus_client",
    "rapidfuzz",
    "rich",
    "simcord",
    "sqlalchemy.dialects.postgresql",
    "typer",
)

STARTED = """
import sys
from pathlib import Path
import bot.cli.running
from bot.content.loading import load
library = load(Path("article"), Path("prompts"))
assert library.prompt_sets and not library.problems
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def imported() -> set[str]:
    """Every module that a bot has imported once its content is read."""
    done = subprocess.run([sys.executable, "-c", STARTED], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_a_bot_imports_what_it_runs_on(imported: set[str]) -> None:
    assert {"discord", "sqlalchemy", "yaml", "bot.chat.client"} <= imported


@pytest.mark.parametrize("module", LATER)
def test_a_start_does_without(module: str, imported: set[str]) -> None:
    assert module not in imported
