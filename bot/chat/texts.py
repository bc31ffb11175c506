"""Other people's words made safe to stand in a message: they show as written and do nothing."""

import re
from collections.abc import Sequence

from bot.discussion.taming import tamed
from bot.patterns import pattern

CARD_TEXT = 4000
"""All text of one Components V2 message together."""

_MARKUP = pattern(r"(https?://\w[^\s<>]+)|([\\*_~`|\[]|<(?=[@#:/a-zA-Z]))")
"""Links, which stay as they are, and what Discord reads as markup anywhere, mentions and custom emojis included.

A bracket counts wherever it stands: what closes it and names the link may come lines later, in other words of a card.
"""

_LINE_MARKUP = pattern(r"^([^\S\n]*)(?:(\d+)(?=\.\s)|(?=[-+#>]))", re.MULTILINE)
"""What makes a list, a heading or a quote of a line. A backslash before a digit would show: it goes behind."""

_RUN = pattern(r"[^\s<]++<?")
"""What Discord may read as a link from `://` on, and the sign that ends it."""

_LEFTWARDS = pattern("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_RIGHTWARDS_AGAIN = "\u200e"
"""An unseen sign of a script that runs to the right: behind Hebrew or Arabic words it keeps those that follow, above
all digits, from being drawn into them. An isolate would too, and take from a line the direction of its own script."""


def plain(words: str) -> str:
    """Words tamed and with Discord's markdown escaped, so that they read as they were typed.

    discord.py's own escape_markdown puts a backslash where it shows: before the blanks of an indented list.
    """
    calm = tamed(words)
    if _LEFTWARDS.search(calm) and not calm.endswith(_RIGHTWARDS_AGAIN):
        calm += _RIGHTWARDS_AGAIN
    escaped = _MARKUP.sub(lambda match: match[1] or f"\\{match[2]}", calm)
    if "://" in escaped and "\\<" in escaped:
        escaped = _RUN.sub(lambda match: _off_the_link(match[0]), escaped)
    return _LINE_MARKUP.sub(lambda match: f"{match[1]}{match[2] or ''}\\", escaped)


def _off_the_link(run: str) -> str:
    """A link takes a backslash behind it for its own, and what was escaped would act: a blank keeps them apart."""
    return f"{run[:-2]} \\<" if "://" in run and run.endswith("\\<") else run


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
