"""Reports and the queue of those that wait: what was reported, why, how often, and never by whom."""

from pathlib import Path

import discord
import pytest
from simcord import ResponseMessage

from tests.chat.doing import forge, newest_in, press, reply, respond, restarting, rows, start
from tests.chat.order import HIDDEN, WORDS, case, debate, hide, in_thread, menu, moderator, renamed, report, told, typed
from tests.chat.panels import again, begin, open_panel
from tests.chat.phases import argue, debating, do, form, go_on, sent_as, write
from tests.chat.seeing import answer, buttons_of, text_of, thread_in
from tests.conftest import SchoolClass, school_class


async def waiting(klass: SchoolClass) -> ResponseMessage:
    """The queue as the teacher sees it."""
    result = await klass.teacher.slash(klass.channel, "review")
    assert result.response is not None
    assert result.response.ephemeral
    return result.response


async def test_a_report_is_confirmed_to_whoever_made_it_and_told_to_nobody_else(
    klass: SchoolClass, database: Path
) -> None:
    post = await debate(klass)
    before = in_thread(klass)
    opened = await menu(klass, klass.ben, "Report this response", post)
    assert (form(opened)["reason"]["required"], form(opened)["reason"]["max_length"]) == (False, 500)
    done = await klass.ben.submit_modal(opened, {"reason": "It insults me."})
    assert told(done) == "Reported: a moderator looks at it. Nobody is told that it was you."
    assert in_thread(klass) == before
    assert rows(database, "select user_id, reason, outcome from reports") == [(klass.ben.id, "It insults me.", None)]
    assert rows(database, "select count(*) from audits") == [(0,)]


async def test_moderators_read_what_was_reported_and_why_and_not_by_whom(klass: SchoolClass) -> None:
    post = await debate(klass)
    await report(klass, klass.ben, post, "It **insults** me. @everyone")
    await report(klass, klass.teacher, post)
    for page in (text_of(await waiting(klass)), text_of(await case(klass, klass.teacher, post))):
        assert WORDS in page
        assert "Reported 2 times:" in page
        assert "It \\*\\*insults\\*\\* me." in page
        assert "no reason given" in page
        assert "Ben" not in page
        assert str(klass.ben.id) not in page
        assert str(klass.teacher.id) not in page


async def test_one_response_is_reported_once_by_one_person(klass: SchoolClass, database: Path) -> None:
    post = await debate(klass)
    first, second = [await menu(klass, klass.ben, "Report this response", post) for _ in range(2)]
    await klass.ben.submit_modal(first, {"reason": "One."})
    assert "reported this response already" in told(await klass.ben.submit_modal(second, {"reason": "Two."}))
    assert "reported this response already" in await report(klass, klass.ben, post)
    await press(klass.teacher, await waiting(klass), "Dismiss")
    assert "reported this response already" in await report(klass, klass.ben, post)
    assert rows(database, "select reason, outcome from reports") == [("One.", "dismissed")]


async def test_nobody_reports_what_is_their_own(klass: SchoolClass, database: Path) -> None:
    post = await debate(klass)
    assert "your own" in await report(klass, klass.ann, post)
    opened = sent_as(await press(klass.ann, post, "Reply"), "parley:reported:1")
    renamed(opened, "reason")
    assert "your own" in told(await klass.ann.submit_modal(opened, {"reason": "x"}))
    assert rows(database, "select count(*) from reports") == [(0,)]


async def test_a_report_under_way_counts_though_its_author_withdraws(klass: SchoolClass, database: Path) -> None:
    post = await debate(klass)
    opened = await menu(klass, klass.ben, "Report this response", post)
    await menu(klass, klass.ann, "Withdraw my response", post)
    assert "Reported" in told(await klass.ben.submit_modal(opened, {"reason": "It was bad."}))
    page = await waiting(klass)
    assert "Withdrawn by its author" in text_of(page)
    assert "the words are erased" in text_of(page)
    assert WORDS not in text_of(page)
    assert "Hide" not in buttons_of(page)
    await press(klass.teacher, page, "Dismiss")
    assert "Nothing waits for you" in text_of(again(klass, page))
    assert rows(database, "select outcome from reports") == [("dismissed",)]


async def test_what_a_school_keeps_of_withdrawn_words_is_for_moderators_to_read(database: Path) -> None:
    async with school_class(database) as klass:
        klass.room.keeps_withdrawn = True
        post = await debate(klass)
        await report(klass, klass.ben, post)
        await menu(klass, klass.ann, "Withdraw my response", post)
        assert WORDS in text_of(await waiting(klass))


