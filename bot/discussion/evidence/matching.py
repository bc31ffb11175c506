"""Stretches of a response that stand in the article in the same order of words."""

from collections.abc import Sequence
from dataclasses import replace

from bot.discussion.evidence.reading import GRAM, Place, Reading
from bot.discussion.evidence.words import Word
from bot.values import frozen

_WIDEST_GAP = 3
"""Words that may differ between two stretches which are still one quote."""
_LEFT_OUT = 40
"""Words of the article that a quote may leave out and still be one."""


@frozen
class Run:
    """Words of a response, from `first` to before `behind`, that stand in a paragraph from `at` to before `until`.

    `same` is how many of them are the same: what differs between two runs that were joined is none of them.
    """

    first: int
    behind: int
    paragraph: int
    at: int
    until: int
    same: int

    def follows(self, before: "Run") -> bool:
        """Does it go on where another run ended, but for a slip or a few words left out?"""
        said, stands = self.first - before.behind, self.at - before.until
        return self.paragraph == before.paragraph and 0 <= said <= _WIDEST_GAP and 0 <= stands <= _LEFT_OUT


def runs(reading: Reading, words: Sequence[Word]) -> list[Run]:
    """The longest stretches of three words or more that the article has too, in their order, joined over slips."""
    forms = [word.form for word in words]
    found: list[Run] = []
    at = 0
    while at <= len(forms) - GRAM:
        places = reading.grams.get(tuple(forms[at : at + GRAM]), ())
        candidates = [_run(reading, forms, at, place) for place in places]
        if not candidates:
            at += 1
            continue
        before = found[-1] if found else None
        run = max(candidates, key=lambda each: (each.same, before is not None and each.follows(before)))
        found.append(run)
        at = run.behind
    return _joined(found)


def standing(reading: Reading, forms: Sequence[str]) -> list[Place]:
    """Where words stand one behind the other in the article."""
    if len(forms) >= GRAM:
        candidates = reading.grams.get(tuple(forms[:GRAM]), [])
    else:
        candidates = [
            Place(number, at)
            for number, words in enumerate(reading.words)
            for at, word in enumerate(words)
            if word.form == forms[0]
        ]
    return [
        place
        for place in candidates
        if [word.form for word in reading.words[place.paragraph][place.word : place.word + len(forms)]] == [*forms]
    ]


def _run(reading: Reading, forms: Sequence[str], first: int, place: Place) -> Run:
    words = reading.words[place.paragraph]
    length = GRAM
    most = min(len(forms) - first, len(words) - place.word)
    while length < most and forms[first + length] == words[place.word + length].form:
        length += 1
    return Run(first, first + length, place.paragraph, place.word, place.word + length, length)


def _joined(found: Sequence[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in found:
        if joined and run.follows(joined[-1]):
            last = joined[-1]
            joined[-1] = replace(last, behind=run.behind, until=run.until, same=last.same + run.same)
        else:
            joined.append(run)
    return joined
