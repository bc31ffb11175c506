"""The evidence map, told: which sentences of the article each side leaned on, and which nobody did."""

from collections.abc import Iterator

from bot.charts.counting import counted
from bot.charts.telling.tables import page, paragraph
from bot.charts.telling.tables import table as table_of
from bot.charts.telling.words import Room, fitting, joined
from bot.charts.values import EvidenceChart, EvidenceSentence

NOTHING = "Nobody leaned on a passage of the article."
NO_SIDE = "no side taken"

_LONGEST = 160
_MOST_IN_ALT = 5


def alt(chart: EvidenceChart) -> str:
    """How much of the article was used, the sentences used most, and what was left aside."""
    return fitting(lambda room: _told(chart, room))


def table(chart: EvidenceChart) -> str:
    """The sentences that were used with the count of each side, then paragraph by paragraph how much was not."""
    names = [f"{number}. {stance.label}" for number, stance in enumerate(chart.stances, 1)]
    sides = [*(f"{number}." for number in range(1, len(chart.stances) + 1)), *(["none"] if chart.has_sideless else [])]
    head = ("", *sides)
    rows = [(_cut(words), *map(str, counts[: len(sides)])) for words, counts in _used_lines(chart)]
    key = [*names, *([f"none: {NO_SIDE}"] if chart.has_sideless else [])]
    parts = [
        paragraph(chart.title),
        paragraph(in_all(chart)),
        "\n".join(map(paragraph, key)) if rows else "",
        table_of([head, *rows]) if rows else "",
        "\n".join(paragraph(line) for line in _unused_lines(chart)),
    ]
    return page(*parts)


def in_all(chart: EvidenceChart) -> str:
    """How much of the article was used, in a sentence."""
    every = [sentence for each in chart.paragraphs for sentence in each.sentences]
    used = sum(sentence.used > 0 for sentence in every)
    if not used and not any(sum(each.named) for each in chart.paragraphs):
        return NOTHING
    return f"{used} of {counted(len(every), 'sentence')} of the article {'was' if used == 1 else 'were'} used."


def most_used(chart: EvidenceChart) -> list[tuple[int, EvidenceSentence]]:
    """The sentences that were used, with their paragraphs' numbers, the most used first."""
    found = [
        (number, sentence)
        for number, each in enumerate(chart.paragraphs, 1)
        for sentence in each.sentences
        if sentence.used
    ]
    return sorted(found, key=lambda entry: -entry[1].used)


def _used_lines(chart: EvidenceChart) -> Iterator[tuple[str, tuple[int, ...]]]:
    for number, each in enumerate(chart.paragraphs, 1):
        if any(each.named):
            yield f"¶{number} as a whole", each.named
        for sentence in each.sentences:
            if sentence.used:
                yield f"¶{number} {sentence.words}", sentence.counts


def _unused_lines(chart: EvidenceChart) -> Iterator[str]:
    for number, each in enumerate(chart.paragraphs, 1):
        unused = sum(not sentence.used for sentence in each.sentences)
        if unused:
            yield f"¶{number}: nobody used {_of(unused, len(each.sentences))}."


def _of(unused: int, every: int) -> str:
    if unused == every:
        return "its sentence" if every == 1 else f"any of its {every} sentences"
    return f"{unused} of its {every} sentences"


def _told(chart: EvidenceChart, room: Room) -> str:
    names = [*(room.labelled(stance.label) for stance in chart.stances), NO_SIDE]
    most = most_used(chart)[: 1 if room.is_scarce else _MOST_IN_ALT]
    quotes = [
        f"¶{number} “{room.titled(sentence.words).rstrip('.')}”: {_sides(names, sentence.counts)}."
        for number, sentence in most
    ]
    untouched = [f"¶{n}" for n, each in enumerate(chart.paragraphs, 1) if not any(s.used for s in each.sentences)]
    aside = _listed(untouched, 10 if room.is_scarce else 40)
    return joined(
        "Evidence map: the article, each sentence shaded by who leaned on it.",
        room.titled(chart.title),
        in_all(chart),
        *(["Used most:", *quotes] if quotes else []),
        f"Paragraphs of which no sentence was used: {aside}." if untouched and most else "",
    )


def _sides(names: list[str], counts: tuple[int, ...]) -> str:
    return ", ".join(f"{name} {count}" for name, count in zip(names, counts, strict=True) if count)


def _listed(numbers: list[str], most: int) -> str:
    more = len(numbers) - most
    return ", ".join(numbers[:most]) + (f" and {more} more" if more > 0 else "")


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