async def test_what_the_class_cannot_read_is_not_reported(database: Path, tmp_path: Path) -> None:
    plan = 'phases:\n  - reflect: {ask: "What moved you?"}\n  - argue: {visible: at-reveal}\n  - reveal: {}\n'
    async with debating(database, tmp_path, plan) as klass:
        await write(klass, klass.ann, "Reflect", WORDS)
        forms = [await do(klass, klass.ben, "Reflect") for _ in range(3)]
        await go_on(klass)
        await argue(klass, klass.ann, claim=WORDS)
        assert rows(database, "select source, held_back from responses") == [("reflection", 1), ("modal", 1)]
        for number, opened in enumerate(forms, 1):
            renamed(sent_as(opened, f"parley:reported:{number}"), "reason")
            done = await klass.ben.submit_modal(opened, {"reason": "x"})
            assert "not a response that the class can read" in told(done)
        assert rows(database, "select count(*) from reports") == [(0,)]


async def test_what_a_moderator_has_hidden_needs_no_report(klass: SchoolClass, database: Path) -> None:
    post = await debate(klass)
    opened = await menu(klass, klass.ben, "Report this response", post)
    await hide(klass, klass.teacher, post)
    assert "hidden this response already" in await report(klass, klass.ben, post)
    assert "hidden this response already" in told(await klass.ben.submit_modal(opened, {"reason": "x"}))
    assert rows(database, "select count(*) from reports") == [(0,)]


async def test_other_messages_are_nothing_to_report(klass: SchoolClass) -> None:
    await start(klass)
    card = klass.channel.history()[-1]
    for name in ("Report this response", "Moderate this response"):
        result = await klass.teacher.context_menu(klass.channel, name, card)
        assert "not a recorded response" in told(result)


