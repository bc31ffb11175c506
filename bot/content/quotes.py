"""Does a quote stand word for word in a paragraph, and if not: where does it nearly stand?"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.patterns import pattern
from bot.values import frozen

_STRAIGHT = str.maketrans({**dict.fromkeys("“”„‟", '"'), **dict.fromkeys("‘’‚‛", "'")})
_SPACES = pattern(r"\s+")
_LEFT_OUT = pattern(r"\s*(?:\[\s*)?(?:…|\.\.\.)(?:\s*\])?\s*")
_NEAR = 60.0
"""Per cent: below it the passage found has little to do with the quote."""
_MUCH_TEXT = 20_000
"""Characters of article from which only the beginning of a quote is compared, to stay quick."""
_LONGEST = 1000
"""Characters of a quote that are compared: a longer one fits no card."""


@frozen
class Span:
    """Where a quote stands: offsets into the paragraph, in characters."""

    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """A paragraph, and what it is compared by: straight quotation marks, one space for each run of white space."""

    text: str

    @cached_property
    def comparable(self) -> str:
        """The text as it is compared."""
        return comparable(self.text)

    @cached_property
    def _offsets(self) -> list[int]:
        """For each character of the comparable text its offset in the text, and last the text's length."""
        offsets: list[int] = []
        at = 0
        for spaces in _SPACES.finditer(self.text):
            offsets += range(at, spaces.start() + 1)
            at = spaces.end()
        return [*offsets, *range(at, len(self.text) + 1)]

    def find(self, quote: str) -> Span | None:
        """Where the quote first stands word for word; None where it does not."""
        sought = comparable(quote).strip(" ")
        at = self.comparable.find(sought) if sought else -1
        return None if at < 0 else self.span(at, at + len(sought))

    def span(self, start: int, end: int) -> Span:
        """Offsets into the comparable text (end exclusive, end > start) as offsets into the text itself."""
        last = self._offsets[end - 1]
        behind = self._offsets[end]
        return Span(self._offsets[start], behind if self.text[last].isspace() else last + 1)

    def slice(self, span: Span) -> str:
        """The paragraph's own characters at a span."""
        return self.text[span.start : span.end]


@frozen
class Near:
    """The passage most like a quote: its paragraph from 1, and the words at which the two first part."""

    paragraph: int
    article_has: str
    quote_has: str


def comparable(text: str) -> str:
    """A text with straight quotation marks and one space for each run of white space."""
    return _SPACES.sub(" ", text.translate(_STRAIGHT))


def nearest(quote: str, passages: Sequence[Passage]) -> Near | None:
    """Where the passage most like a quote that stands nowhere differs from it; None where nothing resembles it."""
    sought = _sought(quote, passages)
    found = nearest_passage(sought, passages)
    if found is None:
        return None
    number, span = found
    return Near(number, *_first_difference(comparable(passages[number - 1].slice(span)), sought))


def nearest_passage(quote: str, passages: Sequence[Passage]) -> tuple[int, Span] | None:
    """The passage most like a quote, in whole words: its paragraph from 1, and where it stands in it."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - no start waits for it: content without mistakes has no need of it

    sought = _sought(quote, passages)
    best = _NEAR
    found: tuple[int, Span] | None = None
    for number, passage in enumerate(passages, 1):
        alignment = fuzz.partial_ratio_alignment(sought, passage.comparable, score_cutoff=best)
        if alignment is not None and alignment.score > best and len(passage.comparable) >= len(sought) / 2:
            start, end = _whole_words(passage.comparable, alignment.dest_start, alignment.dest_end)
            if end > start:  # nothing is like nothing
                best = alignment.score
                found = number, passage.span(start, end)
    return found


def _sought(quote: str, passages: Sequence[Passage]) -> str:
    """As much of a quote as is compared."""
    much = sum(len(passage.text) for passage in passages) > _MUCH_TEXT
    return comparable(quote).strip(" ")[: 60 if much else _LONGEST]


def standing(quote: str, passages: Sequence[Passage]) -> list[int]:
    """The numbers, from 1, of the passages in which a quote stands word for word."""
    sought = comparable(quote).strip(" ")
    return [number for number, passage in enumerate(passages, 1) if sought and sought in passage.comparable]


def effort(quote: str, passages: Sequence[Passage]) -> int:
    """How long the nearest passage takes to find, in pairs of characters: ten million make a tenth of a second."""
    return min(len(quote), _LONGEST) * sum(len(passage.text) for passage in passages)


def parts_around_gaps(quote: str) -> list[str]:
    """The parts of a quote that leaves words out with “…”; a single part where it does not."""
    return [part for part in _LEFT_OUT.split(comparable(quote)) if part]


def without_outer_marks(quote: str) -> str:
    """A quote without the quotation marks that somebody put around it."""
    straight = comparable(quote)
    marked = len(quote) > 2 and straight[0] == straight[-1] and straight[0] in "\"'"
    return quote[1:-1].strip() if marked else quote


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch of a text, widened so that it cuts no word."""
    right = text.find(" ", max(end - 1, 0))
    left = text.rfind(" ", 0, start + 1) + 1
    return left, right if right >= 0 else len(text)


def _first_difference(passage: str, quote: str) -> tuple[str, str]:
    """The words, with two around them, at which a passage and a quote first part."""
    theirs, ours = passage.split(" "), quote.split(" ")
    if theirs[0].endswith(ours[0]):  # the quote begins or ends within a word: that is no difference
        theirs[0] = ours[0]
    if theirs[-1].startswith(ours[-1]):
        theirs[-1] = ours[-1]
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - as above

    steps = list(Levenshtein.opcodes(theirs, ours))
    inner = [
        step
        for number, step in enumerate(steps)
        if step.tag != "equal" and not (step.tag == "delete" and number in {0, len(steps) - 1})
    ]
    if not inner:
        return _cut(theirs), _cut(ours)
    first = inner[0]
    return (
        _cut(theirs[max(first.src_start - 2, 0) : first.src_end + 2]),
        _cut(ours[max(first.dest_start - 2, 0) : first.dest_end + 2]),
    )


def _cut(words: list[str]) -> str:
    text = " ".join(words)
    return text if len(text) <= 120 else f"{text[:119]}…"
