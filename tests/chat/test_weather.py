"""The weather of Discord, the disk and other programs: what people see, what the log says, nothing lost or doubled."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import aiohttp
import pytest
from simcord import InteractionResult

from bot.chat import answers
from bot.storage import Transaction
from tests.chat.doing import newest_in, posts_in, press, respond, rows, side, start, watch
from tests.chat.seeing import answer, card_in, text_of, thread_in
from tests.chat.test_errors import holds, told, until
from tests.chat.waiting import in_real_time
from tests.chat.weathering import break_transport, deny, guild_is_away, guild_is_back
from tests.conftest import SchoolClass

SECRET = "A secret thought of Ann's."
Error = Callable[[], BaseException]

LOST: dict[str, Error] = {
    "time-out": TimeoutError,
    "disconnected": aiohttp.ServerDisconnectedError,
    "reset": partial(ConnectionResetError, 104, "Connection reset by peer"),
}


async def act(klass: SchoolClass, what: str) -> InteractionResult:
    """Do what leads to a post."""
    if what == "card":
        return await start(klass)
    if what == "response":
        return await respond(klass, klass.ann, "defend", claim=SECRET)
    return await klass.teacher.slash(klass.channel, "discuss close")


def seen_once(klass: SchoolClass, what: str) -> bool:
    """Does it stand there, and once?"""
    if what == "card":
        return len([m for m in klass.channel.history() if m.components]) == 1 and len(klass.channel.threads) == 1
    mark = SECRET if what == "response" else "The count"
    return sum(mark in text_of(post) for post in posts_in(thread_in(klass))) == 1


SAID = {
    "card": "The debate is on record; its card is posted as soon as Discord takes it.",
    "response": "**Recorded.** It will appear in the thread in a moment.",
    "tally": "The count is posted as soon as Discord takes it.",
}


async def prepare(klass: SchoolClass, what: str) -> str:
    """What must have happened before, and where the post goes: a pattern of its path."""
    if what == "card":
        return f"/channels/{klass.channel.id}/messages"
    await start(klass)
    return f"/channels/{thread_in(klass).id}/messages"


@pytest.mark.logs_errors
@pytest.mark.parametrize("status", [429, 500, 502, 503])
@pytest.mark.parametrize("what", list(SAID))
async def test_what_discord_refuses_for_a_while_is_posted_once_later(
    klass: SchoolClass, caplog: pytest.LogCaptureFixture, what: str, status: int
) -> None:
    path = await prepare(klass, what)
    klass.env.inject_error("POST", path, status=status, times=3)
    assert SAID[what] in told(await act(klass, what))
    await klass.env.advance_time(250)
    assert seen_once(klass, what)
    assert SECRET not in caplog.text


@pytest.mark.logs_errors
@pytest.mark.parametrize("after", [False, True], ids=["before", "in the middle"])
@pytest.mark.parametrize("nonces", ["known", "forgotten"])
@pytest.mark.parametrize("error", list(LOST))
@pytest.mark.parametrize("what", list(SAID))
async def test_a_connection_lost_at_a_post_neither_loses_nor_doubles_it(
    klass: SchoolClass,
    database: Path,
    caplog: pytest.LogCaptureFixture,
    what: str,
    error: str,
    nonces: str,
    after: bool,
) -> None:
    path = await prepare(klass, what)
    broken = break_transport(klass, "POST", path, LOST[error], after=after)
    assert SAID[what] in told(await act(klass, what))
    assert broken
    if nonces == "forgotten":
        klass.env.backend.nonces.clear()
    await klass.env.advance_time(65)
    assert seen_once(klass, what)
    assert SECRET not in caplog.text
    assert rows(database, "select count(*) from responses where message_id is null") == [(0,)]


@pytest.mark.logs_errors
@pytest.mark.parametrize("error", list(LOST))
async def test_an_answer_that_never_reaches_discord_leaves_the_record_whole(
    klass: SchoolClass, database: Path, caplog: pytest.LogCaptureFixture, error: str
) -> None:
    await start(klass)
    shown = await press(klass.ann, card_in(klass), "Respond")
    break_transport(klass, "PATCH", f"/channels/{klass.channel.id}/messages/*", LOST[error], after=False, times=9)
    await klass.ann.submit_modal(shown, {"stance": "defend", "claim": SECRET})
    await klass.env.advance_time(30)
    assert rows(database, "select count(*) from responses") == [(1,)]
    assert SECRET not in caplog.text


@pytest.mark.logs_errors
async def test_a_thread_that_parley_may_not_write_in(
    klass: SchoolClass, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await start(klass, minutes=60)
    await deny(klass, klass.channel, send_messages_in_threads=True)
    for number in range(3):
        told_now = answer(await respond(klass, klass.ann, "defend", claim=f"{SECRET} {number}"))
        assert "It will appear in the thread in a moment" in told_now
    caplog.clear()
    seen = watch(klass)
    await klass.env.advance_time(610)

    refused = [entry for entry in seen if entry.method == "POST"]
    assert len(refused) <= 11, "one try a minute"
    assert len([record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]) <= 1
    status = answer(await klass.teacher.slash(klass.channel, "discuss status"))
    assert "3 responses on record could not be posted in the thread yet." in status
    assert SECRET not in caplog.text

    await deny(klass, klass.channel)
    await klass.env.advance_time(65)
    assert [SECRET in text_of(post) for post in posts_in(thread_in(klass))] == [True, True, True]
    assert "could not be posted" not in answer(await klass.teacher.slash(klass.channel, "discuss status"))


@pytest.mark.logs_errors
async def test_a_channel_that_parley_may_not_see_any_more_keeps_its_debate(
    klass: SchoolClass, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await start(klass, minutes=1)
    await side(klass, klass.ann, "To defend itself")
    await deny(klass, klass.channel, view_channel=True)
    await klass.env.advance_time(600)
    assert rows(database, "select closing, lost from rounds") == [("time", None)]
    assert len([record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]) <= 4
    await deny(klass, klass.channel)
    await klass.env.advance_time(65)
    assert "The count" in text_of(newest_in(klass))


@pytest.mark.parametrize("unavailable", [True, False], ids=["outage", "removed"])
async def test_a_server_that_is_away_rests_and_goes_on(
    klass: SchoolClass, database: Path, caplog: pytest.LogCaptureFixture, unavailable: bool
) -> None:
    await start(klass, minutes=5)
    await klass.ann.send(thread_in(klass), "Before.")
    await guild_is_away(klass, unavailable=unavailable)
    assert len([record for record in caplog.records if record.levelname == "WARNING"]) == 1
    klass.env.backend.create_message(thread_in(klass).id, klass.ben.id, SECRET)
    seen = watch(klass)
    await klass.env.advance_time(900)
    assert seen == []
    assert len([record for record in caplog.records if record.levelname == "WARNING"]) == 1
    assert rows(database, "select closed_at from rounds") == [(None,)]

    await guild_is_back(klass, unavailable=unavailable)
    await klass.env.advance_time(65)
    assert rows(database, "select closing from rounds") == [("time",)]
    assert rows(database, "select count(*) from responses") == [(2,)]
    assert rows(database, "select count(*) from gaps") == [(0,)]
    assert "Parley was away then" in text_of(newest_in(klass))
    assert SECRET not in caplog.text


@pytest.mark.logs_errors
async def test_a_disk_that_is_full_for_a_while(
    klass: SchoolClass, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await start(klass)
    await respond(klass, klass.ben, "attack")
    await klass.room.store.write(partial(limit_pages, 1))  # the limit is never below what the file has
    refused: InteractionResult | None = None
    claims = 0
    while refused is None:
        result = await respond(klass, klass.ann, "defend", claim=SECRET, reasoning="x" * 1500)
        if "**Recorded.**" in told(result):
            claims += 1
        else:
            refused = result
    assert "This was not recorded: the database could not be written." in answer(refused)
    assert refused.response is not None
    assert SECRET in (await refused.response.attachments[0].read()).decode()
    await klass.ann.send(thread_in(klass), "Typed " + "y" * 1900)

    await klass.room.store.write(partial(limit_pages, 100_000))
    assert "**Recorded.**" in told(await respond(klass, klass.ann, "defend", claim=SECRET))
    await klass.env.advance_time(65)
    assert rows(database, "select source, count(*) from responses group by source order by source") == [
        ("message", 1),
        ("modal", claims + 2),
    ]
    assert rows(database, "select count(*) from responses where message_id is null") == [(0,)]
    assert rows(database, "PRAGMA integrity_check") == [("ok",)]
    assert SECRET not in caplog.text


@pytest.mark.logs_errors
async def test_a_disk_that_is_full_for_a_while_for_many_who_type_at_once(
    klass: SchoolClass, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await start(klass)
    await klass.room.store.write(partial(limit_pages, 1))
    typed = [f"Typed {number} " + "y" * 1900 for number in range(40)]
    for text in typed:
        klass.env.backend.create_message(thread_in(klass).id, klass.ann.id, text)
    await klass.env.settle()
    assert rows(database, "select count(*) from responses") == [(0,)]
    assert caplog.text.count("in recording") == 1

    await klass.room.store.write(partial(limit_pages, 100_000))
    await klass.env.advance_time(65)
    bodies = rows(database, "select body ->> '$.text' from responses order by id")
    assert [text for (text,) in bodies] == typed


def limit_pages(pages: int, tx: Transaction) -> None:
    tx.exec_driver_sql(f"PRAGMA max_page_count = {pages:d}")


@pytest.mark.logs_errors
async def test_another_program_that_holds_the_database_for_too_long(
    database: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In real time, with a shorter patience than in earnest: 2 s where it is 45 s."""
    monkeypatch.setattr("bot.classroom.room.WAITS_FOR_OTHERS", 2.0)
    async with in_real_time(database) as debate:
        opened = await debate.open_form()
        with closing(sqlite3.connect(database, isolation_level=None, timeout=0)) as other:
            await until(lambda: holds(other))
            result = await debate.owner.submit_modal(opened, {"stance": "defend", "claim": SECRET})
            await until(lambda: result.deferred, within=3)
            await until(lambda: told(result).strip(), within=8)
            other.execute("ROLLBACK")
        assert told(result).strip().startswith("This was not recorded: the database could not be written.")
        (file,) = [file for message in (result.response, *result.followups) if message for file in message.attachments]
        assert (await file.read()).decode() == SECRET
        assert rows(database, "select count(*) from responses") == [(0,)]
        again = await debate.owner.click(debate.card, custom_id="parley:vote:1:defend")
        await until(lambda: again.acknowledged)
        assert rows(database, "select stance from votes") == [("defend",)]
    assert SECRET not in caplog.text


async def test_another_program_that_holds_the_database_for_a_while(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In real time; for how long in earnest is tried by `make soak`, which has the time."""
    monkeypatch.setattr(answers, "PATIENCE", 0.1)
    monkeypatch.setattr(answers, "LONG", 0.3)
    async with in_real_time(database) as debate:
        assert await debate.room.store.write(patience_of) >= 40_000, "milliseconds: a lock of 30 s is waited for"
        await debate.waits_while_it_is_held(database)


def patience_of(tx: Transaction) -> int:
    return tx.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
