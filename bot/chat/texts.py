"""Other people's words made safe to stand in a message: they show as written and do nothing."""

import re
from collections.abc import Sequence

CARD_TEXT = 4000
"""All text of one Components V2 message together."""

_MARKUP = re.compile(r"(https?://[^\s<>]+)|([\\*_~`|]|<(?=[@#:/a-zA-Z])|\[(?=[^\n]*\]\())")
"""Links, which stay as they are, and what Discord reads as markup anywhere, mentions and custom emojis included."""

_LINE_MARKUP = re.compile(r"^([^\S\n]*)(?:(\d+)(?=\.\s)|(?=[-+#>]))", re.MULTILINE)
"""What makes a list, a heading or a quote of a line. A backslash before a digit would show: it goes behind."""


def plain(words: str) -> str:
    """Words with Discord's markdown escaped, so that they read exactly as they were typed.

    discord.py's own escape_markdown puts a backslash where it shows: before the blanks of an indented list.
    """
    escaped = _MARKUP.sub(lambda match: match[1] or f"\\{match[2]}", words)
    return _LINE_MARKUP.sub(lambda match: f"{match[1]}{match[2] or ''}\\", escaped)


def fitted(words: str, most: int) -> str:
    """At most so many characters, cut with an ellipsis that never splits an escape."""
    if len(words) <= most:
        return words
    if most < 1:
        return ""
    cut = words[: most - 1].rstrip()
    backslashes = len(cut) - len(cut.rstrip("\\"))
    return cut[: len(cut) - backslashes % 2] + "…"


def shared(parts: Sequence[str], most: int) -> list[str]:
    """Parts with at most so many characters together: the short ones whole, the long ones cut to one length."""
    left, waiting = most, len(parts)
    for length in sorted(map(len, parts)):
        if length * waiting > left:
            return [fitted(part, left // waiting) for part in parts]
        left, waiting = left - length, waiting - 1
    return list(parts)


def quoted(words: str) -> str:
    """Words as a block quote, line by line."""
    return "\n".join(f"> {line}" for line in words.splitlines())


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 response, 2 responses."""
    return f"{number} {one if number == 1 else many or one + 's'}"
