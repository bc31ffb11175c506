from collections import Counter
from pathlib import Path

import pytest

from bot.charts.colours import colours_of, mixed
from bot.charts.values import (
    ChartStance,
    EvidenceChart,
    EvidenceParagraph,
    EvidenceSentence,
    FlowChart,
    Speaker,
    StancesChart,
    StancesRound,
    Theme,
    VoicesChart,
)
from bot.discussion.palette import NEUTRAL, STANCE_COLOURS
from tests.charts.conftest import Draw
from tests.charts.fonts import font_with
from tests.charts.samples import ALL, FLOW, ORDINARY, SHARED, STANCES, TIMELINE, VOICES, stances
from tests.charts.seeing import colours_in, margin_colours, opened

BOTH = pytest.mark.parametrize("theme", list(Theme))


def kinds() -> list[tuple[str, Theme]]:
    """Ordinary charts in both themes, the others in one of them."""
    both = [(name, theme) for name in ORDINARY for theme in Theme]
    others = [name for name in ALL if name not in ORDINARY]
    return both + [(name, list(Theme)[place % 2]) for place, name in enumerate(others)]


@pytest.mark.parametrize(("name", "theme"), kinds())
def test_every_chart_is_drawn_within_its_sheet(draw: Draw, name: str, theme: Theme) -> None:
    png = draw(ALL[name], theme).png
    ground = colours_of(theme).ground
    assert opened(png).size == (1200, 675)
    assert margin_colours(png, 6) == {ground}
    drawn = colours_in(png)
    assert sum(count for colour, count in drawn.items() if colour != ground) > 2000
    assert drawn[ground] > 100_000


@BOTH
@pytest.mark.parametrize("chart", [FLOW, STANCES, SHARED])
def test_stances_have_the_colours_of_the_cards(draw: Draw, chart: FlowChart | StancesChart, theme: Theme) -> None:
    drawn = colours_in(draw(chart, theme).png)
    for colour in STANCE_COLOURS[:3]:
        assert drawn[colour] > 2000
    for colour in STANCE_COLOURS[3:]:
        assert drawn[colour] == 0


@BOTH
def test_the_evidence_map_shades_what_was_used_and_leaves_aside_what_was_not(draw: Draw, theme: Theme) -> None:
    def drawn(*counts: tuple[int, int]) -> Counter[int]:
        sentences = tuple(EvidenceSentence("Twenty-four letters here", each) for each in counts)
        chart = EvidenceChart("", stances("Yes"), (EvidenceParagraph(sentences, (0, 0)),))
        return colours_in(draw(chart, theme).png)

    yes, unused, ground = STANCE_COLOURS[0], colours_of(theme).line, colours_of(theme).ground
    assert drawn((4, 0), (0, 0))[yes] > drawn((0, 0), (0, 0))[yes] + 5000
    assert drawn((4, 0), (0, 0))[unused] < drawn((0, 0), (0, 0))[unused] - 5000
    assert drawn((4, 0), (1, 0))[yes] < drawn((4, 0), (4, 0))[yes] - 5000
    assert drawn((4, 0), (2, 0))[mixed(ground, yes, 0.7)] > 5000
    key_alone = drawn((0, 0))[NEUTRAL]
    assert drawn((0, 3))[NEUTRAL] > key_alone + 5000


@BOTH
def test_what_belongs_to_no_stance_is_neutral(draw: Draw, theme: Theme) -> None:
    for chart in (TIMELINE, VOICES):
        drawn = colours_in(draw(chart, theme).png)
        assert drawn[NEUTRAL] > 5000
        assert not any(drawn[colour] for colour in STANCE_COLOURS)


