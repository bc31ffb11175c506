"""Responses over time, told."""

from itertools import groupby

from bot.charts.counting import counted
from bot.charts.hours import Bar, Course, course, length_in_words
from bot.charts.telling.tables import page, paragraph
from bot.charts.telling.tables import table as table_of
from bot.charts.telling.words import Room, fitting, joined
from bot.charts.values import Mark, TimelineChart

NOTHING = "Nobody wrote anything."


def alt(chart: TimelineChart) -> str:
    """How much was said in all, when most, what began when, and each bar's figure."""
    shown = course(chart)
    return fitting(lambda room: _told(chart, shown, room))


def table(chart: TimelineChart) -> str:
    """A line for each bar in which something was said, and one for each mark."""
    shown = course(chart)
    spoken = [(bar.began_at, 1, (shown.clock(bar.began_at), *map(str, _figures(bar)))) for bar in shown.bars]
    marks = [(mark.at, 0, (f"{shown.clock(mark.at)} {mark.name}", "", "")) for mark in chart.marks]
    busy = {bar.began_at for bar in shown.bars if bar.spoken}
    rows = [row for at, kind, row in sorted(spoken + marks, key=lambda line: line[:2]) if kind == 0 or at in busy]
    head = (f"In {length_in_words(shown.length)} from", "responses", "replies")
    return page(
        paragraph(chart.title),
        paragraph(chart.said),
        table_of([head, *rows, ("In all", str(len(chart.responses)), str(len(chart.replies)))]),
        "\n".join(paragraph(f"Parley was away {away}.") for away in _away(chart, shown)),
        paragraph(f"Times of {chart.zone}. Where nothing was said there is no line."),
    )


def in_all(chart: TimelineChart) -> str:
    """How much was said, in a few words."""
    if not chart.responses and not chart.replies:
        return NOTHING
    return f"{counted(len(chart.responses), 'response')}, {counted(len(chart.replies), 'reply', 'replies')}."


def _told(chart: TimelineChart, shown: Course, room: Room) -> str:
    busiest = max(shown.bars, key=lambda bar: bar.spoken)
    length = length_in_words(shown.length)
    figures = ", ".join(_alike(shown))
    return joined(
        "Responses over time.",
        room.titled(chart.title),
        room.titled(chart.said),
        in_all(chart),
        f"Most in {length}: {busiest.spoken}, from {shown.clock(busiest.began_at)} on." if busiest.spoken else "",
        _marks(chart.marks, shown, room),
        *(f"Parley was away {away}." for away in _away(chart, shown)[: 1 if room.is_scarce else None]),
        f"In steps of {length} from {shown.clock(shown.began_at)} on ({chart.zone}): {figures}.",
    )


def _alike(shown: Course) -> list[str]:
    """The bars' figures, with what is the same several times in a row told once."""
    runs = ((spoken, len(list(bars))) for spoken, bars in groupby(shown.bars, lambda bar: bar.spoken))
    return [f"{spoken}" if times == 1 else f"{times} times {spoken}" for spoken, times in runs]


def _marks(marks: tuple[Mark, ...], shown: Course, room: Room) -> str:
    told = (f"{room.labelled(mark.name)} {shown.clock(mark.at)}" for mark in sorted(marks, key=lambda mark: mark.at))
    return f"Began: {', '.join(told)}." if marks else ""


def _away(chart: TimelineChart, shown: Course) -> list[str]:
    return [f"from {shown.clock(away.began_at)} to {shown.clock(away.ended_at)}" for away in chart.away]


def _figures(bar: Bar) -> tuple[int, int]:
    return bar.responses, bar.replies
