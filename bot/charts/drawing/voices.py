"""Voices: a bar for each member of the class, from the quietest to the busiest, and the halves of the class below."""

from bot.charts.counting import busier_half
from bot.charts.drawing.parts import AXIS, LEADING, empty, head, kinds_key, scale_lines, two_kinds
from bot.charts.drawing.sheet import SMALL, Box, Fill, Pen, Sheet
from bot.charts.telling.voices import in_all, ordered
from bot.charts.values import Speaker, Theme, VoicesChart

_NAMES = 200
"""How long names may be, which stand upright under their bars."""

_WIDEST = 90


def draw(chart: VoicesChart, theme: Theme) -> Sheet:
    """Draw the bars, the line at which all would be equal, and the halves."""
    sheet = Sheet(theme, [chart.title, chart.said, *(speaker.name or "" for speaker in chart.speakers)])
    area = head(sheet, chart.title, chart.said)
    speakers = ordered(chart)
    most = max((speaker.spoken for speaker in speakers), default=0)
    if not most:
        empty(sheet, area, in_all(chart))
        return sheet
    responses, replies = (sum(s.responses for s in speakers), sum(s.replies for s in speakers))
    note = f"each bar one of {len(speakers)} people" if len(speakers) > 1 else "one person"
    area = kinds_key(sheet, area, responses, replies, note)
    width = (area.width - AXIS) / len(speakers)
    names = _names(sheet, speakers, width, min(_NAMES, area.height * 0.42))
    lowest = max((sheet.width_of(name, Pen(SMALL)) for name in names), default=0) + (14 if names else 0)
    share = busier_half([speaker.spoken for speaker in speakers])
    halves = SMALL * LEADING + 22 if share is not None else 0
    plot = Box(area.left + AXIS, area.top + 8, area.width - AXIS, area.height - lowest - halves - 8)
    _bars(sheet, speakers, plot, most)
    for place, name in enumerate(names):
        at = plot.left + (place + 0.5) * width, plot.bottom + 10
        sheet.write(at, name, Pen(SMALL, turned=True), "center", "top")
    if share is not None:
        _halves(sheet, plot, plot.bottom + lowest, round(100 * share))
    return sheet


def _names(sheet: Sheet, speakers: list[Speaker], width: float, longest: float) -> list[str]:
    """The names, where each has the width of a line; else none, and the table has them."""
    if width < SMALL * LEADING or not any(speaker.name for speaker in speakers):
        return []
    drawn = [
        sheet.lettering.drawn(speaker.name, f"No. {place}") if speaker.name else ""
        for place, speaker in enumerate(speakers, 1)
    ]
    return [sheet.cut(name, Pen(SMALL), longest) for name in drawn]


def _bars(sheet: Sheet, speakers: list[Speaker], plot: Box, most: int) -> None:
    one = scale_lines(sheet, plot, most)
    step = plot.width / len(speakers)
    width = min(step * 0.82 if step > 6 else step, _WIDEST)
    for place, speaker in enumerate(speakers):
        left = plot.left + (place + 0.5) * step - width / 2
        two_kinds(sheet, left, plot.bottom, width, (speaker.responses * one, speaker.replies * one))
    mean = sum(speaker.spoken for speaker in speakers) / len(speakers)
    height = plot.bottom - mean * one
    if len(speakers) > 1:
        sheet.line([(plot.left, height), (plot.right, height)], sheet.colours.ink, 3, dashed=True)
        words = f"all equal: {mean:.1f} each"
        beside = -0.8 if height - SMALL * 1.5 > plot.top else 0.8
        at = plot.left + 12, height + SMALL * beside
        sheet.write(at, words, Pen(SMALL, fill=Fill(sheet.colours.ground)))


def _halves(sheet: Sheet, plot: Box, top: float, busier: int) -> None:
    """A bracket under each half of the class with what it wrote of all: the Lorenz curve, read in its middle."""
    middle, height = plot.left + plot.width / 2, top + 10
    told = (
        (plot.left, middle - 6, f"quieter half: {100 - busier} %"),
        (middle + 6, plot.right, f"busier half: {busier} %"),
    )
    for left, right, words in told:
        bracket = [(left, height - 8), (left, height), (right, height), (right, height - 8)]
        sheet.line(bracket, sheet.colours.muted, 3)
        sheet.write(((left + right) / 2, height + 8), words, Pen(SMALL, is_bold=True), "center", "top")
