"""Each shipped format, from start to close, by a small class and a large one, with a restart in each phase."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.content.formats import ArguePhase, Format, ReplyPhase, StatementPhase, VotePhase, Who
from tests.chat.doing import posts_in, rows
from tests.chat.seeing import components_of, thread_in
from tests.formats.class_at_work import Debate, debate

FORMATS = (
    "open-floor",
    "think-first",
    "oxford-debate",
    "structured-academic-controversy",
    "philosophical-chairs",
    "fishbowl",
)
SIZES = (4, 5, 13, 30)


@pytest.mark.parametrize("students", SIZES)
@pytest.mark.parametrize("name", FORMATS)
async def test_a_class_plays_it_from_start_to_close(database: Path, name: str, students: int) -> None:
    async with debate(database, students, name) as (running, played):
        half = len(played.plan) // 2
        running.away = {students - 1}
        for number, phase in enumerate(played.plan):
            if phase.is_instant:
                continue
            assert running.value("phase") == number
            if number >= half:  # the latecomer is there, and somebody has left for good
                running.away = {0}
            await running.work(phase)
            await running.restart()
            await running.until_it_ends()
        assert_all_is_told_once(running, played)
        assert_everybody_did_their_part(running, played, students)
        assert_groups_and_sides_are_fair(running, played)


def assert_all_is_told_once(running: Debate, played: Format) -> None:
    """Every phase has begun when the one before it ended, and the thread told the class of each once."""
    logs = rows(running.database, "select number, began_at, ended_at, notice_id from phases order by number")
    assert [number for number, *_ in logs] == list(range(len(played.plan)))
    if len(played.plan) > 1:
        for (_, _, ended, _), (_, began, _, _) in pairwise(logs):
            assert ended == began
        for phase, (_, began, ended, _) in zip(played.plan, logs, strict=True):
            length = datetime.fromisoformat(ended) - datetime.fromisoformat(began)
            assert length == timedelta(minutes=0 if phase.is_instant else phase.minutes or 0)
        notices = [notice for *_, notice in logs]
        assert len(set(notices)) == len(notices)
        assert None not in notices
    thread = thread_in(running.klass)
    addresses = Counter(
        part["custom_id"]
        for message in posts_in(thread)
        for part in components_of(message)
        if part["type"] == 2 and str(part.get("custom_id", "")).startswith(("parley:part:", "parley:reply:"))
    )
    assert set(addresses.values()) <= {1}
    [(tally, closing)] = rows(running.database, "select tally_id, closing from rounds")
    assert closing == "time"
    assert tally in {message.id for message in posts_in(thread)}


def assert_everybody_did_their_part(running: Debate, played: Format, students: int) -> None:
    """In each phase as many spoke as could; every response that is to be seen has its message."""
    for number, phase in enumerate(played.plan):
        there = students - 1
        match phase:
            case VotePhase():
                [(count,)] = rows(running.database, "select count(distinct user_id) from votes where phase = ?", number)
                assert count == there
            case ArguePhase() if phase.who is Who.EVERYONE:
                assert _written(running, number, "modal") == there
            case ArguePhase():
                assert 0 < _written(running, number, "modal") < there
            case StatementPhase():
                groups = rows(running.database, "select distinct group_number from places")
                assert _written(running, number, "statement") == len([1 for (group,) in groups if group])
            case ReplyPhase():
                assert _written(running, number, "reply") > 0
            case _:
                pass
    unseen = "select count(*) from responses where message_id is null and source <> 'reflection'"
    assert rows(running.database, unseen) == [(0,)]
    assert rows(running.database, "select count(*) from responses where held_back and source <> 'reflection'") == [(0,)]


def assert_groups_and_sides_are_fair(running: Debate, played: Format) -> None:
    """Sides are balanced to within one, or two after somebody came late; groups have both."""
    last = "select side, group_number from places where id in (select max(id) from places group by user_id)"
    placed = rows(running.database, last)
    if played.sides is None:
        assert placed == []
        return
    sides = Counter(side for side, _ in placed)
    assert max(sides.values()) - min(sides.values()) <= 1
    if played.groups is not None:
        groups = Counter(group for _, group in placed)
        assert all(3 <= size <= 5 for size in groups.values())
        assert all(len({side for side, group in placed if group == one}) == 2 for one in groups)


def _written(running: Debate, phase: int, source: str) -> int:
    query = "select count(*) from responses where phase = ? and source = ?"
    [(count,)] = rows(running.database, query, phase, source)
    return count
