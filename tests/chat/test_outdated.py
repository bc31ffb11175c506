"""Posts that the record has changed under are edited or deleted, once, whatever happens between change and edit."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from simcord.types import HttpLogEntry

from bot.classroom import rewording
from bot.classroom.people import Person
from bot.discussion.ids import GuildId, ResponseId, StanceId, UserId
from tests.chat.doing import (
    Restarting,
    edits_of,
    fail_on,
    mend,
    newest_in,
    posts_in,
    reply,
    respond,
    restarting,
    rows,
    start,
    watch,
)
from tests.chat.seeing import answer, card_in, text_of, thread_in
from tests.chat.weathering import break_transport, deny, find_connection, lose_connection
from tests.conftest import SchoolClass

OLD, NEW, ANSWER = "What I held at first.", "What I hold now.", "Why do you hold that?"
NOT_UP_TO_DATE = "select count(*) from outdated"


def person(klass: SchoolClass) -> Person:
    return Person(GuildId(klass.guild.id), UserId(klass.ann.id), "Ann")


async def change(klass: SchoolClass, to: str = NEW) -> None:
    """Ann's first response is changed on record, and the bot dies before it edits anything."""
    body = {"claim": to}
    with klass.env.time_context():
        await rewording.revise(klass.room, person(klass), ResponseId(1), StanceId("attack"), body)


async def withdraw(klass: SchoolClass, response: int = 1) -> None:
    """The same for a withdrawal."""
    with klass.env.time_context():
        await rewording.withdraw(klass.room, person(klass), ResponseId(response))


async def debate(klass: SchoolClass) -> tuple[int, int]:
    """A response by Ann and an answer to it by Ben; the ids of their messages."""
    await start(klass)
    await respond(klass, klass.ann, "defend", claim=OLD)
    await reply(klass.ben, newest_in(klass), ANSWER)
    return tuple(post.id for post in posts_in(thread_in(klass)))  # pyright: ignore[reportReturnType] - two of them


@asynccontextmanager
async def restarted(running: Restarting) -> AsyncGenerator[tuple[SchoolClass, list[HttpLogEntry]]]:
    """The next bot, and all its REST calls, a few minutes after its start. The one before it does nothing any more."""
    await running.klass.env.bot.close()
    seen = watch(running.klass)
    running.klass.env.backend.advance_clock(300)
    running.klass.env.backend.nonces.clear()
    async with running.restart() as klass:
        await klass.env.advance_time(185)
        yield klass, seen


def deletions(seen: Sequence[HttpLogEntry]) -> int:
    return sum(entry.method == "DELETE" for entry in seen)


async def test_a_change_that_was_not_shown_any_more_is_shown_once_after_the_restart(database: Path) -> None:
    async with restarting(database) as running:
        first, answered = await debate(running.klass)
        await change(running.klass)
        assert OLD in text_of(posts_in(thread_in(running.klass))[0])
        async with restarted(running) as (klass, seen):
            shown = [text_of(post) for post in posts_in(thread_in(klass))]
            assert NEW in shown[0]
            assert "To be able to attack" in shown[0]
            assert f"answers Ann: {NEW}" in shown[1]
            assert OLD not in "".join(shown)
            assert (edits_of(seen, first), edits_of(seen, answered)) == (1, 1)
            assert rows(running.database, NOT_UP_TO_DATE) == [(0,)]


async def test_a_withdrawal_that_was_not_shown_any_more_is_shown_once_after_the_restart(database: Path) -> None:
    async with restarting(database) as running:
        _, answered = await debate(running.klass)
        await withdraw(running.klass)
        async with restarted(running) as (klass, seen):
            (left,) = posts_in(thread_in(klass))
            assert left.id == answered
            assert "answers Ann: a withdrawn response" in text_of(left)
            assert deletions(seen) == 1
            assert edits_of(seen, answered) == 1
            assert rows(running.database, NOT_UP_TO_DATE) == [(0,)]


@pytest.mark.logs_errors
async def test_what_was_posted_without_being_noted_and_then_taken_back_is_found_and_deleted(database: Path) -> None:
    async with restarting(database) as running:
        await start(running.klass)
        fail_on(database, "crash", "UPDATE OF message_id ON responses")
        await respond(running.klass, running.klass.ann, "defend", claim=OLD)
        mend(database, "crash")
        await withdraw(running.klass)
        assert rows(database, "select message_id from responses") == [(None,)]
        async with restarted(running) as (klass, _):
            assert posts_in(thread_in(klass)) == []
            assert rows(running.database, NOT_UP_TO_DATE) == [(0,)]


