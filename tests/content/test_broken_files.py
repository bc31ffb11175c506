"""Each broken file has its problems in the expected.txt beside it, as `python bot.py check` prints them."""

from pathlib import Path

import pytest

from bot.content.checking import Checked, check
from bot.content.loading import load
from tests.content.places import ARTICLES, BROKEN, PROMPTS

FILES = sorted(BROKEN.rglob("*.yaml"))


def expected(path: Path) -> list[str]:
    lines = path.with_name("expected.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith(f"{path.name}:")]


def test_there_are_many_of_each_kind() -> None:
    assert len([path for path in FILES if path.parent == BROKEN]) >= 60
    assert len([path for path in FILES if path.parent == BROKEN / "formats"]) >= 60


@pytest.fixture(scope="module")
def found() -> dict[Path, Checked]:
    return {checked.path: checked for checked in check(FILES, articles=ARTICLES, prompts=PROMPTS)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_broken_file_gives_its_line_its_column_and_its_sentences(path: Path, found: dict[Path, Checked]) -> None:
    checked = found[path]

    assert checked.summary is None
    assert expected(path)
    assert [str(problem).removeprefix(f"{path.parent}").lstrip("/\\") for problem in checked.problems] == expected(path)
    assert str(checked) == "\n".join(str(problem) for problem in checked.problems)


def test_a_folder_of_broken_files_loads_with_every_problem_told_and_nothing_raised() -> None:
    library = load(ARTICLES, BROKEN)

    assert not library.prompt_sets
    assert set(library.formats) == {"open-floor"}
    assert {problem.path for problem in library.problems} == set(FILES)
    assert len(library.problems) == sum(len(expected(path)) for path in FILES)
