"""Where a moderator reads first: what waits is seen nowhere, what is approved is like any other, nothing is lost."""

from pathlib import Path

import pytest
from simcord import MemberActor, ResponseMessage

from tests.chat.doing import (
    forge,
    newest_in,
    press,
    reply,
    respond,
    restarting,
    rows,
    side,
    start,
)
from tests.chat.order import in_thread, moderator, told, typed
from tests.chat.panels import again, open_panel
from tests.chat.phases import argue, cards_in, debating, go_on, said_anywhere, seen_by, write
from tests.chat.seeing import answer, card_in, text_of, thread_in
from tests.chat.weathering import deny
from tests.conftest import SchoolClass

WAITS = "A moderator reads it before the class does."
WORDS = "Words that wait."
REVIEWED = "select review, hidden_at is null from responses order by id"


async def queue(klass: SchoolClass, actor: MemberActor) -> ResponseMessage:
    """The page of `/review`."""
    return seen_by(await actor.slash(klass.channel, "review"))[0]


async def approve(klass: SchoolClass, actor: MemberActor) -> str:
    """Approve what waits longest; the page as it is then."""
    page = await queue(klass, actor)
    await press(actor, page, "Approve")
    return text_of(again(klass, page))


async def reject(klass: SchoolClass, actor: MemberActor, why: str = "Say it kindly.") -> str:
    """Reject what waits longest; the page as it is then."""
    page = await queue(klass, actor)
    await actor.submit_modal(await press(actor, page, "Reject"), {"reason": why})
    return text_of(again(klass, page))


async def test_what_waits_is_seen_nowhere_until_it_is_approved(klass: SchoolClass, database: Path) -> None:
    await start(klass, approve_first=True)
    assert WAITS in answer(await respond(klass, klass.ann, "defend", claim=WORDS))
    await klass.env.advance_time(130)
    assert in_thread(klass) == []
    assert said_anywhere(klass, WORDS) == []
    assert "0 responses" in text_of(card_in(klass))
    mo = moderator(klass)
    page = text_of(await queue(klass, mo))
    assert WORDS in page
    assert "**Ann**" in page
    assert "Waits for approval" in page
    assert "?" in page
    shown = await approve(klass, mo)
    assert "Approved: it stands in the thread." in shown
    assert "Nothing waits for you" in shown
    assert WORDS in in_thread(klass)[0]
    assert "Ann" in in_thread(klass)[0]
    await klass.env.advance_time(6)
    assert "1 response" in text_of(card_in(klass))
    assert rows(database, REVIEWED) == [("approved", 1)]
    assert rows(database, "select action, json_extract(details, '$.response') from audits") == [
        ("response.approve", "1")
    ]


async def test_what_is_rejected_is_told_to_its_author_alone_and_looked_at_again_once_changed(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass, approve_first=True)
    await respond(klass, klass.ann, "defend", claim=WORDS)
    assert "Rejected" in await reject(klass, klass.teacher)
    assert in_thread(klass) == []
    voted = await side(klass, klass.ann, "To get concessions")
    assert "A moderator has not approved your response" in told(voted)
    assert "Say it kindly." in told(voted)
    assert "Say it kindly." not in told(await side(klass, klass.ann, "To defend itself"))
    own = await klass.ann.slash(klass.channel, "my responses")
    assert "not approved" in answer(own)
    assert own.response is not None
    shown = await press(klass.ann, own.response, "Change")
    assert WAITS in answer(await klass.ann.submit_modal(shown, {"stance": "defend", "claim": "Kinder words."}))
    assert rows(database, REVIEWED) == [("waiting", 0)]
    assert "Waits for approval, changed since" in text_of(await queue(klass, klass.teacher))
    await approve(klass, klass.teacher)
    assert "Kinder words." in in_thread(klass)[0]
    assert rows(database, "select count(*) from removals where restored_at is null") == [(0,)]


async def test_nobody_approves_what_they_have_not_read(klass: SchoolClass, database: Path) -> None:
    await start(klass, approve_first=True)
    recorded = await respond(klass, klass.ann, "defend", claim=WORDS)
    page = await queue(klass, klass.teacher)
    assert recorded.response is not None
    changing = await press(klass.ann, recorded.response, "Change")
    await klass.ann.submit_modal(changing, {"stance": "defend", "claim": "Worse words."})
    assert "changed since you read it" in told(await press(klass.teacher, page, "Approve"))
    assert in_thread(klass) == []
    await approve(klass, klass.teacher)
    assert "does not wait any more" in told(await press(klass.teacher, page, "Approve"))
    assert "moderators and teachers" in answer(await forge(klass, klass.ann, "parley:approve:1:2"))
    assert rows(database, "select count(*) from audits") == [(1,)]


