"""A prompt set that a teacher sends: validated like any other, told of by the name alone, and limited in size."""

from pathlib import Path

import pytest

from bot.content.library import Problem
from bot.content.loading import load
from bot.content.models import Article, PromptSet
from bot.content.uploaded import UPLOAD_LIMIT, read_upload

HERE = Path(__file__).parents[2]
ARTICLE = Article(title="Rockets", author="A. Writer", paragraphs=("The moon is far away.", "Mars is farther."))
SET = """\
article: rockets
title: To the moon
prompts:
  - id: far
    question: Is it far?
    excerpts: [{paragraph: 1, quote: The moon is far away.}]
    stances: [{id: "yes", label: "Yes", emoji: ✅}, {id: "no", label: "No", emoji: ❌}]
"""


def read(data: str | bytes, name: str = "moon.yaml", titles: tuple[str, ...] = ()) -> PromptSet | list[Problem]:
    """What comes of a file that is sent."""
    return read_upload(name, data.encode() if isinstance(data, str) else data, {"rockets": ARTICLE}, titles=titles)


def problem(result: PromptSet | list[Problem]) -> str:
    """The only problem."""
    assert isinstance(result, list)
    assert len(result) == 1
    return str(result[0])


def test_a_set_in_order_is_read() -> None:
    prompt_set = read(SET)

    assert isinstance(prompt_set, PromptSet)
    assert (prompt_set.title, prompt_set.article) == ("To the moon", "rockets")


def test_what_the_operator_has_can_be_sent_as_well() -> None:
    library = load(HERE / "article", HERE / "prompts")
    for slug, prompt_set in library.prompt_sets.items():
        sent = (HERE / "prompts" / f"{slug}.yaml").read_bytes()
        assert read_upload(f"{slug}.yaml", sent, library.articles) == prompt_set


def test_a_mistake_is_told_with_its_place() -> None:
    assert problem(read(SET.replace("far away", "near"))).startswith(
        "moon.yaml:6:38: this quote does not stand word for word in ¶1"
    )


def test_a_file_that_is_too_large_is_not_read() -> None:
    assert isinstance(read(SET + "#" * (UPLOAD_LIMIT - len(SET.encode()))), PromptSet)
    assert problem(read(SET + "#" * (UPLOAD_LIMIT - len(SET.encode()) + 1))) == (
        "moon.yaml:1:1: this file is larger than 256 KiB; split it into smaller files"
    )


@pytest.mark.parametrize("name", ["moon.md", "moon", "", "moon.yaml.exe", "yaml"])
def test_only_yaml_is_taken(name: str) -> None:
    assert "this is no YAML file by its name; send a file whose name ends in .yaml" in problem(read(SET, name))


def test_a_format_is_no_prompt_set() -> None:
    assert problem(read("title: Talk\nphases: [argue]\n")) == (
        "moon.yaml:1:1: this is a format, and a prompt set is wanted; send a file with the keys `article` and `prompts`"
    )


def test_a_title_is_taken_only_once() -> None:
    assert isinstance(read(SET, titles=("To Mars",)), PromptSet)
    assert problem(read(SET, titles=("to the  MOON",))) == (
        "moon.yaml:2:8: the title “To the moon” belongs to another set, and teachers pick a set by its title;"
        " give it another title"
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/moon.yaml", "moon.yaml"),
        ("C:\\class\\moon.yaml", "moon.yaml"),
        ("a\nb\u202e\x00.yaml", "a b .yaml"),
        ("m" * 500 + ".yaml", "…" + "m" * 94 + ".yaml"),
    ],
)
def test_its_name_is_only_shown(name: str, shown: str) -> None:
    assert problem(read("", name)).startswith(f"{shown}:1:1: this file is empty")
