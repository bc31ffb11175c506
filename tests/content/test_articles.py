from pathlib import Path

import pytest

from bot.content.articles import read_article
from bot.content.library import Problem
from bot.content.models import Article
from bot.content.source import Source


def read(text: str, name: str = "my-article.md") -> Article:
    article = read_article(Source(Path(name), text))
    assert isinstance(article, Article), article
    return article


def problems(text: str) -> list[str]:
    found = read_article(Source(Path("a.md"), text))
    assert isinstance(found, list)
    assert all(isinstance(problem, Problem) for problem in found)
    return [str(problem) for problem in found]


def test_a_plain_text_is_an_article_named_after_its_file() -> None:
    article = read("First paragraph.\n\nSecond paragraph,\non two lines.  \n", "On_plain-words.md")

    assert article.title == "On plain words"
    assert article.author == "Unknown author"
    assert article.paragraphs == ("First paragraph.", "Second paragraph,\non two lines.")


@pytest.mark.parametrize(
    "heading", ["# The *true* title\n\n", "The *true* title\n=====\n\n", "## The *true* title ##\n"]
)
def test_the_first_heading_is_the_title(heading: str) -> None:
    article = read(f"{heading}Text.\n\n# Another\n\nMore.\n")

    assert article.title == "The *true* title"
    assert article.paragraphs == ("Text.", "More.")


def test_a_long_heading_is_cut_to_what_a_title_may_have() -> None:
    assert len(read(f"# {'word ' * 50}\n\nText.\n").title) <= 100


def test_only_what_is_read_is_a_paragraph() -> None:
    article = read(
        "Text.\n\n---\n\n<!-- a\n\ncomment -->\n\n![A picture](a.png)\n\n[![Linked](b.png)](https://example.org)\n\n"
        '<img src="c.png">\n\n> A quote\n> of two lines\n\n- one\n\n- two\n\n```\ncode\n\nmore\n```\n\n'
        "![A picture](a.png) with words\n\n[link]: https://example.org\n"
    )

    assert article.paragraphs == (
        "Text.",
        "> A quote\n> of two lines",
        "- one\n\n- two",
        "```\ncode\n\nmore\n```",
        "![A picture](a.png) with words",
    )


def test_markup_and_odd_characters_stay_verbatim() -> None:
    text = "A *word*,  two\u00a0 spaces &amp; “quotes” [kept](https://example.org) \\* <b>so</b>."

    assert read(f"\ufeff{text}\r\n\r\nMore.\r\n".removeprefix("\ufeff")).paragraphs == (text, "More.")


def test_front_matter_gives_what_it_has_and_other_programs_keys_are_passed_over() -> None:
    article = read("---\ntitle: Above\ndate: 2024-05-01\ntags: [a, b]\nlayout: post\n---\n# Below\n\nText.\n")

    assert (article.title, article.author, article.paragraphs) == ("Above", "Unknown author", ("Text.",))
    assert read("---\n---\nText.\n").paragraphs == ("Text.",)


def test_front_matter_problems_have_the_files_own_lines() -> None:
    assert problems("---\nautor: Someone\ntitle: 1984\npictures:\n  - title: One\n---\n\nText.\n") == [
        "a.md:2:1: there is no key `autor` here; did you mean `author`?",
        'a.md:3:8: YAML reads the unquoted 1984 as a number, and `title` is to be text; put it in quotes: "1984"',
        "a.md:5:5: `caption` is missing; add `caption:` here (the words under the picture)",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "a.md:1:1: this article has no paragraph; write its text"),
        ("# Only a heading\n", "a.md:2:1: this article has no paragraph; write its text"),
        ("---\ntitle: x\n\nText.\n", "a.md:1:1: the --- that opens here is never closed; close it with ---"),
        (
            "---\ntitle: One: two\n---\nText.\n",
            "a.md:2:11: a colon and a space stand inside this text, so YAML takes it for a key; put it in quotes",
        ),
    ],
)
def test_a_broken_article_says_what_to_mend(text: str, problem: str) -> None:
    assert problems(text) == [problem]
