"""`/my progress` and `/discuss voices`: one's own way, whose voice is missing, and invitations that name nobody."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from simcord import InteractionResult, MemberActor

from bot.chat.cards.progress_page import progress_page, voices_page
from bot.classroom.inviting import Voices
from bot.classroom.progressing import OwnWay, Way
from bot.discussion.ids import ResponseId, UserId
from bot.discussion.inviting import invitations
from bot.discussion.requirements import Item, Progress, Task
from bot.discussion.voices import Voice
from tests.chat import values
from tests.chat.doing import change, forge, newest_in, posts_in, press, reply, respond, restarting, rows, start
from tests.chat.phases import argue, debating, do, go_on, post_of, write
from tests.chat.seeing import answer, buttons_of, text_of, thread_in
from tests.chat.test_limits import assert_discord_takes, few
from tests.conftest import SchoolClass, school_class

ASKED = """
requires: {responses: 1, replies: 2}
phases:
  - argue: {replies: true, change-sides: true}
  - reflect: {ask: "What now?"}
"""


async def progress(klass: SchoolClass, who: MemberActor) -> str:
    """What `/my progress` shows."""
    return answer(await who.slash(klass.channel, "my progress"))


async def voices(klass: SchoolClass) -> InteractionResult:
    """What `/discuss voices` shows."""
    return await klass.teacher.slash(klass.channel, "discuss voices")


async def invited(klass: SchoolClass, label: str) -> str:
    """What a teacher is told who presses an invitation."""
    shown = await voices(klass)
    assert shown.response is not None
    return answer(await press(klass.teacher, shown.response, label))


async def test_progress_tells_what_was_said_and_cited_and_what_is_left(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, ASKED) as klass:
        assert "0 responses · 0 replies · 0 words" in await progress(klass, klass.ann)
        assert "Still to do: 1 response and 2 replies." in await progress(klass, klass.ann)
        await respond(klass, klass.ann, "attack", claim="It “has effectively isolated itself”, see ¶3.")
        await respond(klass, klass.ben, "defend", claim="Not so.")
        await reply(klass.ann, post_of(klass, "Not so"), "But look at it.")
        told = await progress(klass, klass.ann)
        assert "1 response · 1 reply · 11 words" in told
        assert "You lean on ¶1, ¶3 of the article." in told
        assert "Question" not in told
        assert "Still to do: 1 reply." in told
        await reply(klass.ann, post_of(klass, "Not so"), "Once more.")
        assert "You have done what is asked: 1 response and 2 replies." in await progress(klass, klass.ann)
        await go_on(klass)
        await write(klass, klass.ben, "Reflect", "Hm.")
        assert "1 response · 0 replies · 1 reflection · 2 words" in await progress(klass, klass.ben)
        await go_on(klass)
        told = await progress(klass, klass.ben)
        assert "It is closed; 2 replies short of 1 response and 2 replies." in told
        assert "You lean on no passage of it yet." in told


async def test_progress_leaves_out_what_was_withdrawn_or_hidden_and_everybody_elses(
    klass: SchoolClass, database: Path
) -> None:
    assert "No debate has been held" in await progress(klass, klass.ann)
    await start(klass)
    await respond(klass, klass.ann, "attack", claim="See ¶2.")
    await respond(klass, klass.ann, "attack", claim="See ¶4.")
    await klass.ann.context_menu(thread_in(klass), "Withdraw my response", post_of(klass, "¶2"))
    assert "1 response · 0 replies · 2 words" in await progress(klass, klass.ann)
    assert "You lean on ¶4 of" in await progress(klass, klass.ann)
    change(database, "UPDATE responses SET hidden_at = created_at")
    assert "0 responses" in await progress(klass, klass.ann)
    assert "0 responses" in await progress(klass, klass.ben)


async def test_progress_counts_all_questions_of_the_session(klass: SchoolClass) -> None:
    await start(klass, "china-or-sanctions")
    await respond(klass, klass.ann, "sanctions", claim="One.")
    await klass.teacher.slash(klass.channel, "discuss next")
    told = await progress(klass, klass.ann)
    assert "1 response · 0 replies · 1 word" in told
    assert "Question 1: nothing in particular is asked of you." in told
    assert "Question 2: nothing in particular is asked of you." in told


async def test_the_teacher_sees_who_is_silent_who_carries_the_talk_and_what_nobody_answered(database: Path) -> None:
    async with school_class(database, students=4) as klass:
        await start(klass)
        ann, ben, cleo, _ = klass.students
        told = answer(await voices(klass))
        assert "**Not heard yet** (4): Ann, Ben, Student 3, Student 4" in told
        assert "nobody has spoken yet" in told
        await respond(klass, ann, "attack", claim="One two three four five six.")
        await reply(ben, newest_in(klass), "Seven eight.")
        await respond(klass, cleo, "defend", claim="Nine *ten*.")
        await klass.teacher.send(thread_in(klass), "And the teacher says much more than anybody else does here.")
        told = answer(await voices(klass))
        assert "**Not heard yet** (1): Student 4" in told
        assert "60 % · Ann · 1 response, 0 replies\n20 % · Ben · 0 responses, 1 reply\n20 % · Student 3" in told
        place = f"https://discord.com/channels/{klass.guild.id}/{thread_in(klass).id}/{post_of(klass, 'Nine').id}"
        assert f"Student 3, 🛡️ To defend itself: Nine \\*ten\\*. · {place}" in told
        assert "Ann, " not in told.partition("**Nobody has answered**")[2]
        assert "teachers" in answer(await klass.ann.slash(klass.channel, "discuss voices"))


async def test_an_invitation_is_posted_once_in_the_thread_and_names_nobody(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "attack", claim="One.")
    shown = await voices(klass)
    assert shown.response is not None
    assert buttons_of(shown.response) == [
        "Answer “To be able to attack”",
        "Speak for “To defend itself”",
        "Speak for “To get concessions”",
        "Answer point 1",
    ]
    point = post_of(klass, "One.")
    assert await invited(klass, "Answer “To be") == "The class is invited."
    posted = text_of(newest_in(klass))
    assert "“To be able to attack” has not been answered yet: who replies to it?" in posted
    assert await invited(klass, "Answer point 1") == "The class is invited."
    posted += text_of(newest_in(klass))
    place = f"https://discord.com/channels/{klass.guild.id}/{thread_in(klass).id}/{point.id}"
    assert f"Nobody has answered this point yet. {place}" in posted
    assert "Ann" not in posted
    assert "Ben" not in posted
    assert "<@" not in posted
    assert len(posts_in(thread_in(klass))) == 3
    assert "just been invited" in await invited(klass, "Answer point 1")
    assert len(posts_in(thread_in(klass))) == 3
    await klass.env.advance_time(181)
    assert await invited(klass, "Answer point 1") == "The class is invited."
    assert rows(database, "select count(*) from audits where details like '%invite%'") == [(3,)]


async def test_a_teacher_invites_also_where_the_coach_is_off(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "attack", claim="One.")
    change(database, "UPDATE rounds SET coached = 0")
    assert await invited(klass, "Answer point 1") == "The class is invited."
    assert "this point" in text_of(newest_in(klass))


async def test_what_has_happened_meanwhile_or_never_was_is_no_invitation(klass: SchoolClass) -> None:
    await start(klass)
    await respond(klass, klass.ann, "attack", claim="One.")
    shown = await voices(klass)
    assert shown.response is not None
    point = newest_in(klass)
    await reply(klass.ben, point, "Two.")
    assert "happened meanwhile" in answer(await press(klass.teacher, shown.response, "Answer point 1"))
    for forged in ("point:99", "point:x", "speak:nobody", "circle:inner", "shout:attack", "answer"):
        told = answer(await forge(klass, klass.teacher, f"parley:invite:1:{forged}"))
        assert "invited." not in told, forged
    assert "teachers" in answer(await forge(klass, klass.ann, "parley:invite:1:speak:defend"))
    await klass.teacher.slash(klass.channel, "discuss close")
    assert "round is closed" in answer(await forge(klass, klass.teacher, "parley:invite:1:speak:defend"))
    closed = await voices(klass)
    assert closed.response is not None
    assert buttons_of(closed.response) == []
    assert "**Not heard yet** (0)" in text_of(closed.response)


async def test_under_pseudonyms_nobody_is_called_by_their_name(klass: SchoolClass) -> None:
    await start(klass, pseudonyms=True)
    await respond(klass, klass.ann, "attack", claim="One.")
    told = answer(await voices(klass))
    assert "**Not heard yet** (1): 1 without a name here" in told
    assert "Ann" not in told
    assert "Ben" not in told


async def test_an_invitation_that_discord_did_not_take_is_posted_after_a_restart(database: Path) -> None:
    async with restarting(database) as running:
        klass = running.klass
        await start(klass)
        await respond(klass, klass.ann, "attack", claim="One.")
        klass.env.inject_error("POST", f"*/channels/{thread_in(klass).id}/messages", status=500)
        assert await invited(klass, "Answer point 1") == "The class is invited as soon as Discord takes it."
        async with running.restart() as again:
            await again.env.advance_time(65)
            told = [text_of(post) for post in posts_in(thread_in(again)) if "this point" in text_of(post)]
            assert len(told) == 1


async def test_a_circle_that_has_not_spoken_is_invited_as_a_circle(database: Path) -> None:
    async with school_class(database, students=4) as klass:
        await start(klass, format="fishbowl")
        for student in klass.students:
            await do(klass, student, "My part")
        await go_on(klass)
        [(first,), *_] = rows(database, "select user_id from places where side = 'inner'")
        inner = next(student for student in klass.students if student.id == first)
        await argue(klass, inner)
        assert await invited(klass, "Hear the outer circle") == "The class is invited."
        assert "The outer circle has not been heard yet." in text_of(newest_in(klass))
        shown = await voices(klass)
        assert shown.response is not None
        assert "Hear the inner circle" not in buttons_of(shown.response)


@given(data=st.data())
@few
def test_discord_takes_the_pages_whatever_is_written(data: st.DataObject) -> None:
    found, count = data.draw(values.rounds()), data.draw(st.sampled_from([0, 5, 80]))
    users = [UserId(10**18 + number) for number in range(count)]
    said = [
        replace(data.draw(values.responses(found)), id=ResponseId(10**17 + number), parent_id=None, stance=None)
        for number in range(min(count, 5))
    ]
    voices_of = [Voice(user, 9999, 9999, 99999) for user in users]
    names = dict.fromkeys(users, data.draw(values.words(32)))
    invited = invitations(found, said, lambda _: None)
    seen = Voices(
        found, tuple(users), tuple(voices_of), tuple(said), invited, names, data.draw(values.words(200)), False
    )
    assert_discord_takes(voices_page(seen))
    items = (Item(Task.RESPONSES, 1, 20), Item(Task.REPLIES, 0, 20))
    ways = tuple(Way(found, progress) for progress in [Progress(items), Progress(())] * max(count, 1))
    cited = tuple(range(1, 10 * count))
    assert_discord_takes(progress_page(OwnWay(data.draw(values.words(300)), 999, 999, 999, 99999, cited, ways)))
