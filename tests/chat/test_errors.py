"""Whatever goes wrong, somebody who acted gets one private sentence, and what they wrote is not lost."""

import asyncio
import re
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from discord.utils import utcnow
from simcord import InteractionResult

from bot.chat.client import Parley
from bot.classroom.room import open_classroom
from bot.rehearsal.simulation.environment import LiveEnv
from tests.agreeing import everybody_agrees
from tests.chat.doing import (
    CLAIM,
    fail_on,
    forge,
    mend,
    newest_in,
    press,
    respond,
    rows,
    side,
    start,
    watch,
)
from tests.chat.seeing import answer, card_in, text_of, thread_in
from tests.conftest import ROOT, SchoolClass, all_intents

ERROR_ID = re.compile(r"\(error [0-9a-f]{8}\)")
Act = Callable[[SchoolClass], Awaitable[InteractionResult]]


async def do_start(klass: SchoolClass) -> InteractionResult:
    return await start(klass)


async def do_next(klass: SchoolClass) -> InteractionResult:
    return await klass.teacher.slash(klass.channel, "discuss next")


async def do_close(klass: SchoolClass) -> InteractionResult:
    return await klass.teacher.slash(klass.channel, "discuss close")


async def do_status(klass: SchoolClass) -> InteractionResult:
    return await klass.teacher.slash(klass.channel, "discuss status")


async def do_vote(klass: SchoolClass) -> InteractionResult:
    return await side(klass, klass.ann, "To defend itself")


async def do_respond(klass: SchoolClass) -> InteractionResult:
    opened = await press(klass.ben, card_in(klass), "Respond")
    return opened if opened.modal is None else await klass.ben.submit_modal(opened, {"stance": "defend", **CLAIM})


async def do_reply(klass: SchoolClass) -> InteractionResult:
    opened = await press(klass.ben, newest_in(klass), "Reply")
    return opened if opened.modal is None else await klass.ben.submit_modal(opened, {"text": "Why?"})


async def do_change(klass: SchoolClass) -> InteractionResult:
    opened = await klass.ann.context_menu(thread_in(klass), "Change my response", newest_in(klass))
    return opened if opened.modal is None else await klass.ann.submit_modal(opened, {"stance": "attack", **CLAIM})


async def do_withdraw(klass: SchoolClass) -> InteractionResult:
    return await klass.ann.context_menu(thread_in(klass), "Withdraw my response", newest_in(klass))


async def do_read(klass: SchoolClass) -> InteractionResult:
    return await press(klass.ann, card_in(klass), "Read the article")


async def prepare(klass: SchoolClass, name: str) -> None:
    """What must have happened before an act."""
    if name != "start":
        await start(klass)
        await respond(klass, klass.ann, "defend")


ACTS: dict[str, Act] = {
    "start": do_start,
    "next": do_next,
    "close": do_close,
    "status": do_status,
    "vote": do_vote,
    "respond": do_respond,
    "reply": do_reply,
    "change": do_change,
    "withdraw": do_withdraw,
    "read": do_read,
}


async def calls_of(klass: SchoolClass, act: Act) -> list[tuple[str, str]]:
    """The REST calls that an act leads to, each as a method and a pattern of its path."""
    seen = watch(klass)
    await act(klass)
    tokens = re.compile(r"(?<=^/webhooks/)\d+/[^/]+|(?<=/)[^/]+(?=/callback$)|(?<=/)\d{17,}(?=/|$)")
    return list(dict.fromkeys((entry.method, tokens.sub("*", entry.path)) for entry in seen))


def told(result: InteractionResult) -> str:
    """What somebody was told, in the answer or behind it; private all of it."""
    messages = [*([result.response] if result.response else []), *result.followups]
    assert all(message.ephemeral for message in messages)
    return "\n".join(text_of(message) for message in messages)


@pytest.mark.logs_errors
@pytest.mark.parametrize("status", [403, 500])
@pytest.mark.parametrize("name", list(ACTS))
async def test_each_rest_call_that_fails_is_answered_in_one_sentence(
    klass: SchoolClass, name: str, status: int
) -> None:
    await prepare(klass, name)
    calls = await calls_of(klass, ACTS[name])
    assert calls
    for number, (method, path) in enumerate(calls):
        here = replace(klass, channel=klass.guild.create_text_channel(f"room-{number}"))
        await prepare(here, name)
        klass.env.inject_error(method, path, status=status)
        result = await ACTS[name](here)

        assert not klass.env.backend.faults, "the call that was to fail was not made"
        assert result.acknowledged, (method, path)
        assert told(result).strip(), (method, path)
        assert told(result).count("(error") <= 1


@pytest.mark.logs_errors
@pytest.mark.parametrize(("status", "why"), [(403, "A permission is missing in the channel."), (500, "")])
async def test_a_start_whose_card_discord_refuses_says_that_it_is_on_record(
    klass: SchoolClass, status: int, why: str
) -> None:
    klass.env.inject_error("POST", f"/channels/{klass.channel.id}/messages", status=status)
    words = told(await start(klass))
    assert words.startswith("The debate is on record; its card is posted as soon as Discord takes it.")
    assert why in words
    assert ERROR_ID.search(words)


