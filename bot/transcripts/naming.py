"""What the files of a transcript are called: ASCII, safe on every system, and the same for the same transcript."""

import re
from datetime import UTC
from unicodedata import normalize

from bot.discussion.transcript import Head, Names

LONGEST = 80
"""Characters of a file name with its ending. Every system takes that, also some folders deep."""

_PART_OF_A_WORD = 8
"""Characters below which a part of a word tells nothing."""

_LONGEST_ENDING = len("-participants.csv")


def stem(head: Head) -> str:
    """The beginning of the names of all files: parley-7-engage-china-or-impose-sanctions, and the scope.

    Real names are told by the file's name, so that nobody hands the wrong one out. It begins with a word of its own,
    so that no title can make it one of the names that Windows keeps for devices.
    """
    scope = head.scope
    parts = ["real-names"] if scope.names is Names.REAL else []
    if scope.round_number is not None:
        parts.append(f"round-{scope.round_number}")
    if scope.student is not None:
        speaker = head.speakers.get(scope.student)
        parts.append(f"student-{slug(speaker.key, 12) if speaker else 'unknown'}")
    if scope.since is not None:
        parts.append(f"since-{scope.since.astimezone(UTC):%Y%m%dt%H%M%Sz}")
    behind = "".join(f"-{part}" for part in parts)
    before = f"parley-{head.session.id}"
    title = slug(head.session.prompt_set.title, LONGEST - _LONGEST_ENDING - len(before) - 1 - len(behind))
    return before + (f"-{title}" if title else "") + behind


def slug(words: str, most: int) -> str:
    """Words as lower-case ASCII letters and digits joined by hyphens, cut at a word where possible."""
    ascii_words = re.findall(r"[a-z0-9]+", normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode())
    kept = ""
    for word in ascii_words:
        longer = f"{kept}-{word}" if kept else word[: most if most >= _PART_OF_A_WORD else 0]
        if len(longer) > most:
            break
        kept = longer
    return kept
