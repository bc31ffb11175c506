"""Each file in broken/ has its problems in broken/expected.txt, as `python bot.py check` prints them."""

from pathlib import Path

import pytest

from bot.content.checking import check
from bot.content.loading import load
from tests.content.places import ARTICLES, BROKEN, PROMPTS

FILES = sorted(BROKEN.glob("*.yaml"))


def expected(path: Path) -> list[str]:
    lines = (BROKEN / "expected.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith(f"{path.name}:")]


def test_there_are_many_of_them() -> None:
    assert len(FILES) >= 30


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_file_gives_its_line_its_column_and_its_sentences(path: Path) -> None:
    (checked,) = check([path], articles=ARTICLES, prompts=PROMPTS)

    assert checked.summary is None
    assert [str(problem).removeprefix(f"{BROKEN}").lstrip("/\\") for problem in checked.problems] == expected(path)
    assert str(checked) == "\n".join(str(problem) for problem in checked.problems)


def test_a_folder_of_broken_files_loads_with_every_problem_told_and_nothing_raised() -> None:
    library = load(ARTICLES, BROKEN)

    assert not library.prompt_sets
    assert {problem.path for problem in library.problems} == set(FILES)
    assert len(library.problems) == sum(len(expected(path)) for path in FILES)
