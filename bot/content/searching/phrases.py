"""Finding words in an article: what `/article find` answers with."""

import re
from collections.abc import Sequence
from itertools import islice

from bot.content.models import Article
from bot.content.quotes import Passage, Span, comparable
from bot.content.searching.index import Index, Line
from bot.content.searching.values import Found
from bot.content.searching.words import Word, words_of

CONTEXT = 200
"""About how many characters an excerpt of a finding has."""

MOST_FOUND = 1000
"""Places that are told of, at most."""

_LONGEST = 200
"""Characters of what is looked for."""


def find_words(article: Article, words: str) -> list[Found]:
    """Where words stand in an article, in its order, whatever their case and their quotation marks.

    Each place where they stand as a phrase. Where they nowhere do: each paragraph that has all of them, in any form and
    the beginning of a word counting as the word; and where none has all, each that has some, those with the most first.
    """
    passages = [Passage(paragraph) for paragraph in article.paragraphs]
    phrase = comparable(words).strip(" ")[:_LONGEST]
    if not phrase:
        return []
    places = (
        Found(number, _excerpt(passage, passage.span(match.start(), match.end())))
        for number, passage in enumerate(passages, 1)
        for match in re.finditer(re.escape(phrase), passage.comparable, re.IGNORECASE)
    )
    return list(islice(places, MOST_FOUND)) or _by_words(article, passages, phrase)


def _by_words(article: Article, passages: list[Passage], phrase: str) -> list[Found]:
    """The paragraphs with the most of the words; all paragraphs with any, where none has all."""
    words = list({word.stem: word for word in words_of(phrase)}.values())
    index = Index.of(article, by_beginnings=True)
    ranked: list[tuple[int, float, Found]] = []
    for number, passage in enumerate(passages, 1):
        lines = [line for line in index.lines if line.sentence.paragraph == number]
        has = [word for word in words if index.has(lines, word)]
        if has:
            score, best = max(((index.score(line, has), line) for line in lines), key=lambda scored: scored[0])
            ranked.append((len(has), score, Found(number, _around(index, best, has, passage))))
    ranked.sort(key=lambda scored: (-scored[0], -scored[1]))
    return [each for count, _, each in ranked if count == len(words)] or [each for *_, each in ranked]


def _around(index: Index, line: Line, words: Sequence[Word], passage: Passage) -> str:
    """The first of the words in a sentence, with the text around it."""
    forms = {form for word in words for form in index.forms(word)}
    at = max(passage.text.find(line.sentence.text), 0)
    first = next((word for word in line.words if forms & {word.stem, *word.parts}), line.words[0])
    return _excerpt(passage, Span(at + first.start, at + first.end))


def _excerpt(passage: Passage, span: Span) -> str:
    """The paragraph's own text around a finding, cut at word borders."""
    text = passage.text
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
