"""Stances by round: one bar of shares for each round.

Few rounds with stances of their own lie below one another with their stances' names; many, or such as share their
stances, stand side by side with the names at the right.
"""

from collections.abc import Sequence
from itertools import accumulate

from bot.charts.counting import counted, percent, spread
from bot.charts.drawing.parts import LEADING, MARGIN, block, block_height, head, stance_fills, stance_names
from bot.charts.drawing.sheet import SMALL, WIDTH, Box, Pen, Sheet
from bot.charts.telling.stances import FEW_ROUNDS
from bot.charts.values import StancesChart, StancesRound, Theme

_ROOMY = 4
"""So many rounds have room for their names above the bar and their stances' names below it."""

_LYING = 9
"""So many still lie below one another, with what names fit into the bars."""

_KEY = 330
"""How wide the names of shared stances may be, with their swatches."""

_LEAST = 4
"""A name cut to less says nothing."""

_NO_VOTES = "no votes"


def draw(chart: StancesChart, theme: Theme) -> Sheet:
    """Draw the rounds in the way that shows most of their names."""
    labels = [stance.label for each in chart.rounds for stance in each.stances]
    sheet = Sheet(theme, [chart.title, chart.said, *(each.name for each in chart.rounds), *labels])
    area = head(sheet, chart.title, chart.said)
    rounds = len(chart.rounds)
    if (chart.shared and rounds > 1) or rounds > _LYING:
        _Standing(sheet, chart, area).draw()
    elif rounds <= _ROOMY:
        _roomy(sheet, chart, area)
    else:
        _lying(sheet, chart, area)
    return sheet


def _roomy(sheet: Sheet, chart: StancesChart, area: Box) -> None:
    """For each round its name, its bar, and below the bar its stances' names."""
    step = min(area.height / len(chart.rounds), 240)
    for number, each in enumerate(chart.rounds):
        top = area.top + (area.height - len(chart.rounds) * step) / 2 + number * step
        votes = counted(each.voters, "vote") if each.voters else _NO_VOTES
        room = area.width - sheet.width_of(votes, Pen(SMALL)) - 30
        name = sheet.cut(sheet.lettering.drawn(each.name, f"Round {number + 1}"), Pen(SMALL, is_bold=True), room)
        sheet.write((area.left, top + SMALL * 0.6), name, Pen(SMALL, is_bold=True))
        sheet.write((area.right, top + SMALL * 0.6), votes, Pen(SMALL, sheet.colours.muted), "right")
        bar = Box(area.left, top + SMALL * LEADING + 4, area.width, step - 2 * SMALL * LEADING - 26)
        _bar(sheet, each, bar, named=False)
        _key(sheet, each, area, bar.bottom + 6 + SMALL * 0.6)


def _key(sheet: Sheet, each: StancesRound, area: Box, middle: float) -> None:
    """The names of a round's stances in one line, each with its swatch and count; long names are cut alike."""
    swatch, gap = 24.0, 26.0
    counts = [f" {count}" for count in each.counts]
    names = stance_names(sheet, each.stances)
    taken = sum(swatch + 8 + sheet.width_of(count, Pen(SMALL, is_bold=True)) for count in counts)
    widths = _shared_room(
        [sheet.width_of(name, Pen(SMALL)) for name in names], area.width - taken - gap * (len(names) - 1)
    )
    left = area.left
    for name, count, width, fill in zip(names, counts, widths, stance_fills(each.stances), strict=True):
        sheet.fill(Box(left, middle - swatch / 2, swatch, swatch), fill)
        left += swatch + 8
        shown = sheet.cut(name, Pen(SMALL), width + 1)
        sheet.write((left, middle), shown, Pen(SMALL))
        left += sheet.width_of(shown, Pen(SMALL))
        sheet.write((left, middle), count, Pen(SMALL, is_bold=True))
        left += sheet.width_of(count, Pen(SMALL, is_bold=True)) + gap


def _shared_room(wanted: Sequence[float], room: float) -> list[float]:
    """How much of the room each gets: who wants little gets it all, the others as much as one another."""
    given = dict.fromkeys(range(len(wanted)), 0.0)
    for left, index in enumerate(sorted(given, key=lambda index: wanted[index])):
        given[index] = min(wanted[index], room / (len(wanted) - left))
        room -= given[index]
    return list(given.values())


def _lying(sheet: Sheet, chart: StancesChart, area: Box) -> None:
    """Each round in one line: its name at the left, and in its bar what names find room."""
    names = 400.0
    step = area.height / len(chart.rounds)
    for number, each in enumerate(chart.rounds, 1):
        bar = Box(area.left + names, area.top + (number - 1) * step + 4, area.width - names, step - 8)
        pen = Pen(SMALL)
        lines = sheet.wrapped(
            sheet.lettering.drawn(each.name, f"Round {number}"), pen, names - 20, max(1, int(step / (SMALL * LEADING)))
        )
        block(sheet, area.left, bar.centre[1], [(line, pen) for line in lines])
        _bar(sheet, each, bar, named=True)


def _bar(sheet: Sheet, each: StancesRound, bar: Box, *, named: bool) -> None:
    """A bar of shares from left to right, with their percentages and, where wanted, as much of the names as fits."""
    if not each.voters:
        sheet.frame(bar)
        sheet.write(bar.centre, _NO_VOTES, Pen(SMALL, sheet.colours.muted), "center")
        return
    parts = _parts(each, bar.width)
    names = stance_names(sheet, each.stances)
    for (start, length), fill in zip(parts, stance_fills(each.stances), strict=True):
        if length:
            sheet.fill(Box(bar.left + start, bar.top, length, bar.height), fill)
    for (start, length), fill, name, count in zip(parts, stance_fills(each.stances), names, each.counts, strict=True):
        pen = Pen(SMALL, is_bold=not named, fill=fill)
        share = percent(count, each.voters)
        if not count or sheet.width_of(share, pen) > length - 16:
            continue
        cut = sheet.cut(f"{share} {name}", pen, length - 24) if named else share
        shown = cut if len(cut) >= len(share) + 1 + min(len(name), _LEAST) else share
        sheet.write((bar.left + start + length / 2, bar.centre[1]), shown, pen, "center")


