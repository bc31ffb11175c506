"""The evidence map: the article from far away, each sentence a bar as long as its words, shaded by who leaned on it.

Beside it stand the sentences that were used most, in words, and what the colours mean.
"""

from collections.abc import Iterator, Sequence

from bot.charts.colours import ink_on, mixed
from bot.charts.drawing.parts import LEADING, head, stance_fills, stance_names
from bot.charts.drawing.sheet import SMALL, Box, Fill, Pen, Sheet
from bot.charts.telling.evidence_map import NO_SIDE, in_all, most_used
from bot.charts.values import EvidenceChart, EvidenceParagraph, Theme
from bot.discussion.palette import NEUTRAL
from bot.values import frozen

_WORDS = 440
"""How wide the column of words is."""

_NUMBERS = 66
"""The room for the paragraphs' numbers."""

_HEIGHTS = (60, 52, 45, 40, 36, 32, 28, 25, 22, 19, 16, 13, 10, 8, 6)
"""How high a line of the map may be."""

_GAP = 0.4
"""The space after a paragraph, in lines."""

_NARROWEST = 0.9
"""Pixels that a letter should have, so that a sentence is still a bar."""

_BAR = 0.84
"""How much of its line a bar takes."""

_LEAST_FOR_A_COUNT = 17
"""A lower bar has no room for its count."""

_SHORTEST_LINE = 70
"""Letters that a line of the map has at least: a short article is not blown up."""

_PALEST = 0.4
"""How much of its colour a sentence has that was used least."""


@frozen
class _Grid:
    """How the article is laid out: the height of a line, the space after a paragraph, and the letters of a line."""

    line: float
    gap: float
    letters: int


def draw(chart: EvidenceChart, theme: Theme) -> Sheet:
    """Draw the map at the left, and at the right its words and its key."""
    most = most_used(chart)
    labels = [stance.label for stance in chart.stances]
    sheet = Sheet(theme, [chart.title, *labels, *(sentence.words for _, sentence in most[:6])])
    area = head(sheet, chart.title, in_all(chart))
    plot = Box(area.left + _NUMBERS, area.top, area.width - _NUMBERS - _WORDS - 36, area.height)
    _Map(sheet, chart, plot).draw()
    words = Box(area.right - _WORDS, area.top, _WORDS, area.height)
    below = _key(sheet, chart, words)
    _quotes(sheet, chart, Box(words.left, words.top, words.width, below - words.top - 14))
    return sheet


