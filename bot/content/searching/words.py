"""Words as a search compares them: without case and endings, names of countries and offices as one word each."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Protocol, cast

from bot.values import frozen

KIN = 6
"""Letters at the beginning that two words share at least where they are akin, such as diplomacy and diplomatic."""

KIN_ENDING = 3
"""Letters that may follow them in each."""

_TOKEN = re.compile(r"[A-Za-z](?:\.[A-Za-z])+\.?|\w+(?:'\w+)*")
_CLITIC = re.compile(r"'(?:s|re|ve|ll|d|m)?$")
_BRITISH = re.compile(r"(?<=\w{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)")

_SAME: dict[str, str] = {
    **dict.fromkeys(("u.s", "usa", "u.s.a", "america", "american", "americans"), "united-states"),
    **dict.fromkeys(("u.n",), "united-nations"),
    **dict.fromkeys(("defence", "defences"), "defense"),
    **dict.fromkeys(("programme", "programmes"), "program"),
    **dict.fromkeys(("cheque", "cheques"), "check"),
    **dict.fromkeys(("neighbour", "neighbours"), "neighbor"),
    "chinese": "china",
    "japanese": "japan",
    "korean": "korea",
    "koreans": "korea",
    "russian": "russia",
    "russians": "russia",
    "iranian": "iran",
    "indian": "india",
    "british": "britain",
    "french": "france",
    "german": "germany",
    "germans": "germany",
    "european": "europe",
    "europeans": "europe",
    "african": "africa",
    "mexican": "mexico",
    "canadian": "canada",
    "israeli": "israel",
    "ukrainian": "ukraine",
    "vietnamese": "vietnam",
    "coronavirus": "covid",
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
}
"""Forms of one word that no rule of endings tells: countries and their people, spellings, ordinals."""

_OPENS_NAME = frozenset({"north", "south", "east", "west", "united"})
"""What makes one name of itself and the next word: South Korea is not Korea, let alone North Korea."""

_TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
NUMBERS: dict[str, int] = {word: number for number, word in enumerate(_TO_TWENTY.split())} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "dozen": 12,
}

_STOP_WORDS = (
    "a about above after again against all also although am an and any anyone anything are as at be because been "
    "before being below between both but by can could did do does doing done down during each either else even "
    "ever every few for from further get gets getting give given gives go goes going gone got had has have having "
    "he her here hers herself him himself his how however i if in into is it it's its itself just let like make "
    "makes made many may me might more most much must my myself no nor not nothing now of off on once one only "
    "onto or other our ours ourselves out over own per please really same shall she should so some someone "
    "something still such than that the their theirs them themselves then there these they thing things this "
    "those though through thus to too toward towards under until up upon us very via was we were what whatever "
    "when where whether which while who whom whose why will want wants wanted with within without would yes yet "
    "you your yours yourself isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't wouldn't "
    "haven't hasn't hadn't"
)
_STOP = frozenset(_STOP_WORDS.split())
"""Words that say nothing of what is looked for."""


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the library's name


@frozen
class Word:
    """A word of a text: as it is written, as it is compared, and where it stands (offsets in characters).

    `parts` are what it is also found by: Korea, in North Korea. `is_name`: has it a capital letter that no sentence's
    beginning gave it, or is it a number?
    """

    shown: str
    lower: str
    stem: str
    start: int
    end: int
    is_name: bool
    parts: tuple[str, ...] = ()

    @property
    def is_content(self) -> bool:
        """Does it say what is looked for?"""
        return self.lower not in _STOP and not (len(self.lower) == 1 and self.lower.isascii() and self.lower.isalpha())

    @property
    def is_number(self) -> bool:
        """Is it one, in digits or in letters?"""
        return self.lower[:1].isdigit() or self.lower in NUMBERS


def words_of(text: str) -> list[Word]:
    """The words of a sentence or of what somebody looks for."""
    return list(_joined(list(_single(text))))


@cache
def _stemmer() -> _Stemmer:
    import snowballstemmer  # noqa: PLC0415 - no start waits for it  # pyright: ignore[reportMissingTypeStubs] - it has none

    return cast("_Stemmer", snowballstemmer.stemmer("english"))  # pyright: ignore[reportUnknownMemberType] - as above


@lru_cache(maxsize=20_000)
def stem(lower: str) -> str:
    """What forms of a word have in common. A number, and a name of several words, are their own."""
    if not lower.isalpha() or not lower.isascii():
        return lower
    return _stemmer().stemWord(_BRITISH.sub("iz", lower))


def are_akin(one: str, other: str) -> bool:
    """Do two words, in lower case, begin so much alike that they mean nearly the same: diplomacy, diplomatic?"""
    if one[:KIN] != other[:KIN] or min(len(one), len(other)) < KIN:
        return False
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return max(len(one), len(other)) - shared <= KIN_ENDING


def _single(text: str) -> Iterator[Word]:
    straight = text.translate(_STRAIGHT)
    before = ""
    for match in _TOKEN.finditer(straight):
        shown = _CLITIC.sub("", match[0]).rstrip(".")
        lower = {"US": "u.s", "UN": "u.n"}.get(shown, shown.lower())
        lower, before = "u.n" if (before, lower) == ("the", "un") else lower, lower
        lower = _SAME.get(lower, lower)
        opens = not straight[: match.start()].rstrip() or straight[match.start() - 1] in "\"'("
        is_name = shown[:1].isdigit() or (shown[:1].isupper() and not opens)
        yield Word(shown, lower, stem(lower), match.start(), match.start() + len(shown), is_name)


def _joined(words: Sequence[Word]) -> Iterator[Word]:
    """North Korea, United States: two words that make one name."""
    rest = iter(zip(words, [*words[1:], None], strict=False))
    for word, after in rest:
        if after is None or word.lower not in _OPENS_NAME or not after.lower.isalpha() or after.lower in _STOP:
            yield word
            continue
        name = f"{word.lower}-{_PLURALS.get(after.lower, after.lower)}"
        shown, is_name = f"{word.shown} {after.shown}", word.is_name or after.is_name
        yield Word(shown, name, name, word.start, after.end, is_name, (word.stem, after.stem))
        next(rest)


_PLURALS = {"nation": "nations", "state": "states"}
_STRAIGHT = str.maketrans({**dict.fromkeys("“”„‟", '"'), **dict.fromkeys("‘’‚‛", "'")})