@pytest.mark.logs_errors
async def test_what_was_posted_without_being_noted_and_then_changed_is_found_and_edited(database: Path) -> None:
    async with restarting(database) as running:
        await start(running.klass)
        fail_on(database, "crash", "UPDATE OF message_id ON responses")
        await respond(running.klass, running.klass.ann, "defend", claim=OLD)
        mend(database, "crash")
        await change(running.klass)
        async with restarted(running) as (klass, seen):
            (post,) = posts_in(thread_in(klass))
            assert NEW in text_of(post)
            assert edits_of(seen, post.id) == 1
            assert rows(running.database, NOT_UP_TO_DATE) == [(0,)]


async def test_a_typed_message_taken_back_by_command_is_deleted_after_the_restart(database: Path) -> None:
    async with restarting(database) as running:
        klass = running.klass
        await start(klass)
        await klass.ann.send(thread_in(klass), OLD)
        await withdraw(klass)
        async with restarted(running) as (klass, seen):
            assert posts_in(thread_in(klass)) == []
            assert deletions(seen) == 1
            assert rows(running.database, NOT_UP_TO_DATE) == [(0,)]


async def test_a_typed_message_that_its_author_deletes_costs_no_further_deletion(klass: SchoolClass) -> None:
    await start(klass)
    message = await klass.ann.send(thread_in(klass), OLD)
    shown = await klass.ben.context_menu(thread_in(klass), "Reply to this response", message)
    await klass.ben.submit_modal(shown, {"text": ANSWER})
    seen = watch(klass)
    await klass.ann.edit(message, NEW)
    await klass.env.advance_time(7)
    assert f"answers Ann: {NEW}" in text_of(newest_in(klass))
    await klass.ann.delete(message)
    await klass.env.advance_time(7)
    assert "answers Ann: a withdrawn response" in text_of(newest_in(klass))
    assert edits_of(seen, newest_in(klass).id) == 2
    assert deletions(seen) == 0


async def test_words_taken_back_leave_the_answers_that_quote_them(klass: SchoolClass, database: Path) -> None:
    _, answered = await debate(klass)
    seen = watch(klass)
    await klass.ann.context_menu(thread_in(klass), "Withdraw my response", posts_in(thread_in(klass))[0])
    await klass.env.advance_time(130)
    assert "answers Ann: a withdrawn response" in text_of(newest_in(klass))
    assert OLD not in text_of(newest_in(klass))
    assert edits_of(seen, answered) == 1
    assert rows(database, NOT_UP_TO_DATE) == [(0,)]


async def test_many_answers_follow_a_few_at_a_time(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "defend", claim=OLD)
    first = newest_in(klass)
    for number in range(12):
        await klass.env.advance_time(1)  # nobody may answer twelve times in no time
        await reply(klass.ben, first, f"{ANSWER} {number}")
    await klass.env.advance_time(6)
    await klass.ann.context_menu(thread_in(klass), "Withdraw my response", first)
    left = [12]
    for _ in range(3):
        await klass.env.advance_time(5)
        left.append(sum(OLD in text_of(post) for post in posts_in(thread_in(klass))))
    assert left == [12, 7, 2, 0]
    assert rows(database, NOT_UP_TO_DATE) == [(0,)]


def break_edits(klass: SchoolClass, outage: str) -> None:
    """Discord takes none of the next six edits, or loses the connection before or after it."""
    if outage == "refused":
        klass.env.inject_error("PATCH", "*/messages/*", status=500, times=6)
    else:
        after = outage == "reset after it"
        break_transport(klass, "PATCH", "*/messages/*", ConnectionResetError, after=after, times=6)


@pytest.mark.logs_errors
@pytest.mark.parametrize("outage", ["refused", "reset before it", "reset after it"])
async def test_a_change_during_an_outage_is_shown_after_it(klass: SchoolClass, database: Path, outage: str) -> None:
    await debate(klass)
    break_edits(klass, outage)
    shown = await klass.ann.context_menu(thread_in(klass), "Change my response", posts_in(thread_in(klass))[0])
    told = answer(await klass.ann.submit_modal(shown, {"stance": "attack", "claim": NEW}))
    assert "**Recorded.** It will appear in the thread in a moment." in told
    await klass.env.advance_time(300)
    assert NEW in text_of(posts_in(thread_in(klass))[0])
    assert f"answers Ann: {NEW}" in text_of(newest_in(klass))
    assert rows(database, NOT_UP_TO_DATE) == [(0,)]


