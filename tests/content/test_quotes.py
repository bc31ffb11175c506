from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.articles import read_article
from bot.content.models import Article
from bot.content.quotes import Passage, nearest
from bot.content.source import Source, open_source
from tests.content.places import ARTICLE_SLUG, ARTICLES


def shipped_article() -> Article:
    source = open_source(Path(ARTICLES / f"{ARTICLE_SLUG}.md"))
    assert isinstance(source, Source)
    article = read_article(source)
    assert isinstance(article, Article)
    return article


PARAGRAPHS = shipped_article().paragraphs
VARIANTS = {
    "“": '“"”„',
    "”": '”"“',
    "’": "’'‘",
    "‘": "‘'’",
    " ": (" ", "  ", "\n    ", "\t", "\u00a0"),
    "\u00a0": ("\u00a0", " ", " \u2009"),
}


@st.composite
def substrings(draw: st.DrawFn) -> tuple[str, str]:
    """A paragraph and some of it, beginning and ending with a letter or a sign."""
    paragraph = draw(st.sampled_from(PARAGRAPHS))
    start = draw(st.integers(0, len(paragraph) - 1))
    end = draw(st.integers(start + 1, min(start + 300, len(paragraph))))
    return paragraph, paragraph[start:end].strip() or paragraph[0]


@settings(deadline=None, max_examples=150)
@given(substrings(), st.data())
def test_a_quote_is_found_whatever_its_marks_and_spaces_and_comes_back_as_the_article_has_it(
    chosen: tuple[str, str], data: st.DataObject
) -> None:
    paragraph, quote = chosen
    varied = "".join(data.draw(st.sampled_from(VARIANTS.get(letter, (letter,)))) for letter in quote)
    passage = Passage(paragraph)

    span = passage.find(varied)

    assert span is not None
    found = passage.slice(span)
    assert found == paragraph[span.start : span.end]
    assert Passage(found).comparable == Passage(quote).comparable


@settings(deadline=None, max_examples=100)
@given(substrings(), st.data())
def test_a_quote_with_a_changed_letter_is_not_found_but_its_place_is(
    chosen: tuple[str, str], data: st.DataObject
) -> None:
    paragraph, quote = chosen
    letters = [at for at, letter in enumerate(quote) if letter.isalpha()]
    if not letters:
        return
    at = data.draw(st.sampled_from(letters))
    changed = f"{quote[:at]}ß{quote[at + 1 :]}"

    assert Passage(paragraph).find(changed) is None
    if len(quote) >= 30:
        near = nearest(changed, [Passage(text) for text in PARAGRAPHS])
        assert near is not None
        assert Passage(PARAGRAPHS[near.paragraph - 1]).find(near.article_has)
        assert "ß" in near.quote_has


def test_the_nearest_passage_names_the_words_that_differ() -> None:
    near = nearest(
        "many believe that North Korean threats are not just false, but also a mere scare-tactic",
        [Passage(text) for text in PARAGRAPHS],
    )

    assert near is not None
    assert near.paragraph == 4
    assert near.article_has == "are not only false, but"
    assert near.quote_has == "are not just false, but"


def test_a_span_covers_runs_of_white_space_and_the_paragraphs_end() -> None:
    passage = Passage("One \u00a0 two\n three.")

    for quote in ("One two", "two three.", "One two three.", " two "):
        span = passage.find(quote)
        assert span is not None
        assert Passage(passage.slice(span)).comparable == quote.strip()
    assert passage.find("   ") is None
