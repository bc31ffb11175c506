"""Paragraphs that a response names: “¶2”, “paragraph 3”, “the last paragraph”."""

import re
from collections.abc import Iterator

from bot.patterns import pattern

_COUNTED = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER = rf"\d{{1,4}}(?!\d)|(?:{'|'.join(_NUMBERS)})\b"
_NAMED = pattern(
    rf"(?:¶¶?|§|\b(?:paragraphs?|paras?|pars?)\b\.?)[^\S\n]?(?P<numbers>(?:{_NUMBER})(?:\s*(?:,|and|&|\+|or)\s*(?:¶\s*)?(?:{_NUMBER}))*)",
    re.IGNORECASE,
)
_ORDERED = pattern(rf"\b(?P<ordinal>{'|'.join(_COUNTED)}|last|final)\s+(?:paragraph|para)\b", re.IGNORECASE)
_EACH = pattern(_NUMBER, re.IGNORECASE)


def mentioned(text: str, paragraphs: int) -> Iterator[int]:
    """The paragraphs, from 1, that a text names, of so many; each time that it names them."""
    if "¶" not in text and "§" not in text and "par" not in text.lower():
        return
    for match in _NAMED.finditer(text):
        for number in _EACH.findall(match["numbers"]):
            yield from _within(int(number) if number.isdigit() else _NUMBERS.index(number.lower()) + 1, paragraphs)
    for match in _ORDERED.finditer(text):
        ordinal = match["ordinal"].lower()
        yield from _within(_COUNTED.index(ordinal) + 1 if ordinal in _COUNTED else paragraphs, paragraphs)


def _within(number: int, paragraphs: int) -> Iterator[int]:
    if 1 <= number <= paragraphs:
        yield number
