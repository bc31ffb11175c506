"""Other people's words made safe to stand in a message: they show as written and do nothing."""

import re

import discord

CARD_TEXT = 4000
"""All text of one Components V2 message together."""

_LINE_MARKUP = re.compile(r"^(\s*)(-#|[-+#]|\d+\.)(?=\s|#)", re.MULTILINE)


def plain(words: str) -> str:
    """Words with Discord's markdown escaped, so that they read exactly as they were typed."""
    escaped = discord.utils.escape_markdown(words, ignore_links=True)
    return _LINE_MARKUP.sub(r"\1\\\2", escaped)


def fitted(words: str, most: int) -> str:
    """At most so many characters, cut with an ellipsis that never splits an escape."""
    if len(words) <= most:
        return words
    return words[: most - 1].rstrip("\\ \n") + "…"


def quoted(words: str) -> str:
    """Words as a block quote, line by line."""
    return "\n".join(f"> {line}" for line in words.splitlines())


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 response, 2 responses."""
    return f"{number} {one if number == 1 else many or one + 's'}"
