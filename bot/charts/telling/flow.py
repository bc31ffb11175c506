"""Before and after, told."""

from bot.charts.counting import counted, percent
from bot.charts.telling.tables import page, paragraph
from bot.charts.telling.tables import table as table_of
from bot.charts.telling.words import Room, fitting, joined, names_of
from bot.charts.values import FlowChart
from bot.discussion.outcome import points

UNTOLD = "Who moved where is not told: the votes were secret."
NOBODY = "Nobody voted both times."


def alt(chart: FlowChart) -> str:
    """Each stance before and after, and who moved where."""
    return fitting(lambda room: _told(chart, room))


def table(chart: FlowChart) -> str:
    """A line for each stance; below it who came from where, stances by their numbers."""
    labels = [f"{number}. {stance.label}" for number, stance in enumerate(chart.stances, 1)]
    head = ("", chart.before_name, "", chart.after_name, "", "points")
    rows = [
        (
            label,
            *(str(before), percent(before, chart.people)),
            *(str(after), percent(after, chart.people)),
            points(before, after, chart.people),
        )
        for label, before, after in zip(labels, chart.before, chart.after, strict=True)
    ]
    people = ("People who voted both times", str(chart.people), "", str(chart.people), "", "")
    return page(
        paragraph(chart.question), paragraph(chart.said), table_of([head, *rows, people]), _moves(chart), _empty(chart)
    )


def _moves(chart: FlowChart) -> str:
    if chart.flow is None or not chart.people:
        return ""
    head = ("From ↓ to →", *(f"{number}." for number in range(1, len(chart.stances) + 1)))
    return table_of([head, *((f"{number}.", *map(str, row)) for number, row in enumerate(chart.flow, 1))])


def _told(chart: FlowChart, room: Room) -> str:
    people = chart.people
    stands = (
        f"{name}: {before} ({percent(before, people)}) before, {after} ({percent(after, people)})"
        f" after, {points(before, after, people)} points"
        for name, before, after in zip(names_of(chart.stances, room), chart.before, chart.after, strict=True)
    )
    return joined(
        f"How {counted(people, 'person', 'people')} voted before and after.",
        room.titled(chart.question),
        room.titled(chart.said),
        "; ".join(stands) + ".",
        _moves_told(chart, room),
        _empty(chart),
    )


def _moves_told(chart: FlowChart, room: Room) -> str:
    if chart.flow is None or not chart.people:
        return ""
    names = names_of(chart.stances, room)
    moves = sorted(
        ((people, here, there) for here, row in enumerate(chart.flow) for there, people in enumerate(row) if people),
        key=lambda move: (-move[0], *move[1:]),
    )
    stayed = sum(people for people, here, there in moves if here == there)
    if room.is_scarce:
        told = (f"{here + 1}→{there + 1} {people}" for people, here, there in moves if here != there)
        return f"{stayed} stayed. Moved, by the stances' numbers: {', '.join(told) or 'nobody'}."
    told = (f"{people} from {names[here]} to {names[there]}" for people, here, there in moves if here != there)
    return f"{stayed} stayed. Moved: {'; '.join(told) or 'nobody'}."


def _empty(chart: FlowChart) -> str:
    if not chart.people:
        return NOBODY
    return UNTOLD if chart.flow is None else ""
