"""An article as it is looked into: its sentences, where each word stands, and how much each word tells."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log
from typing import NamedTuple

from bot.content.quotes import Passage
from bot.discussion.evidence.values import Citation, Kind
from bot.discussion.evidence.words import Stretch, Word, is_common, sentences_in, words_in

READ_ONCE = 32
"""So many articles stay taken apart."""

CONTEXT = 32
"""Characters around a passage that are kept with it, to find it again."""

GRAM = 3
"""Words in a row by which places with the same words are found."""

_MOST_PLACES = 24
"""Places of the same words that are looked at: an article that repeats itself more says nothing by it."""
_OF_A_NAME, _OF_A_COMMON_WORD, _UNKNOWN = 0.35, 0.4, 0.7
_SHORTEST_SLIP, _TWO_SLIPS = 6, 9
"""Letters from which on a word may have one slip, or two."""


class Place(NamedTuple):
    """A word of the article: its paragraph, counted from 0, and the how manieth word it is there."""

    paragraph: int
    word: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the article: where it stands, its words, and the stems that tell something."""

    paragraph: int
    first: int
    behind: int
    stretch: Stretch
    stems: frozenset[str]


class Reading:
    """An article taken apart. Immutable once made, so that all threads may share it."""

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
        self.known = {word.form: word for words in self.words for word in words}

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

    def weight(self, word: Word) -> float:
        """How much a word tells, from 0 to 1: 1 for what stands in one sentence alone and is no name."""
        return 0.0 if word.is_empty else self._weights.get(word.stem, _unknown(word))

    def is_telling(self, word: Word) -> bool:
        """Is it of the article, neither a name, nor common, nor all over the article?"""
        return word.stem in self._weights and self.weight(word) >= _UNKNOWN and word.stem not in self.names

    def without_slips(self, words: list[Word]) -> list[Word]:
        """Words with their slips mended, where it is plain which word of the article is meant."""
        return [word if word.form in self.known else self._mended(word) for word in words]

    def citation(self, paragraph: int, start: int, end: int, kind: Kind) -> Citation:
        """The passage between two offsets into a paragraph, which is counted from 0."""
        text = self.paragraphs[paragraph]
        around = text[max(start - CONTEXT, 0) : start], text[end : end + CONTEXT]
        return Citation(paragraph + 1, start, text[start:end], *around, kind)

    def sentence_at(self, place: Place) -> Sentence:
        """The sentence in which a word stands."""
        return next(
            sentence
            for sentence in self.sentences
            if sentence.paragraph == place.paragraph and sentence.first <= place.word < sentence.behind
        )

    def _mended(self, word: Word) -> Word:
        form, length = word.form, len(word.form)
        if length < _SHORTEST_SLIP or word.stem in self._weights or is_common(form) or form[0].isdigit():
            return word
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - no start waits for it

        slips = 2 if length >= _TWO_SLIPS else 1
        best, found = slips + 1, None
        for near in range(length - slips, length + slips + 1):
            for candidate in self._alike.get((form[0], near), ()):
                distance = OSA.distance(form, candidate, score_cutoff=slips)
                if distance < best:
                    best, found = distance, candidate
        return word if found is None else self.known[found]._replace(start=word.start, end=word.end)

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


def _unknown(word: Word) -> float:
    return _OF_A_COMMON_WORD if is_common(word.form) else _UNKNOWN


def _sentences(number: int, text: str, words: list[list[Word]]) -> list[Sentence]:
    found: list[Sentence] = []
    first = 0
    for stretch in sentences_in(text):
        behind = first
        while behind < len(words[number]) and words[number][behind].start < stretch.end:
            behind += 1
        stems = frozenset(word.stem for word in words[number][first:behind] if not word.is_empty)
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
        for stem in sentence.stems:
            found[stem].append(number)
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
