"""What a response leans on, as values."""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

from bot.values import frozen


class Kind(StrEnum):
    """How a response leans on a passage: in its very words, in other words, or by naming the paragraph."""

    QUOTE = "quote"
    PARAPHRASE = "paraphrase"
    CHOSEN = "chosen"


@frozen
class Citation:
    """A passage of the article that a response leans on.

    `paragraph` counts from 1, `start` is the offset of `exact` in it, in characters; `prefix` and `suffix` are the
    article's words around it. Where only the paragraph was named `exact` is empty: all of it is meant.
    """

    paragraph: int
    start: int
    exact: str
    prefix: str
    suffix: str
    kind: Kind

    @property
    def end(self) -> int:
        """Where the passage ends in its paragraph."""
        return self.start + len(self.exact)


def paragraphs_of(cited: Iterable[Citation]) -> list[int]:
    """The paragraphs that are cited, each once, in the order of the article."""
    return sorted({citation.paragraph for citation in cited})


def counted_paragraphs(cited: Iterable[Sequence[Citation]]) -> list[tuple[int, int]]:
    """How many responses cite which paragraph, the most cited first. A response that cites one twice counts once."""
    counts = Counter(number for each in cited for number in paragraphs_of(each))
    return sorted(counts.items(), key=lambda found: (-found[1], found[0]))
