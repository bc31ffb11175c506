"""What a transcript can be written as."""

from collections.abc import Collection
from enum import StrEnum


class Format(StrEnum):
    """A format somebody can ask for."""

    HTML = "html"
    CSV = "csv"
    JSONL = "jsonl"
    MARKDOWN = "markdown"
    TEXT = "text"
    CANVAS = "canvas"
    MOODLE = "moodle"
    ALL = "all"


TOLD_BY_ALL = (Format.HTML, Format.CSV, Format.JSONL, Format.MARKDOWN, Format.TEXT)
"""What `all` means: every telling of the debate. Gradebooks need a mapping, so they are asked for by name."""

GRADEBOOKS = frozenset({Format.CANVAS, Format.MOODLE})


def wanted(formats: Format | Collection[Format]) -> tuple[Format, ...]:
    """The single formats that are meant, each once, in a fixed order."""
    asked = {formats} if isinstance(formats, Format) else set(formats)
    if Format.ALL in asked:
        asked = (asked | set(TOLD_BY_ALL)) - {Format.ALL}
    return tuple(each for each in Format if each in asked)
