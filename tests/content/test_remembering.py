"""What was read, kept as a text and known again."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.loading import load
from bot.content.remembering import mark_of, recalled, remembered
from tests.conftest import ROOT


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT / "article", tmp_path / "article")


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT / "prompts", tmp_path / "prompts")


def test_a_library_comes_back_as_it_was(articles: Path, prompts: Path) -> None:
    library = load(articles, prompts)

    known = recalled(remembered(library, "this"), "this")

    assert known == library
    assert known is not None
    assert list(known.formats) == list(library.formats)
    assert list(known.prompt_sets) == list(library.prompt_sets)


def test_another_content_is_not_taken_for_it(articles: Path, prompts: Path) -> None:
    assert recalled(remembered(load(articles, prompts), "this"), "that") is None


def swapped(folder: Path) -> None:
    """The same sizes and names, other words."""
    path = next(path for path in sorted(folder.rglob("*")) if path.suffix in {".md", ".yaml"})
    path.write_bytes(path.read_bytes()[::-1])


def added(folder: Path) -> None:
    (folder / "new.yaml").touch()
    (folder / "new.md").touch()


def renamed(folder: Path) -> None:
    path = next(path for path in sorted(folder.rglob("*")) if path.suffix in {".md", ".yaml"})
    path.rename(path.with_stem("other"))


def removed(folder: Path) -> None:
    next(path for path in sorted(folder.rglob("*")) if path.suffix in {".md", ".yaml"}).unlink()


@pytest.mark.parametrize("change", [swapped, added, renamed, removed])
@pytest.mark.parametrize("where", ["article", "prompts", "prompts/formats"])
def test_every_change_gives_another_mark(
    change: Callable[[Path], None], where: str, articles: Path, prompts: Path, tmp_path: Path
) -> None:
    before = mark_of(articles, prompts)

    change(tmp_path / where)

    assert before is not None
    assert mark_of(articles, prompts) not in (before, None)


def test_the_mark_is_that_of_the_content_wherever_it_stands(articles: Path, prompts: Path) -> None:
    (articles / "picture.png").touch()

    assert mark_of(articles, prompts) == mark_of(ROOT / "article", ROOT / "prompts")


@pytest.mark.skipif(sys.platform == "win32", reason="there not everybody may make links")
def test_what_cannot_be_read_has_no_mark(articles: Path, prompts: Path) -> None:
    (articles / "lost.md").symlink_to(articles / "nowhere.md")

    assert mark_of(articles, prompts) is None
