"""Whatever is written, the teacher's pages are ones that Discord takes; and so are the commands themselves."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.cards.control_panel import confirmation, control_panel
from bot.chat.cards.preview import card_to_be, plan_page
from bot.chat.cards.timing_lines import how_long, lasting
from bot.chat.client import Parley
from bot.classroom.controlling import Panel
from bot.classroom.in_hand import Roster
from bot.classroom.previewing import Preview
from bot.classroom.voting import Standing
from bot.content.formats import Format
from bot.discussion.ids import ChannelId, RoundId, UserId
from bot.discussion.requirements import progress
from tests.chat import values
from tests.chat.test_limits import assert_discord_takes, parts_of
from tests.conftest import SchoolClass

few = settings(max_examples=25, deadline=None)


@st.composite
def formats(draw: st.DrawFn) -> Format:
    """A format as long as it may be."""
    label = draw(values.words(60))
    say = draw(values.words(300))
    step = st.sampled_from(
        [
            {"argue": {"name": label, "say": say, "minutes": 10080, "at-least-words": 200, "visible": "at-reveal"}},
            {"reply": {"name": label, "minutes": 1}},
            {"reflect": {"ask": say, "say": say}},
            {"vote": {"secret": True, "say": say}},
            {"reveal": {"name": label}},
        ]
    )
    count = draw(st.sampled_from([1, 2, 24]))
    return Format.model_validate(
        {
            "title": draw(values.words(100)),
            "sides": {"assign": "stances"},
            "groups": {"size": 10},
            "requires": draw(st.sampled_from([None, {"responses": 20, "replies": 20}])),
            "phases": [draw(step) for _ in range(count)] + [{"reveal": {}}],
        }
    )


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    standing, debate = draw(values.standings()), draw(formats())
    phase = draw(st.integers(0, len(debate.plan) - 1))
    found = replace(standing.round, id=RoundId(10**17), format=debate, phase_number=phase, closed_at=None, closing=None)
    return replace(standing, round=replace(found, paused_at=draw(st.sampled_from([None, values.NOW]))))


@st.composite
def panels(draw: st.DrawFn) -> Panel:
    """A class of up to eighty with the longest names."""
    standing, name = draw(standings()), draw(values.words(32))
    found = standing.round
    students = tuple(UserId(number) for number in range(draw(st.sampled_from([0, 1, 40, 80]))))
    done = draw(st.integers(0, 21))
    return Panel(
        values.NOW,
        standing,
        draw(st.sampled_from([None, timedelta(days=7), timedelta(seconds=1)])),
        found.format.plan[found.phase_number + 1 :],
        Roster(students, dict.fromkeys(students, name), draw(st.booleans())),
        {user: progress(found.format.requires, done * (user % 2), done) for user in students},
        draw(st.sampled_from([0, 999])),
        draw(st.sampled_from([0, len(students)])),
    )


@given(panel=panels(), said=st.sampled_from([None, "Nothing was changed: " * 10]))
@few
def test_the_panel(panel: Panel, said: str | None) -> None:
    assert_discord_takes(control_panel(panel, said=said))
    assert_discord_takes(confirmation(panel, "next"))
    assert_discord_takes(confirmation(panel, "close"))


@given(standing=standings(), hears=st.booleans())
@few
def test_a_preview(standing: Standing, hears: bool) -> None:
    first = replace(standing.round, phase_number=0, paused_at=None)
    preview = Preview(10**15 - 1, ChannelId(values.SNOWFLAKE), replace(standing, round=first))
    assert_discord_takes(card_to_be(preview, hears_thread=hears))
    page = plan_page(preview)
    assert_discord_takes(page)
    assert [part["label"] for part in parts_of(page.to_components()) if part["type"] == 2] == ["Start"]


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (timedelta(seconds=90), "1 minute 30 seconds"),
        (timedelta(seconds=60), "1 minute"),
        (timedelta(seconds=-5), "0 seconds"),
        (timedelta(hours=26, seconds=3), "1 day 2 hours"),
        (timedelta(minutes=59, seconds=59, milliseconds=700), "1 hour"),
    ],
)
def test_lengths_in_words(left: timedelta, told: str) -> None:
    assert lasting(left) == told


@pytest.mark.parametrize(
    ("phases", "minutes", "told"),
    [
        (["argue"], None, "open until you close it"),
        (["argue"], 1, "1 minute"),
        (["argue", "reveal"], None, "2 phases, each until you go on"),
        (["argue", "reply 1"], None, "2 phases, 1 minute and one until you go on"),
        (["argue", "reply", "read 3"], None, "3 phases, 3 minutes and 2 until you go on"),
        (["argue 2", "reply 1"], 9, "2 phases, 3 minutes"),
    ],
)
def test_how_long_a_format_takes(phases: list[str], minutes: int | None, told: str) -> None:
    steps = [
        {kind: {"minutes": int(length)} if length else {}} for kind, _, length in (p.partition(" ") for p in phases)
    ]
    assert how_long(Format.model_validate({"title": "x", "phases": steps}), minutes) == told


def commands_in(command: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield command
    for option in command.get("options") or ():
        yield from commands_in(option)


async def test_the_commands_keep_to_the_limits_of_discord(klass: SchoolClass) -> None:
    bot = klass.env.bot
    assert isinstance(bot, Parley)
    tree = bot.tree
    commands: list[dict[str, Any]] = [command.to_dict(tree) for command in tree.get_commands()]
    assert len([command for command in commands if command["type"] == 1]) <= 100
    for command in commands:
        if command["type"] != 1:
            assert 1 <= len(command["name"]) <= 32
            continue
        whole = 0
        for part in commands_in(command):
            assert 1 <= len(part["name"]) <= 32
            assert 1 <= len(part["description"]) <= 100
            assert len(part.get("options") or ()) <= 25
            assert len(part.get("choices") or ()) <= 25
            whole += len(part["name"]) + len(part["description"])
            whole += sum(len(str(choice["name"]) + str(choice["value"])) for choice in part.get("choices") or ())
        assert whole <= 8000
