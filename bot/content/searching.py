"""Finding words in an article: what `/article find` answers with."""

import re
from dataclasses import dataclass
from itertools import islice

from bot.content.models import Article
from bot.content.quotes import Passage, Span, comparable

CONTEXT = 200
"""About how many characters an excerpt of a finding has."""

MOST_FOUND = 1000
"""Places that are told of, at most."""

_LONGEST = 200
"""Characters of what is looked for."""

_WORD = re.compile(r"\w+(?:'\w+)*")


@dataclass(frozen=True, slots=True)
class Found:
    """Words found in a paragraph (from 1), and the text around them; “…” where it is cut."""

    paragraph: int
    excerpt: str


def find_words(article: Article, words: str) -> list[Found]:
    """Where words stand in an article, in its order, whatever their case and their quotation marks.

    Each place where they stand as a phrase. Where they nowhere do: each paragraph that has all of them, the beginning
    of a word counting as the word; and where none has all, each that has some, those with the most first.
    """
    passages = [Passage(paragraph) for paragraph in article.paragraphs]
    phrase = comparable(words).strip(" ")[:_LONGEST]
    if not phrase:
        return []
    places = (
        Found(number, _excerpt(passage, match.start(), match.end()))
        for number, passage in enumerate(passages, 1)
        for match in re.finditer(re.escape(phrase), passage.comparable, re.IGNORECASE)
    )
    return list(islice(places, MOST_FOUND)) or _by_words(passages, sorted(set(_WORD.findall(phrase.lower()))))


def _by_words(passages: list[Passage], words: list[str]) -> list[Found]:
    """The paragraphs with the most of the words; all paragraphs with any, where none has all."""
    patterns = [re.compile(rf"\b{re.escape(word)}", re.IGNORECASE) for word in words]
    ranked: list[tuple[int, Found]] = []
    for number, passage in enumerate(passages, 1):
        matches = [match for pattern in patterns if (match := pattern.search(passage.comparable))]
        if matches:
            first = min(matches, key=lambda match: match.start())
            ranked.append((len(matches), Found(number, _excerpt(passage, first.start(), first.end()))))
    ranked.sort(key=lambda scored: -scored[0])
    return [found for score, found in ranked if score == len(words)] or [found for _, found in ranked]


def _excerpt(passage: Passage, start: int, end: int) -> str:
    """The paragraph's own text around a finding, cut at word borders."""
    text = passage.text
    span = passage.span(start, end)
    margin = max((CONTEXT - (span.end - span.start)) // 2, 20)
    left, right = max(span.start - margin, 0), min(span.end + margin, len(text))
    if left > 0:
        left = _border_behind(text, left, span.start)
    if right < len(text):
        right = _border_before(text, right, span.end)
    middle = passage.slice(Span(left, right)).strip()
    return f"{'…' if left > 0 else ''}{middle}{'…' if right < len(text) else ''}"


def _border_behind(text: str, left: int, limit: int) -> int:
    """The first word border from `left` on; `left` itself where no border lies in front of the finding."""
    return next((at for at in range(left, limit + 1) if text[at - 1].isspace()), left)


def _border_before(text: str, right: int, limit: int) -> int:
    """The last word border up to `right`; `right` itself where none lies behind the finding."""
    return next((at for at in range(right, limit - 1, -1) if text[at].isspace()), right)
