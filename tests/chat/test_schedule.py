"""`/discuss schedule` and `/discuss scheduled`: planning debates ahead, and looking after what waits."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import discord
import pytest

from bot.classroom.scheduling import MOST_WAITING, PAGE
from tests.chat.doing import button, fail_on, forge, mend, press, rows, start
from tests.chat.planning import TITLE, cancel, cards_in, endings, listed, move, schedule
from tests.chat.seeing import answer, buttons_of, text_of
from tests.conftest import ROOT, SchoolClass, school_class

BERLIN = ZoneInfo("Europe/Berlin")
TOMORROW_AT_TEN = int(datetime(2026, 1, 2, 10, tzinfo=BERLIN).timestamp())


async def test_what_is_scheduled_is_told_in_the_schools_time_and_in_the_readers_own(klass: SchoolClass) -> None:
    klass.room.zone = BERLIN
    told = await schedule(klass, "tomorrow 10:00")
    assert f"“{TITLE}” starts in <#{klass.channel.id}>: **Fri 2 Jan 2026, 10:00** (Europe/Berlin)" in told
    assert f"<t:{TOMORROW_AT_TEN}:R>" in told
    assert "are read then" in told
    assert "up to 30 minutes late" in told
    assert "`/discuss scheduled` lists what waits, moves it and cancels it." in told
    assert not klass.channel.history()


async def test_the_list_tells_when_what_where_and_by_whom(klass: SchoolClass) -> None:
    klass.room.zone = BERLIN
    den = klass.guild.create_text_channel("den")
    await schedule(klass, "tomorrow 10:00", question="worth-talking", minutes=20, channel=den)
    await schedule(klass, "in 2 hours", "china-or-sanctions", format="Oxford debate")
    told = text_of(await listed(klass))
    first, second = told.index("Thu 1 Jan 2026, 03:00"), told.index("Fri 2 Jan 2026, 10:00")
    assert first < second
    assert "### 2 debates scheduled" in told
    assert f"in <#{klass.channel.id}> · Oxford debate\n" in told[first:second]
    assert f"“{TITLE}” in <#{den.id}> · 20 minutes · begins with “Is it worth trying" in told[second:]
    assert f"<t:{TOMORROW_AT_TEN}:f> on your own clock · scheduled by <@{klass.teacher.id}>" in told[second:]


async def test_an_empty_list_says_how_to_plan(klass: SchoolClass) -> None:
    page = await listed(klass)
    assert "### No debate is scheduled\n`/discuss schedule` plans one ahead." in text_of(page)
    assert buttons_of(page) == []


async def test_a_time_is_suggested_with_its_date_and_what_is_chosen_is_taken(klass: SchoolClass) -> None:
    klass.room.zone = BERLIN
    offered = await klass.teacher.autocomplete(klass.channel, "discuss schedule", "when", "tomorrow 10")
    assert offered[0] == {"name": "Fri 2 Jan 2026, 10:00 · tomorrow", "value": "2026-01-02T10:00:00+01:00"}
    assert 1 < len(offered) <= 25
    assert f"<t:{TOMORROW_AT_TEN}:R>" in await schedule(klass, offered[0]["value"])
    assert len(await klass.teacher.autocomplete(klass.channel, "discuss schedule", "when", "")) > 5


async def test_sets_questions_and_formats_are_suggested(klass: SchoolClass) -> None:
    offer = klass.teacher.autocomplete
    assert await offer(klass.channel, "discuss schedule", "prompts", "one less") == [
        {"name": TITLE, "value": "single-lesson"}
    ]
    questions = await offer(klass.channel, "discuss schedule", "question", "first", prompts="single-lesson")
    assert [choice["value"] for choice in questions] == ["first-step"]
    formats = await offer(klass.channel, "discuss schedule", "format", "oxf")
    assert [choice["value"] for choice in formats] == ["oxford-debate"]


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("yesterday", "Parley does not understand that time. Write `tomorrow 10:00`"),
        ("2025-12-01 10:00", "That is over: it is Thu 1 Jan 2026, 01:00 (Europe/Berlin)."),
        ("2027-06-01 10:00", "That is too far away"),
        ("29 Mar 2:30", "There is no 02:30 on Sun 29 Mar 2026: the clocks are set forward then."),
        ("tomorrow", "At what time? For example `tomorrow 10:00`."),
    ],
)
async def test_a_time_that_cannot_be_taken_is_refused_with_what_can(
    klass: SchoolClass, database: Path, when: str, told: str
) -> None:
    klass.room.zone = BERLIN
    assert told in await schedule(klass, when)
    assert endings(database) == []
    await schedule(klass, "tomorrow 10:00")
    refused = await move(klass, when)
    assert told in answer(refused)
    assert refused.response is not None
    assert not refused.response.attachments
    assert "2 Jan 2026, 10:00" in text_of(await listed(klass))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"prompts": "no such"}, "There is no prompt set called “no such”"),
        ({"question": "no such"}, "has no question “no such”"),
        ({"format": "no such"}, "There is no format called “no such”"),
        ({"format": "oxford-debate", "minutes": 5}, "phases with times of their own"),
    ],
)
async def test_what_is_not_there_is_refused_when_it_is_scheduled(
    klass: SchoolClass, database: Path, options: dict[str, Any], told: str
) -> None:
    assert told in await schedule(klass, **options)
    assert endings(database) == []


async def test_a_channel_where_the_bot_may_not_post_is_refused_at_once(klass: SchoolClass, database: Path) -> None:
    denied: Any = discord.PermissionOverwrite(send_messages=False)
    attic = klass.guild.create_text_channel("attic", overwrites={klass.guild.default_role: denied})
    told = await schedule(klass, channel=attic)
    assert f"Parley may not do all it must in <#{attic.id}>. Missing: Send Messages" in told
    assert endings(database) == []


async def test_debates_go_to_the_default_channel_as_those_started_by_hand(klass: SchoolClass) -> None:
    den = klass.guild.create_text_channel("den")
    await klass.teacher.slash(klass.channel, "setup", default_channel=den)
    assert f"starts in <#{den.id}>" in await schedule(klass)


async def test_two_debates_at_one_moment_in_one_channel_are_a_slip(klass: SchoolClass, database: Path) -> None:
    await schedule(klass, "tomorrow 10:00")
    again = await schedule(klass, "2 Jan 10am", "china-or-sanctions")
    assert f"“{TITLE}” is to start in <#{klass.channel.id}> at that very time already: Fri 2 Jan 2026, 10:00." in again
    den = klass.guild.create_text_channel("den")
    assert "starts in" in await schedule(klass, "tomorrow 10:00", channel=den)
    assert "starts in" in await schedule(klass, "tomorrow 9:00")
    assert "at that very time already" in answer(await move(klass, "tomorrow 10:00"))
    assert "Moved" in answer(await move(klass, "tomorrow 9:00"))  # where it is already
    assert endings(database) == [None] * 3


async def test_moved_it_starts_at_the_new_time_and_not_at_the_old(klass: SchoolClass, database: Path) -> None:
    await schedule(klass, "in 1 minute")
    told = answer(await move(klass, "in 3 minutes"))
    assert f"Moved: “{TITLE}” in <#{klass.channel.id}>, **Thu 1 Jan 2026, 00:03** (UTC)" in told
    await klass.env.advance_time(178)
    assert not klass.channel.history()
    await klass.env.advance_time(3)
    assert len(cards_in(klass)) == 1
    await schedule(klass, "in 1 hour", channel=klass.guild.create_text_channel("den"))
    await move(klass, "in 1 minute")
    await klass.env.advance_time(62)
    assert endings(database) == ["started", "started"]


async def test_the_form_shows_the_present_time_in_the_schools_zone(klass: SchoolClass) -> None:
    klass.room.zone = BERLIN
    await schedule(klass, "tomorrow 10:00")
    form = await press(klass.teacher, await listed(klass), "Move")
    label = (form.modal or {})["components"][0]
    assert label["component"]["value"] == "2026-01-02 10:00"
    assert "School time (Europe/Berlin)" in label["description"]


async def test_cancelling_asks_first_and_can_be_left(klass: SchoolClass, database: Path) -> None:
    await schedule(klass, "in 1 minute")
    asked = await press(klass.teacher, await listed(klass), "Cancel")
    assert asked.response is not None
    assert "**Cancel this debate?**" in text_of(asked.response)
    assert buttons_of(asked.response) == ["Cancel the debate", "Keep it"]
    kept = await press(klass.teacher, asked.response, "Keep it")
    assert "### 1 debate scheduled" in answer(kept)
    assert endings(database) == [None]
    told = answer(await cancel(klass))
    assert f"Cancelled: “{TITLE}” in <#{klass.channel.id}>, **Thu 1 Jan 2026, 00:01** (UTC)" in told
    assert "### No debate is scheduled" in told
    await klass.env.advance_time(90)
    assert not klass.channel.history()
    assert endings(database) == ["cancelled"]


async def test_the_buttons_of_an_old_list_change_nothing_any_more(klass: SchoolClass, database: Path) -> None:
    await schedule(klass, "in 1 minute")
    old = await listed(klass)
    form = await press(klass.teacher, old, "Move")
    await klass.env.advance_time(62)
    for label in ("Move", "Cancel"):
        assert "does not wait any more" in answer(await press(klass.teacher, old, label))
    assert "does not wait any more" in answer(await klass.teacher.submit_modal(form, {"when": "in 9 minutes"}))
    assert endings(database) == ["started"]


async def test_only_teachers_plan_and_look(klass: SchoolClass, database: Path) -> None:
    for options in ({}, {"channel": klass.channel}):
        refused = await klass.ann.slash(
            klass.channel, "discuss schedule", when="in 1 hour", prompts="single-lesson", **options
        )
        assert "This is for teachers" in answer(refused)
    assert "This is for teachers" in answer(await klass.ann.slash(klass.channel, "discuss scheduled"))
    await start(klass)
    await schedule(klass, "in 1 hour")
    for verb in ("scheduled:0", "reschedule:1", "unschedule:1", "unscheduled:1"):
        assert "This is for teachers" in answer(await forge(klass, klass.ann, f"parley:{verb}"))
    assert endings(database) == [None]


async def test_another_servers_debates_are_not_seen_and_not_touched(klass: SchoolClass, database: Path) -> None:
    await schedule(klass, "in 1 hour")
    elsewhere = klass.env.create_guild("Class 8C")
    hall = elsewhere.create_text_channel("hall")
    head = elsewhere.add_member(elsewhere.owner)
    told = answer(await head.slash(hall, "discuss scheduled"))
    assert "No debate is scheduled" in told
    await head.slash(hall, "discuss schedule", when="in 2 hours", prompts="single-lesson")
    page = (await head.slash(hall, "discuss scheduled")).response
    assert page is not None
    assert button(page, "Move") == "parley:reschedule:2"
    await start(klass)
    assert "does not wait any more" in answer(await forge(klass, klass.teacher, "parley:unscheduled:2"))
    assert endings(database) == [None, None]


async def test_each_change_stands_on_the_audit(klass: SchoolClass, database: Path) -> None:
    await schedule(klass, "in 1 hour")
    await move(klass, "in 2 hours")
    await cancel(klass)
    query = "select user_id, json_extract(details, '$.what') from audits where action = 'discuss.schedule' order by id"
    assert rows(database, query) == [(klass.teacher.id, what) for what in ("add", "move", "cancel")]


async def test_so_many_may_wait_and_not_more_and_all_can_be_looked_at(klass: SchoolClass, database: Path) -> None:
    for number in range(MOST_WAITING):
        await klass.env.advance_time(1)
        await schedule(klass, f"in {number + 10} hours")
    told = await schedule(klass, "in 3 hours")
    assert f"{MOST_WAITING} debates wait for their time in this server already" in told
    assert "cancel one" in told
    page, seen = await listed(klass), 0
    for number in range(1, MOST_WAITING // PAGE + 1):
        assert f"Page {number} of {MOST_WAITING // PAGE}" in text_of(page)
        seen += text_of(page).count(TITLE)
        if number < MOST_WAITING // PAGE:
            turned = (await press(klass.teacher, page, "Later")).response
            assert turned is not None
            page = turned
    assert seen == MOST_WAITING
    assert "Later" not in buttons_of(page)
    await cancel(klass)
    assert "starts in" in await schedule(klass, "in 3 hours")


@pytest.mark.logs_errors
async def test_what_could_not_be_kept_is_not_told_as_kept(klass: SchoolClass, database: Path) -> None:
    fail_on(database, "broken", "INSERT ON schedules")
    assert "was not recorded" in await schedule(klass)
    mend(database, "broken")
    await schedule(klass)
    fail_on(database, "broken", "UPDATE ON schedules")
    assert "was not recorded" in answer(await move(klass, "in 2 hours"))
    mend(database, "broken")
    assert rows(database, "select starts_at from schedules") == [("2026-01-01 00:03:00.000000",)]


async def test_a_debate_is_held_as_its_files_say_when_it_starts(tmp_path: Path, database: Path) -> None:
    prompts = tmp_path / "prompts"
    prompts.mkdir()
    words = (ROOT / "prompts" / "single-lesson.yaml").read_text(encoding="utf-8")
    (prompts / "lesson.yaml").write_text(words, encoding="utf-8")
    async with school_class(database, prompts=prompts) as klass:
        await schedule(klass, "in 2 minutes", "lesson")
        (prompts / "lesson.yaml").write_text(words.replace(TITLE, "A lesson anew"), encoding="utf-8")
        await klass.teacher.slash(klass.channel, "prompts reload")
        await klass.env.advance_time(122)
        (card,) = cards_in(klass)
        assert "“A lesson anew”" in text_of(card)
