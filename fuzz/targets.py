"""What is fuzzed. Each target takes any bytes and raises for nothing that somebody may send; an error is a finding."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.chat.routing import Address
from bot.chat.texts import fitted, plain, quoted
from bot.classroom.refusals import Refusal
from bot.content.articles import read_article
from bot.content.formats.reading import read_format
from bot.content.library import Problem
from bot.content.loading import load
from bot.content.models import Article
from bot.content.prompt_sets import read_prompt_set
from bot.content.quotes import Passage, comparable, nearest, standing
from bot.content.searching.phrases import find_words
from bot.content.source import Source, decode
from bot.content.uploaded import read_upload
from bot.discussion.taming import shows_nothing, tamed
from bot.discussion.when import WhenProblem, read_when, suggest_when
from bot.discussion.wording import TEXT, in_one_line, typed
from bot.transcripts.masking import Mentions, without_ids
from bot.transcripts.signs import csv_text, html, html_line, markdown

ROOT = Path(__file__).parents[1]
_LONGEST_SHOWN = 20_000
"""Characters. Discord lets nobody send more than 6,000 at once."""
_MOST_PARAGRAPHS = 2500
"""An article has fewer, by its lines."""
_HERE = ZoneInfo("Europe/Berlin")
_NOW = datetime(2026, 11, 23, 8, 12, 30, tzinfo=UTC)
_MARKUP = re.compile(r"(?<!\\)[*_~`|\[]|(?<!\\)<(?=[@#:/a-zA-Z])|^[^\S\n]*(?:[-+#>]|\d+\.\s)", re.MULTILINE)
_LINK = re.compile(r"https?://\w[^\s<]+")
"""A link as Discord reads it: a backslash at its end is its own."""


def loader(data: bytes) -> None:
    """A file as a prompt set, sent and of the operator's own, and as a format."""
    articles = _articles()
    _told(read_upload("sent.yaml", data, articles))
    source = decode(Path("any.yaml"), data)
    if isinstance(source, Source):
        _told(read_prompt_set(source, articles))
        _told(read_format(source))


def article(data: bytes) -> None:
    """A file as an article; what is read of it is then looked through."""
    source = decode(Path("any.md"), data)
    read = read_article(source) if isinstance(source, Source) else source
    _told(read)
    if isinstance(read, Article):
        find_words(read, read.title)


def quotes(data: bytes) -> None:
    """The first line as a quote from the others."""
    quote, *paragraphs = data.decode(errors="replace").split("\n")[:_MOST_PARAGRAPHS]
    passages = [Passage(paragraph) for paragraph in paragraphs]
    for passage in passages:
        span = passage.find(quote)
        assert span is None or comparable(passage.slice(span)).strip(" ") == comparable(quote).strip(" ")
    assert standing(quote, passages) == [place for place, each in enumerate(passages, 1) if each.find(quote)]
    near = nearest(quote, passages)
    assert near is None or 1 <= near.paragraph <= len(passages)
    if paragraphs:
        find_words(Article(title="T", author="A", paragraphs=tuple(paragraphs)), quote[:100])


def words(data: bytes) -> None:
    """Words as a card, a list and each transcript show them."""
    said = _with_half_signs(data)[:_LONGEST_SHOWN]
    calm = tamed(said)
    assert tamed(calm) == calm
    assert shows_nothing(calm) == shows_nothing(said)
    shown = plain(said)
    assert not _MARKUP.search(_LINK.sub("link", shown).replace("\\\\", "é"))
    assert len(fitted(shown, 500)) <= 500
    quoted(shown)
    kept = typed(said)
    assert kept is None or in_one_line({TEXT: kept[TEXT]}, 60).strip()
    assert not set("<>") & set(html(said))
    assert "\n" not in html_line(said)
    markdown(said)
    csv_text(said)
    assert "discord.com/" not in without_ids(said, Mentions({}))


def addresses(data: bytes) -> None:
    """A custom_id, and its arguments as ids."""
    custom_id = data.decode(errors="replace")
    address = Address.read(custom_id)
    if address is None:
        return
    assert str(address) == custom_id
    for place in range(len(address.arguments) + 1):
        try:
            assert 0 <= address.number(place) < 10**18
        except Refusal:
            continue


def times(data: bytes) -> None:
    """A time ahead, and what may become of it."""
    said = data.decode(errors="replace")
    meant = read_when(said, _NOW, _HERE)
    assert isinstance(meant, WhenProblem) or meant > _NOW
    for suggestion in suggest_when(said[:100], _NOW, _HERE):
        assert isinstance(read_when(suggestion.iso, _NOW, _HERE), datetime)


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (loader, article, quotes, words, addresses, times)
}


def _with_half_signs(data: bytes) -> str:
    """Text as Discord's JSON can bring it: halves of signs may stand alone."""
    try:
        return data.decode(errors="surrogatepass")
    except UnicodeDecodeError:
        return data.decode(errors="replace")


def _told(result: object) -> None:
    """A value; or problems, each with its place, what is wrong and how to mend it, in a sentence that can be shown."""
    if not isinstance(result, list):
        return
    assert result
    for problem in result:  # pyright: ignore[reportUnknownVariableType]: a list of whatever came back
        assert isinstance(problem, Problem)
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.what
        assert problem.mend
        assert len(str(problem)) < 1500
        assert "\n" not in str(problem)


@cache
def _articles() -> Mapping[str, Article]:
    return load(ROOT / "article", ROOT / "prompts").articles
