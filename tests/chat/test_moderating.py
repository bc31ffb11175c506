"""Hiding and restoring what is said: the thread shows it, the record keeps it, nothing else of the class tells it."""

from pathlib import Path

import discord
import pytest

from bot.classroom import moderating, rewording
from bot.classroom.people import Person
from bot.discussion.ids import GuildId, ResponseId, UserId
from tests.chat.doing import (
    button,
    change,
    edits_of,
    fail_on,
    forge,
    mend,
    newest_in,
    posts_in,
    press,
    reply,
    respond,
    restarting,
    rows,
    start,
    watch,
)
from tests.chat.order import (
    HIDDEN,
    WORDS,
    case,
    debate,
    hide,
    in_thread,
    menu,
    moderator,
    renamed,
    restore,
    told,
    typed,
)
from tests.chat.panels import again
from tests.chat.phases import argue, debating, form, go_on, sent_as, write
from tests.chat.seeing import answer, buttons_of, text_of, thread_in
from tests.chat.weathering import break_transport, deny, find_connection, go_deaf, hear_again, lose_connection
from tests.conftest import SchoolClass, school_class

OUT_OF_DATE = "select count(*) from outdated"


async def test_a_hidden_response_is_gone_from_the_thread_and_stays_on_record(
    klass: SchoolClass, database: Path
) -> None:
    post = await debate(klass)
    page = await hide(klass, moderator(klass), post)
    assert "Hidden: the thread shows that something was hidden." in page
    assert "Rude." in page
    assert [HIDDEN in words for words in in_thread(klass)] == [True]
    assert WORDS not in "".join(in_thread(klass))
    assert "Ann" not in "".join(in_thread(klass))
    assert buttons_of(newest_in(klass)) == []
    ((body, hidden),) = rows(database, "select body, hidden_at is not null from responses")
    assert WORDS in body
    assert hidden
    assert rows(database, "select action, user_id, session_id from audits") == [
        ("response.hide", rows(database, "select removed_by from removals")[0][0], 1)
    ]
    assert WORDS not in str(rows(database, "select details from audits"))
    assert str(klass.ann.id) not in str(rows(database, "select details from audits"))


async def test_a_restored_response_stands_where_it_stood(klass: SchoolClass, database: Path) -> None:
    post = await debate(klass)
    before = text_of(post).strip()
    await hide(klass, klass.teacher, post)
    page = await restore(klass, klass.teacher, post)
    assert "Restored: it stands in the thread again." in page
    assert in_thread(klass) == [before]
    assert newest_in(klass).id == post.id
    assert buttons_of(newest_in(klass)) == ["Reply", "This moved me"]
    assert rows(database, "select action from audits order by id") == [("response.hide",), ("response.restore",)]
    assert rows(database, "select hidden_at from responses") == [(None,)]


async def test_answers_do_not_quote_what_is_hidden_until_it_is_restored(klass: SchoolClass, database: Path) -> None:
    post = await debate(klass)
    await reply(klass.ben, post, "Why?")
    await hide(klass, klass.teacher, post)
    await klass.env.advance_time(7)
    assert "a response that was removed" in in_thread(klass)[1]
    assert WORDS not in "".join(in_thread(klass))
    await restore(klass, klass.teacher, post)
    await klass.env.advance_time(7)
    assert f"answers Ann: {WORDS}" in in_thread(klass)[1]
    assert rows(database, OUT_OF_DATE) == [(0,)]


async def test_nobody_can_answer_what_is_hidden(klass: SchoolClass) -> None:
    post = await debate(klass)
    await hide(klass, klass.teacher, post)
    assert "removed" in answer(await forge(klass, klass.ben, "parley:reply:1"))
    assert "removed" in told(await menu(klass, klass.ben, "Reply to this response", post))


async def test_its_author_sees_it_hidden_and_can_take_it_back(klass: SchoolClass, database: Path) -> None:
    post = await debate(klass)
    await hide(klass, klass.teacher, post)
    page = await klass.ann.slash(klass.channel, "my responses")
    assert "hidden by a moderator" in answer(page)
    assert page.response is not None
    shown = await press(klass.ann, page.response, "Change")
    changed = await klass.ann.submit_modal(shown, {"stance": "attack", "claim": "Milder words."})
    assert "A moderator has hidden it" in told(changed)
    assert [HIDDEN in words for words in in_thread(klass)] == [True]
    await press(klass.ann, page.response, "Withdraw")
    assert in_thread(klass) == []
    refused = await forge(klass, klass.teacher, "parley:restore:1")
    assert "withdrawn" in answer(refused)
    assert rows(database, "select body from responses") == [("{}",)]


