"""Other people's words made fit for a picture and a table: one line, nothing that turns or stacks the rest."""

from collections.abc import Callable, Iterable
from unicodedata import category, combining, east_asian_width, normalize

_MOST_MARKS = 4
"""Accents on one letter. Scripts that write vowels as marks need three; more is a prank that covers other lines."""

_JOINERS = "\u200c\u200d"
"""They join or part letters in Persian and in India's scripts. Between emoji they are of no use here."""


def tidy(words: str) -> str:
    """Words in one line, without control signs, without what reverses a line, without towers of accents."""
    kept: list[str] = []
    marks = 0
    for sign in normalize("NFC", words):
        kind = category(sign)
        marks = marks + 1 if kind[0] == "M" else 0
        if sign.isspace():
            kept.append(" ")
        elif sign in _JOINERS:
            if kept and category(kept[-1])[0] in "LM":
                kept.append(sign)
        elif kind[0] != "C" and marks <= _MOST_MARKS and not _is_selector(sign):
            kept.append(sign)
    return " ".join("".join(kept).split())


def drawable(words: str, has: Callable[[str], bool]) -> str | None:
    """Tidy words less the emoji and symbols that no font has. None when letters are missing, or nothing is left."""
    missing = {sign for sign in words if not sign.isspace() and not has(sign)}
    if any(is_letter(sign) for sign in missing):
        return None
    left = "".join(sign for sign in words if sign not in missing)
    return " ".join(left.split()) or None


def is_letter(sign: str) -> bool:
    """Is a word another one without this sign? Letters, digits and vowel marks; no emoji and no punctuation."""
    return category(sign) in {"Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "Mn", "Mc"}


def cut(words: str, fits: Callable[[str], bool]) -> str:
    """The longest beginning that fits, with an ellipsis unless it is all; empty when not even one sign fits."""
    if fits(words):
        return words
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(_beginning(words, middle)) else (low, middle - 1)
    return _beginning(words, low) if low else ""


def wrapped(words: str, fits: Callable[[str], bool], most: int) -> list[str]:
    """At most so many lines that fit, the last one cut. Words longer than a line are broken."""
    lines: list[str] = []
    left = words.split()
    while left and len(lines) < most - 1:
        line, left = _line(left, fits)
        if not line:
            break
        lines.append(line)
    rest = cut(" ".join(left), fits)
    return [*lines, rest] if rest else lines


def first_that_fits(variants: Iterable[str], most: int) -> str:
    """The first variant of at most so many characters, or the last one, cut."""
    last = ""
    for last in variants:
        if len(last) <= most:
            return last
    return cut(last, lambda text: len(text) <= most)


def columns(words: str) -> int:
    """How many columns words take in a monospaced font: East Asian letters and emoji two, accents none."""
    return sum(0 if combining(sign) or sign in _JOINERS else 1 + (east_asian_width(sign) in "WF") for sign in words)


def _line(words: list[str], fits: Callable[[str], bool]) -> tuple[str, list[str]]:
    """The first line and the words after it."""
    count = 0
    while count < len(words) and fits(" ".join(words[: count + 1])):
        count += 1
    if count:
        return " ".join(words[:count]), words[count:]
    long = words[0]
    length = max((end for end in range(1, len(long)) if _may_end(long, end) and fits(long[:end])), default=0)
    return long[:length], [long[length:], *words[1:]]


def _beginning(words: str, length: int) -> str:
    """So many signs and an ellipsis, but no letter without its accents."""
    while 0 < length < len(words) and not _may_end(words, length):
        length -= 1
    return words[:length].rstrip() + "…"


def _may_end(words: str, end: int) -> bool:
    return category(words[end])[0] != "M" and words[end] not in _JOINERS and words[end - 1] not in _JOINERS


def _is_selector(sign: str) -> bool:
    """Does the sign only choose between an emoji's looks?"""
    return "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"
