"""Titles, by which teachers pick: no two prompt sets share one, and no two formats."""

from pathlib import Path

from bot.content.library import Problem
from bot.content.source import Finding, Source
from bot.content.tree import Mapping, Node


def title_key(title: str) -> str:
    """What makes two titles the same: their letters, whatever their case and spaces."""
    return " ".join(title.split()).casefold()


def title_start(tree: Node) -> int:
    """The offset of a file's title."""
    title = tree.get("title") if isinstance(tree, Mapping) else None
    return tree.start if title is None else title.start


def claim_title(source: Source, title: str, start: int, titles: dict[str, Path], thing: str) -> Problem | None:
    """Takes a title for a file. A problem at the title, where another file has it already.

    `titles` are those taken so far (see `title_key`); `thing` is what teachers pick by it.
    """
    taken = titles.setdefault(title_key(title), source.path)
    if taken.resolve() == source.path.resolve():
        return None
    what = f"the title “{title}” belongs to {taken.name}, and teachers pick a {thing} by its title"
    return source.problem(Finding(start, what, "give one of the two another title"))
