"""What a class leaned on: each sentence of the article with how many responses of each side cite it, or none."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.discussion.evidence.words import Stretch, sentences_in
from bot.discussion.values import Response, Role, Source
from bot.values import frozen

Side = TypeVar("Side", bound=Hashable)
"""Whatever tells sides apart: a stance, or None for who had taken none."""


_OWN_WORDS = frozenset({Source.MODAL, Source.REPLY, Source.MESSAGE})


def counts(entry: Response) -> bool:
    """Does it count what a response leans on? A student's own words do, for the class to read, while they stand."""
    stands = entry.withdrawn_at is None and entry.hidden_at is None and not entry.held_back
    return stands and entry.role is Role.STUDENT and entry.source in _OWN_WORDS


@frozen
class Passage:
    """A passage of a paragraph, which is counted from 1. With no words it is the paragraph as a whole."""

    paragraph: int
    start: int
    exact: str


@dataclass(slots=True)
class Leaned(Generic[Side]):
    """A stretch of a paragraph, and how many responses of each side lean on it."""

    stretch: Stretch
    uses: Counter[Side] = field(default_factory=Counter[Side])


@dataclass(slots=True)
class LeanedParagraph(Generic[Side]):
    """A paragraph with its sentences; `named` counts who pointed to it without leaning on a sentence of it."""

    text: str
    sentences: tuple[Leaned[Side], ...]
    named: Counter[Side] = field(default_factory=Counter[Side])

    def words_of(self, sentence: Leaned[Side]) -> str:
        """A sentence as it is written."""
        return self.text[sentence.stretch.start : sentence.stretch.end]


class Leaning(Generic[Side]):
    """The article's sentences while responses are counted, one by one. It grows with the article alone."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self.paragraphs: tuple[LeanedParagraph[Side], ...] = tuple(
            LeanedParagraph[Side](text, tuple(Leaned[Side](stretch) for stretch in sentences_in(text)))
            for text in paragraphs
        )

    def add(self, side: Side, passages: Iterable[Passage]) -> None:
        """One response leans on these. It counts once for each sentence, and for a paragraph that it only names."""
        leaned: dict[int, Leaned[Side]] = {}
        named: dict[int, LeanedParagraph[Side]] = {}
        within = set[int]()
        for passage in passages:
            if not 1 <= passage.paragraph <= len(self.paragraphs):
                continue
            paragraph = self.paragraphs[passage.paragraph - 1]
            found = _overlapping(paragraph, passage)
            leaned |= {id(sentence): sentence for sentence in found}
            if found:
                within.add(passage.paragraph)
            else:
                named[passage.paragraph] = paragraph
        for sentence in leaned.values():
            sentence.uses[side] += 1
        for number, paragraph in named.items():
            if number not in within:
                paragraph.named[side] += 1


def uses_of(counts: Mapping[Side, int], sides: Sequence[Side]) -> tuple[int, ...]:
    """The counts in the order of the sides."""
    return tuple(counts.get(side, 0) for side in sides)


def _overlapping(paragraph: LeanedParagraph[Side], passage: Passage) -> list[Leaned[Side]]:
    start, end = passage.start, passage.start + len(passage.exact)
    return [each for each in paragraph.sentences if max(start, each.stretch.start) < min(end, each.stretch.end)]
