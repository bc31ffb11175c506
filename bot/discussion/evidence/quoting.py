"""What of a response stands in quotation marks, or is introduced as a quote."""

import re
from collections.abc import Iterator

from bot.discussion.evidence.words import Stretch
from bot.patterns import pattern
from bot.values import frozen

_MARKS = pattern(
    r"[“„«](?P<curly>[^“”„«»]*)[”»]"
    r'|"(?P<straight>[^"]*)"'
    r"|(?<![^\s(])['‘](?P<single>[^\s'‘’\"“”](?:[^\"“”‘'’]|(?<=\w)['’](?=\w)|(?<=s)['’](?=\s\w))*)['’](?!\w)"
)
_MAY_QUOTE = pattern(r"[\"“„«‘]|(?<!\w)'")
_INTRODUCED = pattern(
    r"\b(?:the|this|that|our)\s+(?:article|text|author|passage)\s+(?:says|said|states|writes|reads)\s*:\s*"
    r"(?P<said>[^\s\"“„«'‘][^\r\n]*?)(?=[.!?](?:\s|\Z)|[\r\n]|\Z)",
    re.IGNORECASE,
)
_LEFT_OUT = pattern(r"\s*(?:\[\s*(?:…|\.{2,})\s*\]|…|\.{3,}|\[[^\]]*\])\s*")
"""Words left out, or put in by whoever quotes: “[…]”, “…”, “[China]”."""


@frozen
class Quoted:
    """Words that somebody quotes, without the marks, and where they stand in their text."""

    text: str
    stretch: Stretch

    def parts(self) -> list[Stretch]:
        """What is quoted between the words left out, as offsets into the whole text."""
        found: list[Stretch] = []
        at = 0
        for gap in [*_LEFT_OUT.finditer(self.text), None]:
            end = len(self.text) if gap is None else gap.start()
            if self.text[at:end].strip():
                found.append(Stretch(self.stretch.start + at, self.stretch.start + end))
            at = end if gap is None else gap.end()
        return found


def may_quote(text: str) -> bool:
    """Is there any quotation mark in it?"""
    return _MAY_QUOTE.search(text) is not None


def quoted_in(text: str) -> Iterator[Quoted]:
    """All that stands in quotation marks of any kind."""
    return _found(_MARKS, text) if may_quote(text) else iter(())


def introduced_in(text: str) -> Iterator[Quoted]:
    """What stands without marks behind “the article says:”."""
    return _found(_INTRODUCED, text) if ":" in text else iter(())


def _found(pattern: re.Pattern[str], text: str) -> Iterator[Quoted]:
    for match in pattern.finditer(text):
        name = match.lastgroup
        if name is not None and match[name].strip():
            yield Quoted(match[name], Stretch(*match.span(name)))
