"""The content over restarts: read again where it has changed, and only there."""

import logging
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from discord.utils import utcnow

from bot.classroom.room import CONTENT, open_classroom
from bot.content.library import Library
from tests.conftest import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("article", "prompts"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


async def started(folder: Path) -> Library:
    """What a start finds."""
    async with open_classroom(
        folder / "parley.sqlite3", articles=folder / "article", prompts=folder / "prompts", now=utcnow
    ) as room:
        return room.library


def a_set(folder: Path) -> Path:
    return folder / "prompts" / "single-lesson.yaml"


def retitled(path: Path, title: str) -> None:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(f"title: {title}\n" if line.startswith("title:") else line for line in lines), "utf-8")


async def test_a_restart_finds_the_same_content_without_reading_it(folder: Path) -> None:
    before = await started(folder)
    with closing(sqlite3.connect(folder / "parley.sqlite3")) as outside, outside:
        outside.execute("UPDATE notes SET value = replace(value, 'North Korea', 'Atlantis') WHERE key = ?", [CONTENT])

    after = await started(folder)

    assert "Atlantis" not in str(before)
    assert "Atlantis" in str(after)


async def test_a_restart_finds_what_was_edited_added_and_removed(folder: Path) -> None:
    await started(folder)
    retitled(a_set(folder), "Another title")
    assert (await started(folder)).prompt_sets["single-lesson"].title == "Another title"

    shutil.copy(a_set(folder), folder / "prompts" / "copied.yaml")
    retitled(folder / "prompts" / "copied.yaml", "A copy")
    assert "copied" in (await started(folder)).prompt_sets

    a_set(folder).unlink()
    assert "single-lesson" not in (await started(folder)).prompt_sets


async def test_what_is_broken_is_told_at_each_start(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    await started(folder)
    with a_set(folder).open("a", encoding="utf-8") as file:
        file.write("promts: []\n")

    for _ in range(2):
        caplog.clear()
        with caplog.at_level(logging.WARNING, "bot.classroom.room"):
            assert (await started(folder)).problems
        assert "promts" in caplog.text


async def test_reloading_reads_again_what_has_not_changed(folder: Path) -> None:
    await started(folder)
    with closing(sqlite3.connect(folder / "parley.sqlite3")) as outside, outside:
        outside.execute("UPDATE notes SET value = replace(value, 'North Korea', 'Atlantis') WHERE key = ?", [CONTENT])

    async with open_classroom(
        folder / "parley.sqlite3", articles=folder / "article", prompts=folder / "prompts", now=utcnow
    ) as room:
        assert "Atlantis" not in str(await room.reload())
