"""Charts of every kind: of an ordinary class, of nobody, of one person, as large as can be, and with hostile words."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.charts.values import (
    Away,
    Chart,
    ChartStance,
    EvidenceChart,
    EvidenceParagraph,
    EvidenceSentence,
    FlowChart,
    Mark,
    Speaker,
    StancesChart,
    StancesRound,
    TimelineChart,
    VoicesChart,
)
from bot.discussion.palette import STANCE_COLOURS

QUESTION = "Is engaging China or imposing sanctions more effective against North Korea's missile tests?"
NINE = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)

HOSTILE = (
    "🇨🇳 中国优先 $\\frac{1}{2}$",
    "$x^2$ & <b> `code` ```",
    "Z" + "\u0301" * 40 + "algo \u202etnih\u202c \x00\x1b[31m",
    "العقوبات أولاً ثم الحوار مع الجيران",
    "🤝⚖️🚫👩‍👩‍👧‍👦" + "W" * 50,
)


def stances(*labels: str) -> tuple[ChartStance, ...]:
    return tuple(ChartStance(label, colour) for label, colour in zip(labels, STANCE_COLOURS, strict=False))


THREE = stances("Engage China first", "Sanctions first", "Neither works without the other")
FIVE = stances(
    *(f"{number} of five stances, with sixty characters to its name, so long"[:60] for number in range(1, 6))
)


def after(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


FLOW = FlowChart(
    QUESTION, THREE, (12, 10, 6), (9, 15, 4), ((8, 3, 1), (0, 10, 0), (1, 2, 3)), "“Sanctions first” won: +17.9 points."
)
STANCES = StancesChart(
    "How the class stood",
    (
        StancesRound("Is engaging China or imposing sanctions more effective?", THREE, (12, 10, 6)),
        StancesRound("Is China an ally or a shield?", stances("An ally", "A shield", "Neither"), (3, 9, 17)),
        StancesRound("Is Moon Jae-in right?", stances("He is right", "He is wrong"), (0, 0)),
    ),
)
SHARED = StancesChart(
    QUESTION, (StancesRound("Before", THREE, (12, 11, 5)), StancesRound("After", THREE, (7, 14, 8))), "They moved."
)
TIMELINE = TimelineChart(
    "When the class spoke",
    NINE,
    after(50),
    "Europe/Berlin",
    responses=tuple(after(minute) for minute in (3, 4, 4.5, 9, 11, 11.2, 30)),
    replies=tuple(after(minute) for minute in (24, 25, 25.5, 31)),
    marks=(Mark(NINE, "Vote"), Mark(after(2), "Argue"), Mark(after(22), "Reply"), Mark(after(40), "Vote again")),
    away=(Away(after(13), after(19)),),
)
VOICES = VoicesChart(
    QUESTION,
    (
        *(Speaker("Quiet Heron", 0), Speaker("Keen Lynx", 7, 4), Speaker("Bold Owl", 2, 1), Speaker("سارة", 3)),
        *(Speaker("Émile", 1, 1), Speaker("Фёдор", 0, 5)),
    ),
    "The Gini coefficient is 0.43: a few said clearly more than others.",
)

EVIDENCE = EvidenceChart(
    QUESTION,
    THREE,
    (
        EvidenceParagraph(
            (
                EvidenceSentence("Recent ballistic missile tests by North Korea have heightened fear.", (3, 1, 0, 1)),
                EvidenceSentence("Despite a declaration forbidding these tests, it has continued them.", (0, 0, 0, 0)),
            ),
            (0, 0, 0, 0),
        ),
        EvidenceParagraph(
            (
                EvidenceSentence("China “has a critical role to play in any diplomatic effort.”", (5, 0, 2, 0)),
                EvidenceSentence("China backed the UN in November of 2017.", (0, 0, 0, 0)),
            ),
            (0, 2, 1, 0),
        ),
        EvidenceParagraph((EvidenceSentence("North Korea faces a plethora of issues.", (0, 0, 0, 0)),), (0, 0, 0, 0)),
    ),
)


def paragraphs(number: int, *words: str, counts: tuple[int, ...], every: int) -> tuple[EvidenceParagraph, ...]:
    """So many paragraphs, of which every so manieth sentence was used."""
    nobody = (0,) * len(counts)
    return tuple(
        EvidenceParagraph(
            tuple(EvidenceSentence(each, nobody if (place + at) % every else counts) for at, each in enumerate(words)),
            counts if place % 7 == 3 else nobody,
        )
        for place in range(number)
    )


ORDINARY: Mapping[str, Chart] = {
    "flow": FLOW,
    "stances": STANCES,
    "stances shared": SHARED,
    "timeline": TIMELINE,
    "voices": VOICES,
    "evidence": EVIDENCE,
}

MANY = {
    "five stances": FlowChart(
        QUESTION * 3,
        FIVE,
        (60, 60, 60, 60, 60),
        (50, 70, 30, 150, 0),
        ((20, 10, 10, 20, 0), (10, 30, 0, 20, 0), (10, 10, 10, 30, 0), (10, 10, 10, 30, 0), (0, 10, 0, 50, 0)),
        "A sentence that goes on and on. " * 12,
    ),
    "two long questions": StancesChart(
        QUESTION,
        (StancesRound(QUESTION, FIVE, (1, 2, 3, 4, 5)), StancesRound(QUESTION, FIVE[::-1], (50, 0, 1, 0, 200))),
    ),
    "seven questions": StancesChart(
        "A unit",
        tuple(
            StancesRound(f"{number}. {QUESTION}", FIVE[: 2 + number % 4], tuple(range(2 + number % 4)))
            for number in range(7)
        ),
    ),
    "25 rounds": StancesChart(
        QUESTION, tuple(StancesRound(str(number), FIVE, (number, 9, 3, 0, 100)) for number in range(1, 26))
    ),
    "25 rounds of their own": StancesChart(
        QUESTION,
        tuple(
            StancesRound(QUESTION, FIVE[: 2 + number % 4], (19, 38, 57, 76, 95)[: 2 + number % 4])
            for number in range(25)
        ),
    ),
    "nine days": TimelineChart(
        QUESTION,
        NINE,
        after(9 * 24 * 60),
        "America/New_York",
        tuple(after(minute) for minute in range(0, 12_960, 31)),
        tuple(after(minute) for minute in range(0, 12_960, 47)),
        tuple(Mark(after(480 * number), f"{number + 1}. {QUESTION}") for number in range(25)),
    ),
    "60 paragraphs": EvidenceChart(
        QUESTION, FIVE, paragraphs(60, "A sentence of the article. " * 5, "So.", counts=(1, 2, 3, 4, 5, 6), every=3)
    ),
    "600 paragraphs": EvidenceChart(QUESTION, FIVE, paragraphs(600, "So.", counts=(1, 0, 0, 0, 0, 0), every=50)),
    "one long paragraph": EvidenceChart(
        QUESTION * 3, THREE, paragraphs(1, *["A sentence of the article. " * 6] * 90, counts=(9, 0, 1, 0), every=2)
    ),
    "300 voices": VoicesChart(QUESTION, tuple(Speaker(None, number % 11, number % 7) for number in range(300)), "So."),
    "40 names": VoicesChart(
        QUESTION,
        tuple(Speaker(f"Student number {number} of forty", number, 40 - number) for number in range(40)),
        "So.",
    ),
}

FEW: Mapping[str, Chart] = {
    "no votes": FlowChart(QUESTION, THREE, (0, 0, 0), (0, 0, 0), ((0, 0, 0), (0, 0, 0), (0, 0, 0))),
    "one voter": FlowChart(QUESTION, THREE, (1, 0, 0), (0, 1, 0), ((0, 1, 0), (0, 0, 0), (0, 0, 0))),
    "four in secret": FlowChart(QUESTION, THREE, (2, 1, 1), (1, 2, 1), None),
    "one stance": FlowChart("", stances("Yes"), (3,), (3,), ((3,),)),
    "rounds without votes": StancesChart("", (StancesRound("", THREE, (0, 0, 0)), StancesRound("", THREE, (0, 0, 0)))),
    "one round": StancesChart("", (StancesRound("Only", THREE, (0, 1, 0)),)),
    "an instant": TimelineChart("", NINE, NINE, "Asia/Kathmandu", ()),
    "one word": TimelineChart("", NINE, NINE, "Asia/Kathmandu", (NINE,), (), (Mark(NINE, "Argue"),)),
    "no evidence": EvidenceChart("", THREE, paragraphs(5, "A sentence. " * 9, counts=(0, 0, 0, 0), every=1)),
    "no article": EvidenceChart("", THREE, ()),
    "one sentence": EvidenceChart("", stances("Yes"), paragraphs(1, "So.", counts=(1, 0), every=1)),
    "silence": VoicesChart("", (Speaker("Ann", 0), Speaker(None, 0)), "Nobody spoke."),
    "nobody": VoicesChart("", (), "Nobody was there."),
    "one voice": VoicesChart("", (Speaker("Ann", 3, 2),), "One."),
}

HOSTILES: Mapping[str, Chart] = {
    "flow": FlowChart(HOSTILE[0], stances(*HOSTILE), (3, 2, 1, 4, 1), (1, 2, 3, 4, 1), None, HOSTILE[1], "$", "中"),
    "stances": StancesChart(
        HOSTILE[2], tuple(StancesRound(words, stances(*HOSTILE), (1, 2, 3, 4, 5)) for words in HOSTILE), HOSTILE[3]
    ),
    "own stances": StancesChart(
        HOSTILE[1], tuple(StancesRound(words, stances(words, "\n\t", "", "🤝"), (1, 2, 3, 4)) for words in HOSTILE)
    ),
    "timeline": TimelineChart(
        HOSTILE[1], NINE, after(9), "UTC", (NINE,), (), tuple(Mark(NINE, words) for words in (*HOSTILE, ""))
    ),
    "evidence": EvidenceChart(
        HOSTILE[1], stances(*HOSTILE), paragraphs(9, *HOSTILE, "", counts=(1, 2, 0, 3, 4, 1), every=2)
    ),
    "voices": VoicesChart(HOSTILE[3], tuple(Speaker(words, 3, 1) for words in (*HOSTILE, "")), HOSTILE[0]),
}

ALL: Mapping[str, Chart] = {
    **ORDINARY,
    **MANY,
    **FEW,
    **{f"hostile {name}": chart for name, chart in HOSTILES.items()},
}
