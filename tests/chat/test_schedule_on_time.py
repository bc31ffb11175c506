"""Scheduled debates at their time: started once, as by hand; late, missed and refused ones told; over restarts."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.chat.doing import bodies_of, change, fail_on, mend, press, restarting, rows, start, watch
from tests.chat.planning import TITLE, cancel, cards_in, endings, listed, move, notices_in, posts_of, schedule
from tests.chat.seeing import answer, buttons_of, card_in, text_of, thread_in
from tests.chat.weathering import deny, find_connection, guild_is_away, guild_is_back, lose_connection
from tests.conftest import ROOT, SchoolClass, school_class

BERLIN = ZoneInfo("Europe/Berlin")
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
"""Where the simulated clock begins."""


def stamp(seconds: int) -> int:
    """So many seconds after the simulated clock began, as Discord writes it."""
    return int((FIRST + timedelta(seconds=seconds)).timestamp())


async def gone(klass: SchoolClass, seconds: float = 0) -> None:
    """The bot stops, and so long nobody is there."""
    await klass.env.bot.close()
    klass.env.backend.advance_clock(seconds)


async def test_it_starts_then_and_not_before_as_if_the_teacher_had_typed_it(klass: SchoolClass, database: Path) -> None:
    seen = watch(klass)
    await schedule(klass, "in 3 minutes", question="first-step", format="think-first")
    await klass.env.advance_time(179)
    assert not klass.channel.history()
    await klass.env.advance_time(2)
    assert "Which step should the United States take first?" in text_of(card_in(klass))
    assert "Phase 1 of" in text_of(card_in(klass))
    assert len(klass.channel.threads) == 1
    ((by, started, channel),) = rows(database, "select started_by, started_at, channel_id from sessions")
    assert (by, channel) == (klass.teacher.id, klass.channel.id)
    assert "2026-01-01 00:03:00" <= started < "2026-01-01 00:03:01.5"
    assert rows(database, "select ending, session_id, to_tell from schedules") == [("started", 1, 0)]
    assert notices_in(klass) == []
    posted = bodies_of(seen, "POST", f"/channels/{klass.channel.id}/messages")
    assert [body["allowed_mentions"] for body in posted] == [{"parse": []}]
    assert "No debate is scheduled" in text_of(await listed(klass))
    assert "has ended" in answer(await klass.teacher.slash(klass.channel, "discuss close"))


async def test_a_few_seconds_ahead_are_enough(klass: SchoolClass, database: Path) -> None:
    """Without a look at the record, which the clockwork takes once a minute."""
    await klass.env.advance_time(63)
    await schedule(klass, (FIRST + timedelta(seconds=75)).isoformat())
    await schedule(klass, "in 1 hour", channel=klass.guild.create_text_channel("den"))
    await klass.env.advance_time(14)
    assert endings(database) == ["started", None]
    assert (len(cards_in(klass)), len(klass.channel.threads)) == (1, 1)
    await move(klass, (FIRST + timedelta(seconds=90)).isoformat())
    await klass.env.advance_time(15)
    assert endings(database) == ["started", "started"]


async def test_minutes_count_from_the_start(klass: SchoolClass, database: Path) -> None:
    await schedule(klass, "in 2 minutes", minutes=1)
    await klass.env.advance_time(122)
    assert rows(database, "select closing from rounds") == [(None,)]
    await klass.env.advance_time(60)
    assert rows(database, "select closing from rounds") == [("time",)]


@pytest.mark.parametrize("day", ["29 March", "25 October"])
async def test_a_debate_made_before_the_clocks_change_starts_at_the_time_that_was_typed(
    database: Path, day: str
) -> None:
    async with restarting(database) as running:
        running.klass.room.zone = BERLIN
        assert "2026, 10:00** (Europe/Berlin)" in await schedule(running.klass, f"{day} 10:00")
        typed = datetime.strptime(f"{day} 2026 10:00", "%d %B %Y %H:%M").replace(tzinfo=BERLIN)
        await gone(running.klass, (typed - FIRST).total_seconds() - 10)
        async with running.restart() as klass:
            await klass.env.advance_time(8)
            assert endings(running.database) == [None]
            await klass.env.advance_time(4)
            assert endings(running.database) == ["started"]
            assert notices_in(klass) == []


async def test_one_debate_after_the_other(klass: SchoolClass, database: Path) -> None:
    await schedule(klass, "in 1 minute", minutes=2)
    await schedule(klass, "in 3 minutes", "china-or-sanctions")
    await klass.env.advance_time(0.4)  # the clockwork comes a little after each full second
    await klass.env.advance_time(185)
    assert endings(database) == ["started", "started"]
    assert len(cards_in(klass)) == 2
    assert notices_in(klass) == []


async def test_a_question_that_is_as_good_as_over_does_not_stand_in_the_way(klass: SchoolClass, database: Path) -> None:
    await start(klass, minutes=2)
    await schedule(klass, "in 2 minutes", "china-or-sanctions")
    change(database, "update rounds set deadline = '2026-01-01 00:02:20.000000'")
    await klass.env.advance_time(61)  # the clockwork reads the deadline again
    await klass.env.advance_time(75)
    assert endings(database) == [None]
    await klass.env.advance_time(6)
    assert endings(database) == ["started"]
    assert notices_in(klass) == []


async def test_a_debate_that_is_open_does_not_make_way_and_the_reason_is_kept(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass, minutes=60)
    await schedule(klass, "in 2 minutes", "china-or-sanctions")
    await klass.env.advance_time(125)
    assert endings(database) == ["refused"]
    assert len(cards_in(klass)) == 1
    (told,) = notices_in(klass)
    assert f"was to start at <t:{stamp(120)}:f> and has not been started." in told
    assert f"A debate is open in <#{klass.channel.id}>: “{TITLE}”." in told
    page = await listed(klass)
    assert "### Not started" in text_of(page)
    assert f"Thu 1 Jan 2026, 00:02 · “Engage China or impose sanctions?” in <#{klass.channel.id}>" in text_of(page)
    assert "A debate is open in" in text_of(page)
    assert buttons_of(page) == []
    await klass.env.advance_time(120)
    assert len(notices_in(klass)) == 1
    klass.env.backend.advance_clock(timedelta(days=15).total_seconds())
    assert "Not started" not in text_of(await listed(klass))


async def test_nothing_in_what_the_class_is_told_pings(klass: SchoolClass) -> None:
    await start(klass, minutes=60)
    await schedule(klass, "in 1 minute", "china-or-sanctions")
    seen = watch(klass)
    await klass.env.advance_time(65)
    (body,) = bodies_of(seen, "POST", f"/channels/{klass.channel.id}/messages")
    assert body["allowed_mentions"] == {"parse": []}
    assert body["flags"] & 4096  # silent
    assert "<@" not in str(body["components"])


@pytest.mark.parametrize("what", ["gone", "broken", "question"])
async def test_content_that_is_gone_by_then_is_told(tmp_path: Path, database: Path, what: str) -> None:
    prompts = tmp_path / "prompts"
    prompts.mkdir()
    words = (ROOT / "prompts" / "single-lesson.yaml").read_text(encoding="utf-8")
    (prompts / "lesson.yaml").write_text(words, encoding="utf-8")
    async with school_class(database, prompts=prompts) as klass:
        await schedule(klass, "in 2 minutes", "lesson", question="first-step")
        if what == "gone":
            (prompts / "lesson.yaml").unlink()
        else:
            change_to = {"broken": ("title: ", "titel: "), "question": ("first-step", "last-step")}[what]
            (prompts / "lesson.yaml").write_text(words.replace(*change_to), encoding="utf-8")
        await klass.teacher.slash(klass.channel, "prompts reload")
        await klass.env.advance_time(122)
        assert endings(database) == ["refused"]
        (told,) = notices_in(klass)
        why = "has no question “first-step”" if what == "question" else "There is no prompt set called “lesson”."
        assert f"has not been started. {why}" in told.replace(f"“{TITLE}” has", "has", 2)
        assert why.split(".", maxsplit=1)[0] in text_of(await listed(klass))


async def test_where_the_bot_may_not_post_any_more_the_list_tells(klass: SchoolClass, database: Path) -> None:
    await schedule(klass, "in 2 minutes")
    await deny(klass, klass.channel, send_messages=True)
    await klass.env.advance_time(125)
    assert rows(database, "select ending, to_tell from schedules") == [("refused", 0)]
    assert "Missing: Send Messages" in text_of(await listed(klass))
    assert rows(database, "select count(*) from sessions") == [(0,)]


async def test_where_the_bot_may_post_but_open_no_threads_the_class_is_told(klass: SchoolClass, database: Path) -> None:
    await schedule(klass, "in 2 minutes")
    await deny(klass, klass.channel, create_public_threads=True)
    await klass.env.advance_time(125)
    assert endings(database) == ["refused"]
    assert "Missing: Create Public Threads" in notices_in(klass)[0]


async def test_where_the_channel_is_gone_the_list_tells(klass: SchoolClass, database: Path) -> None:
    den = klass.guild.create_text_channel("den")
    await schedule(klass, "in 2 minutes", channel=den)
    klass.env.backend.delete_channel(den.id)
    await klass.env.advance_time(125)
    assert rows(database, "select ending, to_tell from schedules") == [("refused", 0)]
    assert "Its channel is gone, or hidden from Parley." in text_of(await listed(klass))


async def test_scheduled_moved_and_cancelled_stay_so_over_restarts(database: Path) -> None:
    async with restarting(database) as running:
        den = running.klass.guild.create_text_channel("den")
        await schedule(running.klass, "in 1 minute", channel=den)
        await cancel(running.klass)
        await schedule(running.klass, "in 1 minute")
        await move(running.klass, "in 3 minutes")
        async with running.restart() as klass:
            await klass.env.advance_time(178)
            assert not klass.channel.history()
            assert "### 1 debate scheduled" in text_of(await listed(klass))
            await klass.env.advance_time(4)
            assert len(cards_in(klass)) == 1
            assert not den.history()
            assert endings(running.database) == ["cancelled", "started"]


async def test_buttons_and_forms_of_before_a_restart_go_on(database: Path) -> None:
    async with restarting(database) as running:
        await schedule(running.klass, "in 1 hour")
        await schedule(running.klass, "in 2 hours")
        asked = (await press(running.klass.teacher, await listed(running.klass), "Cancel")).response
        assert asked is not None
        form = await running.klass.teacher.click(await listed(running.klass), custom_id="parley:reschedule:2")
        async with running.restart() as klass:
            assert "Cancelled:" in answer(await press(klass.teacher, asked, "Cancel the debate"))
            moved = await klass.teacher.submit_modal(form, {"when": "in 1 minute"})
            assert "Moved:" in answer(moved)
            await klass.env.advance_time(62)
            assert endings(running.database) == ["cancelled", "started"]


@pytest.mark.logs_errors
@pytest.mark.parametrize("where", ["UPDATE ON schedules", "INSERT ON sessions", "INSERT ON rounds"])
async def test_the_debate_and_its_schedule_are_one_transaction(database: Path, where: str) -> None:
    """The bot dies in the middle of it: nothing has happened, and the next one starts the debate, once."""
    async with restarting(database) as running:
        await schedule(running.klass, "in 1 minute")
        await running.klass.env.advance_time(30)
        fail_on(database, "crash", where)
        await running.klass.env.advance_time(40)
        assert endings(database) == [None]
        assert rows(database, "select count(*) from sessions") == [(0,)]
        await gone(running.klass)
        async with running.restart(mending="crash") as klass:
            await klass.env.advance_time(5)
            assert endings(running.database) == ["started"]
            assert rows(running.database, "select count(*) from sessions") == [(1,)]
            assert len(cards_in(klass)) == 1


@pytest.mark.parametrize("what", ["ending = 'cancelled'", "starts_at = '2026-01-01 00:05:00.000000'"])
async def test_what_is_on_record_goes_before_what_the_bot_remembers(
    klass: SchoolClass, database: Path, what: str
) -> None:
    await klass.env.advance_time(30)
    await schedule(klass, "in 1 minute")
    await klass.env.advance_time(40)
    change(database, f"update schedules set {what}")
    await klass.env.advance_time(25)
    assert cards_in(klass) == []
    assert rows(database, "select count(*) from sessions") == [(0,)]


@pytest.mark.logs_errors
async def test_a_database_that_fails_for_a_while_starts_it_a_little_later(klass: SchoolClass, database: Path) -> None:
    await schedule(klass, "in 1 minute")
    fail_on(database, "broken", "INSERT ON rounds")
    await klass.env.advance_time(70)
    mend(database, "broken")
    await klass.env.advance_time(2)
    assert endings(database) == ["started"]


@pytest.mark.logs_errors
@pytest.mark.parametrize("restart", [True, False], ids=["restart", "a minute later"])
@pytest.mark.parametrize("path", ["/channels/*/messages", "/channels/*/messages/*/threads"])
async def test_on_record_but_not_posted_it_is_posted_once_later(database: Path, path: str, restart: bool) -> None:
    async with restarting(database) as running:
        klass = running.klass
        await klass.env.advance_time(30)  # off the minute, in which the clockwork looks for what was not posted
        await schedule(klass, "in 1 minute")
        klass.env.inject_error("POST", path, status=500)
        await klass.env.advance_time(62)
        assert endings(database) == ["started"]
        assert not klass.channel.threads
        if not restart:
            await klass.env.advance_time(65)
            assert (len(cards_in(klass)), len(klass.channel.threads)) == (1, 1)
            return
        await gone(klass)
        async with running.restart() as again:
            await again.env.advance_time(65)
            assert (len(cards_in(again)), len(again.channel.threads)) == (1, 1)
            assert rows(running.database, "select count(*) from sessions") == [(1,)]


@pytest.mark.parametrize("late", [5, 57, 61, 20 * 60, 30 * 60 - 5])
async def test_after_an_absence_it_starts_late_and_says_so(database: Path, late: int) -> None:
    async with restarting(database) as running:
        await schedule(running.klass, "in 1 minute")
        await gone(running.klass, 60 + late)
        assert endings(database) == [None]
        async with running.restart() as klass:
            await klass.env.advance_time(3)
            assert endings(running.database) == ["started"]
            assert len(cards_in(klass)) == 1
            ((at,),) = rows(running.database, "select ended_at from schedules")
            then = int(datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp())
            told = (
                f"“{TITLE}” was to start at <t:{stamp(60)}:f>. "
                f"Parley was away then, and has started it at <t:{then}:t>."
            )
            assert notices_in(klass) == ([told] if late > 60 else [])
            assert ("was to start" in text_of(posts_of(klass)[-1])) == (late > 60)  # below the card
            await klass.env.advance_time(120)
            assert len(notices_in(klass)) == (late > 60)
            assert rows(running.database, "select to_tell from schedules") == [(0,)]


@pytest.mark.parametrize("late", [30 * 60 + 1, 3 * 86400])
async def test_after_a_long_absence_it_is_missed_and_the_teacher_told(database: Path, late: int) -> None:
    async with restarting(database) as running:
        await schedule(running.klass, "in 1 minute")
        await gone(running.klass, 60 + late)
        async with running.restart() as klass:
            await klass.env.advance_time(3)
            assert endings(running.database) == ["missed"]
            assert cards_in(klass) == []
            (told,) = notices_in(klass)
            assert f"was to start at <t:{stamp(60)}:f> and has not been started: Parley was away" in told
            assert "`/discuss start`" in told
            assert "missed: Parley was away until <t:" in text_of(await listed(klass))
            await klass.env.advance_time(120)
            assert len(notices_in(klass)) == 1
            assert rows(running.database, "select count(*) from sessions") == [(0,)]


@pytest.mark.logs_errors
@pytest.mark.parametrize("nonces", ["known", "forgotten"])
async def test_what_the_class_was_told_is_not_told_again_though_it_was_not_noted(database: Path, nonces: str) -> None:
    """The bot dies between the post and the record of it."""
    async with restarting(database) as running:
        klass = running.klass
        await start(klass, minutes=60)
        await schedule(klass, "in 1 minute", "china-or-sanctions")
        fail_on(database, "crash", "UPDATE OF to_tell ON schedules WHEN NEW.to_tell = 0 AND OLD.to_tell = 1")
        await klass.env.advance_time(62)
        assert rows(database, "select ending, to_tell from schedules") == [("refused", 1)]
        assert len(notices_in(klass)) == 1
        if nonces == "forgotten":
            klass.env.backend.advance_clock(300)
            klass.env.backend.nonces.clear()
        await gone(klass)
        async with running.restart(mending="crash") as again:
            await again.env.advance_time(65)
            assert len(notices_in(again)) == 1
            assert rows(running.database, "select to_tell from schedules") == [(0,)]


@pytest.mark.logs_errors
@pytest.mark.parametrize("restart", [True, False], ids=["restart", "a minute later"])
async def test_what_the_class_could_not_be_told_is_told_later(database: Path, restart: bool) -> None:
    async with restarting(database) as running:
        klass = running.klass
        await start(klass, minutes=60)
        await klass.env.advance_time(30)  # as above
        await schedule(klass, "in 1 minute", "china-or-sanctions")
        klass.env.inject_error("POST", "/channels/*/messages", status=500)
        await klass.env.advance_time(62)
        assert notices_in(klass) == []
        if not restart:
            await klass.env.advance_time(65)
            assert len(notices_in(klass)) == 1
            return
        await gone(klass)
        async with running.restart() as again:
            await again.env.advance_time(3)
            assert len(notices_in(again)) == 1


@pytest.mark.parametrize(("minutes", "ending"), [(20, "started"), (40, "missed")])
async def test_while_the_server_is_out_of_reach_it_waits(
    klass: SchoolClass, database: Path, minutes: int, ending: str
) -> None:
    await schedule(klass, "in 1 minute")
    await guild_is_away(klass, unavailable=True)
    klass.env.backend.advance_clock(60 * minutes)
    await klass.env.advance_time(3)
    assert endings(database) == [None]
    await guild_is_back(klass, unavailable=True)
    await klass.env.advance_time(3)
    assert endings(database) == [ending]
    assert len(cards_in(klass)) == (ending == "started")
    assert len(notices_in(klass)) == 1


async def test_a_lost_connection_starts_nothing_twice(klass: SchoolClass, database: Path) -> None:
    await schedule(klass, "in 1 minute")
    await lose_connection(klass)
    await klass.env.advance_time(62)
    await find_connection(klass)
    await klass.env.advance_time(62)
    assert endings(database) == ["started"]
    assert len(cards_in(klass)) == 1
    assert thread_in(klass)
