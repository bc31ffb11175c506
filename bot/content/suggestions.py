"""Did you mean …? The known word nearest to a mistyped one."""

from collections.abc import Iterable

_NEAR = 60.0
"""Per cent of letters in common: `quesiton` and `follow_up` find their key, `colour` finds none."""


def nearest_word(word: str, known: Iterable[str], at_least: float = _NEAR) -> str | None:
    """The known word most like this one; None where none is like it by at least so many per cent."""
    words = list(known)
    if word in words:
        return word
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - as in quotes.py: only mistakes have need of it

    found = process.extractOne(word, words, scorer=fuzz.ratio, processor=_comparable, score_cutoff=at_least)
    return None if found is None else found[0]


def _comparable(word: str) -> str:
    return word.casefold().replace("_", "-")
