"""What a chart is made of, as plain immutable values: whoever knows the record fills them in. Times are aware UTC."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from bot.values import frozen

MOST_STANCES = 5
MOST_ROUNDS = 25

ALT_LENGTH = 1024
"""The longest description of a file that Discord takes."""

TABLE_WIDTH = 60
"""How many columns a table may have before a phone breaks its lines."""


class Theme(StrEnum):
    """Which of Discord's two backgrounds the picture is for."""

    LIGHT = "light"
    DARK = "dark"


@frozen
class Picture:
    """A chart as a PNG, and the same in words and as a table of text.

    `alt` has at most 1,024 characters. `table` has at most 60 columns and no backtick, so that it may stand in a code
    block; it says everything and may be longer than a message.
    """

    png: bytes
    alt: str
    table: str


@frozen
class ChartStance:
    """A stance as a chart needs it: its words as on its button, and its colour there as 0xRRGGBB."""

    label: str
    colour: int


@frozen
class FlowChart:
    """How the same people voted before and after, and who moved where.

    Counts are in the order of the stances. `flow[i][j]` people went from stance i to stance j; None: that is secret.
    `said` is a sentence to stand below the question, such as who won. Raises ValueError when the counts disagree.
    """

    question: str
    stances: tuple[ChartStance, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    flow: tuple[tuple[int, ...], ...] | None
    said: str = ""
    before_name: str = "Before"
    after_name: str = "After"

    def __post_init__(self) -> None:
        _check_stances(self.stances)
        _check_counts(self.before, len(self.stances))
        _check_counts(self.after, len(self.stances))
        _check(sum(self.before) == sum(self.after), "the same people voted both times, but the sums differ")
        if self.flow is not None:
            _check(len(self.flow) == len(self.stances), "the flow has a row for each stance")
            for row in self.flow:
                _check_counts(row, len(self.stances))
            _check(tuple(map(sum, self.flow)) == self.before, "the flow's rows add up to the first vote")
            _check(tuple(map(sum, zip(*self.flow, strict=True))) == self.after, "its columns add up to the last vote")

    @property
    def people(self) -> int:
        """How many voted both times."""
        return sum(self.before)


@frozen
class StancesRound:
    """One vote of a session: its name (the question, or the phase) and the count of each stance, in their order."""

    name: str
    stances: tuple[ChartStance, ...]
    counts: tuple[int, ...]

    def __post_init__(self) -> None:
        _check_stances(self.stances)
        _check_counts(self.counts, len(self.stances))

    @property
    def voters(self) -> int:
        """How many took a stance."""
        return sum(self.counts)


@frozen
class StancesChart:
    """How the class stood in each round, as shares. Rounds may have stances of their own or all the same."""

    title: str
    rounds: tuple[StancesRound, ...]
    said: str = ""

    def __post_init__(self) -> None:
        _check(1 <= len(self.rounds) <= MOST_ROUNDS, f"a chart has 1 to {MOST_ROUNDS} rounds")

    @property
    def shared(self) -> tuple[ChartStance, ...] | None:
        """The stances, where all rounds have the same; else None."""
        first = self.rounds[0].stances
        return first if all(each.stances == first for each in self.rounds) else None


@frozen
class Mark:
    """Something that happened at a time: a round or a phase that began."""

    at: datetime
    name: str

    def __post_init__(self) -> None:
        _check_aware(self.at)


@frozen
class Away:
    """A time in which the bot could not listen."""

    began_at: datetime
    ended_at: datetime

    def __post_init__(self) -> None:
        _check_aware(self.began_at, self.ended_at)
        _check(self.began_at <= self.ended_at, "an absence begins before it ends")


@frozen
class TimelineChart:
    """When the class spoke: the times of the responses and of the replies to them, in any order.

    `zone` is the school's, as "Europe/Berlin". What lies outside the given beginning and end widens the chart.
    """

    title: str
    began_at: datetime
    ended_at: datetime
    zone: str
    responses: tuple[datetime, ...]
    replies: tuple[datetime, ...] = ()
    marks: tuple[Mark, ...] = ()
    away: tuple[Away, ...] = ()
    said: str = ""

    def __post_init__(self) -> None:
        _check_aware(self.began_at, self.ended_at, *self.responses, *self.replies)
        _check(self.began_at <= self.ended_at, "a session begins before it ends")


@frozen
class Speaker:
    """How much one person wrote. The name, or a pseudonym, only where it may be shown."""

    name: str | None
    responses: int
    replies: int = 0

    def __post_init__(self) -> None:
        _check(self.responses >= 0 and self.replies >= 0, "a count is 0 or more")

    @property
    def spoken(self) -> int:
        """Responses and replies together."""
        return self.responses + self.replies


@frozen
class VoicesChart:
    """How evenly a class spoke: each of its members, the silent ones too, in any order.

    `said` is the sentence that tells the Gini coefficient in words.
    """

    title: str
    speakers: tuple[Speaker, ...]
    said: str


@frozen
class EvidenceSentence:
    """A sentence of the article, and how many responses of each stance lean on it; the last count is of no side."""

    words: str
    counts: tuple[int, ...]

    @property
    def used(self) -> int:
        """How many responses lean on it."""
        return sum(self.counts)


@frozen
class EvidenceParagraph:
    """A paragraph's sentences, and how many responses of each stance named it without leaning on one of them."""

    sentences: tuple[EvidenceSentence, ...]
    named: tuple[int, ...]


@frozen
class EvidenceChart:
    """The article as the class used it: all its paragraphs in their order, also what nobody leaned on.

    Counts are in the order of the stances, with one more for responses of no side.
    """

    title: str
    stances: tuple[ChartStance, ...]
    paragraphs: tuple[EvidenceParagraph, ...]

    def __post_init__(self) -> None:
        _check_stances(self.stances)
        for each in self.paragraphs:
            for counts in _counts_in(each):
                _check_counts(counts, len(self.stances) + 1)

    @property
    def has_sideless(self) -> bool:
        """Did anybody lean on a passage without having taken a side?"""
        return any(counts[-1] for each in self.paragraphs for counts in _counts_in(each))

    @property
    def has_named(self) -> bool:
        """Did anybody name a paragraph without leaning on a sentence of it?"""
        return any(sum(each.named) for each in self.paragraphs)


Chart = FlowChart | StancesChart | TimelineChart | VoicesChart | EvidenceChart


def _counts_in(paragraph: EvidenceParagraph) -> list[tuple[int, ...]]:
    return [paragraph.named, *(sentence.counts for sentence in paragraph.sentences)]


def _check_stances(stances: Sequence[ChartStance]) -> None:
    _check(1 <= len(stances) <= MOST_STANCES, f"a chart has 1 to {MOST_STANCES} stances")
    _check(all(0 <= stance.colour <= 0xFFFFFF for stance in stances), "a colour is 0xRRGGBB")


def _check_counts(counts: Sequence[int], stances: int) -> None:
    _check(len(counts) == stances, "there is one count for each stance")
    _check(all(count >= 0 for count in counts), "a count is 0 or more")


def _check_aware(*times: datetime) -> None:
    _check(all(time.utcoffset() is not None for time in times), "times know their zone")


def _check(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(f"Not a chart: {otherwise}.")
