"""Scheduled debates on the server's own list of events: made, moved and deleted with them, where that is permitted."""

from datetime import datetime, timedelta
from pathlib import Path

import discord
import pytest
from simcord.backend.models import ScheduledEvent

from tests.chat.doing import change, fail_on, restarting, rows, start, watch
from tests.chat.planning import TITLE, cancel, endings, events_of, move, schedule
from tests.chat.seeing import answer
from tests.conftest import SchoolClass

ON_THE_LIST = "It stands on this server's list of events too."


def permit(klass: SchoolClass, *, events: bool) -> None:
    """May the bot make events in the server?"""
    guild = klass.env.backend.guilds[klass.guild.id]
    (role,) = (role for role in guild.roles.values() if role.managed)
    permissions = discord.Permissions(role.permissions)
    permissions.update(manage_events=events, create_events=events)
    klass.env.backend.edit_role(klass.guild.id, role.id, {"permissions": permissions.value})


def minutes_of(event: ScheduledEvent) -> float:
    """How long it is said to take."""
    begin, end = (datetime.fromisoformat(at) for at in (event.scheduled_start_time, event.scheduled_end_time or ""))
    return (end - begin) / timedelta(minutes=1)


async def test_an_event_tells_what_where_and_when(klass: SchoolClass) -> None:
    assert ON_THE_LIST in await schedule(klass, "tomorrow 10:00")
    (event,) = events_of(klass)
    assert event.name == TITLE
    assert event.entity_metadata == {"location": "#debate"}
    assert event.scheduled_start_time == "2026-01-02T10:00:00+00:00"
    assert event.description == f"{TITLE}: a debate in <#{klass.channel.id}>. Scheduled with Parley, no. 1."
    assert event.entity_type == discord.EntityType.external.value


@pytest.mark.parametrize(
    ("options", "minutes"),
    [
        ({"minutes": 25}, 25),
        ({}, 10),  # the question's own
        ({"format": "oxford-debate"}, 31),  # its phases
        ({"prompts": "china-or-sanctions"}, None),
        ({"format": "fishbowl"}, None),
    ],
)
async def test_it_takes_as_long_as_can_be_told(
    klass: SchoolClass, options: dict[str, str], minutes: int | None
) -> None:
    await schedule(klass, **options)
    (event,) = events_of(klass)
    prompt_set = klass.room.library.prompt_sets[options.get("prompts", "single-lesson")]
    found = klass.room.library.formats.get(options.get("format", ""))
    known = found.minutes_in_all if found else prompt_set.prompts[0].minutes
    assert minutes_of(event) == (minutes or known or 60)


async def test_it_is_moved_and_deleted_with_the_debate(klass: SchoolClass, database: Path) -> None:
    await schedule(klass, "in 1 hour")
    (made,) = events_of(klass)
    await move(klass, "in 2 hours")
    (moved,) = events_of(klass)
    assert (moved.id, moved.scheduled_start_time, minutes_of(moved)) == (made.id, "2026-01-01T02:00:00+00:00", 10)
    await cancel(klass)
    assert events_of(klass) == []
    assert rows(database, "select event_id from schedules") == [(None,)]


async def test_when_the_debate_starts_discord_begins_its_event(klass: SchoolClass) -> None:
    await schedule(klass, "in 1 minute")
    seen = watch(klass)
    await klass.env.advance_time(125)
    (event,) = events_of(klass)
    assert event.status == discord.EventStatus.active.value
    assert not [entry for entry in seen if "scheduled-events" in entry.path]


async def test_a_debate_that_does_not_start_leaves_no_event(klass: SchoolClass, database: Path) -> None:
    await start(klass, minutes=60)
    await schedule(klass, "in 1 minute", "china-or-sanctions")
    await klass.env.advance_time(62)
    assert endings(database) == ["refused"]
    assert events_of(klass) == []


