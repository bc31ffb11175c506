"""An article's sentences by their words, and how well each fits the words that are looked for (as BM25 has it)."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from bot.content.models import Article
from bot.content.searching.sentences import Sentence, sentences_of
from bot.content.searching.words import KIN, Word, are_akin, words_of
from bot.values import frozen

_SATURATION = 1.2
"""How soon it stops to matter that a word stands in a sentence again: BM25's k1."""

_LENGTH = 0.5
"""How much a long sentence counts less: BM25's b, from 0 to 1."""

_NAME = 2.0
"""How much more a name or a number weighs than another word."""

_KIN = 0.7
"""How much a word that is only akin counts."""


@frozen
class Line:
    """A sentence with its words, and how often each of their stems stands in it."""

    number: int
    sentence: Sentence
    words: tuple[Word, ...]
    stems: Mapping[str, int]


@dataclass(slots=True)
class Index:
    """See the module. Built for one question: a usual article takes milliseconds.

    `by_beginnings`: does the beginning of a word find it, as while somebody tries out what to look for?
    """

    lines: list[Line]
    names: frozenset[str]
    """Stems that stand in the article as names or numbers alone: with a capital letter, wherever in a sentence."""
    by_beginnings: bool = False
    _in_lines: Counter[str] = field(default_factory=Counter[str])
    _alike: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    _usual: float = 1.0

    @classmethod
    def of(cls, article: Article, *, by_beginnings: bool = False) -> "Index":
        """The index of an article."""
        lines = [_line(number, sentence) for number, sentence in enumerate(sentences_of(article))]
        words = [word for line in lines for word in line.words]
        names = {stem for word in words if word.is_name and word.is_content for stem in (word.stem, *word.parts)}
        usual = {word.stem for word in words if word.shown.islower()}
        index = cls(lines, frozenset(names - usual), by_beginnings)
        for line in lines:
            index._in_lines.update(line.stems.keys())
        for word in words:
            if len(word.lower) >= KIN or by_beginnings:
                index._alike["" if by_beginnings else word.lower[:KIN]].add((word.lower, word.stem))
        index._usual = max(sum(len(line.words) for line in lines) / max(len(lines), 1), 1.0)
        return index

    def forms(self, word: Word) -> Mapping[str, float]:
        """The stems by which the article may have a word, and how much each counts: itself, and what is akin."""
        known = self._alike.get("" if self.by_beginnings else word.lower[:KIN], ())
        akin = {stem: _KIN for lower, stem in known if self._are_akin(word.lower, lower)}
        return {**akin, **({word.stem: 1.0} if word.stem in self._in_lines else {})}

    def is_name(self, word: Word) -> bool:
        """Is a word of a question a name or a number, there or in the article?"""
        return word.is_name or word.stem in self.names

    def score(self, line: Line, words: Iterable[Word]) -> float:
        """How well a sentence fits the words: each counts the more, the fewer sentences have it; names count twice."""
        length = 1 - _LENGTH + _LENGTH * len(line.words) / self._usual
        total = 0.0
        for word in words:
            best = 0.0
            for stem, share in self.forms(word).items():
                times = line.stems.get(stem, 0)
                if times:
                    often = times * (_SATURATION + 1) / (times + _SATURATION * length)
                    best = max(best, share * self._rarity(stem) * often)
            total += best * (_NAME if self.is_name(word) else 1.0)
        return total

    def has(self, lines: Collection[Line], word: Word) -> bool:
        """Does a word stand in any of these sentences?"""
        return any(stem in line.stems for stem in self.forms(word) for line in lines)

    def around(self, line: Line) -> list[Line]:
        """A sentence with the one before and the one behind it, as far as they are of its paragraph."""
        near = self.lines[max(line.number - 1, 0) : line.number + 2]
        return [each for each in near if each.sentence.paragraph == line.sentence.paragraph]

    def _are_akin(self, sought: str, lower: str) -> bool:
        return are_akin(sought, lower) or (self.by_beginnings and lower.startswith(sought))

    def _rarity(self, stem: str) -> float:
        has = self._in_lines[stem]
        return math.log(1 + (len(self.lines) - has + 0.5) / (has + 0.5))


def _line(number: int, sentence: Sentence) -> Line:
    words = tuple(words_of(sentence.text))
    stems = Counter(word.stem for word in words if word.is_content)
    for word in words:
        stems.update({part: 1 for part in word.parts if part not in stems})
    return Line(number, sentence, words, stems)