@pytest.mark.logs_errors
@pytest.mark.parametrize("after", [False, True])
async def test_a_withdrawal_during_an_outage_is_said_to_be_shown_later_and_is(
    klass: SchoolClass, database: Path, after: bool
) -> None:
    await debate(klass)
    break_transport(klass, "DELETE", "*/messages/*", ConnectionResetError, after=after, times=2)
    first = posts_in(thread_in(klass))[0]
    told = answer(await klass.ann.context_menu(thread_in(klass), "Withdraw my response", first))
    assert told == (
        "Withdrawn: your words are erased from the record. Their message goes from the thread as soon as Discord takes "
        "that."
    )
    await klass.env.advance_time(130)
    assert OLD not in "".join(text_of(post) for post in posts_in(thread_in(klass)))
    assert len(posts_in(thread_in(klass))) == 1
    assert rows(database, NOT_UP_TO_DATE) == [(0,)]


async def test_what_changes_without_a_connection_is_shown_when_it_is_back(klass: SchoolClass, database: Path) -> None:
    await debate(klass)
    await lose_connection(klass)
    await change(klass)
    await find_connection(klass)
    assert NEW in text_of(posts_in(thread_in(klass))[0])
    assert rows(database, NOT_UP_TO_DATE) == [(0,)]


@pytest.mark.logs_errors
async def test_a_post_that_parley_may_not_delete_yet_goes_once_it_may(
    klass: SchoolClass, caplog: pytest.LogCaptureFixture
) -> None:
    await debate(klass)
    first = posts_in(thread_in(klass))[0]
    klass.env.inject_error("DELETE", "*/messages/*", status=403, times=4)
    told = answer(await klass.ann.context_menu(thread_in(klass), "Withdraw my response", first))
    assert told.endswith("Their message is still in the thread. Ask your teacher to delete it.")
    seen = watch(klass)
    await klass.env.advance_time(400)
    assert [post.id for post in posts_in(thread_in(klass))] != [first.id]
    assert len(posts_in(thread_in(klass))) == 1
    assert deletions(seen) <= 5
    assert len([record for record in caplog.records if record.levelname == "ERROR"]) == 1


async def test_a_post_that_somebody_has_deleted_is_given_up(klass: SchoolClass, database: Path) -> None:
    await debate(klass)
    first = posts_in(thread_in(klass))[0]
    shown = await klass.ann.context_menu(thread_in(klass), "Change my response", first)
    klass.env.backend.delete_message(thread_in(klass).id, first.id)
    await klass.env.settle()
    told = answer(await klass.ann.submit_modal(shown, {"stance": "attack", "claim": NEW}))
    assert "**Recorded.** Its message was deleted, so it is shown nowhere" in told
    seen = watch(klass)
    await klass.env.advance_time(130)
    assert edits_of(seen, first.id) == 0
    assert f"answers Ann: {NEW}" in text_of(newest_in(klass))
    assert rows(database, NOT_UP_TO_DATE) == [(0,)]


@pytest.mark.logs_errors
async def test_a_post_that_discord_finds_wrong_keeps_no_other_from_being_mended(
    klass: SchoolClass, database: Path
) -> None:
    first, answered = await debate(klass)
    klass.env.inject_error("PATCH", f"*/messages/{first}", status=400, times=None)
    await change(klass)
    await klass.env.advance_time(65)
    assert f"answers Ann: {NEW}" in text_of(newest_in(klass))
    assert rows(database, "select response_id from outdated") == [(1,)]
    assert newest_in(klass).id == answered


async def test_a_thread_that_is_gone_has_nothing_out_of_date(klass: SchoolClass, database: Path) -> None:
    await debate(klass)
    klass.env.backend.delete_channel(thread_in(klass).id)
    await klass.env.settle()
    await withdraw(klass)
    seen = watch(klass)
    await klass.env.advance_time(130)
    assert rows(database, NOT_UP_TO_DATE) == [(0,)]
    assert [entry.method for entry in seen if entry.method == "DELETE"] == []


