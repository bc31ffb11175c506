"""Who says what in a sentence: the words that stand where somebody who speaks does."""

import re

from bot.content.searching.questions import SPEECH_VERBS
from bot.content.searching.words import words_of

_VERB = re.compile(rf"\b(?:{SPEECH_VERBS}|continued\s+by|according\s+to)\b", re.IGNORECASE)
_QUOTATION = re.compile(r"[“\"][^“”\"]*[”\"]?")
_BREAK = re.compile(r"[,;:]")

_BEFORE = 60
"""Characters before such a verb in which its speaker stands: “Moon Jae-in has argued”, “some analysts …, claiming”."""

_BEHIND = 60
"""Characters behind it, where it follows a quotation: “…,” explained Secretary of State Anthony J. Blinken."""


def speaking(sentence: str) -> frozenset[str]:
    """The stems of all words that stand where a speaker does; none in a sentence that only tells."""
    bare = _QUOTATION.sub(lambda match: '"' + " " * (len(match[0]) - 2) + '"' if len(match[0]) > 1 else '"', sentence)
    stems = set[str]()
    for verb in _VERB.finditer(bare):
        clauses = _BREAK.split(bare[: verb.start()])
        is_aside = verb[0].lower().endswith("ing") and len(clauses) > 1 and not clauses[-1].strip()
        pieces = [clauses[-2 if is_aside else -1].rpartition('"')[2][-_BEFORE:]]
        if bare[: verb.start()].rstrip().endswith('"') or verb[0].lower().startswith("according"):
            pieces.append(_BREAK.split(bare[verb.end() : verb.end() + _BEHIND])[0])
        for piece in pieces:
            for word in words_of(piece):
                stems.update((word.stem, *word.parts))
    return frozenset(stems)
