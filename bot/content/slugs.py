"""The name that a file or an id is found by."""

import unicodedata

from bot.patterns import pattern

_NOT_OF_A_WORD = pattern(r"[\W_]+")


def slug_of(name: str) -> str:
    """Lower-case words joined by hyphens: `My First Set` becomes my-first-set. Letters of any alphabet stay.

    Empty where the name has neither letter nor digit.
    """
    letters = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return _NOT_OF_A_WORD.sub("-", unicodedata.normalize("NFC", letters).casefold()).strip("-")
