from itertools import combinations, pairwise

import pytest

from bot.charts.colours import colours_of, contrast, hexed, ink_on, mixed
from bot.charts.values import Theme
from bot.discussion.palette import NEUTRAL, STANCE_COLOURS
from tests.charts.seeing import EYES, seen_apart

FILLS = (*STANCE_COLOURS, NEUTRAL)


def test_contrast_is_counted_as_wcag_does() -> None:
    assert contrast(0x000000, 0xFFFFFF) == pytest.approx(21)
    assert contrast(0x777777, 0xFFFFFF) == contrast(0xFFFFFF, 0x777777) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", list(Theme))
def test_words_are_read_on_their_ground(theme: Theme) -> None:
    colours = colours_of(theme)
    assert contrast(colours.ink, colours.ground) >= 7
    assert contrast(colours.muted, colours.ground) >= 4.5


@pytest.mark.parametrize("fill", FILLS)
def test_words_are_read_on_every_fill(fill: int) -> None:
    assert contrast(ink_on(fill), fill) >= 4.5


@pytest.mark.parametrize("theme", list(Theme))
def test_every_fill_or_its_edge_stands_off_the_ground(theme: Theme) -> None:
    colours = colours_of(theme)
    assert contrast(colours.ink, colours.ground) >= 3
    if theme is Theme.DARK:
        assert all(contrast(fill, colours.ground) >= 3 for fill in FILLS)


@pytest.mark.parametrize("eye", EYES)
def test_neighbouring_stances_look_different_to_every_eye(eye: str) -> None:
    for one, other in pairwise(STANCE_COLOURS):
        assert seen_apart(one, other, eye) > 0.07
    for one, other in combinations(STANCE_COLOURS, 2):
        assert seen_apart(one, other, eye) > 0.07


def test_red_and_green_are_one_to_an_eye_without_green() -> None:
    assert seen_apart(0xCC3311, 0x776600, "deuteranopia") < 0.07 < seen_apart(0xCC3311, 0x776600, "all cones")


def test_mixtures_and_names() -> None:
    assert mixed(0x000000, 0xFFFFFF, 0.5) == 0x808080
    assert mixed(0x123456, 0xFFFFFF, 0) == 0x123456
    assert hexed(0x0072B2) == "#0072b2"
