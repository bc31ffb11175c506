from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts.labels import columns
from bot.charts.telling import alt_of, table_of
from bot.charts.values import ChartStance, FlowChart, Speaker, StancesChart, StancesRound, TimelineChart, VoicesChart
from bot.discussion.palette import STANCE_COLOURS
from tests.charts.samples import (
    ALL,
    EVIDENCE,
    FIVE,
    FLOW,
    MANY,
    NINE,
    QUESTION,
    SHARED,
    STANCES,
    TIMELINE,
    VOICES,
    after,
)

FIGURES: Mapping[str, tuple[str, ...]] = {
    "flow": (
        *("28 people", "Engage China first: 12 (43 %) before, 9 (32 %) after, −10.7 points", "21 stayed"),
        *("Sanctions first: 10 (36 %) before, 15 (54 %) after, +17.9 points", "3 from Engage China first to Sanctions"),
        *("2 from Neither works without the other to Sanctions first", QUESTION, "“Sanctions first” won"),
    ),
    "stances": (
        *("3 votes", "Engage China first 12 (43 %), Sanctions first 10 (36 %)", "A shield 9 (31 %), Neither 17 (59 %)"),
        "Is Moon Jae-in right?: no votes",
    ),
    "stances shared": ("Before: Engage China first 12 (43 %)", "After: Engage China first 7 (24 %)", "They moved."),
    "timeline": (
        *("7 responses, 4 replies", "Most in 1 minute: 2, from 10:04 on", "Vote 10:00, Argue 10:02, Reply 10:22"),
        *("away from 10:13 to 10:19", "Europe/Berlin", "3 times 0, 1, 2, 4 times 0, 1, 0, 2"),
    ),
    "voices": (
        *("6 people, 13 responses, 11 replies", "Gini coefficient is 0.43", "busier half wrote 79 %"),
        "busiest first: Keen Lynx 11, Фёдор 5, سارة 3, Bold Owl 3, Émile 2, Quiet Heron 0",
    ),
    "evidence": (
        *("2 of 5 sentences of the article were used", "¶2 “China “has a critical role to play"),
        *("Engage China first 5, Neither works without the other 2", "no sentence was used: ¶3", "no side taken 1"),
    ),
}


@pytest.mark.parametrize("name", FIGURES)
def test_the_description_tells_the_figures(name: str) -> None:
    told = alt_of(ALL[name])
    for figure in FIGURES[name]:
        assert figure in told


@pytest.mark.parametrize("name", ALL)
def test_words_fit_where_they_are_shown(name: str) -> None:
    alt, table = alt_of(ALL[name]), table_of(ALL[name])
    assert 20 < len(alt) <= 1024
    assert "\n" not in alt
    assert all(columns(line) <= 60 for line in table.splitlines())
    assert not {"`", "\x00", "\x1b", "\u202e"} & set(table)
    assert table == table.rstrip()


def test_the_table_of_the_evidence_says_what_was_used_and_what_nobody_used() -> None:
    assert table_of(EVIDENCE) == (
        "Is engaging China or imposing sanctions more effective\n"
        "against North Korea's missile tests?\n"
        "\n"
        "2 of 5 sentences of the article were used.\n"
        "\n"
        "1. Engage China first\n"
        "2. Sanctions first\n"
        "3. Neither works without the other\n"
        "none: no side taken\n"
        "\n"
        "                                            1.  2.  3.  none\n"
        "¶1 Recent ballistic missile tests by North\n"
        "Korea have heightened fear.                  3   1   0     1\n"
        "¶2 as a whole                                0   2   1     0\n"
        "¶2 China “has a critical role to play in\n"
        "any diplomatic effort.”                      5   0   2     0\n"
        "\n"
        "¶1: nobody used 1 of its 2 sentences.\n"
        "¶2: nobody used 1 of its 2 sentences.\n"
        "¶3: nobody used its sentence."
    )


def test_the_table_of_a_flow() -> None:
    assert table_of(FLOW) == (
        "Is engaging China or imposing sanctions more effective\n"
        "against North Korea's missile tests?\n"
        "\n"
        "“Sanctions first” won: +17.9 points.\n"
        "\n"
        "                          Before        After        points\n"
        "1. Engage China first         12  43 %      9  32 %   −10.7\n"
        "2. Sanctions first            10  36 %     15  54 %   +17.9\n"
        "3. Neither works without\n"
        "the other                      6  21 %      4  14 %    −7.1\n"
        "People who voted both\n"
        "times                         28           28\n"
        "\n"
        "From ↓ to →  1.  2.  3.\n"
        "1.            8   3   1\n"
        "2.            0  10   0\n"
        "3.            1   2   3"
    )