async def test_without_the_permission_it_is_scheduled_all_the_same_and_that_is_said(
    klass: SchoolClass, database: Path
) -> None:
    permit(klass, events=False)
    seen = watch(klass)
    told = await schedule(klass, "in 2 minutes")
    assert "It is not on this server's list of events, as Parley may not make any" in told
    assert "Create Events" in told
    assert "Moved" in answer(await move(klass, "in 3 minutes"))
    await klass.env.advance_time(182)
    assert endings(database) == ["started"]
    assert not [entry for entry in seen if "scheduled-events" in entry.path]


async def test_once_it_is_permitted_the_event_appears(klass: SchoolClass) -> None:
    permit(klass, events=False)
    await schedule(klass, "in 1 hour")
    permit(klass, events=True)
    await klass.env.advance_time(62)
    assert len(events_of(klass)) == 1
    await klass.env.advance_time(62)
    assert len(events_of(klass)) == 1


async def test_what_discord_forbids_after_all_is_told_as_not_permitted(klass: SchoolClass) -> None:
    klass.env.inject_error("POST", "/guilds/*/scheduled-events", status=403, code=50013)
    assert "Parley may not make any" in await schedule(klass, "in 1 hour")


@pytest.mark.logs_errors
async def test_what_discord_does_not_take_now_it_is_asked_again(klass: SchoolClass) -> None:
    klass.env.inject_error("POST", "/guilds/*/scheduled-events", status=500)
    assert "as soon as Discord takes it" in await schedule(klass, "in 1 hour")
    await klass.env.advance_time(62)
    assert len(events_of(klass)) == 1
    klass.env.inject_error("PATCH", "/guilds/*/scheduled-events/*", status=500)
    await move(klass, "in 2 hours")
    await klass.env.advance_time(62)
    assert events_of(klass)[0].scheduled_start_time == "2026-01-01T02:01:02+00:00"
    klass.env.inject_error("DELETE", "/guilds/*/scheduled-events/*", status=500)
    await cancel(klass)
    assert len(events_of(klass)) == 1
    await klass.env.advance_time(62)
    assert events_of(klass) == []


async def test_an_event_that_somebody_deleted_stays_away_until_the_debate_is_moved(klass: SchoolClass) -> None:
    await schedule(klass, "in 1 hour")
    klass.env.backend.delete_scheduled_event(klass.guild.id, events_of(klass)[0].id)
    await klass.env.advance_time(62)
    assert events_of(klass) == []
    await move(klass, "in 2 hours")
    assert len(events_of(klass)) == 1
    klass.env.backend.delete_scheduled_event(klass.guild.id, events_of(klass)[0].id)
    assert "Cancelled" in answer(await cancel(klass))
    await klass.env.advance_time(62)


@pytest.mark.logs_errors
async def test_an_event_that_was_made_but_not_noted_is_not_made_again(database: Path) -> None:
    """The bot dies between Discord's answer and the record of it."""
    async with restarting(database) as running:
        fail_on(database, "crash", "UPDATE OF event_id ON schedules")
        assert "starts in" in await schedule(running.klass, "in 1 hour")
        (made,) = events_of(running.klass)
        change(database, "drop trigger crash")
        await running.klass.env.bot.close()
        async with running.restart() as klass:
            await klass.env.advance_time(3)
            assert [event.id for event in events_of(klass)] == [made.id]
            assert rows(running.database, "select event_id from schedules") == [(made.id,)]


@pytest.mark.parametrize("what", ["moved", "cancelled"])
async def test_what_was_changed_before_the_bot_died_is_made_up_for(database: Path, what: str) -> None:
    async with restarting(database) as running:
        await schedule(running.klass, "in 1 hour")
        await running.klass.env.bot.close()
        to = "starts_at = '2026-01-01 05:00:00.000000'" if what == "moved" else "ending = 'cancelled'"
        change(database, f"update schedules set {to}")
        async with running.restart() as klass:
            await klass.env.advance_time(3)
            times = [event.scheduled_start_time for event in events_of(klass)]
            assert times == (["2026-01-01T05:00:00+00:00"] if what == "moved" else [])
