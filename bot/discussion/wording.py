"""What a response's words must be: which fields there are, how long, and when they are too few."""

from collections.abc import Mapping
from unicodedata import category

from bot.discussion.taming import shows_nothing, tamed
from bot.values import frozen

TEXT = "text"
"""The field of plain words: of a reply, a reflection, a statement, a message typed in the thread."""

LONGEST_TYPED = 4000
"""The longest message that Discord lets anybody type."""


@frozen
class Field:
    """One field of a response: its name, how the student is asked for it, and its longest length in characters."""

    name: str
    label: str
    most: int
    required: bool


FIELDS = (
    Field("claim", "Claim", 700, required=True),
    Field("evidence", "Evidence", 1000, required=False),
    Field("reasoning", "Reasoning", 1500, required=False),
)
"""Claim, evidence, reasoning. Together they fit one card (4,000 characters with its headings)."""

REPLY_FIELD = Field(TEXT, "Your reply", 1500, required=True)

RESTATED = "restated"
"""The field of a reply in which the classmate's point is said again."""

RESTATED_FIELD = Field(RESTATED, "Their point, in your own words", 500, required=True)
"""Before the reply itself, where the phase asks for it."""

REFLECTION_FIELD = Field(TEXT, "Your reflection", 1500, required=True)

STATEMENT_FIELD = Field(TEXT, "Your group's text", 3000, required=True)


class WordingError(ValueError):
    """The words do not make a response; the message says why, to the student."""


def worded(body: Mapping[str, str], text: Field = REPLY_FIELD) -> dict[str, str]:
    """The body as it is kept: fields trimmed, empty ones left out, in the order in which they are asked.

    `text` is how the field of plain words was asked for. Raises WordingError where a required field is empty or a
    field is too long or unknown.
    """
    fields = {field.name: field for field in (*FIELDS, RESTATED_FIELD, text)}
    if unknown := set(body) - set(fields):
        raise WordingError(f"There is no field called {min(unknown)}.")
    written = {name: _clean(body[name]) for name in fields if name in body}
    kept = {name: words for name, words in written.items() if words}
    for wanted in ([RESTATED_FIELD] if RESTATED in body else []) + [text if TEXT in body else FIELDS[0]]:
        if wanted.name not in kept:
            raise WordingError(f"{wanted.label} is empty: write at least a few words there.")
    for name, words in kept.items():
        if len(words) > fields[name].most:
            raise WordingError(f"{fields[name].label} has {len(words)} characters; {fields[name].most} fit.")
    return kept


def typed(text: str) -> dict[str, str] | None:
    """The body of a message typed in the thread; None where there are no words to keep."""
    words = _clean(text)[:LONGEST_TYPED]
    return {TEXT: words} if words else None


def _clean(words: str) -> str:
    """Words without what no database and no file can hold, trimmed; nothing where nobody could see them."""
    held = words.replace("\0", "").encode(errors="replace").decode().strip()
    if held[:1].isascii() and held[:1].isalnum():  # as nearly always
        return held
    return held if not shows_nothing(held) and any(category(sign)[0] not in "CZ" for sign in held) else ""


def own_words(body: Mapping[str, str]) -> dict[str, str]:
    """What somebody says for themselves: a body without the classmate's point that it says again."""
    return {name: words for name, words in body.items() if name != RESTATED}


def in_one_line(body: Mapping[str, str], most: int) -> str:
    """All own words of a body, tamed, in one line of at most so many characters, cut with an ellipsis: for lists."""
    line = " ".join(tamed(" ".join(own_words(body).values())).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
