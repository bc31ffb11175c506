"""What a response quotes that the article does not say word for word, and what the article says there."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.content.quotes import nearest_passage
from bot.discussion.evidence.matching import standing
from bot.discussion.evidence.quoting import Quoted, introduced_in, quoted_in
from bot.discussion.evidence.reading import Reading
from bot.discussion.evidence.words import Word, forms_in, words_in
from bot.discussion.wording import own_words
from bot.values import frozen

LEAST_WORDS = 4
"""Fewer words in quotation marks are a manner of speaking."""
MOST = 3
"""Quotes that somebody is told of at a time."""
_LOOKED_AT = 2
"""Paragraphs that are searched for the nearest passage: those that share most with the quote."""
_BORDERS = '.,;:“”"()!?'
_WIDENED = 40
"""Characters by which the nearest passage may be widened on each side."""
_ALIKE = 0.45
"""The part of a quote's weight that the nearest passage must share."""


@frozen
class Misquote:
    """Words given as a quote that stand nowhere; the nearest passage and its paragraph, from 1, where there is one."""

    quote: str
    paragraph: int | None = None
    exact: str | None = None


def misquotes(reading: Reading, body: Mapping[str, str], besides: Collection[str] = ()) -> list[Misquote]:
    """What somebody quotes in their own words that stands nowhere; `besides`: what else they may quote."""
    quotes = (quoted for text in own_words(body).values() for quoted in _quotes(text))
    found = [quoted for quoted in quotes if not _stands(reading, quoted)]
    if found and besides:
        others = Reading(tuple(besides))
        found = [quoted for quoted in found if not _stands(others, quoted)]
    return [_misquote(reading, each) for each in found[:MOST]]


def without_quotes(text: str) -> str:
    """What somebody says in their own words alone."""
    for quoted in reversed([*quoted_in(text)]):
        text = f"{text[: quoted.stretch.start]}\n{text[quoted.stretch.end :]}"
    return text


def _quotes(text: str) -> Iterator[Quoted]:
    for quoted in (*quoted_in(text), *introduced_in(text)):
        if len(forms_in(quoted.text)) >= LEAST_WORDS:
            yield quoted


def _stands(reading: Reading, quoted: Quoted) -> bool:
    """Do all its parts stand in one paragraph, in their order?"""
    offset = quoted.stretch.start
    parts = [forms_in(quoted.text[part.start - offset : part.end - offset]) for part in quoted.parts()]
    after: dict[int, int] | None = None
    for forms in parts:
        places = standing(reading, forms) if forms else []
        behind: dict[int, int] = {}
        for place in places:
            if after is None or place.word >= after.get(place.paragraph, len(reading.words[place.paragraph])):
                behind.setdefault(place.paragraph, place.word + len(forms))
        after = behind
    return bool(after)


def _misquote(reading: Reading, quoted: Quoted) -> Misquote:
    words = reading.words_of(quoted.text)
    shared: dict[int, float] = {}
    for word in {word.stem: word for word in words}.values():
        for number in {reading.sentences[each].paragraph for each in reading.sentences_with.get(word.stem, ())}:
            shared[number] = shared.get(number, 0.0) + word.weight
    likely = sorted(shared, key=lambda number: -shared[number])[:_LOOKED_AT]
    near = nearest_passage(quoted.text, [reading.passages[number] for number in likely])
    if near is None:
        return Misquote(quoted.text)
    paragraph = likely[near[0] - 1]
    exact = _rounded(reading.paragraphs[paragraph], near[1].start, near[1].end)
    if not _are_alike(words, words_in(exact)):
        return Misquote(quoted.text)
    return Misquote(quoted.text, paragraph + 1, exact)


def _rounded(text: str, start: int, end: int) -> str:
    """A stretch of a text, widened to where a clause begins and ends, if that is near."""
    before = text[max(start - _WIDENED, 0) : start]
    left = max(map(before.rfind, _BORDERS))
    begin = start - len(before) + left + 1 if left >= 0 or start <= _WIDENED else start
    behind = text[end : end + _WIDENED] if text[begin:end].rstrip()[-1:] not in _BORDERS else ""
    right = min((at for at in map(behind.find, _BORDERS) if at >= 0), default=0)
    return text[begin : end + right].strip().strip(_BORDERS).strip()


def _are_alike(quote: Sequence[Word], passage: Sequence[Word]) -> bool:
    """Do they share enough words that tell something? Letters alone are alike by chance."""
    weights = {word.stem: word.weight for word in quote}
    stems = {word.stem for word in passage}
    return sum(weight for stem, weight in weights.items() if stem in stems) >= sum(weights.values()) * _ALIKE
