"""An article as it is looked into: its sentences, where each word stands, and how much each word tells."""

from collections import Counter, defaultdict
from functools import cached_property, lru_cache
from math import log
from typing import NamedTuple

from bot.content.quotes import Passage
from bot.discussion.evidence.values import Citation, Kind
from bot.discussion.evidence.words import (
    WORD,
    Stretch,
    Word,
    form_of,
    is_common,
    is_empty,
    sentences_in,
    stem,
    words_in,
)
from bot.values import frozen

READ_ONCE = 32
"""So many articles stay taken apart."""

CONTEXT = 32
"""Characters around a passage that are kept with it, to find it again."""

GRAM = 3
"""Words in a row by which places with the same words are found."""

_MOST_PLACES = 24
"""Places of the same words that are looked at: an article that repeats itself more says nothing by it."""
_OF_A_NAME, _OF_A_COMMON_WORD, _UNKNOWN = 0.35, 0.4, 0.7
_MOST_LEARNED = 5000
"""Words that are remembered; then it begins anew."""
_SHORTEST_SLIP, _TWO_SLIPS = 6, 9
"""Letters from which on a word may have one slip, or two."""


class Place(NamedTuple):
    """A word of the article: its paragraph, counted from 0, and the how manieth word it is there."""

    paragraph: int
    word: int


@frozen
class Sentence:
    """A sentence of the article: where it stands, its words, and the stems that tell something."""

    paragraph: int
    first: int
    behind: int
    stretch: Stretch
    stems: frozenset[str]


class Reading:
    """An article taken apart. Nothing of it changes once it is made, so that all threads may share it.

    It only learns words: what it found out about one it need not find out again.
    """

    def __init__(self, paragraphs: tuple[str, ...]) -> None:
        self.paragraphs = paragraphs
        self.words = [words_in(paragraph) for paragraph in paragraphs]
        self.sentences = [
            sentence for number, text in enumerate(paragraphs) for sentence in _sentences(number, text, self.words)
        ]
        self.names = _names(paragraphs, self.words, self.sentences)
        self._weights = self._weigh()
        self.sentences_with = _by_stem(self.sentences)
        self.grams = _by_gram(self.words)
        self.known = {word.form: word.stem for words in self.words for word in words}
        self._learned: dict[str, tuple[str, str, float]] = {}

    @cached_property
    def passages(self) -> list[Passage]:
        """The paragraphs as quotes are compared with them."""
        return [Passage(paragraph) for paragraph in self.paragraphs]

    @cached_property
    def _alike(self) -> dict[tuple[str, int], list[str]]:
        """The article's longer words by their first letter and their length."""
        found: dict[tuple[str, int], list[str]] = defaultdict(list)
        for form in self.known:
            if len(form) >= _SHORTEST_SLIP - 1:
                found[form[0], len(form)].append(form)
        return found

    def told_by(self, text: str) -> list[tuple[str, str, float]]:
        """The same as `words_of` without their places: form, stem and weight of each, in a fraction of the time."""
        learned = self._learned
        return [learned.get(written) or self._learn(written) for written in WORD.findall(text)]

    def words_of(self, text: str) -> list[Word]:
        """The words of what somebody says, weighed, with their slips mended where it is plain what is meant."""
        learned = self._learned
        found: list[Word] = []
        for match in WORD.finditer(text):
            told = learned.get(match[0]) or self._learn(match[0])
            found.append(Word(*told, *match.span()))
        return found

    def is_telling(self, word: Word) -> bool:
        """Is it of the article, neither a name, nor common, nor all over the article?"""
        return word.weight >= _UNKNOWN and word.stem in self._weights and word.stem not in self.names

    def citation(self, paragraph: int, start: int, end: int, kind: Kind) -> Citation:
        """The passage between two offsets into a paragraph, which is counted from 0."""
        text = self.paragraphs[paragraph]
        around = text[max(start - CONTEXT, 0) : start], text[end : end + CONTEXT]
        return Citation(paragraph + 1, start, text[start:end], *around, kind)

    def _learn(self, written: str) -> tuple[str, str, float]:
        form = form_of(written)
        form = form if form in self.known else self._mended(form)
        its_stem = self.known.get(form) or stem(form)
        unknown = _OF_A_COMMON_WORD if is_common(form) else _UNKNOWN
        told = form, its_stem, 0.0 if is_empty(form) else self._weights.get(its_stem, unknown)
        if len(self._learned) >= _MOST_LEARNED:
            self._learned.clear()
        self._learned[written] = told
        return told

    def _mended(self, form: str) -> str:
        length = len(form)
        if length < _SHORTEST_SLIP or is_common(form) or form[0].isdigit() or stem(form) in self._weights:
            return form
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - no start waits for it

        slips = 2 if length >= _TWO_SLIPS else 1
        best, found = slips + 1, form
        for near in range(length - slips, length + slips + 1):
            for candidate in self._alike.get((form[0], near), ()):
                distance = OSA.distance(form, candidate, score_cutoff=slips)
                if distance < best:
                    best, found = distance, candidate
        return found

    def _weigh(self) -> dict[str, float]:
        counts = Counter(stem for sentence in self.sentences for stem in sentence.stems)
        most = log(1 + len(self.sentences))
        common = {word.stem for words in self.words for word in words if is_common(word.form)}
        return {
            stem: log(1 + len(self.sentences) / count)
            / most
            * (_OF_A_NAME if stem in self.names else _OF_A_COMMON_WORD if stem in common else 1)
            for stem, count in counts.items()
        }


@lru_cache(READ_ONCE)
def reading_of(paragraphs: tuple[str, ...]) -> Reading:
    """An article's paragraphs taken apart, each article once."""
    return Reading(paragraphs)


def _sentences(number: int, text: str, words: list[list[Word]]) -> list[Sentence]:
    found: list[Sentence] = []
    first = 0
    for stretch in sentences_in(text):
        behind = first
        while behind < len(words[number]) and words[number][behind].start < stretch.end:
            behind += 1
        stems = frozenset(word.stem for word in words[number][first:behind] if not is_empty(word.form))
        if stems:
            found.append(Sentence(number, first, behind, stretch, stems))
        first = behind
    return found


def _names(paragraphs: tuple[str, ...], words: list[list[Word]], sentences: list[Sentence]) -> frozenset[str]:
    """The stems of words that are always written with a capital letter, not only where a sentence begins."""
    first = {(sentence.paragraph, sentence.first) for sentence in sentences}
    capital, small = set[str](), set[str]()
    for number, text in enumerate(paragraphs):
        for at, word in enumerate(words[number]):
            if not text[word.start].isupper():
                small.add(word.stem)
            elif (number, at) not in first:
                capital.add(word.stem)
    return frozenset(capital - small)


def _by_stem(sentences: list[Sentence]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        for each in sentence.stems:
            found[each].append(number)
    return found


def _by_gram(paragraphs: list[list[Word]]) -> dict[tuple[str, ...], list[Place]]:
    found: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    for number, words in enumerate(paragraphs):
        forms = [word.form for word in words]
        for at in range(len(forms) - GRAM + 1):
            places = found[tuple(forms[at : at + GRAM])]
            if len(places) < _MOST_PLACES:
                places.append(Place(number, at))
    return found
