"""Words as they are compared: without case, with one form for the forms of a word, and with their places."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.content.searching.sentences import split_sentences
from bot.discussion.evidence.word_lists import COMMON, EMPTY
from bot.patterns import pattern

WORD = pattern(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ", "'"))
_LINE = pattern(r"[^\r\n]+")
_SUFFIXES = re.findall(
    r"\w+",
    """
    izations ization ations ation ances ance ences ence ments ment ities ity nesses ness ively ive ives ions ion ingly
    ings ing edly ized izes ize ers er ors or ally als al fully ful lessly less ously ous ables able ibly ed es ly e s y
    """,
)
"""What makes another form of a word, the longest first of those that end alike."""
_ENDINGS = {last: tuple(each for each in _SUFFIXES if each[-1] == last) for last in "degnrlsty"}


class Word(NamedTuple):
    """A word of a text: as it is compared word for word, its stem, how much it tells (0 to 1), and where it stands."""

    form: str
    stem: str
    weight: float
    start: int
    end: int


class Stretch(NamedTuple):
    """A part of a text, by offsets."""

    start: int
    end: int


def words_in(text: str) -> list[Word]:
    """The words of a text in their order, not weighed."""
    return [
        Word(form, stem(form), 0.0, match.start(), match.end())
        for match in WORD.finditer(text)
        if (form := form_of(match.group()))
    ]


def forms_in(text: str) -> list[str]:
    """The words of a text as they are compared word for word."""
    return [form for written in WORD.findall(text) if (form := form_of(written))]


def form_of(word: str) -> str:
    """A word as it is compared word for word: in lower case, without the ending of a genitive."""
    lower = word.translate(_APOSTROPHES).lower()
    return lower.removesuffix("'s") if len(lower) > 3 else lower


def stem(form: str) -> str:
    """What the forms of a word share: “negotiate”, “negotiating” and “negotiations” have one."""
    if len(form) < 4 or form[0].isdigit():
        return form
    plain = form.replace("'", "")
    for _ in range(2):
        endings = _ENDINGS.get(plain[-1], ())
        ending = next((each for each in endings if plain.endswith(each) and _leaves(plain, each)), "")
        plain = plain[: len(plain) - len(ending)]
    plain = plain[:-1] if len(plain) > 4 and plain[-1] == plain[-2] else plain
    return plain[:-1] + "i" if plain.endswith("y") and len(plain) > 3 else plain


def _leaves(form: str, ending: str) -> bool:
    """Is enough left of a word without its ending?"""
    return len(form) - len(ending) >= (4 if len(ending) > 2 else 3)


def is_empty(form: str) -> bool:
    """Does it stand in any text, whatever that is about?"""
    return form in EMPTY or (len(form) == 1 and not form.isdigit())


def is_common(form: str) -> bool:
    """Is it one of the words that people use about anything?"""
    return form in COMMON


def sentences_in(text: str) -> Iterator[Stretch]:
    """The sentences of a text; each line begins anew."""
    for line in _LINE.finditer(text):
        at = line.start()
        for sentence in split_sentences(line.group()):
            start = text.index(sentence, at)
            at = start + len(sentence)
            yield Stretch(start, at)
