import json
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator, ValidationError, validate

from bot.content.formats import (
    OPEN_FLOOR,
    ArguePhase,
    Assign,
    ChartKind,
    Groups,
    PhaseKind,
    ReplyPhase,
    RevealPhase,
    Sides,
    SwapPhase,
    Visible,
    VotePhase,
    Who,
)
from bot.content.library import Library
from bot.content.limits import CARD_LIMIT, card_length
from bot.content.loading import load
from bot.content.schema import schema_files
from tests.content.places import ARTICLE_SLUG, ARTICLES, FORMATS, PROMPTS

PARAGRAPHS_AS_HANDED_OVER = (
    "f4c210849adddaf0d261703023be1675b0a47a544a3ad01668dacc3f17c32524",
    "66f5760cbe9cd50aa731ad02803d268f843544a2f095fc5bd52afedb30f55b47",
    "08b3c0a0a9fcbd24245fc36e940eb451448afa6cb7f70b417da8a0aac8ed9833",
    "41b1e509ba554cffab7fc8e7e71795ccdd2fec8efca31416231ca435574d423c",
    "b8ef021a8b9936aaa4f8923553471f0815e861570470a06c40d8327b682ddbf8",
)
"""SHA-256 of each paragraph with the white space that the source has around it."""

SHIPPED_SETS = sorted(PROMPTS.glob("*.yaml"))


@pytest.fixture(scope="module")
def library() -> Library:
    return load(ARTICLES, PROMPTS)


def test_every_shipped_file_loads(library: Library) -> None:
    assert [str(problem) for problem in library.problems] == []
    assert set(library.articles) == {path.stem for path in ARTICLES.glob("*.md")}
    assert set(library.prompt_sets) == {path.stem for path in SHIPPED_SETS}
    assert len(library.prompt_sets) >= 2
    assert set(library.formats) == {path.stem for path in FORMATS.glob("*.yaml")}


def test_the_article_is_kept_as_it_was_handed_over(library: Library) -> None:
    body = (ARTICLES / f"{ARTICLE_SLUG}.md").read_bytes().decode().replace("\r\n", "\n").split("\n---\n\n", 1)[1]
    blocks = body.removesuffix("\n").split("\n\n")

    assert tuple(sha256(block.encode()).hexdigest() for block in blocks) == PARAGRAPHS_AS_HANDED_OVER
    assert library.articles[ARTICLE_SLUG].paragraphs == tuple(block.strip() for block in blocks)


def test_the_article_names_its_author_its_pictures_and_its_origin(library: Library) -> None:
    article = library.articles[ARTICLE_SLUG]

    assert article.title == "North Korea Continues Ballistic Missile Tests"
    assert article.author == "Kaia Patterson"
    assert article.deck == "U.S. must unite with other nations to address threat"
    assert [picture.caption for picture in article.pictures] == [
        "North Korean missiles being displayed at a military parade in January.",
        "President Biden meets with South Korean President Moon Jae-in regarding concerns over North Korean"
        " ballistic missile tests.",
    ]
    assert article.pictures[1].title.endswith("- Chicago  Sun-Times")
    assert article.origin is not None
    assert "understable" in article.origin


def test_the_unit_covers_all_five_paragraphs_and_the_lesson_fits_into_one(library: Library) -> None:
    unit, lesson = library.prompt_sets["china-or-sanctions"], library.prompt_sets["single-lesson"]

    assert {excerpt.paragraph for prompt in unit.prompts for excerpt in prompt.excerpts} == {1, 2, 3, 4, 5}
    assert 6 <= len(unit.prompts) <= 8
    assert 2 <= len(lesson.prompts) <= 3
    assert sum(prompt.minutes or 0 for prompt in lesson.prompts) <= 45


