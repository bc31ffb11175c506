"""The reader serves any model, not only prompt sets."""

from enum import StrEnum
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, field_validator

from bot.content.reader import read_yaml

PATH = Path("class.yaml")


class Mood(StrEnum):
    CALM = "calm"
    WILD = "wild"


class Pupil(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    mood: Mood = Mood.CALM
    quiet: bool = False
    speed: float = Field(default=1.0, gt=0, lt=10)
    motto: str | None = Field(default=None, min_length=5)
    kind: Literal["reads", "writes"] = "reads"

    @field_validator("name")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        if name.islower():
            raise ValueError("it is all in lower case; begin it with a capital")
        return name


class Seat(BaseModel):
    model_config = ConfigDict(extra="forbid")

    row: int = 1


class SchoolClass(BaseModel):
    model_config = ConfigDict(extra="forbid")

    pupils: tuple[Pupil, ...] = Field(min_length=1)
    words: dict[str, list[str]] = Field(default_factory=dict[str, list[str]])
    leader: Pupil | str | None = None
    seat: Seat = Seat()


def told(text: str) -> list[str]:
    result = read_yaml(PATH, text, SchoolClass)
    assert isinstance(result, list), result
    return [str(problem).removeprefix("class.yaml:") for problem in result]


def test_what_is_right_comes_back_as_the_model() -> None:
    text = "pupils: [{name: Mira, mood: wild, quiet: yes, speed: 1.5}]\nwords: {no: [a, b], 1: []}\nleader: Mira\n"

    value = read_yaml(PATH, text, SchoolClass)

    assert isinstance(value, SchoolClass)
    assert value.pupils[0] == Pupil(name="Mira", mood=Mood.WILD, quiet=True, speed=1.5)
    assert value.words == {"no": ["a", "b"], "1": []}
    assert value.leader == "Mira"


def test_bytes_with_a_mark_and_windows_line_ends_are_read_alike() -> None:
    assert isinstance(read_yaml(PATH, b"\xef\xbb\xbfpupils:\r\n  - name: Mira\r\n", SchoolClass), SchoolClass)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("pupils: [{name: mira}]", "1:17: `name`: it is all in lower case; begin it with a capital"),
        ("pupils: [{name: Mira, mood: cold}]", "1:29: `mood` is “cold”; write 'calm' or 'wild'"),
        ("pupils: [{name: Mira, kind: sings}]", "1:29: `kind` is “sings”; write 'reads' or 'writes'"),
        ("pupils: [{name: Mira, quiet: loud}]", "1:30: `quiet` is text; write true or false"),
        (
            "pupils: [{name: Mira, speed: fast}]",
            "1:30: `speed` is “fast” where a number is wanted; write digits without quotes, such as 1.5",
        ),
        ("pupils: [{name: Mira, speed: 0}]", "1:30: `speed` is not above 0.0; write a greater number"),
        ("pupils: [{name: Mira, speed: 10}]", "1:30: `speed` is not below 10.0; write a smaller number"),
        (
            "pupils: [{name: Mira, motto: Go}]",
            "1:30: `motto` has 2 characters where at least 5 are wanted; write 3 more",
        ),
        ("pupils: [{name: Mira, motto: ''}]", "1:30: `motto` is empty; write its text here"),
        (
            "pupils: [{name: Mira, nmae: Mira}]",
            "1:23: there is no key `nmae` here; did you mean `name`?",
        ),
        ("pupils: [{name: Mira, mood: }]", "1:29: `mood` is empty; write 'calm' or 'wild'"),
        ("pupils: [{name: Mira, mood: [calm]}]", "1:29: `mood` is a list; write 'calm' or 'wild'"),
        (
            "pupils: [{name: Mira}]\nseat: 5",
            "2:7: `seat` is a number where keys and values are wanted; write the key `row` with a colon, a space and"
            " its value",
        ),
        (
            "pupils: [{name: Mira}]\nseat:\nrow: 2",
            "3:1: `row` stands beside `seat` and belongs below it; indent it deeper than `seat`, or write it into the"
            " braces there",
        ),
        (
            "pupils: [{name: Mira}]\nwords: 5",
            "2:8: `words` is a number where keys and values are wanted; write keys and values",
        ),
        (
            "pupils: [{name: Mira}]\nwords: {a: b}",
            "2:12: `a` is text where a list is wanted; begin each entry on a line of its own with a hyphen and a space",
        ),
        (
            "pupils: [{name: Mira}]\nwords: {a: [b, 5]}",
            '2:16: YAML reads the unquoted 5 as a number, and entry 2 of `a` is to be text; put it in quotes: "5"',
        ),
    ],
)
def test_each_kind_of_mistake_has_its_sentence(text: str, problem: str) -> None:
    assert told(text) == [problem]


def test_a_value_of_neither_kind_is_told_once_for_each_and_never_without_a_place() -> None:
    assert all(line.startswith("2:") for line in told("pupils: [{name: Mira}]\nleader: {nme: Mira}\n"))


def test_a_flood_of_aliases_is_refused_before_anything_is_built() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for before, name in zip("abcdefghijklm", "bcdefghijklmn", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"

    assert told(bomb) == [
        "4:36: this file holds more than 10,000 values, counting those that aliases repeat;"
        " use fewer aliases, or split the file"
    ]


def test_modest_aliases_are_read() -> None:
    value = read_yaml(PATH, "pupils: [&mira {name: Mira}, *mira]\nleader: *mira\n", SchoolClass)

    assert isinstance(value, SchoolClass)
    assert value.pupils[0] == value.pupils[1] == value.leader


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_nesting_beyond_reason_is_refused_without_a_stack_overflow(opening: str) -> None:
    (problem,) = told(opening * 10_000)

    assert "nested deeper than 20 levels" in problem


def test_of_very_many_problems_the_rest_are_counted() -> None:
    problems = told("pupils: [{name: Mira}]\n" + "".join(f"key{number}: x\n" for number in range(250)))

    assert len(problems) == 101
    assert problems[-1] == "102:1: there are 150 more problems; mend those above first"


def test_many_control_characters_are_told_but_not_all() -> None:
    assert len(told("a\x07" * 1000)) == 20