@pytest.mark.logs_errors
@pytest.mark.parametrize("status", [403, 500])
async def test_a_receipt_that_fails_never_asks_to_send_again_what_is_recorded(
    klass: SchoolClass, database: Path, status: int
) -> None:
    await start(klass)
    shown = await press(klass.ann, card_in(klass), "Respond")
    klass.env.inject_error("POST", "/interactions/*/callback", status=status)
    result = await klass.ann.submit_modal(shown, {"stance": "defend", "claim": "Once."})

    assert answer(result).startswith("Recorded. It could not be shown just now")
    assert ERROR_ID.search(answer(result))
    assert result.response is not None
    assert not result.response.attachments
    assert rows(database, "select count(*) from responses") == [(1,)]


@pytest.mark.logs_errors
async def test_a_response_that_could_not_be_recorded_is_handed_back(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    fail_on(database, "broken", "INSERT ON responses")
    result = await respond(klass, klass.ann, "defend", claim="A long claim.", evidence="“Evidence” – with signs.")

    assert answer(result).startswith("This was not recorded: the database could not be written.")
    assert ERROR_ID.search(answer(result))
    assert result.response is not None
    handed_back = (await result.response.attachments[0].read()).decode()
    assert handed_back == "A long claim.\n\n“Evidence” – with signs."
    assert rows(database, "select count(*) from votes") == [(0,)]

    mend(database, "broken")
    assert "**Recorded.**" in answer(await respond(klass, klass.ann, "defend"))


@pytest.mark.logs_errors
@pytest.mark.parametrize(
    ("table", "act"), [("INSERT ON votes", do_vote), ("INSERT ON sessions", do_start), ("UPDATE ON sessions", do_close)]
)
async def test_what_the_database_refuses_is_said_not_to_be_recorded(
    klass: SchoolClass, database: Path, table: str, act: Act
) -> None:
    if act is not do_start:
        await start(klass)
    fail_on(database, "broken", table)
    words = told(await act(klass))
    assert "This was not recorded: the database could not be written." in words
    assert ERROR_ID.search(words)
    mend(database, "broken")
    assert "error" not in told(await act(klass))


@pytest.mark.logs_errors
async def test_the_clockwork_outlives_a_database_that_refuses(klass: SchoolClass, database: Path) -> None:
    await start(klass, minutes=1)
    fail_on(database, "broken", "UPDATE ON rounds")
    await klass.env.advance_time(70)
    assert rows(database, "select closing from rounds") == [(None,)]
    mend(database, "broken")
    await klass.env.advance_time(2)
    assert rows(database, "select closing from rounds") == [("time",)]
    assert "the time is over" in text_of(card_in(klass))


@pytest.mark.logs_errors
async def test_typed_words_that_could_not_be_recorded_leave_the_bot_running(
    klass: SchoolClass, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await start(klass)
    fail_on(database, "broken", "INSERT ON responses")
    await klass.ann.send(thread_in(klass), "A secret thought.")
    mend(database, "broken")
    await klass.ann.send(thread_in(klass), "Another.")
    assert rows(database, "select body from responses") == [('{"text":"Another."}',)]
    assert "recording message" in caplog.text
    assert "A secret thought." not in caplog.text


FORGED = (
    "parley:vote:1:no-such-stance",
    "parley:vote:1",
    "parley:vote",
    "parley:vote:99:defend",
    "parley:vote:0:defend",
    "parley:vote:-1:defend",
    "parley:vote:" + "9" * 18 + ":defend",
    "parley:vote:" + "9" * 60 + ":defend",
    "parley:vote:١:defend",
    "parley:vote:1²:defend",
    "parley:vote:1:DEFEND",
    "parley:respond:77",
    "parley:reply:77",
    "parley:change:77",
    "parley:withdraw:77",
    "parley:responded:1",
    "parley:replied:1",
    "parley:changed:1",
    "parley:read:~",
    "parley:read:~x",
    "parley:read:~99",
    "parley:read:~" + "9" * 40,
    "parley:read:no-such-article",
    "parley:read:~1:x",
    "parley:turn:~1",
    "parley:turn:~1:-3",
    "parley:mine:x",
    "parley:mine:" + "9" * 18,
    "parley:unknown:1",
    "parley:",
    "something else",
    "parley:vote:1:defend\n",
)


async def test_made_up_buttons_are_answered_and_change_nothing(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    for address in FORGED:
        result = await forge(klass, klass.ann, address)
        assert told(result).endswith("."), address
        assert "error" not in told(result), address
    assert rows(database, "select (select count(*) from votes) + (select count(*) from responses)") == [(0,)]


async def test_a_stranger_from_another_server_finds_nothing(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "defend")
    second = klass.env.create_guild("Class 8C")
    hall = second.create_text_channel("hall")
    stranger = second.add_member(klass.env.create_user("Mallory"))
    me = klass.env.backend.bot_user.id
    before = rows(database, "select * from votes"), rows(database, "select * from responses")
    for address in (
        "parley:vote:1:attack",
        "parley:respond:1",
        "parley:responded:1",
        "parley:reply:1",
        "parley:replied:1",
        "parley:change:1",
        "parley:changed:1",
        "parley:withdraw:1",
        "parley:read:~1",
        "parley:turn:~1:2",
    ):
        row = {"type": 2, "id": 2, "style": 2, "label": "x", "custom_id": address}
        planted = klass.env.backend.create_message(
            hall.id, me, "x", components=[{"type": 1, "id": 1, "components": [row]}]
        )
        message = next(m for m in hall.history() if m.id == planted.id)
        words = told(await stranger.click(message, custom_id=address))
        assert words.splitlines()[0] in (
            "This debate is not on record in this server.",
            "That is not a recorded response.",
            "Choose your side first.",
            "Claim is empty: write at least a few words there.",
        ), address
    assert (rows(database, "select * from votes"), rows(database, "select * from responses")) == before
    assert "Nothing of yours" in told(await stranger.slash(hall, "my responses"))


async def test_the_same_person_in_two_servers_sees_each_apart(klass: SchoolClass) -> None:
    await start(klass)
    await respond(klass, klass.ann, "defend")
    second = klass.env.create_guild("Class 8C")
    hall = second.create_text_channel("hall")
    same = second.add_member(klass.ann.user)
    assert "Nothing of yours" in told(await same.slash(hall, "my responses"))


async def test_parley_says_that_it_works_in_servers_only(klass: SchoolClass) -> None:
    user, me = klass.ann.user, klass.env.backend.bot_user.id
    row = {"type": 2, "id": 2, "style": 2, "label": "x", "custom_id": "parley:vote:1:defend"}
    klass.env.backend.create_message(
        user.dm_channel.id, me, "x", components=[{"type": 1, "id": 1, "components": [row]}]
    )
    (message,) = user.dm_channel.history()
    assert told(await user.click(message, label="x")) == "Parley works in a server, not in direct messages."


async def test_a_form_that_is_not_known_any_more_hands_the_words_back(klass: SchoolClass) -> None:
    await start(klass)
    shown = await press(klass.ann, card_in(klass), "Respond")
    opened = klass.env.backend.interactions[max(klass.env.backend.interactions)]
    assert opened.modal is not None
    opened.modal["custom_id"] = "parley:responded:" + "9" * 40
    result = await klass.ann.submit_modal(shown, {"stance": "defend", "claim": "My words."})
    assert "not known any more" in answer(result)
    assert result.response is not None
    assert await result.response.attachments[0].read() == b"My words."


@pytest.mark.logs_errors
async def test_an_autocomplete_that_fails_is_told_to_the_log(
    klass: SchoolClass, caplog: pytest.LogCaptureFixture
) -> None:
    klass.env.inject_error("POST", "/interactions/*/callback", status=500)
    assert await klass.teacher.autocomplete(klass.channel, "discuss start", "prompts", "x") == []
    assert "autocomplete" in caplog.text


async def test_slow_storage_is_waited_for_and_discord_told_in_time(database: Path) -> None:
    """In real time: another program holds the database for longer than Discord waits for an answer."""
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
            await until(lambda: channel.threads)
            with closing(sqlite3.connect(database, isolation_level=None, timeout=0)) as other:
                await until(lambda: holds(other))
                result = await owner.click(card, custom_id="parley:vote:1:defend")
                await until(lambda: result.acknowledged, within=3)
                assert result.deferred
                assert rows(database, "select count(*) from votes") == [(0,)]
                other.execute("ROLLBACK")
            await until(lambda: result.followups or (result.response and text_of(result.response)))
            assert "Recorded" in told(result)
            assert rows(database, "select count(*) from votes") == [(1,)]
        finally:
            await env.shutdown()


def holds(other: sqlite3.Connection) -> bool:
    """Take the database's only place for a writer. Not waiting for it: the bot's own writer needs this loop to end."""
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True


async def until(found: Callable[[], Any], within: float = 10) -> Any:
    """Wait for what is looked for."""
    async with asyncio.timeout(within):
        while not (seen := found()):  # noqa: ASYNC110 - no event tells of all that is looked for
            await asyncio.sleep(0.01)
    return seen


async def test_a_withdrawn_parent_is_not_shown_again_by_a_reply(klass: SchoolClass) -> None:
    await start(klass)
    await respond(klass, klass.ann, "defend", claim="A secret thought.")
    shown = await klass.ben.context_menu(thread_in(klass), "Reply to this response", newest_in(klass))
    await do_withdraw(klass)
    result = await klass.ben.submit_modal(shown, {"text": "And if not?"})
    assert "withdrawn by its author" in told(result)
    assert "A secret thought." not in "".join(text_of(m) for m in thread_in(klass).history())