@BOTH
def test_areas_are_as_large_as_the_counts(draw: Draw, theme: Theme) -> None:
    plain = (ChartStance("A", STANCE_COLOURS[0]), ChartStance("B", 0xFF00FF))
    chart = FlowChart("", plain, (30, 10), (10, 30), None)
    drawn = colours_in(draw(chart, theme).png)
    assert drawn[STANCE_COLOURS[0]] > 5000
    one = StancesChart("", (StancesRound("", plain[:1], (1,)), StancesRound("", plain[:1], (7,))))
    assert colours_in(draw(one, theme).png)[STANCE_COLOURS[0]] > 100_000
    quiet = VoicesChart("", (Speaker(None, 1), Speaker(None, 1)), "")
    loud = VoicesChart("", (Speaker(None, 1), Speaker(None, 9)), "")
    assert colours_in(draw(quiet, theme).png)[NEUTRAL] > colours_in(draw(loud, theme).png)[NEUTRAL]


@pytest.mark.parametrize("name", ORDINARY)
def test_the_same_chart_is_the_same_picture_to_the_byte(draw: Draw, name: str) -> None:
    first, again = (draw(ORDINARY[name], Theme.DARK) for _ in range(2))
    assert first == again
    for trace in (b"tEXt", b"iTXt", b"zTXt", b"tIME", b"eXIf", b"Matplotlib"):
        assert trace not in first.png


def test_stances_can_be_told_apart_without_any_colour(draw: Draw) -> None:
    """Five stances of one colour: their patterns still differ, so that bars and key belong together."""
    grey = tuple(ChartStance(f"Stance {number}", 0x808080) for number in range(1, 6))
    bars = [
        opened(
            draw(StancesChart("", (StancesRound("", grey, counts), StancesRound("", grey, counts))), Theme.LIGHT).png
        )
        for counts in [tuple(int(place == number) for place in range(5)) for number in range(5)]
    ]
    crops = {bar.crop((140, 400, 210, 470)).tobytes() for bar in bars}
    assert len(crops) == 5


def test_dollars_are_no_formula(draw: Draw) -> None:
    """As mathematics `$WWWW$` would be set in italics and without its signs."""

    def drawn(label: str) -> bytes:
        return draw(FlowChart("", (ChartStance(label, 0x0072B2),), (1,), (1,), None), Theme.LIGHT).png

    assert drawn("$\\frac{1}{2}$") != drawn("½")
    assert drawn("$\\broken{") != drawn("$\\bröken{")
    dollars, plain = (colours_in(drawn(label))[colours_of(Theme.LIGHT).ink] for label in ("$W$", "W"))
    assert dollars > plain + 100


def test_a_label_that_no_font_can_write_is_a_number(draw: Draw) -> None:
    def drawn(*labels: str) -> bytes:
        stances = tuple(ChartStance(label, colour) for label, colour in zip(labels, STANCE_COLOURS, strict=False))
        return draw(FlowChart("", stances, (1, 2), (2, 1), None), Theme.LIGHT).png

    assert drawn("中国", "No") == drawn("Stance 1", "No")
    assert drawn("No", "中国 first") == drawn("No", "Stance 2")
    assert drawn("🤝 Yes 🫡", "No") == drawn("Yes", "No")
    assert drawn("Yes", "No") != drawn("Stance 1", "No")


def test_a_font_of_the_system_writes_what_the_shipped_one_lacks(draw: Draw, tmp_path: Path) -> None:
    from bot.charts.drawing.fonts import Lettering  # noqa: PLC0415 - it imports Matplotlib, after `draw` has prepared it

    font_with("中国", tmp_path / "deep" / "NotoSansCJK-Regular.ttf", family="Tried Sans")
    (tmp_path / "NotoSansBroken-Regular.ttf").write_bytes(b"no font")
    font_with("中国", tmp_path / "Unknown.ttf", family="Unknown Sans")
    lettering = Lettering(["中国 first"], [tmp_path])
    assert lettering.families == ["DejaVu Sans", "Tried Sans"]
    assert lettering.drawn("中国 first 美") == ""
    assert lettering.drawn("中国 first") == "中国 first"
    assert Lettering(["中国"], [tmp_path / "none"]).drawn("中国", "Stance 1") == "Stance 1"
    assert Lettering(["plain"], [tmp_path]).families == ["DejaVu Sans"]