async def test_a_change_of_what_was_approved_waits_again(klass: SchoolClass, database: Path) -> None:
    await start(klass, approve_first=True)
    recorded = await respond(klass, klass.ann, "defend", claim=WORDS)
    await approve(klass, klass.teacher)
    await reply(klass.teacher, newest_in(klass), "Why?")
    assert recorded.response is not None
    changing = await press(klass.ann, recorded.response, "Change")
    assert WAITS in answer(await klass.ann.submit_modal(changing, {"stance": "defend", "claim": "Something else."}))
    assert in_thread(klass)[0] == "*This response waits for a moderator.*"
    await klass.env.advance_time(6)
    assert "Something else." not in "".join(in_thread(klass))
    assert WORDS not in "".join(in_thread(klass))
    await approve(klass, klass.teacher)
    assert "Something else." in in_thread(klass)[0]
    await klass.env.advance_time(6)
    assert "answers Ann: Something else." in in_thread(klass)[1]
    assert rows(database, "select count(*) from outdated") == [(0,)]


async def test_nobody_reads_or_answers_what_waits(klass: SchoolClass, database: Path) -> None:
    await start(klass, approve_first=True)
    await respond(klass, klass.ann, "defend", claim=WORDS)
    for verb in ("reply", "case", "change"):
        shown = await forge(klass, klass.ben, f"parley:{verb}:1")
        assert shown.modal is None
        assert WORDS not in told(shown)
    await approve(klass, klass.teacher)
    answering = await press(klass.ben, newest_in(klass), "Reply")
    changing = await forge(klass, klass.ann, "parley:change:1")
    await klass.ann.submit_modal(changing, {"stance": "defend", "claim": "Changed."})
    assert "cannot read that" in answer(await klass.ben.submit_modal(answering, {"text": "But why?"}))
    assert len(rows(database, "select 1 from responses")) == 1


async def test_teachers_do_not_wait(klass: SchoolClass) -> None:
    await start(klass, approve_first=True)
    assert "It stands in" in answer(await respond(klass, klass.teacher, "defend"))


async def test_what_waits_counts_for_its_author_and_the_teacher_is_told(database: Path, tmp_path: Path) -> None:
    plan = """
        requires: {responses: 1, replies: 0}
        phases:
          - argue: {visible: after-yours}
          - argue: {}
    """
    async with debating(database, tmp_path, plan) as klass:
        await klass.teacher.slash(klass.channel, "discuss close")
        await start(klass, format="own", approve_first=True)
        assert WAITS in told(await argue(klass, klass.ann, claim=WORDS))
        assert "1 of 2" in text_of(await open_panel(klass))
        assert "1 response waits for approval: `/review`" in text_of(await open_panel(klass))
        assert "1 response waits for approval" in answer(await klass.teacher.slash(klass.channel, "discuss status"))
        await argue(klass, klass.ben, claim="Ben's words.")
        assert "None of your classmates" in answer(await forge(klass, klass.ben, "parley:classmates:2:0"))
        page = await approve(klass, klass.teacher)
        assert "the class reads it when the rest of its phase is shown" in page
        assert WORDS in answer(await forge(klass, klass.ben, "parley:classmates:2:0"))
        await go_on(klass)
        assert [WORDS in words for words in cards_in(klass)] == [True]


async def test_a_reply_and_a_statement_wait_too(database: Path, tmp_path: Path) -> None:
    plan = """
        groups: {size: 9}
        sides: {assign: stances}
        phases:
          - statement: {ask: "What do you agree on?"}
          - argue: {replies: true}
    """
    async with debating(database, tmp_path, plan) as klass:
        await klass.teacher.slash(klass.channel, "discuss close")
        await start(klass, format="own", approve_first=True)
        assert WAITS in told(await write(klass, klass.ann, "Write together", "We agree."))
        shown = await forge(klass, klass.ben, "parley:statement:2:0")
        assert "We agree." in str(shown.modal)
        assert WAITS in told(await klass.ben.submit_modal(shown, {"text": "We agree on little."}))
        assert rows(database, "select count(*) from responses") == [(1,)]
        await go_on(klass)
        assert cards_in(klass) == []
        await approve(klass, klass.teacher)
        assert "We agree on little." in cards_in(klass)[0]
        assert WAITS in told(await reply(klass.ann, newest_in(klass), "And I do not."))
        assert len(cards_in(klass)) == 1


