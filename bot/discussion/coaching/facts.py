"""What is so about a response or a thread, as far as rules can tell: nothing here judges how good it is."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.discussion.counting import words_in
from bot.discussion.evidence.word_lists import EMPTY
from bot.discussion.ids import StanceId
from bot.discussion.wording import own_words
from bot.patterns import pattern
from bot.values import frozen

LEAST_WORDS = 12
"""A response of fewer words is short."""

LATEST = 10
"""So many of the latest responses tell whether a thread leans to one side,"""
_FEWEST = 6
"""and it takes so many,"""
_SHARE = 0.8
"""of which this part is of one side."""

_ALIKE = 90
"""Of 100: how much the telling words of two responses must have in common to be the same point."""
_TELLING = 4
"""Two responses of fewer telling words have them in common by chance."""
_NOT_MUCH_LONGER = 1.6
"""Who says what a classmate said, and as much again, does not repeat them."""

_NO = frozenset({"cannot", "hardly", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "without"})
"""Who takes a point and says no to it does not repeat it."""

_WORD = pattern(r"[^\W_]+(?:['’][^\W_]+)*")
_REASON = pattern(
    r"\b(?:because|cause[sd]?|so that|therefore|thus|hence|consequently|due to|owing to|in order to|as a result"
    r"|otherwise|(?:that|this|which)(?: i|['’])s (?:the reason )?why|for (?:this|that|the same) reason|the reason"
    r"|(?:which|this|that) means)\b"
    r"|,\s+so\b|(?:^|[.;!?]\s+)so\b(?! far)|\bas long as\b"
    r"|\bsince\b(?!\s+(?:\d|then\b|last\b|its?\b\s+(?:start|beginning)|january|february|march|april|may \d|june|july"
    r"|august|september|october|november|december))",
    re.IGNORECASE,
)


@frozen
class Point:
    """What a response comes to when it is compared: its telling words in one line, how many, and whether it denies."""

    line: str
    words: int
    denies: bool

    @classmethod
    def of(cls, body: Mapping[str, str]) -> "Point":
        """The words of one's own that do not stand in any text, each once, in one order; does any of all say no?"""
        words = {word.replace("’", "'") for word in _WORD.findall(" ".join(own_words(body).values()).lower())}
        telling = sorted(words - EMPTY)
        return cls(" ".join(telling), len(telling), any(word in _NO or word.endswith("n't") for word in words))


@frozen
class Said:
    """A response as the rules look at it: its words by field, its side, the paragraphs that it cites, if that is known.

    `classmates` are the points that others have made in the round and the author can read.
    """

    body: Mapping[str, str]
    stance: StanceId | None = None
    cited: Collection[int] | None = None
    classmates: Sequence[Point] = ()


def is_short(body: Mapping[str, str]) -> bool:
    """Has it fewer words of its own than a full sentence or two?"""
    return words_in(own_words(body)) < LEAST_WORDS


def gives_reason(body: Mapping[str, str]) -> bool:
    """Is the field for the reasoning filled in, or does a word announce a reason?"""
    own = own_words(body)
    return "reasoning" in own or any(_REASON.search(text) for text in own.values())


def repeats(body: Mapping[str, str], classmates: Iterable[Point]) -> bool:
    """Does it say in nearly the same words what one of the classmates has said, and hardly anything more?"""
    from rapidfuzz import fuzz  # noqa: PLC0415 - no start waits for it: only prompts that ask for this have need of it

    mine = Point.of(body)
    if mine.words < _TELLING:
        return False
    return any(
        theirs.words >= _TELLING
        and theirs.denies is mine.denies
        and mine.words <= theirs.words * _NOT_MUCH_LONGER
        and fuzz.token_set_ratio(mine.line, theirs.line, score_cutoff=_ALIKE) > 0
        for theirs in classmates
    )


def is_one_sided(stances: Sequence[StanceId]) -> bool:
    """Are nearly all of the latest responses of one side? `stances` are theirs, by time, as far as they have one."""
    latest = stances[-LATEST:]
    return len(latest) >= _FEWEST and max(Counter(latest).values()) >= len(latest) * _SHARE
