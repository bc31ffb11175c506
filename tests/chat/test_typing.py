"""What is typed, edited and deleted in a debate's thread, with the Message Content intent and without it."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from simcord.enums import MessageType

from bot.chat.cogs import listening
from bot.chat.connecting import plain_intents
from bot.storage.connect import driver_of
from tests.chat.doing import fail_on, newest_in, posts_in, respond, rows, side, start
from tests.chat.seeing import answer, card_in, text_of, thread_in
from tests.conftest import SchoolClass, school_class


def bodies(database: Path) -> list[Any]:
    return [json.loads(body) for (body,) in rows(database, "select body from responses order by id")]


async def test_typed_words_are_recorded_with_side_time_and_message(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await klass.ann.send(thread_in(klass), "Before any side.")
    await side(klass, klass.ann, "To defend itself")
    message = await klass.ann.send(thread_in(klass), "  After it.  ")

    assert bodies(database) == [{"text": "Before any side."}, {"text": "After it."}]
    found = rows(database, "select source, stance, message_id, user_id from responses order by id")
    assert [row[:2] for row in found] == [("message", None), ("message", "defend")]
    assert found[1][2:] == (message.id, klass.ann.id)
    await klass.env.advance_time(6)
    assert "2 responses" in text_of(card_in(klass))


async def test_an_edit_becomes_a_revision_and_a_deletion_a_withdrawal(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    message = await klass.ann.send(thread_in(klass), "First wording.")
    await klass.env.advance_time(5)
    await klass.ann.edit(message, "Second wording.")
    assert bodies(database) == [{"text": "Second wording."}]
    assert rows(database, "select body from revisions") == [('{"text":"First wording."}',)]
    assert "Second wording." in answer(await klass.ann.slash(klass.channel, "my responses"))

    await klass.ann.delete(message)

    assert bodies(database) == [{}]
    assert rows(database, "select body from revisions") == [("{}",)]
    assert rows(database, "select count(*) from responses where withdrawn_at is not null") == [(1,)]
    await klass.env.advance_time(6)
    assert "0 responses" in text_of(card_in(klass))


async def test_a_typed_reply_keeps_what_it_answers(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "defend")
    first = await klass.ben.send(thread_in(klass), "Really?", reply_to=newest_in(klass))
    await klass.ann.send(thread_in(klass), "Really.", reply_to=first)
    assert rows(database, "select parent_id from responses order by id") == [(None,), (1,), (2,)]


async def test_words_elsewhere_and_without_words_are_not_recorded(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await klass.ann.send(klass.channel, "In the channel, not in the thread.")
    await klass.ann.send(thread_in(klass), "\u200b \u200d")
    assert bodies(database) == []


async def test_bots_are_not_students(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    backend, other = klass.env.backend, klass.env.create_user("Other bot", bot=True)
    klass.guild.add_member(other)
    backend.create_message(thread_in(klass).id, other.id, "Beep.")
    hook = backend.create_message(thread_in(klass).id, other.id, "Beep.", webhook_id=other.id, author_name="Hook")
    await klass.env.settle()
    assert hook.webhook_id == other.id
    assert bodies(database) == []


async def test_a_renamed_thread_is_no_response(klass: SchoolClass, database: Path) -> None:
    """Discord tells a new name as a message of whoever renamed the thread, with the name as its words."""
    await start(klass)
    renamed = klass.env.backend.create_message(
        thread_in(klass).id, klass.ann.id, "A thread's new name", message_type=MessageType.CHANNEL_NAME_CHANGE
    )
    await klass.env.settle()
    assert renamed.type == MessageType.CHANNEL_NAME_CHANGE
    assert bodies(database) == []


async def test_a_teachers_words_are_recorded_as_a_teachers(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await klass.teacher.send(thread_in(klass), "Please read ¶2 again.")
    assert rows(database, "select role, source from responses") == [("teacher", "message")]


async def test_typed_words_are_changed_by_editing_and_withdrawn_by_command(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    message = await klass.ann.send(thread_in(klass), "Typed.")
    told = answer(await klass.ann.context_menu(thread_in(klass), "Change my response", message))
    assert "change it there as you change any message" in told
    told = answer(await klass.ann.context_menu(thread_in(klass), "Withdraw my response", message))
    assert told == "Withdrawn: your words are erased from the record and gone from the thread."
    assert posts_in(thread_in(klass)) == []
    assert bodies(database) == [{}]


async def test_typed_words_that_the_bot_may_not_delete_are_said_to_stand_there_still(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass)
    message = await klass.ann.send(thread_in(klass), "Typed.")
    klass.env.inject_error("DELETE", f"*/messages/{message.id}", status=403, code=50013)
    told = answer(await klass.ann.context_menu(thread_in(klass), "Withdraw my response", message))
    assert told.endswith("Their message is still in the thread. Delete your message there yourself.")
    assert bodies(database) == [{}]


async def test_after_the_round_typed_words_are_not_recorded(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    thread = thread_in(klass)
    klass.env.inject_error("PATCH", f"/channels/{thread.id}", status=403, times=None)  # it can neither lock nor archive
    await klass.teacher.slash(klass.channel, "discuss close")
    await klass.teacher.send(thread, "One last word.")
    assert bodies(database) == []


async def test_without_the_intent_the_card_says_so_and_nothing_typed_is_recorded(database: Path) -> None:
    async with school_class(database, intents=plain_intents()) as klass:
        await start(klass)
        assert "Use **Respond**: what is only typed is not recorded." in text_of(card_in(klass))
        await klass.ann.send(thread_in(klass), "Typed.")
        me = klass.env.backend.bot_user.id
        await klass.ann.send(thread_in(klass), f"<@{me}> Discord shows the bot this one.")
        assert bodies(database) == []
        assert "Recorded" in answer(await respond(klass, klass.ben, "defend"))
        await klass.ann.send(thread_in(klass), "And this one.", reply_to=newest_in(klass))
        assert len(bodies(database)) == 1


def all_at_once(klass: SchoolClass, *texts: str) -> None:
    """Ann types them so fast that the bot hears them together."""
    for text in texts:
        klass.env.backend.create_message(thread_in(klass).id, klass.ann.id, text)


async def test_what_is_typed_at_once_goes_on_record_in_its_order_and_in_one_transaction(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass)
    said: list[str] = []
    await klass.room.store.write(lambda tx: driver_of(tx).set_trace_callback(said.append))
    all_at_once(klass, *(f"Point {number}." for number in range(20)))
    await klass.env.settle()
    await klass.room.store.write(lambda tx: driver_of(tx).set_trace_callback(None))

    assert bodies(database) == [{"text": f"Point {number}."} for number in range(20)]
    transactions = "\n".join(said).split("BEGIN IMMEDIATE")
    assert sum("INSERT INTO responses" in each for each in transactions) == 1


async def test_a_question_is_closed_behind_what_was_typed_before(
    klass: SchoolClass, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "LONGEST", 60)
    await start(klass)

    async def flood() -> None:
        for number in range(1500):
            klass.env.backend.create_message(thread_in(klass).id, klass.ann.id, f"Point {number}.")
            await asyncio.sleep(0)

    before = sys.getswitchinterval()
    sys.setswitchinterval(before / 50)  # else the flood keeps the database's threads waiting until it is over
    try:
        flooding = asyncio.create_task(flood())
        for _ in range(10):
            await asyncio.sleep(0)
        await klass.teacher.slash(klass.channel, "discuss next")
        await flooding
    finally:
        sys.setswitchinterval(before)
    await klass.env.settle()
    assert rows(database, "select count(*) from rounds where closed_at is not null") == [(1,)]
    assert bodies(database)[:9] == [{"text": f"Point {number}."} for number in range(9)]


async def test_what_is_deleted_while_it_goes_on_record_is_taken_back(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    thread = thread_in(klass).id
    typed = [klass.env.backend.create_message(thread, klass.ann.id, text) for text in ("Keep.", "Rash.", "Keep too.")]
    klass.env.backend.delete_message(thread, typed[1].id)
    await klass.env.settle()
    assert bodies(database) == [{"text": "Keep."}, {}, {"text": "Keep too."}]
    assert rows(database, "select id from responses where withdrawn_at is not null") == [(2,)]


@pytest.mark.logs_errors
async def test_of_what_is_typed_at_once_only_what_cannot_be_recorded_is_missed(
    klass: SchoolClass, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await start(klass)
    fail_on(database, "broken", "INSERT ON responses WHEN new.body LIKE '%two%'")
    all_at_once(klass, "Point one.", "Point two.", "Point three.")
    await klass.env.settle()
    assert bodies(database) == [{"text": "Point one."}, {"text": "Point three."}]
    assert caplog.text.count("recording message") == 1
    assert "Point" not in caplog.text
