"""What the README tells authors of formats is true."""

import json
import re
from pathlib import Path

import pytest

from bot.content.checking import check
from bot.content.formats import PhaseKind
from bot.content.loading import load
from tests.content.places import ARTICLES, FORMATS, PROMPTS, ROOT

HEADING = "## Write your own format"


@pytest.fixture(scope="module")
def section() -> str:
    """The README's part about formats."""
    return (ROOT / "README.md").read_text(encoding="utf-8").split(f"{HEADING}\n", 1)[1].split("\n## ", 1)[0]


@pytest.fixture
def example(section: str, tmp_path: Path) -> Path:
    """The README's example in a file of its own, in a folder of formats."""
    (text,) = re.findall(r"^```yaml\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    path = tmp_path / "formats" / "mine.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_its_example_loads_beside_the_shipped_content(example: Path) -> None:
    library = load(ARTICLES, example.parent.parent)

    assert [str(problem) for problem in library.problems] == []
    assert library.formats["mine"].minutes_in_all == 23
    assert check([example], articles=ARTICLES, prompts=PROMPTS)[0].summary is not None


def test_check_says_what_it_quotes(section: str, example: Path) -> None:
    quoted = section.split("```")[-2].strip()
    problem, summary = quoted.replace("prompts/formats/mine.yaml", str(example)).split("\n")

    assert str(check([example], articles=ARTICLES, prompts=PROMPTS)[0]) == summary

    text = example.read_text(encoding="utf-8")
    example.write_text(text.replace("argue: {minutes", "argue: {minuts"), encoding="utf-8")

    assert str(check([example], articles=ARTICLES, prompts=PROMPTS)[0]) == problem


def test_its_table_names_every_kind_with_every_key_and_every_word_to_choose(section: str) -> None:
    schema = json.loads((FORMATS / "format.schema.json").read_text(encoding="utf-8"))
    rows = dict(re.findall(r"^\| (?:`([a-z]+)`|all kinds) \|(.*)$", section, re.MULTILINE))
    for kind in PhaseKind:
        for key in schema["$defs"][f"{kind.capitalize()}Phase"]["properties"]:
            assert f"`{key}`" in rows[kind] + rows[""], f"{kind}: {key}"
    for name in ("FieldName", "Visible", "Who", "ReplyTo", "Stem", "ChartKind"):
        for word in schema["$defs"][name]["enum"]:
            assert f"`{word}`" in section, word
    for key in schema["properties"]:
        assert re.search(rf"`{key}\b|^{key}:", section, re.MULTILINE), key