def tally_in(klass: SchoolClass) -> str:
    (tally,) = [text_of(post) for post in posts_in(thread_in(klass)) if "The count" in text_of(post)]
    return tally


async def closed(klass: SchoolClass) -> None:
    """A closed round with two responses, and a third that was typed."""
    await debate(klass)
    await klass.ann.send(thread_in(klass), "Typed.")
    await klass.teacher.slash(klass.channel, "discuss close")
    assert "3 responses" in tally_in(klass)
    assert "3 responses" in text_of(card_in(klass))


async def test_the_final_count_follows_a_later_withdrawal(klass: SchoolClass, database: Path) -> None:
    await closed(klass)
    tally = newest_in(klass)
    seen = watch(klass)
    page = await klass.ann.slash(klass.channel, "my responses")
    assert page.response is not None
    for number in (1, 3):
        await klass.ann.click(page.response, custom_id=f"parley:withdraw:{number}")
    await klass.env.advance_time(130)
    assert "1 response " in tally_in(klass)
    assert text_of(card_in(klass)).endswith("1 response")
    assert edits_of(seen, tally.id) == edits_of(seen, card_in(klass).id) == 1
    assert [text_of(post).splitlines()[-1] for post in posts_in(thread_in(klass))][:1] == [ANSWER]
    thread = klass.env.backend.get_channel(thread_in(klass).id).thread_metadata
    assert thread is not None
    assert (thread.archived, thread.locked) == (True, True)
    assert rows(database, NOT_UP_TO_DATE) == [(0,)]


async def test_the_final_count_follows_across_a_restart(database: Path) -> None:
    async with restarting(database) as running:
        await closed(running.klass)
        await withdraw(running.klass)
        await withdraw(running.klass, 3)
        async with restarted(running) as (klass, seen):
            assert "1 response " in tally_in(klass)
            assert text_of(card_in(klass)).endswith("1 response")
            assert edits_of(seen, card_in(klass).id) == 1
            assert rows(running.database, NOT_UP_TO_DATE) == [(0,)]


@pytest.mark.logs_errors
async def test_a_withdrawal_between_the_close_and_the_count_is_in_the_count(database: Path) -> None:
    async with restarting(database) as running:
        klass = running.klass
        await debate(klass)
        klass.env.inject_error("POST", f"/channels/{thread_in(klass).id}/messages", status=500)
        await klass.teacher.slash(klass.channel, "discuss close")
        await withdraw(klass)
        async with restarted(running) as (klass, _):
            assert "1 response " in tally_in(klass)
            assert text_of(card_in(klass)).endswith("1 response")
            assert rows(running.database, NOT_UP_TO_DATE) == [(0,)]


@pytest.mark.logs_errors
async def test_a_withdrawal_after_a_count_that_was_not_noted_is_in_the_count(database: Path) -> None:
    async with restarting(database) as running:
        klass = running.klass
        await debate(klass)
        fail_on(database, "crash", "UPDATE OF tally_id ON rounds")
        await klass.teacher.slash(klass.channel, "discuss close")
        mend(database, "crash")
        await withdraw(klass)
        async with restarted(running) as (klass, _):
            assert "1 response " in tally_in(klass)
            assert rows(running.database, NOT_UP_TO_DATE) == [(0,)]


async def test_a_count_that_somebody_has_deleted_is_not_posted_anew(klass: SchoolClass, database: Path) -> None:
    await closed(klass)
    klass.env.backend.delete_message(thread_in(klass).id, newest_in(klass).id)
    await klass.env.settle()
    await withdraw(klass)
    await klass.env.advance_time(65)
    assert text_of(card_in(klass)).endswith("2 responses")
    assert not [post for post in posts_in(thread_in(klass)) if "The count" in text_of(post)]
    assert rows(database, NOT_UP_TO_DATE) == [(0,)]


@pytest.mark.logs_errors
async def test_withdrawn_posts_go_though_nothing_new_may_be_posted(klass: SchoolClass, database: Path) -> None:
    await debate(klass)
    await deny(klass, klass.channel, send_messages_in_threads=True)
    await respond(klass, klass.ben, "defend")
    await withdraw(klass)
    await klass.env.advance_time(65)
    assert len(posts_in(thread_in(klass))) == 1
    assert rows(database, NOT_UP_TO_DATE) == [(0,)]
