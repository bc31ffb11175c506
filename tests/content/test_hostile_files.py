"""Files written to stall a reader or to fill its memory: each gets a sentence with its place, and soon."""

import resource
from pathlib import Path

import pytest

from bot.content.articles import LINE_LIMIT, read_article
from bot.content.formats.reading import read_format
from bot.content.models import Article
from bot.content.prompt_sets import read_prompt_set
from bot.content.source import Source, decode
from bot.content.tree import DEPTH_LIMIT, KEY_LIMIT, NODE_BUDGET, REPEAT_BUDGET
from tests.content.places import ARTICLE_SLUG, SMALL_SET
from tests.content.test_quotes import shipped_article

PATH = Path("hostile.yaml")
HEAD = f"article: {ARTICLE_SLUG}\ntitle: T\n"
EXCERPTS = f"{HEAD}prompts:\n- excerpts:\n"
TOO_MANY = f"this file holds more than {NODE_BUDGET:,} values, counting those that aliases repeat"
TOO_DEEP = f"lists and keys are nested deeper than {DEPTH_LIMIT} levels here"
REPEATED = f"aliases repeat more than {REPEAT_BUDGET:,} characters up to here"


def told(data: str | bytes) -> list[str]:
    """What is wrong with a file, read as a prompt set; problems it always has are left out."""
    source = decode(PATH, data)
    result = read_prompt_set(source, {ARTICLE_SLUG: shipped_article()}) if isinstance(source, Source) else source
    assert isinstance(result, list)
    return [problem.in_short() for problem in result]


BOMB = "a: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{chr(ord(name) - 1)}'] * 9)}]\n" for name in "bcdefghij"
)


@pytest.mark.parametrize(
    ("data", "place", "what"),
    [
        (BOMB, "5:8", TOO_MANY),
        ("[" * 10_000, "1:21", TOO_DEEP),
        ("{a: " * 10_000, "1:78", TOO_DEEP),
        ("".join(f"{' ' * level}a:\n" for level in range(1_400)), "20:20", TOO_DEEP),
        ("- " * 10_000, "1:41", TOO_DEEP),
        ("k%d: 1\n" * 100_000, "2:1", None),
        ("".join(f"k{number}: 1\n" for number in range(100_000)), f"{KEY_LIMIT + 1}:1", None),
        ("[" + "1," * 400_000 + "1]", None, TOO_MANY),
        (f"x: &x {'a' * 900_000}\ny: *x\n", "2:4", REPEATED),
        (f"x: &x {'a' * 60_000}\nprompts:\n" + "- {? *x : *x}\n" * 900, "3:11", REPEATED),
        ("".join(f"%TAG !a{number}! tag:x,2000:\n" for number in range(40_000)) + "--- a", "1:1", "YAML reads %TAG"),
        ("title: !!python/object/apply:os.system [a]\n", "1:8", "the tag !!python/object/apply:os.system is not read"),
        ("title: a\n---\ntitle: b\n", "2:1", "a second document begins here"),
        (SMALL_SET.encode("utf-16"), "1:1", "this file is saved as UTF-16"),
        (SMALL_SET.encode("utf-16-le"), "1:1", "this file is saved as UTF-16"),
        ("title: Café\n".encode("latin-1"), "1:11", "this file is not UTF-8: the byte 0xE9"),
        (b"title: \xc0\x80\n", "1:8", "this file is not UTF-8: the byte 0xC0"),
        (b"title: \xed\xa0\x80\n", "1:8", "this file is not UTF-8: the byte 0xED"),
        ("title: a\0b\n", "1:9", "the invisible control character U+0000 stands here"),
        ("title: " + "9" * 100_000 + "\n", "1:8", "YAML reads the unquoted 9999"),
        ("title: 1" + ":1" * 400_000 + "\n", "1:8", "YAML reads the unquoted 1:1:1"),
        ("#" * (1024 * 1024 + 1), "1:1", "this file is larger than 1 MiB"),
    ],
)
def test_each_gets_a_sentence_at_its_place(data: str | bytes, place: str | None, what: str | None) -> None:
    problems = told(data)
    found = [each for each in problems if what is None or what in each]
    assert found, problems[:5]
    assert place is None or any(each.startswith(f"hostile.yaml:{place}: ") for each in found), found[:5]
    assert all(len(each) < 600 and "; " in each for each in problems)


def test_what_is_like_a_quote_is_looked_for_with_patience_but_not_for_ever() -> None:
    near = "North Korea fired a mistle that " + "a b a " * 140
    listed = "".join(f"  - {{paragraph: 1, quote: {near}{number}}}\n" for number in range(25))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    problems = [each for each in told(EXCERPTS + listed) if "does not stand word for word" in each]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 5
    assert len(problems) == 25
    assert problems[0].endswith("nothing in the article is like it; copy the words from the article")
    assert problems[-1].endswith("does not stand word for word in ¶1; copy the words from the article")


def test_a_format_of_many_phases_is_told_once() -> None:
    source = decode(PATH, "title: F\nphases:\n" + "- argue: {minutes: 1}\n" * 1600)
    assert isinstance(source, Source)
    problems = read_format(source)
    assert isinstance(problems, list)
    assert [problem.in_short() for problem in problems if "at most" in problem.what]


@pytest.mark.parametrize("line", ["- a\n", "[a]: b '\n", "===\n", "a\n", "# a\n", "```\n"])
def test_an_article_of_very_many_lines_is_not_read(line: str) -> None:
    source = decode(Path("a.md"), line * (1024 * 1024 // len(line)))
    assert isinstance(source, Source)
    problems = read_article(source)
    assert isinstance(problems, list)
    assert [problem.in_short() for problem in problems] == [
        f"a.md:{LINE_LIMIT + 1}:1: this article has more than 5,000 lines; split it into smaller files"
    ]


def test_an_article_of_as_many_lines_as_may_be_is_read() -> None:
    source = decode(Path("a.md"), "\n".join(f"Line {number}\n" for number in range(LINE_LIMIT // 2)))
    assert isinstance(source, Source)
    article = read_article(source)
    assert isinstance(article, Article)
    assert len(article.paragraphs) == LINE_LIMIT // 2
