"""What the rules look up in a file's tree, whether or not the rest of it is in order."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from bot.content.source import Finding, Source
from bot.content.tree import Mapping, Node, Scalar, Sequence

_MOST_ENTRIES = 30
"""Of a list that is longer the rest is passed over: no list may be, and that it is gets told as such."""


def mappings(node: Node, key: str, *, most: int = _MOST_ENTRIES) -> Iterator[Mapping]:
    """Those of a list's first entries below a key that are mappings; nothing where there is no such list."""
    below = node.get(key) if isinstance(node, Mapping) else None
    if isinstance(below, Sequence):
        yield from (item for item in islice(below.items, most) if isinstance(item, Mapping))


def text_at(mapping: Mapping, key: str) -> Scalar | None:
    """The value of a key where it is a text with something in it."""
    node = mapping.get(key)
    return node if isinstance(node, Scalar) and isinstance(node.value, str) and node.source.strip() else None


def short(text: str) -> str:
    """A text of the file on one line, cut to what a sentence can hold."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def twice(
    owners: Iterable[Mapping], key: str, whose: str, source: Source, same: Callable[[str], str] = str
) -> Iterator[Finding]:
    """A finding for each value of a key that an earlier owner has already."""
    first: dict[str, int] = {}
    for owner in owners:
        value = text_at(owner, key)
        if value is None:
            continue
        name = same(" ".join(value.source.split()))
        if name in first:
            what = f"the {key} “{short(value.source)}” belongs to {whose} (line {source.line(first[name])})"
            # An alias shows the same value twice: the place to mend is then the alias itself.
            yield Finding(owner.start if value.start == first[name] else value.start, what, f"give each its own {key}")
        else:
            first[name] = value.start
