"""The labelled sentences: what each leans on in the article of this repository, in two halves."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.content.loading import load_article
from bot.content.models import Article
from bot.discussion.evidence import Misquote, Reading, citations, misquotes, paragraphs_of, reading_of

HERE = Path(__file__).parent
ARTICLE = HERE.parents[2] / "article" / "north-korea-ballistic-missile-tests.md"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence as a student might write it, the paragraphs that it leans on, and what of it is no true quote.

    `misquoted` is the paragraph of the nearest passage, 0 where there is none; None where nothing is misquoted.
    """

    category: str
    says: str
    cites: tuple[int, ...]
    misquoted: int | None


@dataclass(frozen=True, slots=True)
class Measured:
    """How well what was found agrees with the labels: found rightly, found wrongly, not found."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Of what was found, the part that is so."""
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of what is so, the part that was found."""
        return self.right / (self.right + self.missed)


def article() -> Article:
    found = load_article(ARTICLE)
    assert isinstance(found, Article)
    return found


def reading() -> Reading:
    return reading_of(article().paragraphs)


def halves() -> tuple[list[Labelled], list[Labelled]]:
    """Every second sentence of each category for tuning, and those that were kept from it."""
    tuned: list[Labelled] = []
    kept: list[Labelled] = []
    for category, entries in yaml.safe_load((HERE / "labelled.yaml").read_text(encoding="utf-8")).items():
        for number, entry in enumerate(entries):
            sentence = Labelled(category, entry["says"], tuple(entry.get("cites", ())), entry.get("misquoted"))
            (kept if number % 2 else tuned).append(sentence)
    return tuned, kept


def cited_by(sentence: Labelled) -> set[int]:
    return set(paragraphs_of(citations(reading(), {"claim": sentence.says})))


def misquoted_by(sentence: Labelled) -> list[Misquote]:
    return misquotes(reading(), {"claim": sentence.says})


def citing(sentences: Iterable[Labelled]) -> Measured:
    """How well the paragraphs are found."""
    pairs = [(cited_by(sentence), set(sentence.cites)) for sentence in sentences]
    return Measured(
        sum(len(found & expected) for found, expected in pairs),
        sum(len(found - expected) for found, expected in pairs),
        sum(len(expected - found) for found, expected in pairs),
    )


def misquoting(sentences: Iterable[Labelled]) -> Measured:
    """How well misquotes are found, with the nearest passage."""
    pairs = [
        ({one.paragraph or 0 for one in misquoted_by(sentence)}, {sentence.misquoted} - {None})
        for sentence in sentences
    ]
    return Measured(
        sum(len(found & expected) for found, expected in pairs),
        sum(len(found - expected) for found, expected in pairs),
        sum(len(expected - found) for found, expected in pairs),
    )