async def test_at_the_close_the_teacher_is_told_what_waits_and_can_still_approve_it(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass, approve_first=True)
    await respond(klass, klass.ann, "defend", claim=WORDS)
    closed = told(await klass.teacher.slash(klass.channel, "discuss close"))
    assert "1 response waits for approval: `/review`" in closed
    assert WORDS not in "".join(in_thread(klass))
    await approve(klass, klass.teacher)
    assert WORDS in in_thread(klass)[-1]
    await klass.env.advance_time(6)
    assert rows(database, "select count(*) from outdated") == [(0,)]


@pytest.mark.logs_errors
async def test_what_waits_still_waits_after_a_restart_and_what_is_approved_is_posted_once(database: Path) -> None:
    async with restarting(database) as before:
        klass = before.klass
        await start(klass, approve_first=True)
        await respond(klass, klass.ann, "defend", claim=WORDS)
        await respond(klass, klass.ben, "attack", claim="Another.")
        page = await queue(klass, klass.teacher)
        klass.env.inject_error("POST", f"/channels/{thread_in(klass).id}/messages", status=500)
        await press(klass.teacher, page, "Approve")
        async with before.restart() as klass:
            await klass.env.advance_time(61)
            assert [WORDS in words for words in in_thread(klass)] == [True]
            assert rows(before.database, REVIEWED) == [("approved", 1), ("waiting", 0)]


async def test_the_thread_is_closed_for_typing(klass: SchoolClass) -> None:
    await start(klass, approve_first=True)
    thread = klass.env.backend.get_channel(thread_in(klass).id).thread_metadata
    assert thread is not None
    assert thread.locked
    assert "A moderator reads what students write before the class does." in text_of(card_in(klass))


async def test_what_is_typed_all_the_same_is_taken_out_until_it_is_approved(klass: SchoolClass, database: Path) -> None:
    await start(klass, approve_first=True)
    await typed(klass, klass.ann, WORDS)
    assert in_thread(klass) == []
    assert rows(database, REVIEWED) == [("waiting", 0)]
    await klass.env.advance_time(130)
    assert rows(database, "select json_extract(body, '$.text') from responses") == [(WORDS,)]
    await approve(klass, klass.teacher)
    assert WORDS in in_thread(klass)[0]
    assert "Ann" in in_thread(klass)[0]
    await typed(klass, klass.teacher, "I may.")
    assert in_thread(klass)[1] == "I may."


async def test_where_the_bot_may_not_delete_it_a_moderator_is_told_that_it_stands_there(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass, approve_first=True)
    await deny(klass, klass.channel, manage_messages=True)
    await typed(klass, klass.ann, WORDS)
    assert in_thread(klass) == [WORDS]
    assert "if its message is still there, delete it" in text_of(await queue(klass, klass.teacher))
    await approve(klass, klass.teacher)
    assert in_thread(klass) == [WORDS]
    assert rows(database, REVIEWED) == [("approved", 1)]


async def test_a_transcript_marks_what_waits_and_a_hidden_one_is_not_shown_by_approving(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass, approve_first=True)
    await respond(klass, klass.ann, "defend", claim=WORDS)
    exported = await klass.teacher.slash(klass.channel, "transcript export", session=1, format="text", names="real")
    [file] = [file for message in seen_by(exported) for file in message.attachments]
    text = (await file.read()).decode()
    assert "[Waiting for a moderator, " in text
    assert WORDS in text
    assert "waits for approval" in told(await forge(klass, klass.teacher, "parley:restore:1"))
    assert "hidden already" in told(
        await klass.teacher.submit_modal(await forge(klass, klass.teacher, "parley:hide:1"), {"reason": "No."})
    )
    assert rows(database, REVIEWED) == [("waiting", 0)]


async def test_under_pseudonyms_a_moderator_approves_without_being_told_who_it_is(klass: SchoolClass) -> None:
    await start(klass, approve_first=True, pseudonyms=True)
    await respond(klass, klass.ann, "defend", claim=WORDS)
    page = await queue(klass, klass.teacher)
    assert WORDS in text_of(page)
    assert "Ann" not in text_of(page)
    await approve(klass, klass.teacher)
    assert WORDS in in_thread(klass)[0]
    assert "Ann" not in in_thread(klass)[0]


async def test_what_its_author_withdraws_waits_no_more(klass: SchoolClass) -> None:
    await start(klass, approve_first=True)
    recorded = await respond(klass, klass.ann, "defend", claim=WORDS)
    page = await queue(klass, klass.teacher)
    assert recorded.response is not None
    await press(klass.ann, recorded.response, "Withdraw")
    assert "withdrawn" in told(await press(klass.teacher, page, "Approve"))
    assert "Nothing waits" in text_of(await queue(klass, klass.teacher))
