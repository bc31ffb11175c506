"""Slow mode and muting: what a student is told, what the class sees, what goes on record."""

import asyncio
from pathlib import Path

from simcord import InteractionResult, MemberActor

from bot.classroom import responding
from bot.classroom.people import Person
from bot.discussion.ids import GuildId, RoundId, StanceId, UserId
from tests.chat.doing import bodies_of, forge, newest_in, posts_in, press, reply, respond, restarting, rows, side, start
from tests.chat.doing import watch as watched
from tests.chat.order import case, in_thread, moderator, told, typed
from tests.chat.panels import again
from tests.chat.phases import debating, handed_back, write
from tests.chat.seeing import answer, buttons_of, card_in, text_of, thread_in
from tests.chat.weathering import deny, find_connection, go_deaf, lose_connection
from tests.conftest import SchoolClass

SAID = "select coalesce(json_extract(body, '$.claim'), json_extract(body, '$.text')) from responses order by id"
LOUD = "Too *loud*."
IN_STATEMENT = """
    sides: {assign: stances}
    groups: {size: 9}
    phases:
      - statement: {ask: "What do you agree on?"}
      - argue: {}
"""


async def test_whoever_responds_too_soon_gets_their_words_back_and_the_seconds(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass, slow_mode=60)
    await respond(klass, klass.ann, "defend")
    post = newest_in(klass)
    await klass.env.advance_time(20)
    refused = await respond(klass, klass.ann, "defend", claim="Once more.")
    assert "You can send yours in 40 seconds." in answer(refused)
    assert "Once more." in await handed_back(refused)
    assert "in 40 seconds" in told(await reply(klass.ann, post, "And this."))
    assert "It stands in" in answer(await respond(klass, klass.ben, "attack"))
    assert "in 60 seconds" in told(await reply(klass.ben, post, "Why?"))
    await klass.env.advance_time(40)
    assert "It stands in" in told(await reply(klass.ann, post, "Since I have waited."))
    assert len(rows(database, SAID)) == 3


async def test_of_two_that_one_sends_at_the_same_moment_one_counts(klass: SchoolClass, database: Path) -> None:
    await start(klass, slow_mode=60)
    ann = Person(GuildId(klass.guild.id), UserId(klass.ann.id), "Ann")
    twice = [responding.respond(klass.room, ann, RoundId(1), StanceId("defend"), {"claim": each}) for each in "ab"]
    outcomes = await asyncio.gather(*twice, return_exceptions=True)
    refused = ["slow mode" in str(each) for each in outcomes]
    assert sorted(refused) == [False, True]
    assert rows(database, SAID) == [("ab"[refused.index(False)],)]


async def test_slow_mode_slows_neither_votes_nor_changes_nor_teachers(klass: SchoolClass) -> None:
    await start(klass, slow_mode=600)
    recorded = await respond(klass, klass.ann, "defend")
    assert "you have moved" in answer(await side(klass, klass.ann, "To get concessions"))
    assert recorded.response is not None
    shown = await press(klass.ann, recorded.response, "Change")
    changed = await klass.ann.submit_modal(shown, {"stance": "defend", "claim": "Better said."})
    assert "Recorded." in answer(changed)
    for _ in range(2):
        assert "Recorded." in answer(await respond(klass, klass.teacher, "defend"))
    assert "Withdrawn" in told(await press(klass.ann, recorded.response, "Withdraw"))
    assert "slow mode" in told(await respond(klass, klass.ann, "defend"))  # taking back makes nobody's turn come sooner