def _parts(each: StancesRound, length: float) -> list[tuple[float, float]]:
    """Where each stance's share begins, and how long it is."""
    lengths = [length * count / each.voters for count in each.counts]
    return list(zip(accumulate(lengths[:-1], initial=0.0), lengths, strict=True))


class _Standing:
    """Bars side by side, each from the first stance at the top to the last one at the bottom."""

    def __init__(self, sheet: Sheet, chart: StancesChart, area: Box) -> None:
        self._sheet = sheet
        self._chart = chart
        self._below = 2 * SMALL * LEADING + 6
        self._bars = Box(area.left, area.top, area.width - _KEY, area.height - self._below)
        self._step = self._bars.width / len(chart.rounds)
        self._width = min(self._step - max(4, self._step * 0.12), 190)

    def draw(self) -> None:
        for number, each in enumerate(self._chart.rounds, 1):
            self._bar(number, each)
        self._names_below()
        self._key()

    def _box(self, number: int) -> Box:
        left = self._bars.left + (number - 0.5) * self._step - self._width / 2
        return Box(left, self._bars.top, self._width, self._bars.height)

    def _bar(self, number: int, each: StancesRound) -> None:
        sheet, box = self._sheet, self._box(number)
        if not each.voters:
            sheet.frame(box)
            if self._width > SMALL:
                sheet.write(box.centre, _NO_VOTES, Pen(SMALL, sheet.colours.muted, turned=True), "center")
            return
        for (start, height), fill, count in zip(
            _parts(each, box.height), stance_fills(each.stances), each.counts, strict=True
        ):
            if not count:
                continue
            part = Box(box.left, box.top + start, box.width, height)
            sheet.fill(part, fill)
            pen = Pen(SMALL, is_bold=True, fill=fill)
            share = percent(count, each.voters)
            if height > SMALL * 1.3 and sheet.width_of(share, pen) < self._width - 8:
                sheet.write(part.centre, share, pen, "center")

    def _names_below(self) -> None:
        """Names where all are short enough; else numbers, as many of them as have room."""
        sheet, rounds = self._sheet, self._chart.rounds
        names = [sheet.lettering.drawn(each.name, str(number)) for number, each in enumerate(rounds, 1)]
        quiet, top = Pen(SMALL, sheet.colours.muted), self._bars.bottom + 6
        if len(rounds) <= FEW_ROUNDS:
            for number, (name, each) in enumerate(zip(names, rounds, strict=True), 1):
                x = self._box(number).centre[0]
                lines = sheet.wrapped(name, Pen(SMALL), self._step - 10, 1)
                sheet.write((x, top), lines[0] if lines else str(number), Pen(SMALL), "center", "top")
                votes = counted(each.voters, "vote")
                shown = votes if sheet.width_of(votes, quiet) < self._step - 6 else str(each.voters)
                sheet.write((x, top + SMALL * LEADING), shown, quiet, "center", "top")
            return
        widest = max(sheet.width_of(name, Pen(SMALL)) for name in names)
        if widest > self._step * 2:
            names = [str(number) for number in range(1, len(rounds) + 1)]
            widest = sheet.width_of("00", Pen(SMALL))
        every = -(-int(widest + 8) // int(self._step)) if widest + 8 > self._step else 1
        for number, name in enumerate(names, 1):
            if (number - 1) % every == 0:
                sheet.write((self._box(number).centre[0], top), name, Pen(SMALL), "center", "top")
        most, least = max(each.voters for each in rounds), min(each.voters for each in rounds)
        votes = counted(most, "vote") if most == least else f"{least} to {counted(most, 'vote')}"
        told = f"{len(rounds)} rounds, {votes} in each"
        sheet.write((self._bars.left, top + SMALL * LEADING), told, quiet, "left", "top")

    def _key(self) -> None:
        """The stances' names at the right, beside the last bar's shares where those are all the same stances."""
        sheet, shared, last = self._sheet, self._chart.shared, self._chart.rounds[-1]
        stances = shared or max((each.stances for each in self._chart.rounds), key=len)
        numbered = [f"Stance {number}" for number in range(1, len(stances) + 1)]
        names = stance_names(sheet, stances) if shared else numbered
        left = self._bars.right + 24
        width = WIDTH - MARGIN - left - 36
        lines = max(1, min(3, int(self._bars.height / len(stances) / (SMALL * LEADING + 3))))
        blocks = [[(line, Pen(SMALL)) for line in sheet.wrapped(name, Pen(SMALL), width, lines)] for name in names]
        counts = last.counts if shared and last.voters else (1,) * len(stances)
        ends = list(accumulate(counts))
        scale = self._bars.height / ends[-1]
        centres = [self._bars.top + (end - count / 2) * scale for end, count in zip(ends, counts, strict=True)]
        heights = [max(block_height(each), 30) + 10 for each in blocks]
        placed = spread(centres, heights, self._bars.top, self._bars.bottom)
        for each, centre, fill in zip(blocks, placed, stance_fills(stances), strict=True):
            sheet.fill(Box(left, centre - 12, 24, 24), fill)
            block(sheet, left + 36, centre, each)
