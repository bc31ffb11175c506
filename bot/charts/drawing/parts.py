"""What the charts have in common: the question above, the empty middle, stances with their names."""

from collections.abc import Sequence

from bot.charts.counting import counted, steps
from bot.charts.drawing.sheet import HEIGHT, PATTERNS, SMALL, TEXT, TITLE, WIDTH, Box, Fill, Pen, Sheet
from bot.charts.values import ChartStance
from bot.discussion.palette import NEUTRAL

MARGIN = 24
LEADING = 1.22
"""How far lines are apart, measured by their letters."""

RESPONSES = Fill(NEUTRAL)
REPLIES = Fill(NEUTRAL, "//")
"""How much was said belongs to no stance: one colour, with a pattern for the replies."""

AXIS = 70
"""The room for an axis's numbers."""


def head(sheet: Sheet, title: str, said: str) -> Box:
    """Write the question and the sentence below it. What is left is the chart's."""
    width = WIDTH - 2 * MARGIN
    top = float(MARGIN - 6)
    words = sheet.lettering.drawn(title)
    pen = Pen(TITLE, is_bold=True)
    if len(sheet.wrapped(words, pen, width, 3)) > 2:
        pen = Pen(TEXT, is_bold=True)
    lines = sheet.wrapped(words, pen, width, 3)
    top = _written(sheet, lines, pen, top)
    quiet = Pen(SMALL, sheet.colours.muted)
    top = _written(sheet, sheet.wrapped(sheet.lettering.drawn(said), quiet, width, 5 - max(len(lines), 2)), quiet, top)
    return Box(MARGIN, top + 12, width, HEIGHT - top - 12 - MARGIN)


def empty(sheet: Sheet, box: Box, words: str) -> None:
    """The chart of nothing: its frame, and why there is nothing in it."""
    sheet.frame(box)
    sheet.write(box.centre, words, Pen(TITLE, sheet.colours.muted), "center")


def stance_fills(stances: Sequence[ChartStance]) -> list[Fill]:
    """How each stance is filled: its own colour and the pattern of its place."""
    return [Fill(stance.colour, pattern) for stance, pattern in zip(stances, PATTERNS, strict=False)]


def stance_names(sheet: Sheet, stances: Sequence[ChartStance]) -> list[str]:
    """What each stance is called in the picture: its number where its letters cannot be drawn."""
    return [sheet.lettering.drawn(stance.label, f"Stance {number}") for number, stance in enumerate(stances, 1)]


def block(
    sheet: Sheet, left: float, centre: float, lines: Sequence[tuple[str, Pen]], *, to_right: bool = False
) -> None:
    """Lines of words around a height, to the right of a point or, with `to_right`, ending at it."""
    top = centre - block_height(lines) / 2
    for words, pen in lines:
        height = pen.size * LEADING
        sheet.write((left, top + height / 2), words, pen, "right" if to_right else "left")
        top += height


def block_height(lines: Sequence[tuple[str, Pen]]) -> float:
    """How high these lines are together."""
    return sum(pen.size * LEADING for _, pen in lines)


def kinds_key(sheet: Sheet, area: Box, responses: int, replies: int, beside: str) -> Box:
    """What the two kinds of bars are and how many of each there are, and a note. Answers what is left of the area."""
    middle, left = area.top + SMALL * 0.6, area.left
    for fill, words in (
        (RESPONSES, counted(responses, "response")),
        (REPLIES, counted(replies, "reply", "replies")),
    ):
        sheet.fill(Box(left, middle - 12, 24, 24), fill)
        sheet.write((left + 34, middle), words, Pen(SMALL))
        left += 34 + sheet.width_of(words, Pen(SMALL)) + 36
    note = sheet.cut(beside, Pen(SMALL), area.right - left)
    sheet.write((area.right, middle), note, Pen(SMALL, sheet.colours.muted), "right")
    taken = SMALL * LEADING + 16
    return Box(area.left, area.top + taken, area.width, area.height - taken)


def scale_lines(sheet: Sheet, plot: Box, most: int) -> float:
    """The axis of counts with its fine lines. Answers how high one is."""
    lines = steps(most)
    one = plot.height / lines[-1]
    for number in lines:
        height = plot.bottom - number * one
        sheet.line([(plot.left, height), (plot.right, height)], sheet.colours.line if number else sheet.colours.muted)
        sheet.write((plot.left - 12, height), str(number), Pen(SMALL, sheet.colours.muted), "right")
    return one


def two_kinds(sheet: Sheet, left: float, bottom: float, width: float, heights: tuple[float, float]) -> None:
    """One bar: responses below, replies upon them."""
    foot = bottom
    for height, fill in zip(heights, (RESPONSES, REPLIES), strict=True):
        if height:
            sheet.fill(Box(left, foot - height, width, height), fill, edged=width > 10)
            foot -= height


def _written(sheet: Sheet, lines: Sequence[str], pen: Pen, top: float) -> float:
    for line in lines:
        sheet.write((MARGIN, top + pen.size * LEADING / 2), line, pen)
        top += pen.size * LEADING
    return top