def test_the_table_of_rounds() -> None:
    assert (
        "1. Engage China first\n"
        "2. Sanctions first\n"
        "3. Neither works without the other\n"
        "\n"
        "        1.  2.  3.  votes\n"
        "Before  12  11   5     28\n"
        "After    7  14   8     29"
    ) in table_of(SHARED)
    own = table_of(STANCES)
    assert (
        "Is China an ally or a shield?\nAn ally    3  10 %\nA shield   9  31 %\nNeither   17  59 %\nVotes     29" in own
    )


def test_the_table_of_a_timeline() -> None:
    told = table_of(TIMELINE)
    assert (
        "In 1 minute from  responses  replies\n10:00 Vote\n10:02 Argue\n10:03                     1        0\n" in told
    )
    assert "10:25                     0        2" in told
    assert "In all                    7        4" in told
    assert "Parley was away from 10:13 to 10:19." in told


def test_the_table_of_voices() -> None:
    told = table_of(VOICES)
    assert "             responses  replies  together\nKeen Lynx            7        4        11\n" in told
    assert "Quiet Heron          0        0         0\nIn all              13       11        24" in told
    assert "The busier half wrote 79 %, the quieter half 21 %. The Gini" in told


def test_voices_without_names_are_counted() -> None:
    told = table_of(VoicesChart("", (Speaker(None, 2, 1), Speaker(None, 0), Speaker(None, 2, 1)), "So."))
    assert "2 people, each          2        1         3" in told
    assert "1 person, each          0        0         0" in told


def test_secret_moves_are_told_nowhere() -> None:
    chart = FlowChart(QUESTION, FIVE[:2], (2, 2), (3, 1), None)
    for told in (alt_of(chart), table_of(chart)):
        assert "Who moved where is not told: the votes were secret." in " ".join(told.split())
        assert "stayed" not in told
        assert "From" not in told


def test_long_names_leave_room_for_every_figure() -> None:
    told = alt_of(MANY["25 rounds"])
    assert all(f"{number}) {number}/9/3/0/100" in told for number in range(1, 26))
    own = alt_of(MANY["25 rounds of their own"])
    assert "1) 19/38, 2) 19/38/57, 3) 19/38/57/76" in own
    flow = alt_of(MANY["five stances"])
    assert all(figure in flow for figure in ("60 (20 %) before, 150 (50 %) after, +30 points", "90 stayed"))


def test_names_that_are_cut_alike_keep_their_numbers() -> None:
    told = alt_of(MANY["five stances"])
    assert len({f"{number}" for number in range(1, 6) if f"{number}" in told}) == 5
    alike = tuple(ChartStance("The same long beginning " * 2 + end, 0) for end in ("one", "two"))
    chart = StancesChart("", tuple(StancesRound("R" * 60, alike, (1, 2)) for _ in range(7)))
    assert "1. The same" in alt_of(chart)
    assert "2. The same" in alt_of(chart)


LABELS = st.text(max_size=70)
COUNTS = st.integers(0, 10**6)


def a_round(name: str, stances: list[tuple[str, int]]) -> StancesRound:
    return StancesRound(
        name,
        tuple(ChartStance(label, colour) for (label, _), colour in zip(stances, STANCE_COLOURS, strict=False)),
        tuple(count for _, count in stances),
    )


ROUNDS = st.builds(a_round, LABELS, st.lists(st.tuples(LABELS, COUNTS), min_size=1, max_size=5))


@given(LABELS, st.lists(ROUNDS, min_size=1, max_size=25), LABELS)
@settings(max_examples=60, deadline=None)
def test_any_rounds_fit_and_the_table_has_every_count(title: str, rounds: list[StancesRound], said: str) -> None:
    chart = StancesChart(title, tuple(rounds), said)
    table = table_of(chart)
    assert len(alt_of(chart)) <= 1024
    assert all(columns(line) <= 60 for line in table.splitlines())
    figures = table.replace(",", "").split()
    assert all(str(count) in figures for each in rounds for count in each.counts)


@given(LABELS, st.lists(st.tuples(st.none() | LABELS, COUNTS, COUNTS), max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_voices_fit_and_the_table_has_every_count(said: str, spoken: list[tuple[str | None, int, int]]) -> None:
    chart = VoicesChart("", tuple(Speaker(*each) for each in spoken), said)
    table = table_of(chart)
    assert len(alt_of(chart)) <= 1024
    assert all(columns(line) <= 60 for line in table.splitlines())
    figures = table.split()
    assert all(str(responses + replies) in figures for _, responses, replies in spoken)


@given(st.lists(st.integers(0, 90), max_size=40))
@settings(max_examples=40, deadline=None)
def test_any_timeline_adds_up(minutes: list[int]) -> None:
    chart = TimelineChart("", NINE, after(60), "UTC", tuple(map(after, minutes)))
    rows = [line.split() for line in table_of(chart).splitlines() if line[:2].isdigit()]
    assert sum(int(row[-2]) for row in rows) == len(minutes)
    assert len(alt_of(chart)) <= 1024
