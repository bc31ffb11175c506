"""What was typed, edited and deleted while Parley was away is read back; what cannot be read back is a gap."""

import asyncio
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from discord.utils import utcnow

from bot.chat.client import Parley
from bot.chat.cogs import attending
from bot.chat.connecting import plain_intents
from bot.classroom.room import open_classroom
from bot.rehearsal.simulation.environment import LiveEnv
from tests.agreeing import everybody_agrees
from tests.chat.doing import change, fail_on, mend, newest_in, posts_in, press, respond, restarting, rows, side, start
from tests.chat.seeing import answer, card_in, text_of, thread_in
from tests.chat.test_errors import told, until
from tests.chat.waiting import Debate, in_real_time
from tests.chat.weathering import deny, find_connection, go_deaf, hear_again, lose_connection
from tests.conftest import ROOT, SchoolClass, all_intents, school_class

SAID = "select user_id, stance, json_extract(body, '$.text'), parent_id from responses order by id"


def texts(database: Path) -> list[Any]:
    return [json.loads(body).get("text") for (body,) in rows(database, "select body from responses order by id")]


def gaps(database: Path) -> list[str]:
    return [reason for (reason,) in rows(database, "select reason from gaps order by id")]


async def status_of(klass: SchoolClass) -> str:
    return answer(await klass.teacher.slash(klass.channel, "discuss status"))


