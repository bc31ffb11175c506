"""Tables of text for a monospaced font, narrow enough for a phone. Nothing is cut: long words take more lines."""

from collections.abc import Sequence
from itertools import zip_longest

from bot.charts.labels import columns, tidy, wrapped
from bot.charts.values import TABLE_WIDTH

_GAP = 2
_NARROWEST = 10


def page(*parts: str) -> str:
    """Parts of a table below one another with an empty line between them; empty ones are left out."""
    return "\n\n".join(filter(None, parts))


def lines(words: str, width: int = TABLE_WIDTH) -> list[str]:
    """Somebody's words in as many lines as they need."""
    return wrapped(_safe(words), lambda line: columns(line) <= width, len(words) + 1)


def paragraph(words: str) -> str:
    """Somebody's words across the table's whole width."""
    return "\n".join(lines(words))


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows, the head among them: words to the left in as many lines as they need, figures to the right of them."""
    if not rows:
        return ""
    widths = [max(columns(row[place]) for row in rows) for place in range(1, len(rows[0]))]
    left = max(TABLE_WIDTH - sum(width + _GAP for width in widths), _NARROWEST)
    cells = [lines(row[0], left) or [""] for row in rows]
    first = max(columns(line) for cell in cells for line in cell)
    return "\n".join(
        line for row, cell in zip(rows, cells, strict=True) for line in _lines_of(cell, row[1:], first, widths)
    )


def _lines_of(cell: Sequence[str], figures: Sequence[str], first: int, widths: Sequence[int]) -> list[str]:
    """One row: its figures stand beside the last line of its words."""
    told = "".join(
        " " * (_GAP + width - columns(figure)) + figure for figure, width in zip(figures, widths, strict=True)
    )
    return [
        (line + " " * (first - columns(line)) + beside).rstrip()
        for line, beside in zip_longest(cell, [""] * (len(cell) - 1) + [told], fillvalue="")
    ]


def _safe(words: str) -> str:
    """In one line, and without the sign that would end a code block."""
    return tidy(words).replace("`", "'")