class _Map:
    """The bars."""

    def __init__(self, sheet: Sheet, chart: EvidenceChart, plot: Box) -> None:
        self._sheet = sheet
        self._chart = chart
        self._plot = plot
        self._lengths = [max(1, sum(len(s.words) + 1 for s in each.sentences)) for each in chart.paragraphs]
        self._grid = _grid(self._lengths, plot)
        self._fills = _fills(chart)
        counts = [count for each in chart.paragraphs for s in (*each.sentences,) for count in s.counts]
        self._most = max(counts, default=0)

    def draw(self) -> None:
        top, grid = self._plot.top, self._grid
        free = -1.0
        for number, (each, length) in enumerate(zip(self._chart.paragraphs, self._lengths, strict=True), 1):
            height = -(-length // grid.letters) * grid.line
            middle = max(top + min(height, grid.line) * _BAR / 2, self._plot.top + SMALL * 0.5)
            if middle >= free:
                at = self._plot.left - 18, middle
                self._sheet.write(at, f"¶{number}", Pen(SMALL, self._sheet.colours.muted), "right")
                free = middle + SMALL * LEADING
            self._named(each, top, height)
            self._paragraph(each, top)
            top += height + grid.gap

    def _named(self, each: EvidenceParagraph, top: float, height: float) -> None:
        """A post beside a paragraph that was named as a whole, in the shares of the sides."""
        total, start = sum(each.named), top
        for count, fill in zip(each.named, self._fills, strict=True):
            if count:
                part = (height - self._grid.line * (1 - _BAR)) * count / total
                self._sheet.fill(Box(self._plot.left - 12, start, 8, part), Fill(fill.colour), edged=False)
                start += part

    def _paragraph(self, each: EvidenceParagraph, top: float) -> None:
        start = 0
        for sentence in each.sentences:
            end = start + len(sentence.words)
            if not sentence.used:
                for box in self._boxes(start, end, top):
                    self._sheet.fill(box, Fill(self._sheet.colours.line), edged=False)
            reached, so_far = start, 0
            for count, fill in zip(sentence.counts, self._fills, strict=True):
                so_far += count
                until = start + round(len(sentence.words) * so_far / (sentence.used or 1))
                if count:
                    self._used(list(self._boxes(reached, until, top)), fill, count)
                    reached = until
            start = end + 1

    def _used(self, boxes: Sequence[Box], fill: Fill, count: int) -> None:
        """A side's share of a sentence, with its count where there is room for it."""
        sheet = self._sheet
        strength = _PALEST + (1 - _PALEST) * count / self._most
        shaded = Fill(mixed(sheet.colours.ground, fill.colour, strength), fill.pattern)
        for box in boxes:
            sheet.fill(box, shaded, edged=box.height > 7)
        widest = max(boxes, key=lambda box: box.width, default=None)
        if widest is None or widest.height < _LEAST_FOR_A_COUNT:
            return
        pen = Pen(min(SMALL, int(widest.height * 0.85)), ink_on(shaded.colour), is_bold=True)
        width = sheet.width_of(str(count), pen) + 8
        if width + 8 < widest.width:
            # The pattern keeps clear of the count, within the bar.
            clear = Box(widest.centre[0] - width / 2, widest.top + 2, width, widest.height - 4)
            sheet.fill(clear, Fill(shaded.colour), edged=False)
            sheet.write(widest.centre, str(count), pen, "center")

    def _boxes(self, start: int, end: int, top: float) -> Iterator[Box]:
        """Where these letters of a paragraph lie: a box on each line that they reach."""
        grid, one = self._grid, self._plot.width / self._grid.letters
        while start < end:
            line = start // grid.letters
            until = min(end, (line + 1) * grid.letters)
            left = self._plot.left + (start - line * grid.letters) * one
            width = max((until - start) * one - min(3.0, one), 1.0)
            yield Box(left, top + line * grid.line, width, grid.line * _BAR)
            start = until


def _grid(lengths: Sequence[int], plot: Box) -> _Grid:
    """The highest lines in which the whole article has room and a letter is wide enough."""
    longest = max(lengths, default=1)
    for height in _HEIGHTS:
        lines = int((plot.height - _GAP * height * (len(lengths) - 1)) / height)
        letters = _letters(lengths, lines, longest)
        if letters is not None and (plot.width / letters >= _NARROWEST or height == _HEIGHTS[-1]):
            return _Grid(height, _GAP * height, letters)
    height = plot.height / (len(lengths) * (1 + _GAP))
    return _Grid(height, _GAP * height, longest)


def _letters(lengths: Sequence[int], lines: int, longest: int) -> int | None:
    """How many letters a line must have for all paragraphs to fit into so many; None where they cannot."""
    if len(lengths) > lines:
        return None
    low, high = _SHORTEST_LINE, max(longest, _SHORTEST_LINE)
    while low < high:
        middle = (low + high) // 2
        fits = sum(-(-length // middle) for length in lengths) <= lines
        low, high = (low, middle) if fits else (middle + 1, high)
    return low


def _fills(chart: EvidenceChart) -> list[Fill]:
    """Those of the stances, and that of no side."""
    return [*stance_fills(chart.stances), Fill(NEUTRAL)]


def _key(sheet: Sheet, chart: EvidenceChart, column: Box) -> float:
    """What the colours mean, at the foot of the column. Answers where it begins."""
    names = stance_names(sheet, chart.stances)
    entries: list[tuple[Fill, str]] = list(zip(_fills(chart), names, strict=False))
    if chart.has_sideless:
        entries.append((Fill(NEUTRAL), NO_SIDE))
    entries.append((Fill(sheet.colours.line), "nobody used this"))
    step = SMALL * LEADING + 3
    top = column.bottom - step * (len(entries) + chart.has_named)
    for place, (fill, words) in enumerate(entries):
        middle = top + (place + 0.5) * step
        sheet.fill(Box(column.left, middle - 12, 24, 24), fill, edged=fill.colour != sheet.colours.line)
        sheet.write((column.left + 36, middle), sheet.cut(words, Pen(SMALL), column.width - 36), Pen(SMALL))
    if chart.has_named:
        middle = top + (len(entries) + 0.5) * step
        sheet.fill(Box(column.left + 8, middle - 13, 8, 26), Fill(sheet.colours.muted), edged=False)
        sheet.write((column.left + 36, middle), "the paragraph was named", Pen(SMALL))
    return top


def _quotes(sheet: Sheet, chart: EvidenceChart, room: Box) -> None:
    """The sentences that were used most, as many as have room, each in two lines."""
    pen, step = Pen(SMALL), SMALL * LEADING
    top = room.top
    for number, sentence in most_used(chart):
        if top + 3 * step > room.bottom:
            return
        times = "once" if sentence.used == 1 else f"{sentence.used} times"
        sheet.write((room.left, top + step / 2), f"¶{number}, used {times}", Pen(SMALL, is_bold=True))
        words = sheet.lettering.drawn(sentence.words, "…")
        lines = sheet.wrapped(words, pen, room.width, 2)
        for place, line in enumerate(lines, 1):
            sheet.write((room.left, top + step * (place + 0.5)), line, Pen(SMALL, sheet.colours.muted))
        top += step * (1 + len(lines)) + 14
