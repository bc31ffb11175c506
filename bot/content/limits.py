"""What a round's card can hold."""

import re

CARD_LIMIT = 4000
"""Characters of text that Discord allows in one message of Components V2."""

CARD_OVERHEAD = 600
"""Characters kept for what the bot writes on a card itself: ¶ numbers, the time left, the live counts, its hints."""

_ESCAPED = re.compile(r"[\\*_~|`<>\[\]()#+\-\n]")


def card_length(*, title: str, author: str, question: str, quotes: tuple[str, ...]) -> int:
    """How many characters of text a round's card takes at most.

    The sum of the article's title and author, the question, the quotes and the bot's own words. A sign that Markdown
    reads counts twice, since the card escapes it; so does a line break, since a quote begins each line with `>`.
    """
    return CARD_OVERHEAD + sum(len(text) + len(_ESCAPED.findall(text)) for text in (title, author, question, *quotes))
