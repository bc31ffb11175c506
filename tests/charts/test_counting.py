from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts.counting import busier_half, counted, halves, percent, spread, steps
from bot.discussion.outcome import points


def test_shares_and_points() -> None:
    assert [percent(1, 3), percent(2, 3), percent(0, 0)] == ["33 %", "67 %", "0 %"]
    assert [points(1, 2, 3), points(2, 1, 3), points(1, 1, 3), points(0, 3, 10)] == ["+33.3", "−33.3", "±0", "+30"]
    assert points(20_000, 20_001, 1_000_000) == "±0"
    assert points(0, 0, 0) == "±0"
    assert [counted(1, "vote"), counted(2, "vote"), counted(0, "reply", "replies")] == [
        "1 vote",
        "2 votes",
        "0 replies",
    ]


@pytest.mark.parametrize(
    ("counts", "share"),
    [
        ((1, 1), Fraction(1, 2)),
        ((0, 4), Fraction(1)),
        ((1, 2, 3), Fraction(2, 3)),
        ((5, 0, 0), Fraction(1)),
        ((1, 1, 1), Fraction(1, 2)),
        ((3,), None),
        ((0, 0), None),
        ((), None),
    ],
)
def test_the_busier_half(counts: tuple[int, ...], share: Fraction | None) -> None:
    assert busier_half(counts) == share


def test_halves_add_up() -> None:
    assert halves((1, 2, 3)) == "The busier half wrote 67 %, the quieter half 33 %."
    assert halves((0,)) is None


@given(st.lists(st.integers(0, 50), min_size=2, max_size=40))
@settings(max_examples=100, deadline=None)
def test_the_busier_half_has_at_least_half(counts: list[int]) -> None:
    share = busier_half(counts)
    assert share is None if not any(counts) else share is not None and Fraction(1, 2) <= share <= 1


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(1, 90)), max_size=6))
@settings(max_examples=200, deadline=None)
def test_labels_never_overlap_and_stay_in_order(wanted: list[tuple[float, float]]) -> None:
    centres, heights = sorted(centre for centre, _ in wanted), [height for _, height in wanted]
    placed = spread(centres, heights, 0, 500)
    tops = [centre - height / 2 for centre, height in zip(placed, heights, strict=True)]
    ends = [centre + height / 2 for centre, height in zip(placed, heights, strict=True)]
    assert all(end <= top + 1e-6 for end, top in zip(ends, tops[1:], strict=False))
    assert all(top >= -1e-6 for top in tops)
    assert all(end <= max(500, sum(heights)) + 1e-6 for end in ends)


def test_labels_with_room_stay_where_they_are() -> None:
    assert spread([100, 200], [30, 30], 0, 500) == [100, 200]


@pytest.mark.parametrize(
    ("most", "lines"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (4, [0, 1, 2, 3, 4]),
        (5, [0, 2, 4, 6]),
        (11, [0, 5, 10, 15]),
        (41, [0, 20, 40, 60]),
        (900, [0, 500, 1000]),
    ],
)
def test_an_axis_has_few_round_numbers(most: int, lines: list[int]) -> None:
    assert steps(most) == lines
