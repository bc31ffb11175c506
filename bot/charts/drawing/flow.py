"""Before and after: the same people in two columns, and bands between them as wide as those who moved are many."""

from collections.abc import Sequence
from itertools import accumulate

from bot.charts.counting import percent, spread
from bot.charts.drawing.parts import block, block_height, empty, head, stance_fills, stance_names
from bot.charts.drawing.sheet import SMALL, TEXT, Box, Fill, Pen, Sheet
from bot.charts.telling.flow import NOBODY, UNTOLD
from bot.charts.values import FlowChart, Theme
from bot.discussion.outcome import points
from bot.values import frozen

_COLUMN = 46
_NAMES = 330
"""How wide the names beside the columns may be."""

_GAP = 14
_LEAST = 4
"""How high a stance that nobody took is drawn."""

_STAYED, _MOVED = 0.3, 0.75


def draw(chart: FlowChart, theme: Theme) -> Sheet:
    """Draw the columns, the bands and the names."""
    sheet = Sheet(theme, [chart.question, chart.said, *(stance.label for stance in chart.stances)])
    area = head(sheet, chart.question, chart.said)
    if not chart.people:
        empty(sheet, area, NOBODY)
        return sheet
    headed = TEXT * 1.3
    body = Box(area.left, area.top + headed, area.width, area.height - headed)
    left, right = body.left + _NAMES, body.right - _NAMES - _COLUMN
    scale = _scale(chart, body)
    before, after = _column(chart.before, scale, left, body.top), _column(chart.after, scale, right, body.top)
    named = ((chart.before_name, "Before", before, ""), (chart.after_name, "After", after, "(± points)"))
    for words, otherwise, column, note in named:
        shown = sheet.cut(sheet.lettering.drawn(words, otherwise), Pen(is_bold=True), _NAMES)
        middle, height = column[0].centre[0], area.top + TEXT * 0.5
        sheet.write((middle, height), shown, Pen(is_bold=True), "center")
        beside = middle + sheet.width_of(shown, Pen(is_bold=True)) / 2 + 12
        sheet.write((beside, height), note, Pen(SMALL, sheet.colours.muted))
    _bands(sheet, chart, before, after, scale)
    _names(sheet, chart, body, before, after)
    return sheet


def _column(counts: Sequence[int], scale: float, left: float, top: float) -> list[Box]:
    """One area for each stance, as high as its people are many; a thin one for nobody."""
    heights = [max(count * scale, _LEAST) for count in counts]
    tops = accumulate(heights[:-1], lambda above, height: above + height + _GAP, initial=top)
    return [Box(left, at, _COLUMN, height) for at, height in zip(tops, heights, strict=True)]


def _scale(chart: FlowChart, body: Box) -> float:
    """How high one person is, in both columns alike."""
    stances = len(chart.stances)
    return (body.height - (stances - 1) * _GAP - stances * _LEAST) / chart.people


def _bands(sheet: Sheet, chart: FlowChart, before: Sequence[Box], after: Sequence[Box], scale: float) -> None:
    fills = stance_fills(chart.stances)
    if chart.flow is None:
        middle = (before[0].right + after[0].left) / 2
        words = sheet.wrapped(UNTOLD, Pen(SMALL), after[0].left - before[0].right - 40, 4)
        centre = (before[0].top + max(before[-1].bottom, after[-1].bottom)) / 2
        for place, line in enumerate(words):
            at = middle, centre + (place - (len(words) - 1) / 2) * SMALL * 1.3
            sheet.write(at, line, Pen(SMALL, sheet.colours.muted), "center")
    else:
        numbers = _ribbons(sheet, _placed(chart.flow, before, after, scale), fills)
        for at, people in numbers:
            sheet.write(at, people, Pen(SMALL, is_bold=True, fill=Fill(sheet.colours.ground)), "left")
    for boxes in (before, after):
        for box, fill in zip(boxes, fills, strict=True):
            sheet.fill(box, fill)


@frozen
class _Band:
    """So many people on their way from one stance to another, and where the band begins and ends."""

    here: int
    there: int
    people: int
    start: Box
    end: Box


def _ribbons(sheet: Sheet, bands: Sequence[_Band], fills: Sequence[Fill]) -> list[tuple[tuple[float, float], str]]:
    """The bands, those who stayed below those who moved. Answers the numbers to be written where there is room."""
    numbers: list[tuple[tuple[float, float], str]] = []
    for band in sorted(bands, key=lambda band: band.here != band.there):
        opaque = _STAYED if band.here == band.there else _MOVED
        sheet.ribbon(band.start, band.end, fills[band.here].colour, opaque=opaque)
        if band.start.height >= SMALL:
            numbers.append(((band.start.right + 14, band.start.centre[1]), str(band.people)))
    return numbers


def _placed(flow: Sequence[Sequence[int]], before: Sequence[Box], after: Sequence[Box], scale: float) -> list[_Band]:
    """Where the bands run. In its column each lies in the order of the stances at its other end."""
    bands: list[_Band] = []
    arrived = [box.top for box in after]
    for here, row in enumerate(flow):
        left = before[here].top
        for there, people in enumerate(row):
            if people:
                height = people * scale
                start = Box(before[here].left, left, _COLUMN, height)
                bands.append(_Band(here, there, people, start, Box(after[there].left, arrived[there], _COLUMN, height)))
                left, arrived[there] = left + height, arrived[there] + height
    return bands


def _names(sheet: Sheet, chart: FlowChart, body: Box, before: Sequence[Box], after: Sequence[Box]) -> None:
    """Each stance's name and figures beside its area, on both sides, with a line to it where they had to give way."""
    lines = max(1, min(3, int(body.height / len(chart.stances) / (SMALL * 1.25)) - 1))
    names = stance_names(sheet, chart.stances)
    wrapped = [sheet.wrapped(name, Pen(SMALL), _NAMES - 34, lines) for name in names]
    figures_before = [f"{count} · {percent(count, chart.people)}" for count in chart.before]
    figures_after = [
        f"{now} · {percent(now, chart.people)} ({points(then, now, chart.people)})"
        for then, now in zip(chart.before, chart.after, strict=True)
    ]
    for boxes, figures, is_left in ((before, figures_before, True), (after, figures_after, False)):
        blocks = [
            [*((line, Pen(SMALL)) for line in name), (figure, Pen(SMALL, is_bold=True))]
            for name, figure in zip(wrapped, figures, strict=True)
        ]
        heights = [block_height(lines) for lines in blocks]
        centres = spread([box.centre[1] for box in boxes], heights, body.top - 2, body.bottom + 14)
        for box, lines_here, centre in zip(boxes, blocks, centres, strict=True):
            edge, text = (box.left, box.left - 28) if is_left else (box.right, box.right + 28)
            towards = -1 if is_left else 1
            joint = [(edge, box.centre[1]), (edge + towards * 10, box.centre[1]), (text - towards * 6, centre)]
            sheet.line(joint, sheet.colours.muted)
            block(sheet, text, centre, lines_here, to_right=is_left)