async def test_a_closed_round_is_moderated_too(klass: SchoolClass, database: Path) -> None:
    post = await debate(klass)
    await klass.teacher.slash(klass.channel, "discuss close")
    assert "**1** by **Ann**" not in "".join(in_thread(klass))
    await hide(klass, klass.teacher, post)
    await klass.env.advance_time(130)
    assert HIDDEN in in_thread(klass)[0]
    assert WORDS not in "".join(in_thread(klass))
    thread = klass.env.backend.get_channel(thread_in(klass).id).thread_metadata
    assert thread is not None
    assert (thread.archived, thread.locked) == (True, True)
    await restore(klass, klass.teacher, post)
    assert WORDS in in_thread(klass)[0]
    await klass.env.advance_time(130)
    assert rows(database, OUT_OF_DATE) == [(0,)]


async def test_what_is_typed_is_deleted_and_something_stands_in_for_it(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    message = await typed(klass, klass.ann)
    page = await hide(klass, klass.teacher, message)
    assert "Hidden: the thread shows that something was hidden." in page
    assert in_thread(klass) == [f"*{HIDDEN}*"]
    assert newest_in(klass).author.bot
    assert rows(database, "select withdrawn_at, hidden_at is not null, stand_in_id from responses") == [
        (None, 1, newest_in(klass).id)
    ]
    page = await restore(klass, klass.teacher, newest_in(klass))
    assert "stands in the thread again" in page
    assert [WORDS in words and "Ann" in words for words in in_thread(klass)] == [True]
    assert rows(database, "select withdrawn_at, hidden_at from responses") == [(None, None)]
    await hide(klass, klass.teacher, newest_in(klass), "Again.")
    assert in_thread(klass) == [f"*{HIDDEN}*"]
    assert rows(database, OUT_OF_DATE) == [(0,)]
    await restore(klass, klass.teacher, newest_in(klass))
    shown = await menu(klass, klass.ann, "Withdraw my response", newest_in(klass))
    assert "Withdrawn" in told(shown)
    assert in_thread(klass) == []


async def test_what_the_bot_may_not_delete_is_left_to_the_moderator(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    message = await typed(klass, klass.ann)
    await deny(klass, klass.channel, manage_messages=True)
    page = await hide(klass, klass.teacher, message)
    assert "Delete the message yourself" in page
    assert in_thread(klass) == [WORDS]
    klass.env.backend.delete_message(thread_in(klass).id, message.id)
    await klass.env.settle()
    await klass.env.advance_time(7)
    assert in_thread(klass) == [f"*{HIDDEN}*"]
    ((body, withdrawn),) = rows(database, "select body, withdrawn_at from responses")
    assert WORDS in body
    assert withdrawn is None
    assert rows(database, OUT_OF_DATE) == [(0,)]


async def test_what_the_bot_could_not_delete_is_restored_as_it_stands(klass: SchoolClass) -> None:
    await start(klass)
    message = await typed(klass, klass.ann)
    await deny(klass, klass.channel, manage_messages=True)
    await hide(klass, klass.teacher, message)
    await restore(klass, klass.teacher, message)
    assert in_thread(klass) == [WORDS]


async def test_what_was_deleted_in_bulk_is_restored_in_a_post_of_the_bot(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    first, second = await typed(klass, klass.ann), await typed(klass, klass.ben, "Another.")
    klass.env.backend.emit(
        "MESSAGE_DELETE_BULK",
        {"ids": [str(first.id), str(second.id)], "channel_id": str(first.channel.id), "guild_id": str(klass.guild.id)},
    )
    for message in (first, second):
        klass.env.backend.messages[message.channel.id].pop(message.id)
    await klass.env.settle()
    assert in_thread(klass) == []
    await forge(klass, klass.teacher, "parley:restore:1")
    assert [WORDS in words for words in in_thread(klass)] == [True]
    assert rows(database, "select id, hidden_at is null from responses order by id") == [(1, 1), (2, 0)]


async def test_a_hidden_message_is_not_taken_for_withdrawn_when_the_thread_is_read_back(database: Path) -> None:
    async with restarting(database) as running:
        klass = running.klass
        await start(klass)
        first = await typed(klass, klass.ann)
        second = await typed(klass, klass.ben, "Another.")
        await hide(klass, klass.teacher, first)
        await hide(klass, klass.teacher, second)
        await restore(klass, klass.teacher, newest_in(klass))
        go_deaf(klass)
        third = await typed(klass, klass.ann, "Said while nobody listened.")
        hear_again(klass)
        async with running.restart() as klass:
            query = "select withdrawn_at is null, hidden_at is null from responses order by id"
            assert rows(running.database, query) == [(1, 0), (1, 1), (1, 1)]
            assert newest_in(klass).id == third.id


async def hidden_on_record(klass: SchoolClass) -> None:
    """Ann's first response is hidden on record, and the bot dies before it does anything about it."""
    teacher = Person(GuildId(klass.guild.id), UserId(klass.teacher.id), "Ms. Rivera", manages_guild=True)
    with klass.env.time_context():
        await moderating.hide(klass.room, teacher, ResponseId(1), "Rude.")


@pytest.mark.parametrize("by", ["form", "typing"])
async def test_what_was_hidden_before_a_crash_is_hidden_once_after_it(database: Path, by: str) -> None:
    async with restarting(database) as running:
        klass = running.klass
        if by == "form":
            await debate(klass)
        else:
            await start(klass)
            await typed(klass, klass.ann)
        await hidden_on_record(klass)
        assert WORDS in in_thread(klass)[0]
        await klass.env.bot.close()
        seen = watch(klass)
        klass.env.backend.advance_clock(300)
        klass.env.backend.nonces.clear()
        async with running.restart() as klass:
            await klass.env.advance_time(130)
            assert in_thread(klass) == [f"*{HIDDEN}*"]
            posted = [entry for entry in seen if entry.method == "POST" and entry.path.endswith("/messages")]
            assert (edits_of(seen, newest_in(klass).id), len(posted)) == ((1, 0) if by == "form" else (0, 1))
            assert rows(running.database, OUT_OF_DATE) == [(0,)]
            assert rows(running.database, "select withdrawn_at from responses") == [(None,)]


@pytest.mark.logs_errors
async def test_a_stand_in_that_was_not_noted_is_found_again_and_shows_what_is_on_record(database: Path) -> None:
    async with restarting(database) as running:
        klass = running.klass
        await start(klass)
        message = await typed(klass, klass.ann)
        fail_on(database, "crash", "UPDATE OF stand_in_id ON responses")
        await hide(klass, klass.teacher, message)
        assert in_thread(klass) == [f"*{HIDDEN}*"]
        mend(database, "crash")
        await klass.env.bot.close()
        klass.env.backend.advance_clock(300)
        klass.env.backend.nonces.clear()
        change(database, "update responses set hidden_at = null")
        async with running.restart() as klass:
            await klass.env.advance_time(65)
            assert [WORDS in words for words in in_thread(klass)] == [True]
            assert rows(running.database, "select stand_in_id from responses") == [(newest_in(klass).id,)]
            assert rows(running.database, OUT_OF_DATE) == [(0,)]


@pytest.mark.logs_errors
async def test_a_stand_in_that_was_not_noted_goes_when_the_words_are_taken_back(database: Path) -> None:
    async with restarting(database) as running:
        klass = running.klass
        await start(klass)
        message = await typed(klass, klass.ann)
        fail_on(database, "crash", "UPDATE OF stand_in_id ON responses")
        await hide(klass, klass.teacher, message)
        mend(database, "crash")
        await klass.env.bot.close()
        with klass.env.time_context():
            ann = Person(GuildId(klass.guild.id), UserId(klass.ann.id), "Ann")
            await rewording.withdraw(klass.room, ann, ResponseId(1))
        klass.env.backend.advance_clock(300)
        klass.env.backend.nonces.clear()
        async with running.restart() as klass:
            await klass.env.advance_time(65)
            assert in_thread(klass) == []
            assert rows(running.database, "select body from responses") == [("{}",)]


@pytest.mark.logs_errors
@pytest.mark.parametrize("after", [False, True])
async def test_hiding_during_an_outage_is_shown_after_it(klass: SchoolClass, database: Path, after: bool) -> None:
    post = await debate(klass)
    broken = break_transport(klass, "PATCH", f"*/messages/{post.id}", ConnectionResetError, after=after, times=2)
    page = await hide(klass, klass.teacher, post)
    assert broken
    assert "Hidden: the thread shows that as soon as Discord takes it." in page
    await klass.env.advance_time(130)
    assert in_thread(klass) == [f"*{HIDDEN}*"]
    assert rows(database, OUT_OF_DATE) == [(0,)]


async def test_hiding_without_a_connection_is_shown_when_it_is_back(klass: SchoolClass) -> None:
    await debate(klass)
    await lose_connection(klass)
    await hidden_on_record(klass)
    await find_connection(klass)
    assert in_thread(klass) == [f"*{HIDDEN}*"]


async def test_a_thread_that_is_gone_has_nothing_to_show(klass: SchoolClass, database: Path) -> None:
    await debate(klass)
    klass.env.backend.delete_channel(thread_in(klass).id)
    await klass.env.settle()
    shown = await forge(klass, klass.teacher, "parley:hide:1")
    done = await klass.teacher.submit_modal(shown, {"reason": "Rude."})
    assert "Hidden" in told(done)
    assert rows(database, OUT_OF_DATE) == [(0,)]


async def test_what_is_held_back_is_hidden_before_the_class_sees_it(database: Path, tmp_path: Path) -> None:
    plan = "phases:\n  - argue: {visible: at-reveal}\n  - reveal: {}\n  - argue: {}\n"
    async with debating(database, tmp_path, plan) as klass:
        await argue(klass, klass.ann, claim=WORDS)
        await argue(klass, klass.ben, claim="What all may read.")
        shown = await forge(klass, klass.teacher, "parley:hide:1")
        assert "the class had not seen it yet" in told(await klass.teacher.submit_modal(shown, {"reason": "Rude."}))
        await go_on(klass)
        await klass.env.advance_time(65)
        assert not [words for words in in_thread(klass) if WORDS in words or HIDDEN in words]
        assert [words for words in in_thread(klass) if "What all may read." in words]
        await forge(klass, klass.teacher, "parley:restore:1")
        assert [words for words in in_thread(klass) if WORDS in words]


async def test_a_reflection_is_nobodys_to_moderate(database: Path, tmp_path: Path) -> None:
    plan = 'phases:\n  - reflect: {ask: "What moved you?"}\n  - argue: {}\n'
    async with debating(database, tmp_path, plan) as klass:
        await write(klass, klass.ann, "Reflect", WORDS)
        for verb in ("case", "hide", "restore", "dismiss"):
            assert "not a recorded response" in answer(await forge(klass, klass.teacher, f"parley:{verb}:1"))


async def test_a_pseudonym_is_all_that_a_moderator_reads(klass: SchoolClass, database: Path) -> None:
    await start(klass, pseudonyms=True)
    await respond(klass, klass.ann, "defend", claim=WORDS)
    ((pseudonym,),) = rows(database, "select pseudonym from pseudonyms")
    page = text_of(await case(klass, klass.teacher, newest_in(klass)))
    assert pseudonym in page
    assert "Ann" not in page
    assert str(klass.ann.id) not in page
    assert pseudonym in await hide(klass, klass.teacher, newest_in(klass))
    audit = answer(await klass.teacher.slash(klass.channel, "audit"))
    assert str(klass.ann.id) not in audit


async def test_students_moderate_nothing(klass: SchoolClass, database: Path) -> None:
    post = await debate(klass)
    for verb in ("case", "hide", "restore", "dismiss"):
        assert "for moderators and teachers" in answer(await forge(klass, klass.ben, f"parley:{verb}:1"))
    assert "for moderators and teachers" in told(await menu(klass, klass.ben, "Moderate this response", post))
    assert "for moderators and teachers" in answer(await klass.ben.slash(klass.channel, "review"))
    assert "for moderators and teachers" in answer(await klass.ben.slash(klass.channel, "audit"))
    opened = sent_as(await menu(klass, klass.ben, "Report this response", post), "parley:hid:1")
    assert "for moderators and teachers" in answer(await klass.ben.submit_modal(opened, {"reason": "Rude."}))
    assert rows(database, "select count(*) from removals") == [(0,)]
    assert rows(database, "select count(*) from audits") == [(0,)]


@pytest.mark.parametrize(("reason", "sentence"), [("\u200b \u200b", "Say why"), ("x" * 501, "500 fit")])
async def test_a_reason_is_asked_for_and_bounded(
    klass: SchoolClass, database: Path, reason: str, sentence: str
) -> None:
    """The form itself asks for it and bounds it; somebody may send another."""
    post = await debate(klass)
    opened = await press(klass.teacher, await case(klass, klass.teacher, post), "Hide")
    field = form(opened)["reason"]
    assert (field["required"], field["max_length"]) == (True, 500)
    replying = sent_as(await press(klass.teacher, post, "Reply"), "parley:hid:1")
    renamed(replying, "reason")
    assert sentence in told(await klass.teacher.submit_modal(replying, {"reason": reason}))
    assert rows(database, "select hidden_at from responses") == [(None,)]


async def test_two_moderators_at_once_hide_once(klass: SchoolClass, database: Path) -> None:
    post = await debate(klass)
    one, two = await case(klass, klass.teacher, post), await case(klass, klass.teacher, post)
    first, second = await press(klass.teacher, one, "Hide"), await press(klass.teacher, two, "Hide")
    await klass.teacher.submit_modal(first, {"reason": "Rude."})
    late = await klass.teacher.submit_modal(second, {"reason": "Not kind."})
    assert "hidden already" in told(late)
    assert rows(database, "select reason from removals") == [("Rude.",)]
    await press(klass.teacher, again(klass, one), "Restore")
    assert "not hidden" in answer(await forge(klass, klass.teacher, "parley:restore:1"))


async def test_another_servers_response_is_not_found(klass: SchoolClass, database: Path) -> None:
    await debate(klass)
    other = klass.env.create_guild("Class 8C")
    place = other.create_text_channel("debate")
    role = other.create_role("Head", permissions=discord.Permissions(manage_guild=True, manage_messages=True))
    zoe = other.add_member(klass.env.create_user("Zoe"), roles=[role])
    elsewhere = SchoolClass(klass.env, klass.room, other, place, klass.teacher_role, zoe, [zoe])
    await start(elsewhere)
    for verb in ("case", "hide", "restore", "dismiss"):
        assert "not a recorded response" in answer(await forge(elsewhere, zoe, f"parley:{verb}:1"))
    await respond(elsewhere, zoe, "defend", claim="Far away.")
    opened = await press(zoe, await case(elsewhere, zoe, newest_in(elsewhere)), "Hide")
    assert "not a recorded response" in told(await zoe.submit_modal(sent_as(opened, "parley:hid:1"), {"reason": "x"}))
    assert rows(database, "select hidden_at from responses") == [(None,), (None,)]
    assert rows(database, "select count(*) from audits") == [(0,)]


async def test_transcripts_mark_what_is_hidden_and_forget_it_when_it_is_restored(
    klass: SchoolClass,
) -> None:
    post = await debate(klass)
    await hide(klass, klass.teacher, post)
    assert "Hidden by a moderator" in await transcript(klass)
    await restore(klass, klass.teacher, post)
    exported = await transcript(klass)
    assert "Hidden by a moderator" not in exported
    assert WORDS in exported


async def transcript(klass: SchoolClass) -> str:
    result = await klass.teacher.slash(klass.channel, "transcript export", session=1, format="text", names="real")
    files = [file for message in [result.response, *result.followups] if message for file in message.attachments]
    return (await files[0].read()).decode()


async def test_the_page_says_what_became_of_what_is_withdrawn(database: Path) -> None:
    async with school_class(database) as klass:
        post = await debate(klass)
        page = await case(klass, klass.teacher, post)
        assert button(page, "Hide")
        await menu(klass, klass.ann, "Withdraw my response", post)
        assert posts_in(thread_in(klass)) == []
        shown = await forge(klass, klass.teacher, "parley:case:1")
        assert "Withdrawn by its author" in told(shown)
        assert WORDS not in told(shown)