async def test_what_somebody_typed_is_reported_like_the_rest(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    message = await typed(klass, klass.ann)
    assert "Reported" in await report(klass, klass.ben, message)
    assert WORDS in text_of(await waiting(klass))
    assert rows(database, "select response_id from reports") == [(1,)]


async def test_hiding_from_the_queue_settles_what_was_reported_and_shows_what_is_left(
    klass: SchoolClass, database: Path
) -> None:
    post = await debate(klass)
    await reply(klass.ann, post, "And more of it.")
    await report(klass, klass.ben, newest_in(klass), "Worse.")
    await report(klass, klass.ben, post, "Bad.")
    page = await waiting(klass)
    assert text_of(page).index("And more of it.") < text_of(page).index(WORDS)
    opened = await klass.teacher.click(page, custom_id="parley:hide:1:0")
    await klass.teacher.submit_modal(opened, {"reason": "Rude."})
    after = text_of(again(klass, page))
    assert "Hidden: the thread shows that something was hidden." in after
    assert "1 response to look at" in after
    assert WORDS not in after
    assert [HIDDEN in words for words in in_thread(klass)] == [True, False]
    assert rows(database, "select response_id, outcome, settled_by from reports order by response_id") == [
        (1, "hidden", klass.teacher.id),
        (2, None, None),
    ]
    assert rows(database, "select action, json_extract(details, '$.reports') from audits") == [("response.hide", "1")]


async def test_a_dismissed_report_leaves_the_response_as_it_is(klass: SchoolClass, database: Path) -> None:
    post = await debate(klass)
    await report(klass, klass.ben, post)
    page = await waiting(klass)
    await press(klass.teacher, page, "Look closer")
    await press(klass.teacher, again(klass, page), "Dismiss")
    assert "Dismissed: the response stays as it is." in text_of(again(klass, page))
    assert "(dismissed)" in text_of(again(klass, page))
    assert WORDS in in_thread(klass)[0]
    assert "No report of it waits" in answer(await forge(klass, klass.teacher, "parley:dismiss:1"))
    assert rows(database, "select action, session_id from audits") == [("report.dismiss", 1)]


async def test_the_queue_has_pages(klass: SchoolClass) -> None:
    post = await debate(klass)
    for number in range(9):
        await reply(klass.ann, post, f"Reply number {number}.")
        await report(klass, klass.ben, newest_in(klass))
        await klass.env.advance_time(60)
    page = await waiting(klass)
    assert "9 responses to look at" in text_of(page)
    assert "Page 1 of 3" in text_of(page)
    await press(klass.teacher, page, "Later")
    assert "Reply number 4." in text_of(again(klass, page))
    opened = await klass.teacher.click(again(klass, page), custom_id="parley:hide:6:1")
    await klass.teacher.submit_modal(opened, {"reason": "Rude."})
    assert "Page 2 of 2" in text_of(again(klass, page))
    assert "Reply number 4." not in text_of(again(klass, page))
    far = await forge(klass, klass.teacher, "parley:review:999999999999")
    assert "Page 2 of 2" in answer(far)


async def test_a_moderator_who_does_not_teach_reviews(klass: SchoolClass) -> None:
    post = await debate(klass)
    await report(klass, klass.ben, post)
    assert WORDS in told(await moderator(klass).slash(klass.channel, "review"))


async def test_the_teacher_is_told_how_many_reports_wait(klass: SchoolClass) -> None:
    await begin(klass, "open-floor")
    await respond(klass, klass.ann, "defend", claim=WORDS)
    for place in (text_of(await open_panel(klass)), told(await klass.teacher.slash(klass.channel, "discuss status"))):
        assert "/review" not in place
    await report(klass, klass.ben, newest_in(klass))
    for place in (text_of(await open_panel(klass)), told(await klass.teacher.slash(klass.channel, "discuss status"))):
        assert "1 report waits: `/review`" in place
    await report(klass, klass.teacher, newest_in(klass))
    assert "2 reports wait: `/review`" in text_of(await open_panel(klass))


async def test_reports_wait_over_a_restart(database: Path) -> None:
    async with restarting(database) as running:
        klass = running.klass
        post = await debate(klass)
        opened = await menu(klass, klass.ben, "Report this response", post)
        async with running.restart() as klass:
            assert "Reported" in told(await klass.ben.submit_modal(opened, {"reason": "Bad."}))
            page = await waiting(klass)
            assert "Bad." in text_of(page)
            await press(klass.teacher, page, "Dismiss")
            assert rows(running.database, "select outcome from reports") == [("dismissed",)]


async def test_another_servers_queue_is_empty_and_its_responses_are_not_reported(
    klass: SchoolClass, database: Path
) -> None:
    post = await debate(klass)
    await report(klass, klass.ben, post)
    other = klass.env.create_guild("Class 8C")
    place = other.create_text_channel("debate")
    role = other.create_role("Head", permissions=discord.Permissions(manage_guild=True, manage_messages=True))
    zoe = other.add_member(klass.env.create_user("Zoe"), roles=[role])
    elsewhere = SchoolClass(klass.env, klass.room, other, place, klass.teacher_role, zoe, [zoe])
    await start(elsewhere)
    assert "Nothing waits for you" in told(await zoe.slash(place, "review"))
    await respond(elsewhere, zoe, "defend")
    opened = sent_as(await press(zoe, newest_in(elsewhere), "Reply"), "parley:reported:1")
    renamed(opened, "reason")
    assert "not a response that the class can read" in told(await zoe.submit_modal(opened, {"reason": "x"}))
    assert rows(database, "select count(*) from reports") == [(1,)]


async def test_whoever_wrote_in_a_groups_text_does_not_report_it(database: Path, tmp_path: Path) -> None:
    plan = (
        "sides: {assign: stances}\ngroups: {size: 9}\n"
        'phases:\n  - statement: {ask: "What do you agree on?"}\n  - argue: {}\n'
    )
    async with debating(database, tmp_path, plan, students=3) as klass:
        await write(klass, klass.ann, "Write together", "First words.")
        await write(klass, klass.ben, "Write together", "First words, and second ones.")
        panel = await open_panel(klass)
        await press(klass.teacher, panel, "Next phase")
        await klass.env.advance_time(65)
        post = next(each for each in thread_in(klass).history() if "second ones" in text_of(each))
        for writer in (klass.ann, klass.ben):
            assert "your own" in await report(klass, writer, post)
        assert "Reported" in await report(klass, klass.students[2], post)
        assert "Group 1" in text_of(await waiting(klass))
        assert rows(database, "select count(*) from reports") == [(1,)]


@pytest.mark.parametrize("custom_id", ["parley:reported:0", "parley:reported:~", "parley:reported"])
async def test_a_forged_form_reports_nothing(klass: SchoolClass, database: Path, custom_id: str) -> None:
    post = await debate(klass)
    opened = sent_as(await menu(klass, klass.ben, "Report this response", post), custom_id)
    done = told(await klass.ben.submit_modal(opened, {"reason": "x"}))
    assert "not known any more" in done or "not a response" in done
    assert rows(database, "select count(*) from reports") == [(0,)]
