"""The stances of each round, told."""

from bot.charts.counting import counted, percent
from bot.charts.telling.tables import page, paragraph
from bot.charts.telling.tables import table as table_of
from bot.charts.telling.words import Room, fitting, joined, names_of
from bot.charts.values import ChartStance, StancesChart, StancesRound

FEW_ROUNDS = 6
"""So many rounds have their names in the picture however long they are, though cut."""


def alt(chart: StancesChart) -> str:
    """Each round with the count of each stance."""
    return fitting(lambda room: _scarcely(chart, room) if room.is_scarce else _told(chart, room))


def table(chart: StancesChart) -> str:
    """Rounds by stances where all rounds share them, else a little table for each round."""
    shared = chart.shared
    head = (paragraph(chart.title), paragraph(chart.said))
    if shared is None:
        return page(*head, *map(_own_table, _names(chart), chart.rounds))
    key = "\n".join(paragraph(f"{number}. {stance.label}") for number, stance in enumerate(shared, 1))
    names = ("", *(f"{number}." for number in range(1, len(shared) + 1)), "votes")
    rows = [
        (name, *map(str, each.counts), str(each.voters)) for name, each in zip(_names(chart), chart.rounds, strict=True)
    ]
    return page(*head, key, table_of([names, *rows]))


def _names(chart: StancesChart) -> list[str]:
    """The rounds' names. Many have their numbers, by which the picture calls them where it lacks the room."""
    names = [each.name for each in chart.rounds]
    if len(names) <= FEW_ROUNDS:
        return names
    return [name if name.startswith(str(number)) else f"{number}) {name}" for number, name in enumerate(names, 1)]


def _own_table(name: str, each: StancesRound) -> str:
    rows = [
        (stance.label, str(count), percent(count, each.voters))
        for stance, count in zip(each.stances, each.counts, strict=True)
    ]
    return paragraph(name) + "\n" + table_of([*rows, ("Votes", str(each.voters), "")])


def _told(chart: StancesChart, room: Room) -> str:
    return joined(
        f"Stances in {counted(len(chart.rounds), 'vote')}.",
        room.titled(chart.title),
        room.titled(chart.said),
        *(f"{room.labelled(each.name)}: {_counts(each, room)}." for each in chart.rounds),
    )


def _counts(each: StancesRound, room: Room) -> str:
    if not each.voters:
        return "no votes"
    return ", ".join(
        f"{name} {count} ({percent(count, each.voters)})"
        for name, count in zip(names_of(each.stances, room), each.counts, strict=True)
    )


def _scarcely(chart: StancesChart, room: Room) -> str:
    """Each round as its figures alone, in the stances' order."""
    shared: tuple[ChartStance, ...] = chart.shared or ()
    order = ", ".join(names_of(shared, room)) or "the buttons"
    figures = (f"{number}) {'/'.join(map(str, each.counts))}" for number, each in enumerate(chart.rounds, 1))
    return joined(
        f"Stances in {counted(len(chart.rounds), 'vote')}.",
        room.titled(chart.title),
        room.titled(chart.said),
        f"Votes in the order of {order}: {', '.join(figures)}.",
    )
