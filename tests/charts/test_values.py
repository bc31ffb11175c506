from collections.abc import Callable
from datetime import datetime

import pytest

from bot.charts.values import (
    Away,
    Chart,
    ChartStance,
    FlowChart,
    Mark,
    Speaker,
    StancesChart,
    StancesRound,
    TimelineChart,
)
from tests.charts.samples import FIVE, NINE, SHARED, STANCES, THREE, after

LOCAL = datetime(2026, 11, 3, 9, 0)  # noqa: DTZ001 - a time that does not know its zone is what is tried


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: FlowChart("", (), (), (), None), "1 to 5 stances"),
        (lambda: FlowChart("", (*FIVE, FIVE[0]), (0,) * 6, (0,) * 6, None), "1 to 5 stances"),
        (lambda: FlowChart("", THREE, (1, 2), (1, 2, 0), None), "one count for each stance"),
        (lambda: FlowChart("", THREE, (1, 2, 0), (1, 1, 0), None), "the sums differ"),
        (lambda: FlowChart("", THREE, (1, -1, 0), (0, 0, 0), None), "a count is 0 or more"),
        (lambda: FlowChart("", THREE[:2], (1, 1), (1, 1), ((1, 0),)), "a row for each stance"),
        (lambda: FlowChart("", THREE[:2], (1, 1), (1, 1), ((1, 1), (0, 0))), "rows add up"),
        (lambda: FlowChart("", THREE[:2], (1, 1), (1, 1), ((1, 0), (1, 0))), "columns add up"),
        (lambda: FlowChart("", (ChartStance("", 1 << 24),), (0,), (0,), None), "0xRRGGBB"),
        (lambda: StancesChart("", ()), "1 to 25 rounds"),
        (lambda: StancesChart("", (StancesRound("", THREE, (0, 0, 0)),) * 26), "1 to 25 rounds"),
        (lambda: StancesRound("", THREE, (0, 0)), "one count for each stance"),
        (lambda: TimelineChart("", after(1), NINE, "UTC", ()), "begins before it ends"),
        (lambda: TimelineChart("", NINE, NINE, "UTC", (LOCAL,)), "know their zone"),
        (lambda: Mark(LOCAL, ""), "know their zone"),
        (lambda: Away(after(1), NINE), "begins before it ends"),
        (lambda: Speaker(None, -1), "0 or more"),
    ],
)
def test_what_is_no_chart_is_refused_where_it_is_made(make: Callable[[], Chart], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        make()


def test_stances_are_shared_when_all_rounds_have_them() -> None:
    assert SHARED.shared == THREE
    assert STANCES.shared is None