async def test_a_teacher_changes_the_pace_while_the_debate_runs(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    seen = watched(klass)
    set_to = await klass.teacher.slash(klass.channel, "discuss slow", seconds=30)
    assert "each student waits 30 seconds" in answer(set_to)
    assert [body["rate_limit_per_user"] for body in bodies_of(seen, "PATCH", f"*/{thread_in(klass).id}")] == [30]
    await klass.env.advance_time(6)
    assert "slow mode: 30 seconds" in text_of(card_in(klass))
    await respond(klass, klass.ann, "defend")
    assert "slow mode" in answer(await respond(klass, klass.ann, "defend"))
    await klass.teacher.slash(klass.channel, "discuss next")
    assert rows(database, "select slow_seconds from rounds") == [(30,), (30,)]
    await klass.teacher.slash(klass.channel, "discuss slow", seconds=0)
    assert rows(database, "select slow_seconds from sessions") == [(0,)]
    assert "This is for teachers" in answer(await klass.ann.slash(klass.channel, "discuss slow", seconds=5))
    acts = rows(database, "select json_extract(details, '$.seconds') from audits where details like '%slow%'")
    assert acts == [("30",), ("0",)]


async def test_a_slow_thread_is_slow_from_its_beginning_and_what_is_typed_is_all_kept(
    klass: SchoolClass, database: Path
) -> None:
    seen = watched(klass)
    await start(klass, slow_mode=60)
    assert [body.get("rate_limit_per_user") for body in bodies_of(seen, "PATCH", "*/channels/*")] == [60]
    for words in ("One.", "Two.", "Three."):
        await typed(klass, klass.ann, words)
    assert rows(database, SAID) == [("One.",), ("Two.",), ("Three.",)]
    assert "slow mode" in answer(await respond(klass, klass.ann, "defend"))


async def test_where_the_thread_cannot_be_slowed_the_teacher_is_told(klass: SchoolClass) -> None:
    await start(klass)
    klass.env.inject_error("PATCH", f"/channels/{thread_in(klass).id}", status=403, code=50013)
    assert "lacks Manage Threads" in answer(await klass.teacher.slash(klass.channel, "discuss slow", seconds=30))
    await respond(klass, klass.ann, "defend")
    assert "slow mode" in answer(await respond(klass, klass.ann, "defend"))


async def muted(klass: SchoolClass, mo: MemberActor, member: MemberActor) -> InteractionResult:
    return await mo.slash(klass.channel, "mute", member=member, reason=LOUD)


async def test_a_muted_student_votes_and_says_nothing(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "defend")
    post, mo = newest_in(klass), moderator(klass)
    opened = await press(klass.ann, card_in(klass), "Respond")
    answering = await press(klass.ann, post, "Reply")
    changing = await forge(klass, klass.ann, "parley:change:1")
    assert "Muted in this debate" in answer(await muted(klass, mo, klass.ann))
    refused = await klass.ann.submit_modal(opened, {"stance": "defend", "claim": "One word more."})
    assert "A moderator has muted you in this debate." in answer(refused)
    assert "The reason: Too \\*loud\\*." in answer(refused)
    assert "One word more." in await handed_back(refused)
    assert "muted you" in answer(await klass.ann.submit_modal(answering, {"text": "And another."}))
    assert "muted you" in answer(await klass.ann.submit_modal(changing, {"stance": "defend", "claim": "Changed."}))
    assert "muted you" in answer(await press(klass.ann, card_in(klass), "Respond"))
    assert "muted you" in answer(await press(klass.ann, post, "Reply"))
    assert "muted" not in answer(await side(klass, klass.ann, "To get concessions"))
    assert "It stands in" in answer(await respond(klass, klass.ben, "attack"))
    assert len(rows(database, SAID)) == 2
    assert "They can speak again" in answer(await mo.slash(klass.channel, "unmute", member=klass.ann))
    assert "It stands in" in told(await reply(klass.ann, post, "I am back."))
    assert rows(database, "select action from audits order by id") == [("student.mute",), ("student.unmute",)]


async def test_a_mute_ends_with_the_session(klass: SchoolClass) -> None:
    await start(klass)
    await muted(klass, klass.teacher, klass.ann)
    await klass.teacher.slash(klass.channel, "discuss next")
    assert "muted you" in answer(await respond_or_refused(klass))
    await klass.teacher.slash(klass.channel, "discuss close")
    await start(klass)
    assert "It stands in" in answer(await respond(klass, klass.ann, "defend"))


async def respond_or_refused(klass: SchoolClass) -> InteractionResult:
    return await press(klass.ann, card_in(klass), "Respond")


async def test_whom_one_cannot_mute(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    mo = moderator(klass)
    assert "Only students" in answer(await muted(klass, mo, klass.teacher))
    assert "moderators and teachers" in answer(await muted(klass, klass.ben, klass.ann))
    await muted(klass, mo, klass.ann)
    assert "already" in answer(await muted(klass, mo, klass.ann))
    assert "not muted" in answer(await mo.slash(klass.channel, "unmute", member=klass.ben))
    assert rows(database, "select count(*) from mutes") == [(1,)]


async def test_a_muted_student_does_not_write_with_their_group(database: Path, tmp_path: Path) -> None:
    async with debating(database, tmp_path, IN_STATEMENT) as klass:
        await write(klass, klass.ben, "Write together", "We agree.")
        await muted(klass, klass.teacher, klass.ann)
        assert "muted you" in answer(await forge(klass, klass.ann, "parley:statement:1:0"))
        assert "muted you" in answer(await forge(klass, klass.ann, "parley:change:1"))


async def test_what_a_muted_student_types_is_deleted_and_not_recorded(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    before = await typed(klass, klass.ann, "Still free.")
    await muted(klass, klass.teacher, klass.ann)
    await typed(klass, klass.ann, "Not any more.")
    await klass.ann.edit(before, "Changed now.")
    await typed(klass, klass.ben, "Nor me?")
    assert rows(database, SAID) == [("Still free.",), ("Nor me?",)]
    assert in_thread(klass) == ["Changed now.", "Nor me?"]


async def test_where_the_bot_may_not_delete_it_is_not_recorded_either_and_not_after_a_restart(database: Path) -> None:
    async with restarting(database) as before:
        klass = before.klass
        await start(klass)
        await typed(klass, klass.ben, "First.")
        await deny(klass, klass.channel, manage_messages=True)
        await muted(klass, klass.teacher, klass.ann)
        await typed(klass, klass.ann, "While muted.")
        await klass.env.advance_time(5)
        go_deaf(klass)
        await typed(klass, klass.ann, "While muted, and nobody listened.")
        async with before.restart() as klass:
            assert rows(before.database, SAID) == [("First.",)]
            await klass.env.advance_time(5)
            await klass.teacher.slash(klass.channel, "unmute", member=klass.ann)
            await klass.env.advance_time(5)
            await lose_connection(klass)
            await typed(klass, klass.ann, "Free again.")
            await find_connection(klass)
            assert rows(before.database, SAID) == [("First.",), ("Free again.",)]
            assert len(posts_in(thread_in(klass))) == 4


async def test_by_the_page_of_a_response_its_author_is_muted(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "defend")
    page = await case(klass, klass.teacher, newest_in(klass))
    await klass.teacher.submit_modal(await press(klass.teacher, page, "Mute its author"), {"reason": LOUD})
    page = again(klass, page)
    assert "Its author is muted in this debate: Too \\*loud\\*." in text_of(page)
    assert "Mute its author" not in buttons_of(page)
    assert "muted you" in answer(await press(klass.ann, card_in(klass), "Respond"))
    await press(klass.teacher, page, "Unmute its author")
    assert "Mute its author" in buttons_of(again(klass, page))
    assert rows(
        database, "select json_extract(details, '$.response'), json_extract(details, '$.user') from audits"
    ) == [
        ("1", None),
        ("1", None),
    ]


async def test_under_pseudonyms_muting_does_not_tell_who_is_who(klass: SchoolClass, database: Path) -> None:
    await start(klass, pseudonyms=True)
    await respond(klass, klass.ann, "defend")
    mo, post = moderator(klass), newest_in(klass)
    page = await case(klass, mo, post)
    both = ["Mute its author", "Unmute its author"]
    assert [label for label in buttons_of(page) if label in both] == both
    assert "Ann" not in text_of(page)
    by_name = answer(await muted(klass, mo, klass.ann))
    page = await case(klass, mo, post)
    assert [label for label in buttons_of(page) if label in both] == both
    assert "muted" not in text_of(page)
    assert answer(await muted(klass, mo, klass.ann)) == by_name
    assert answer(await muted(klass, mo, klass.ben)) == by_name
    await mo.submit_modal(await press(mo, page, "Mute its author"), {"reason": LOUD})
    shown = text_of(again(klass, page))
    assert "Muted in this debate" in shown
    unmuted = answer(await mo.slash(klass.channel, "unmute", member=klass.ann))
    assert answer(await mo.slash(klass.channel, "unmute", member=klass.ann)) == unmuted
    await press(mo, page, "Unmute its author")
    assert "They can speak again" in text_of(again(klass, page))
    assert "It stands in" in answer(await respond(klass, klass.ann, "defend"))
    for response, user in rows(
        database, "select json_extract(details, '$.response'), json_extract(details, '$.user') from audits"
    ):
        assert (response is None) != (user is None)


async def test_taking_back_ones_consent_is_no_way_around_a_mute(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await klass.teacher.slash(klass.channel, "mute", member=klass.ann, reason=LOUD)
    await klass.ann.slash(klass.channel, "privacy withdraw")
    await typed(klass, klass.ann, "As I was saying.")
    await typed(klass, klass.ben, "Me too.")
    assert "As I was saying." not in in_thread(klass)
    assert "Me too." in in_thread(klass)
    assert rows(database, SAID) == [("Me too.",)]


async def test_what_may_not_wait_on_record_does_not_stay_unread_in_the_thread(
    klass: SchoolClass, database: Path
) -> None:
    await klass.teacher.slash(klass.channel, "words add", word="turnip")
    await start(klass)
    await klass.ann.slash(klass.channel, "privacy withdraw")
    await typed(klass, klass.ann, "You turnip.")
    await typed(klass, klass.ann, "You carrot.")
    assert "You turnip." not in in_thread(klass)
    assert "You carrot." in in_thread(klass)
    await klass.teacher.slash(klass.channel, "discuss close")
    await start(klass, approve_first=True)
    await typed(klass, klass.ann, "Unread.")
    assert "Unread." not in in_thread(klass)
    assert rows(database, SAID) == []