def test_every_prompt_has_starters_and_follow_ups_and_quotes_of_the_articles_own(library: Library) -> None:
    for prompt_set in library.prompt_sets.values():
        article = library.articles[prompt_set.article]
        for prompt in prompt_set.prompts:
            assert prompt.starters.claim
            assert prompt.starters.evidence
            assert prompt.starters.reasoning
            assert prompt.follow_ups
            for excerpt in prompt.excerpts:
                assert excerpt.quote in article.paragraphs[excerpt.paragraph - 1]
            quotes = tuple(excerpt.quote for excerpt in prompt.excerpts)
            assert (
                card_length(title=article.title, author=article.author, question=prompt.question, quotes=quotes)
                <= CARD_LIMIT
            )


def test_each_shipped_format_is_what_its_name_says(library: Library) -> None:
    formats = library.formats
    assert next(iter(formats)) == OPEN_FLOOR
    assert formats[OPEN_FLOOR].plan == (ArguePhase(change_sides=True, replies=True),)

    think, oxford = formats["think-first"].plan, formats["oxford-debate"].plan
    assert [phase.visible for phase in think if isinstance(phase, ArguePhase)] == [Visible.AFTER_YOURS]
    assert [phase.secret for phase in oxford if isinstance(phase, VotePhase)] == [True, True]
    assert isinstance(oxford[0], VotePhase)
    assert oxford[-1] == RevealPhase(chart=ChartKind.SWING)

    controversy = formats["structured-academic-controversy"]
    assert (controversy.sides, controversy.groups) == (Sides(assign=Assign.STANCES), Groups(size=4))
    kinds = [phase.kind for phase in controversy.plan]
    assert kinds.index(PhaseKind.ARGUE) < kinds.index(PhaseKind.SWAP) < kinds.index(PhaseKind.STATEMENT)
    assert kinds.count(PhaseKind.ARGUE) == 2

    chairs, fishbowl = formats["philosophical-chairs"].plan, formats["fishbowl"]
    assert [phase.restate and phase.change_sides for phase in chairs if isinstance(phase, ReplyPhase)] == [True]
    assert fishbowl.sides == Sides(assign=Assign.CIRCLES)
    assert [phase.who for phase in fishbowl.plan if isinstance(phase, ArguePhase)] == [Who.INNER, Who.INNER]
    assert SwapPhase() in fishbowl.plan


def test_every_shipped_format_fits_into_a_lesson_and_says_what_it_is_good_for(library: Library) -> None:
    for slug, value in library.formats.items():
        assert value.description
        assert value.minutes_in_all is None if slug == OPEN_FLOOR else (value.minutes_in_all or 46) <= 45


def test_the_shipped_schemas_are_those_of_the_models() -> None:
    for name, text in schema_files().items():
        shipped = (PROMPTS / name).read_text(encoding="utf-8")

        assert shipped == text, "the models have changed: run `python bot.py schema`"
        Draft202012Validator.check_schema(json.loads(shipped))


@pytest.mark.parametrize("path", SHIPPED_SETS, ids=lambda path: path.stem)
def test_a_shipped_set_fits_the_schema_and_names_it(path: Path) -> None:
    data = fits_the_schema_it_names(path, "prompt-set.schema.json")

    with pytest.raises(ValidationError, match="titel"):
        validate({**data, "titel": "A key that is not known"}, schema_beside(path, "prompt-set.schema.json"))
    with pytest.raises(ValidationError, match="non-empty"):
        validate({**data, "prompts": list[str]()}, schema_beside(path, "prompt-set.schema.json"))


@pytest.mark.parametrize("path", sorted(FORMATS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_format_fits_the_schema_and_names_it(path: Path) -> None:
    fits_the_schema_it_names(path, "format.schema.json")


def fits_the_schema_it_names(path: Path, schema: str) -> dict[str, object]:
    text = path.read_text(encoding="utf-8")
    data = yaml.safe_load(text)

    assert text.startswith(f"# yaml-language-server: $schema={schema}\n")
    validate(data, schema_beside(path, schema))
    return data


def schema_beside(path: Path, name: str) -> dict[str, object]:
    return json.loads(path.with_name(name).read_text(encoding="utf-8"))
