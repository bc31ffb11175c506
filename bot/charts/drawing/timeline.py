"""Responses over time: a bar for each stretch of time, on the school's clock, with what began when above."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from bot.charts.drawing.parts import AXIS, LEADING, empty, head, kinds_key, scale_lines, two_kinds
from bot.charts.drawing.sheet import SMALL, Box, Fill, Pen, Sheet
from bot.charts.hours import Course, course, length_in_words, ticks
from bot.charts.telling.timeline import NOTHING
from bot.charts.values import Theme, TimelineChart

_LANES = 3
"""So many lines of names stand above one another, so that neighbours do not touch."""

_MOST_TICKS = 9
_AWAY = ("Parley was away", "away")
_LEAST_NAME = 70
"""A name cut to less is not worth its place: the line alone stands, and the table has the name."""


def draw(chart: TimelineChart, theme: Theme) -> Sheet:
    """Draw bars, clock and names."""
    sheet = Sheet(theme, [chart.title, chart.said, *(mark.name for mark in chart.marks)])
    shown = course(chart)
    note = f"each bar {length_in_words(shown.length)}, {chart.zone} time"
    area = head(sheet, chart.title, chart.said)
    area = kinds_key(sheet, area, len(chart.responses), len(chart.replies), note)
    plot = Box(area.left + AXIS, area.top, area.width - AXIS, area.height - SMALL * LEADING - 6)
    lanes = _in_lanes(sheet, chart, _Axis(shown, plot))
    above = len(lanes) * SMALL * LEADING + 8
    plot = Box(plot.left, plot.top + above, plot.width, plot.height - above)
    axis = _Axis(shown, plot)
    _away(sheet, chart, axis)
    _bars(sheet, axis)
    _clock(sheet, axis)
    _marks(sheet, lanes, area.top, plot.bottom)
    return sheet


class _Axis:
    """Where a time stands on the sheet."""

    def __init__(self, shown: Course, plot: Box) -> None:
        self.shown = shown
        self.plot = plot

    def at(self, time: datetime) -> float:
        """Its place from the left; times beyond an end stand at that end."""
        whole = self.shown.ended_at - self.shown.began_at
        share = (time - self.shown.began_at) / whole
        return self.plot.left + self.plot.width * min(max(share, 0.0), 1.0)


def _bars(sheet: Sheet, axis: _Axis) -> None:
    most = max(bar.spoken for bar in axis.shown.bars)
    if not most:
        empty(sheet, axis.plot, NOTHING)
        return
    one = scale_lines(sheet, axis.plot, most)
    for bar in axis.shown.bars:
        left, right = axis.at(bar.began_at), axis.at(bar.ended_at)
        width = (right - left) - min(4.0, (right - left) * 0.2)
        two_kinds(
            sheet, left + (right - left - width) / 2, axis.plot.bottom, width, (bar.responses * one, bar.replies * one)
        )


def _clock(sheet: Sheet, axis: _Axis) -> None:
    """The ticks, as many as have room beside one another."""
    pen = Pen(SMALL, sheet.colours.muted)
    for most in range(_MOST_TICKS, 0, -1):
        found = ticks(axis.shown, most)
        widest = max((sheet.width_of(tick.words, pen) for tick in found), default=0)
        apart = min((axis.at(b.at) - axis.at(a.at) for a, b in pairwise(found)), default=axis.plot.width)
        if widest + 16 < apart:
            break
    else:
        found = []
    for tick in found:
        x, half = axis.at(tick.at), sheet.width_of(tick.words, pen) / 2
        sheet.line([(x, axis.plot.bottom), (x, axis.plot.bottom + 8)], sheet.colours.muted)
        at = min(x, axis.plot.right - half), axis.plot.bottom + 10
        sheet.write(at, tick.words, pen, "center", "top")


def _away(sheet: Sheet, chart: TimelineChart, axis: _Axis) -> None:
    """The times in which nobody listened are hatched: no bars there does not mean that nothing was said."""
    for away in chart.away:
        left, right = axis.at(away.began_at), axis.at(away.ended_at)
        if right > left:
            sheet.fill(
                Box(left, axis.plot.top, right - left, axis.plot.height), Fill(sheet.colours.line, "xx"), edged=False
            )
            pen = Pen(SMALL, fill=Fill(sheet.colours.ground))
            words = next((told for told in _AWAY if sheet.width_of(told, pen) < right - left - 12), "")
            sheet.write(((left + right) / 2, axis.plot.top + SMALL), words, pen, "center")


def _marks(sheet: Sheet, lanes: Sequence[Sequence[tuple[float, str]]], top: float, bottom: float) -> None:
    """A line down from each name. The names lie above the lines of the lanes over them."""
    middles = [top + (lane + 0.5) * SMALL * LEADING for lane in range(len(lanes))]
    for middle, names in zip(middles, lanes, strict=True):
        for x, _ in names:
            sheet.line([(x, middle - SMALL / 2), (x, bottom)], sheet.colours.ink, 3, dashed=True)
    for middle, names in zip(middles, lanes, strict=True):
        for x, words in names:
            sheet.write((x + 8, middle), words, Pen(SMALL, fill=Fill(sheet.colours.ground)))


def _in_lanes(sheet: Sheet, chart: TimelineChart, axis: _Axis) -> list[list[tuple[float, str]]]:
    """The marks' names with their places, in as few lines as let them all stand whole; cut when three do not do."""
    marks = sorted(chart.marks, key=lambda mark: mark.at)
    places = [axis.at(mark.at) for mark in marks]
    names = [sheet.lettering.drawn(mark.name, str(number)) for number, mark in enumerate(marks, 1)]
    for lanes in range(1, min(_LANES, len(marks)) + 1):
        rooms = _rooms(places, lanes, axis.plot.right)
        is_last = lanes == min(_LANES, len(marks))
        if is_last or all(sheet.width_of(name, Pen(SMALL)) <= room for name, room in zip(names, rooms, strict=True)):
            return [_lane(sheet, places, names, rooms, lane, lanes) for lane in range(lanes)]
    return []


def _rooms(places: Sequence[float], lanes: int, right: float) -> list[float]:
    """How long each name may be: to the next one in its line, or to the right edge."""
    return [end - start - 20 for start, end in zip(places, [*places[lanes:], *[right] * lanes], strict=False)]


def _lane(
    sheet: Sheet, places: Sequence[float], names: Sequence[str], rooms: Sequence[float], lane: int, lanes: int
) -> list[tuple[float, str]]:
    """One line's names; none where there is no room for enough of it."""
    pen = Pen(SMALL)
    told = zip(places[lane::lanes], names[lane::lanes], rooms[lane::lanes], strict=True)
    cut = ((x, name, sheet.cut(name, pen, room), room) for x, name, room in told)
    return [(x, shown if shown == name or room >= _LEAST_NAME else "") for x, name, shown, room in cut]