async def test_words_typed_meanwhile_are_recorded_as_if_they_had_been_heard(
    database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with restarting(database) as running:
        klass = running.klass
        await start(klass)
        await side(klass, klass.ann, "To defend itself")
        first = await klass.ann.send(thread_in(klass), "Heard.")
        go_deaf(klass)
        sent = await klass.ben.send(thread_in(klass), "Typed in between.", reply_to=first)
        await klass.env.advance_time(100)
        await klass.ann.send(thread_in(klass), "A picture.", attachments=[("map.png", b"123")])
        async with running.restart() as klass:
            assert rows(running.database, SAID) == [
                (klass.ann.id, "defend", "Heard.", None),
                (klass.ben.id, None, "Typed in between.", 1),
                (klass.ann.id, "defend", "A picture.", None),
            ]
            ((at,),) = rows(running.database, "select created_at from responses where id = 2")
            assert at == sent.created_at.strftime("%Y-%m-%d %H:%M:%S.%f")
            assert gaps(running.database) == []
            await klass.env.advance_time(6)
            assert "3 responses" in text_of(card_in(klass))
            assert "To know" not in await status_of(klass)
    assert "caught up with round 1: 2 recorded, 0 changed, 0 withdrawn" in caplog.text
    assert "Typed in between." not in caplog.text


async def test_edits_and_deletions_meanwhile_are_found(database: Path) -> None:
    async with restarting(database) as running:
        klass = running.klass
        await start(klass)
        _, edited, deleted = [
            await klass.ann.send(thread_in(klass), words) for words in ("Kept.", "Before.", "Taken back.")
        ]
        await respond(klass, klass.ben, "defend")
        taken_down = newest_in(klass)
        await klass.ben.send(thread_in(klass), "The last one heard.")
        go_deaf(klass)
        await klass.env.advance_time(60)
        await klass.ann.edit(edited, "After.")
        await klass.ann.delete(deleted)
        klass.env.backend.delete_message(thread_in(klass).id, taken_down.id)
        await klass.env.advance_time(60)
        async with running.restart() as klass:
            assert texts(running.database) == ["Kept.", "After.", None, None, "The last one heard."]
            assert rows(running.database, "select source from responses where id = 4") == [("modal",)]
            assert rows(running.database, "select body from revisions") == [('{"text":"Before."}',)]
            assert rows(running.database, "select id from responses where withdrawn_at is not null") == [(3,)]
            assert gaps(running.database) == []


async def test_what_was_typed_before_the_deadline_counts_and_the_class_is_told(database: Path) -> None:
    async with restarting(database) as running:
        klass = running.klass
        await start(klass, minutes=5)
        early = await klass.ann.send(thread_in(klass), "Early.")
        wrong = await klass.ann.send(thread_in(klass), "As it stood.")
        await lose_connection(klass)  # so that the bot that is to stop does not close the round itself
        await klass.ben.send(thread_in(klass), "Just in time.")
        await klass.ann.edit(early, "Early, mended.")
        klass.env.backend.advance_clock(400)
        thread = thread_in(klass).id
        klass.env.backend.create_message(thread, klass.ben.id, "Too late.")
        klass.env.backend.edit_message(thread, wrong.id, {"content": "Mended too late."})
        klass.env.backend.advance_clock(3600)
        async with running.restart() as klass:
            await klass.env.advance_time(2)
            assert texts(running.database) == ["Early, mended.", "As it stood.", "Just in time."]
            assert rows(running.database, "select closing from rounds") == [("time",)]
            (tally,) = [text_of(post) for post in posts_in(thread_in(klass)) if "The count" in text_of(post)]
            assert "Parley was away then and closed the question at" in tally
            assert "3 responses" in tally


async def test_a_round_that_closes_on_time_says_nothing_of_being_late(klass: SchoolClass) -> None:
    await start(klass, minutes=1)
    await klass.env.advance_time(62)
    assert "The count" in text_of(newest_in(klass))
    assert "away" not in text_of(newest_in(klass))


async def test_a_round_waits_for_its_last_words_while_the_connection_is_lost(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass, minutes=2)
    await lose_connection(klass)
    await klass.ann.send(thread_in(klass), "In time.")
    await klass.env.advance_time(300)
    assert rows(database, "select closed_at from rounds") == [(None,)]
    await find_connection(klass)
    await klass.env.advance_time(2)
    assert texts(database) == ["In time."]
    assert rows(database, "select closing from rounds") == [("time",)]
    assert gaps(database) == []


@pytest.mark.parametrize("event", ["ready", "resumed"])
async def test_a_lost_connection_loses_no_words(klass: SchoolClass, database: Path, event: str) -> None:
    await start(klass)
    await klass.ann.send(thread_in(klass), "Before.")
    await lose_connection(klass)
    await klass.ann.send(thread_in(klass), "Meanwhile.")
    await find_connection(klass, event)
    await klass.ann.send(thread_in(klass), "Afterwards.")
    assert texts(database) == ["Before.", "Meanwhile.", "Afterwards."]
    assert gaps(database) == []


async def test_an_unreadable_history_is_a_gap_and_not_a_withdrawal(database: Path) -> None:
    """Without the permission to read it, Discord shows a history without messages."""
    async with restarting(database) as running:
        klass = running.klass
        await start(klass)
        await klass.ann.send(thread_in(klass), "Heard.")
        go_deaf(klass)
        await klass.ann.send(thread_in(klass), "Lost.")
        await deny(klass, klass.channel, read_message_history=True)
        klass.env.backend.advance_clock(120)
        async with running.restart() as klass:
            assert texts(running.database) == ["Heard."]
            reason = "Parley was not running, and Parley may not read the thread's history"
            assert gaps(running.database) == [reason]
            assert f"what was typed may be missing; {reason}." in await status_of(klass)


@pytest.mark.parametrize("status", [500, 403])
async def test_a_history_that_discord_does_not_give_is_a_gap(database: Path, status: int) -> None:
    async with restarting(database) as running:
        klass = running.klass
        await start(klass)
        await klass.ann.send(thread_in(klass), "Heard.")
        go_deaf(klass)
        klass.env.backend.advance_clock(120)
        klass.env.inject_error("GET", f"/channels/{thread_in(klass).id}/messages", status=status)
        async with running.restart() as klass:
            assert texts(running.database) == ["Heard."]
            (reason,) = gaps(running.database)
            assert reason.startswith("Parley was not running, and ")
            await klass.ann.send(thread_in(klass), "Heard again.")
            assert texts(running.database) == ["Heard.", "Heard again."]


async def test_a_history_that_ends_in_the_middle_takes_nothing_back(database: Path) -> None:
    async with restarting(database) as running:
        klass = running.klass
        await start(klass)
        for number in range(120):
            klass.env.backend.create_message(thread_in(klass).id, klass.ann.id, f"Word {number}")
        await klass.env.settle()
        go_deaf(klass)
        klass.env.backend.advance_clock(60)
        fail_second_page(klass)
        async with running.restart() as klass:
            assert len(texts(running.database)) == 120
            assert rows(running.database, "select count(*) from responses where withdrawn_at is not null") == [(0,)]
            assert len(gaps(running.database)) == 1


def fail_second_page(klass: SchoolClass) -> None:
    """The page of the history after the first hundred messages fails."""
    rest: Any = klass.env.bot.http
    as_before = rest.logs_from

    async def logs_from(channel_id: int, limit: int, **where: Any) -> Any:
        if where.get("after") and channel_id == thread_in(klass).id and where["after"] < max_id(klass):
            raise ConnectionResetError("reset by peer")
        return await as_before(channel_id, limit, **where)

    rest.logs_from = logs_from


def max_id(klass: SchoolClass) -> int:
    return max(message.id for message in thread_in(klass).history())


async def test_a_thread_deleted_meanwhile_is_a_gap_and_keeps_what_was_said(database: Path) -> None:
    async with restarting(database) as running:
        klass = running.klass
        await start(klass)
        await klass.ann.send(thread_in(klass), "Heard.")
        go_deaf(klass)
        klass.env.backend.advance_clock(120)
        klass.env.backend.delete_channel(thread_in(klass).id)
        async with running.restart() as klass:
            assert texts(running.database) == ["Heard."]
            assert gaps(running.database) == ["Parley was not running, and its thread was deleted"]
            await klass.env.advance_time(6)
            assert "The thread was deleted." in text_of(card_in(klass))


async def test_many_words_are_read_page_by_page(database: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with restarting(database) as running:
        klass = running.klass
        await start(klass)
        await klass.ann.send(thread_in(klass), "First.")
        go_deaf(klass)
        for number in range(1010):
            klass.env.backend.create_message(thread_in(klass).id, klass.ben.id, f"Word {number}")
        async with running.restart():
            assert texts(running.database) == ["First.", *[f"Word {number}" for number in range(1010)]]
    assert "1000 messages so far" in caplog.text
    assert "1010 recorded" in caplog.text


async def test_clicks_are_answered_while_a_long_thread_is_read_back(
    database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """In real time, with a history that takes its time."""
    caplog.set_level(logging.INFO)
    async with open_classroom(database, articles=ROOT / "article", prompts=ROOT / "prompts", now=utcnow) as room:
        env = LiveEnv(Parley(room, all_intents()))
        everybody_agrees(env, database)
        await env.start()
        try:
            guild = env.create_guild("Class 7B")
            channel = guild.create_text_channel("debate")
            owner = guild.add_member(guild.owner)
            await owner.slash(channel, "discuss start", prompts="single-lesson")
            card = await until(lambda: next((m for m in channel.history() if m.components), None))
            await until(lambda: rows(database, "select thread_id from rounds where thread_id is not null"))
            gate = hold_history(env.bot)
            env.bot.dispatch("ready")
            await until(lambda: gate.asked)
            result = await owner.click(card, custom_id="parley:vote:1:defend")
            await until(lambda: result.acknowledged, within=3)
            assert not gate.open.is_set()
            gate.open.set()
            await until(lambda: "caught up with round 1" in caplog.text)
        finally:
            await env.shutdown()


async def away_and_back(debate: Debate) -> "Gate":
    """Something is typed while nobody listens, and nothing of the thread is read back until the gate is opened."""
    go_deaf(debate)
    debate.env.backend.create_message(debate.channel.threads[0].id, debate.owner.id, "Typed in between.")
    hear_again(debate)
    gate = hold_history(debate.env.bot)
    debate.env.bot.dispatch("disconnect")
    debate.env.bot.dispatch("ready")
    await until(lambda: gate.asked)
    return gate


@pytest.mark.parametrize("command", ["close", "next"])
async def test_a_question_closed_by_hand_waits_for_what_was_typed_meanwhile(database: Path, command: str) -> None:
    """In real time."""
    async with in_real_time(database) as debate:
        gate = await away_and_back(debate)
        closing = asyncio.create_task(debate.owner.slash(debate.channel, f"discuss {command}"))
        await asyncio.sleep(0.2)
        assert rows(database, "select closed_at from rounds") == [(None,)]
        gate.open.set()
        result = await closing
        await until(lambda: told(result).strip(), within=10)
        await until(lambda: rows(database, "select 1 from rounds where number = 1 and tally_id is not null"))
        assert texts(database) == ["Typed in between."]
        assert gaps(database) == []
        thread = min(debate.channel.threads, key=lambda each: each.id)
        assert "1 response" in next(text_of(post) for post in thread.history() if "The count" in text_of(post))


async def test_a_question_closed_by_hand_does_not_wait_for_ever_and_says_what_is_missing(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In real time, with a shorter patience than in earnest."""
    monkeypatch.setattr(attending, "READ_WITHIN", 0.2)
    async with in_real_time(database) as debate:
        gate = await away_and_back(debate)
        result = await debate.owner.slash(debate.channel, "discuss close")
        await until(lambda: "has ended" in told(result))
        assert gaps(database) == ["the connection to Discord was lost, and the question was closed meanwhile"]
        gate.open.set()
        again = await debate.owner.slash(debate.channel, "discuss start", prompts="single-lesson")
        await until(lambda: "The debate is on" in told(again))
    assert len(gaps(database)) == 1
    assert texts(database) == []


class Gate:
    """Holds back what Discord would answer."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.asked = False


def hold_history(bot: Any) -> Gate:
    gate, as_before = Gate(), bot.http.logs_from

    async def logs_from(*where: Any, **how: Any) -> Any:
        gate.asked = True
        await gate.open.wait()
        return await as_before(*where, **how)

    bot.http.logs_from = logs_from
    return gate


@pytest.mark.logs_errors
@pytest.mark.parametrize("act", ["type", "edit", "delete"])
async def test_what_the_database_refused_is_recorded_within_a_minute(
    klass: SchoolClass, database: Path, act: str
) -> None:
    await start(klass)
    message = await klass.ann.send(thread_in(klass), "First.")
    fail_on(database, "broken", "INSERT ON responses" if act == "type" else "UPDATE ON responses")
    if act == "type":
        await klass.ann.send(thread_in(klass), "Second.")
    elif act == "edit":
        await klass.ann.edit(message, "Second.")
    else:
        await klass.ann.delete(message)
    assert texts(database) == ["First."]
    mend(database, "broken")
    await klass.ben.send(thread_in(klass), "Third.")
    await klass.env.advance_time(65)
    expected: dict[str, list[str | None]] = {
        "type": ["First.", "Third.", "Second."],
        "edit": ["Second.", "Third."],
        "delete": [None, "Third."],
    }
    assert texts(database) == expected[act]
    assert gaps(database) == []


async def test_who_left_meanwhile_is_recorded_as_a_student(database: Path) -> None:
    async with restarting(database) as running:
        klass = running.klass
        await start(klass)
        go_deaf(klass)
        await klass.teacher.send(thread_in(klass), "A teacher's word.")
        await klass.ben.send(thread_in(klass), "My last word.")
        klass.guild.remove_member(klass.ben)
        async with running.restart():
            assert rows(running.database, "select user_id, role from responses order by id") == [
                (klass.teacher.id, "teacher"),
                (klass.ben.id, "student"),
            ]


async def test_authors_are_asked_for_where_discord_lists_no_members(database: Path) -> None:
    intents = plain_intents()
    intents.message_content = True
    async with restarting(database, intents=intents) as running:
        klass = running.klass
        await start(klass)
        go_deaf(klass)
        await klass.teacher.send(thread_in(klass), "A teacher's word.")
        await klass.ann.send(thread_in(klass), "Mine.")
        async with running.restart():
            assert rows(running.database, "select role from responses order by id") == [("teacher",), ("student",)]


async def test_without_the_intent_nothing_is_read_back(database: Path) -> None:
    async with restarting(database, intents=plain_intents()) as running:
        klass = running.klass
        await start(klass, minutes=1)
        go_deaf(klass)
        await klass.ann.send(thread_in(klass), "Typed.")
        klass.env.backend.advance_clock(200)
        async with running.restart() as klass:
            await klass.env.advance_time(2)
            assert texts(running.database) == []
            assert gaps(running.database) == []
            assert rows(running.database, "select closing from rounds") == [("time",)]


async def test_a_form_that_outlived_its_round_hands_the_words_back(database: Path) -> None:
    async with restarting(database) as running:
        klass = running.klass
        await start(klass, minutes=5)
        shown = await press(klass.ann, card_in(klass), "Respond")
        go_deaf(klass)
        klass.env.backend.advance_clock(400)
        async with running.restart() as klass:
            await klass.env.advance_time(2)
            result = await klass.ann.submit_modal(shown, {"stance": "defend", "claim": "My words."})
            assert "This round is closed" in answer(result)
            assert result.response is not None
            assert await result.response.attachments[0].read() == b"My words."


@pytest.mark.logs_errors
async def test_a_database_that_fails_at_the_start_is_read_back_into_later(database: Path) -> None:
    async with school_class(database) as klass:
        await start(klass)
        await lose_connection(klass)
        await klass.ann.send(thread_in(klass), "Meanwhile.")
        fail_on(database, "broken", "INSERT ON responses")
        await find_connection(klass)
        mend(database, "broken")
        await klass.env.advance_time(65)
        assert texts(database) == ["Meanwhile."]
        assert gaps(database) == []


@pytest.mark.logs_errors
async def test_a_connection_lost_again_before_all_was_read_is_waited_for(klass: SchoolClass, database: Path) -> None:
    await start(klass, minutes=2)
    await lose_connection(klass)
    await klass.ann.send(thread_in(klass), "One.")
    fail_on(database, "broken", "INSERT ON responses")
    await find_connection(klass)
    await lose_connection(klass)
    mend(database, "broken")
    await klass.ann.send(thread_in(klass), "Two.")
    await klass.env.advance_time(300)
    assert rows(database, "select closed_at from rounds") == [(None,)]
    await find_connection(klass, "resumed")
    await klass.env.advance_time(65)
    assert texts(database) == ["One.", "Two."]
    assert rows(database, "select closing from rounds") == [("time",)]


@pytest.mark.logs_errors
@pytest.mark.parametrize("event", ["ready", "resumed"])
async def test_a_record_that_cannot_be_read_at_first_is_asked_again(
    klass: SchoolClass, database: Path, event: str
) -> None:
    await start(klass, minutes=2)
    await lose_connection(klass)
    await klass.ann.send(thread_in(klass), "Meanwhile.")
    change(database, "ALTER TABLE rounds RENAME TO lost_rounds")
    await find_connection(klass, event)
    change(database, "ALTER TABLE lost_rounds RENAME TO rounds")
    await klass.env.advance_time(180)
    assert texts(database) == ["Meanwhile."]
    assert rows(database, "select closing from rounds") == [("time",)]
