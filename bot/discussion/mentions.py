"""Which paragraphs of the article a class has pointed to."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

_MENTION = re.compile(r"¶[^\S\n]?(\d{1,4})(?!\d)")
"""A paragraph as the cards name it: ¶2."""


def mentions(bodies: Iterable[Mapping[str, str]], paragraphs: int) -> list[tuple[int, int]]:
    """How many responses mention which paragraph of so many, the most mentioned first, none that nobody mentions.

    A response that mentions one several times counts once.
    """
    counts = Counter(
        number
        for body in bodies
        for number in {int(match[1]) for words in body.values() for match in _MENTION.finditer(words)}
        if 1 <= number <= paragraphs
    )
    return sorted(counts.items(), key=lambda found: (-found[1], found[0]))
