"""How evenly a class spoke, told."""

from collections import Counter

from bot.charts.counting import counted, halves
from bot.charts.telling.tables import page, paragraph
from bot.charts.telling.tables import table as table_of
from bot.charts.telling.words import Room, fitting, joined
from bot.charts.values import Speaker, VoicesChart

NOTHING = "Nobody wrote anything."


def ordered(chart: VoicesChart) -> list[Speaker]:
    """From the quietest to the busiest; names in the order of the alphabet where counts are the same."""
    return sorted(chart.speakers, key=lambda speaker: (speaker.spoken, speaker.responses, speaker.name or ""))


def alt(chart: VoicesChart) -> str:
    """How much was said by how many, by halves, and each one's count."""
    return fitting(lambda room: _told(chart, room))


def table(chart: VoicesChart) -> str:
    """A line for each person where names are given, else one for each count."""
    busiest_first = ordered(chart)[::-1]
    named = [
        (speaker.name, str(speaker.responses), str(speaker.replies), str(speaker.spoken))
        for speaker in busiest_first
        if speaker.name is not None
    ]
    nameless = Counter(
        (speaker.responses, speaker.replies, speaker.spoken) for speaker in busiest_first if speaker.name is None
    )
    grouped = [
        (f"{counted(people, 'person', 'people')}, each", *map(str, figures)) for figures, people in nameless.items()
    ]
    head = ("", "responses", "replies", "together")
    rows = [head, *named, *grouped, ("In all", *map(str, _sums(chart)))]
    return page(paragraph(chart.title), table_of(rows), paragraph(joined(halves(_spoken(chart)) or "", chart.said)))


def in_all(chart: VoicesChart) -> str:
    """How much was said by how many, in a few words."""
    responses, replies, together = _sums(chart)
    if not together:
        return f"{NOTHING} {counted(len(chart.speakers), 'person is', 'people are')} in the class."
    return (
        f"{counted(len(chart.speakers), 'person', 'people')}, {counted(responses, 'response')}, "
        f"{counted(replies, 'reply', 'replies')}."
    )


def _told(chart: VoicesChart, room: Room) -> str:
    return joined(
        "How evenly the class spoke.",
        room.titled(chart.title),
        room.titled(chart.said),
        in_all(chart),
        halves(_spoken(chart)) or "",
        _each(chart, room),
    )


def _each(chart: VoicesChart, room: Room) -> str:
    busiest_first = ordered(chart)[::-1]
    if not any(_spoken(chart)):
        return ""
    if room.is_scarce:
        counts = Counter(speaker.spoken for speaker in busiest_first)
        told = (f"{counted(people, 'person', 'people')} {spoken}" for spoken, people in counts.items())
    else:
        told = (
            f"{room.labelled(speaker.name)} {speaker.spoken}" if speaker.name else f"{speaker.spoken}"
            for speaker in busiest_first
        )
    return f"Each, busiest first: {', '.join(told)}."


def _spoken(chart: VoicesChart) -> list[int]:
    return [speaker.spoken for speaker in chart.speakers]


def _sums(chart: VoicesChart) -> tuple[int, int, int]:
    responses = sum(speaker.responses for speaker in chart.speakers)
    replies = sum(speaker.replies for speaker in chart.speakers)
    return responses, replies, responses + replies
