"""Nobody's words are recorded before they have agreed; what they were doing goes on when they have."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from simcord import InteractionResult, MemberActor, ResponseMessage

from bot.chat import holding
from bot.chat.connecting import plain_intents
from bot.discussion.ids import GuildId
from tests.agreeing import school_agrees
from tests.chat.doing import (
    CLAIM,
    change,
    fail_on,
    forge,
    mend,
    newest_in,
    press,
    respond,
    restarting,
    rows,
    side,
    start,
)
from tests.chat.panels import addresses, again, begin, shown
from tests.chat.seeing import answer, buttons_of, card_in, text_of, thread_in
from tests.conftest import SchoolClass, school_class

SECRET = "Only I should read this sentence."


@pytest.fixture
async def unasked(database: Path) -> AsyncGenerator[SchoolClass]:
    """A class in which nobody has been asked yet, with a debate that is on."""
    async with school_class(database, agreed=False) as klass:
        await start(klass)
        yield klass


def nothing_of(database: Path, klass: SchoolClass, person: MemberActor) -> bool:
    """Is there no trace of somebody on record, neither their number nor their name?"""
    for (table,) in rows(database, "select name from sqlite_master where type = 'table'"):
        for row in rows(database, f"select * from {table}"):
            told = " ".join(map(str, row))
            if str(person.user.id) in told or SECRET in told:
                return False
    return True


def is_asked(result: InteractionResult) -> bool:
    return buttons_of(shown(result)) == ["I agree", "Not now"]


async def test_a_first_vote_waits_for_the_voters_word(unasked: SchoolClass, database: Path) -> None:
    asked = await side(unasked, unasked.ann, "To defend itself")
    assert is_asked(asked)
    told = answer(asked)
    for part in ("What is recorded", "Who sees it", "pseudonym", "180 days", "/privacy erase", "another way"):
        assert part in told
    assert nothing_of(database, unasked, unasked.ann)
    went_on = await press(unasked.ann, shown(asked), "I agree")
    assert "You have agreed" in text_of(again(unasked, shown(asked)))
    assert "Recorded: you stand for" in text_of(went_on.followups[0])
    assert rows(database, "select stance from votes") == [("defend",)]
    assert not is_asked(await respond(unasked, unasked.ann, "defend"))
    assert is_asked(await side(unasked, unasked.ben, "To defend itself"))


async def test_a_form_opens_as_soon_as_its_author_agrees(unasked: SchoolClass, database: Path) -> None:
    asked = await press(unasked.ann, card_in(unasked), "Respond")
    assert is_asked(asked)
    form = await press(unasked.ann, shown(asked), "I agree")
    assert "**Recorded.**" in answer(await unasked.ann.submit_modal(form, {"stance": "defend", **CLAIM}))
    assert rows(database, "select count(*) from responses") == [(1,)]


async def test_not_now_leaves_no_trace_and_asks_again(unasked: SchoolClass, database: Path) -> None:
    asked = await side(unasked, unasked.ann, "To defend itself")
    await press(unasked.ann, shown(asked), "Not now")
    assert "Nothing was recorded" in text_of(again(unasked, shown(asked)))
    assert nothing_of(database, unasked, unasked.ann)
    assert is_asked(await side(unasked, unasked.ann, "To defend itself"))


async def test_words_already_written_are_recorded_when_their_author_agrees(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    form = await press(klass.ann, card_in(klass), "Respond")
    decline(database, klass.ann)
    asked = await klass.ann.submit_modal(form, {"stance": "defend", "claim": SECRET, "evidence": "¶3"})
    assert is_asked(asked)
    [attachment] = shown(asked).attachments
    assert attachment.filename == "your-words.txt"
    assert rows(database, "select count(*) from responses") == [(0,)]
    went_on = await press(klass.ann, shown(asked), "I agree")
    assert "**Recorded.**" in text_of(went_on.followups[0])
    [(body,)] = rows(database, "select body from responses")
    assert SECRET in body
    assert SECRET in text_of(newest_in(klass))
    again_ = await press(klass.ann, shown(asked), "I agree") if buttons_of(again(klass, shown(asked))) else None
    assert again_ is None
    assert rows(database, "select count(*) from responses") == [(1,)]


async def test_after_a_restart_the_words_are_in_the_file(database: Path) -> None:
    async with restarting(database) as running:
        klass = running.klass
        await start(klass)
        form = await press(klass.ann, card_in(klass), "Respond")
        decline(database, klass.ann)
        asked = await klass.ann.submit_modal(form, {"stance": "defend", "claim": SECRET})
        page = shown(asked)
        async with running.restart() as klass_again:
            told = answer(await press(klass_again.ann, page, "I agree"))
            assert "send your words once more" in told
            assert rows(running.database, "select count(*) from responses") == [(0,)]
            assert "**Recorded.**" in answer(await respond(klass_again, klass_again.ann, "defend"))


async def test_a_form_that_waits_is_its_authors_alone(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    form = await press(klass.ann, card_in(klass), "Respond")
    decline(database, klass.ann)
    page = shown(await klass.ann.submit_modal(form, {"stance": "defend", "claim": SECRET}))
    told = answer(await forge(klass, klass.ben, addresses(page)["I agree"]))
    assert SECRET not in told
    assert rows(database, "select count(*) from responses") == [(0,)]
    went_on = await press(klass.ann, page, "I agree")
    assert "**Recorded.**" in text_of(went_on.followups[0])


@pytest.mark.parametrize("then", ["control:close:1:0", "yes:vote:1:defend", "withdraw:1", "exported:1"])
async def test_nothing_else_stands_behind_i_agree(unasked: SchoolClass, database: Path, then: str) -> None:
    told = answer(await forge(unasked, unasked.ann, f"parley:yes:{then}"))
    assert "not known any more" in told
    assert nothing_of(database, unasked, unasked.ann)


async def test_typed_words_are_recorded_from_then_on(unasked: SchoolClass, database: Path) -> None:
    thread = thread_in(unasked)
    early = await unasked.ann.send(thread, SECRET)
    hint = newest_in(unasked)
    assert "not been asked yet" in text_of(hint)
    assert unasked.ann.user.name not in text_of(hint)
    await unasked.ben.send(thread, "Me too.")
    assert newest_in(unasked).content == "Me too."  # the thread is told once in a while
    unasked.env.backend.advance_clock(2)
    asked = await press(unasked.ann, hint, "Take part")
    await press(unasked.ann, shown(asked), "I agree")
    unasked.env.backend.advance_clock(2)
    await unasked.ann.send(thread, "Now on record.")
    assert [SECRET not in body for (body,) in rows(database, "select body from responses")] == [True]
    await unasked.ann.edit(early, SECRET + " Edited.")
    assert rows(database, "select count(*) from responses") == [(1,)]
    assert "as you know" in answer(await press(unasked.ann, hint, "Take part"))


async def test_reading_back_records_nothing_from_before_somebody_agreed(database: Path) -> None:
    async with restarting(database, agreed=False) as running:
        klass = running.klass
        await start(klass)
        await press(klass.ben, shown(await side(klass, klass.ben, "To defend itself")), "I agree")
        klass.env.backend.advance_clock(2)
        await klass.env.bot.close()
        await klass.ann.send(thread_in(klass), SECRET)
        await klass.ben.send(thread_in(klass), "I have agreed.")
        async with running.restart() as after:
            kept = [body for (body,) in rows(running.database, "select body from responses")]
            assert len(kept) == 1
            assert "I have agreed." in kept[0]
            assert nothing_of(running.database, after, after.ann)


@pytest.mark.parametrize("school", [False, True])
@pytest.mark.parametrize("edited", [False, True])
async def test_what_was_typed_while_it_was_taken_back_is_never_read_back(
    database: Path, school: bool, edited: bool
) -> None:
    async with restarting(database) as running:
        klass = running.klass
        if school:
            await school_agrees(klass.room, GuildId(klass.guild.id))
        await start(klass)
        first = await klass.ann.send(thread_in(klass), "One.")
        klass.env.backend.advance_clock(2)
        await klass.ann.slash(klass.channel, "privacy withdraw")
        klass.env.backend.advance_clock(2)
        await (klass.ann.edit(first, SECRET) if edited else klass.ann.send(thread_in(klass), SECRET))
        klass.env.backend.advance_clock(2)
        await press(klass.ann, shown(await klass.ann.slash(klass.channel, "privacy agree")), "I agree")
        await klass.env.bot.close()
        async with running.restart():
            assert rows(running.database, "select body from responses") == [('{"text":"One."}',)]


async def test_what_was_typed_before_the_school_agreed_is_never_read_back(database: Path) -> None:
    async with restarting(database, agreed=False) as running:
        klass = running.klass
        await start(klass)
        await klass.ann.send(thread_in(klass), SECRET)
        klass.env.backend.advance_clock(2)
        await klass.teacher.slash(klass.channel, "setup", consent="school")
        klass.env.backend.advance_clock(2)
        await klass.env.bot.close()
        await klass.ann.send(thread_in(klass), "After it.")
        async with running.restart():
            assert rows(running.database, "select body from responses") == [('{"text":"After it."}',)]


async def test_who_takes_it_back_is_recorded_no_more(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await klass.ann.send(thread_in(klass), "One.")
    decline(database, klass.ann)
    before = newest_in(klass).id
    await klass.ann.send(thread_in(klass), "Two.")
    assert newest_in(klass).content == "Two."  # they know it: nobody else is told
    assert newest_in(klass).id != before
    assert is_asked(await side(klass, klass.ann, "To defend itself"))
    assert [body for (body,) in rows(database, "select body from responses")] == ['{"text":"One."}']
    assert rows(database, "select count(*) from votes") == [(0,)]


async def test_where_the_school_has_agreed_everybody_is_told_once(unasked: SchoolClass, database: Path) -> None:
    await school_agrees(unasked.room, GuildId(unasked.guild.id))
    result = await side(unasked, unasked.ann, "To defend itself")
    assert "Recorded: you stand for" in answer(result)
    [told] = result.followups
    assert "Your school has agreed" in text_of(told)
    assert told.ephemeral
    assert buttons_of(told) == []
    assert (await side(unasked, unasked.ann, "To get concessions")).followups == []
    decline(database, unasked.ann)
    assert is_asked(await side(unasked, unasked.ann, "To defend itself"))


async def test_a_command_that_is_the_first_thing_is_answered_before_the_notice(
    unasked: SchoolClass, database: Path
) -> None:
    await school_agrees(unasked.room, GuildId(unasked.guild.id))
    await respond(unasked, unasked.teacher, "defend")
    menu = await unasked.ben.context_menu(thread_in(unasked), "Reply to this response", newest_in(unasked))
    assert menu.modal is not None
    assert await unasked.ann.autocomplete(unasked.channel, "article read", "article", "")
    assert nothing_of(database, unasked, unasked.ann)
    shown_first, told_then = await unasked.ann.slash(unasked.channel, "privacy show"), "Your school has agreed"
    assert "Your record" in answer(shown_first)
    assert told_then in text_of(shown_first.followups[-1])


@pytest.mark.parametrize("restarted", [False, True])
async def test_who_is_erased_is_told_anew_when_they_come_back_and_not_before(database: Path, restarted: bool) -> None:
    async with restarting(database, agreed=False) as running:
        klass = running.klass
        await school_agrees(klass.room, GuildId(klass.guild.id))
        await start(klass)
        await side(klass, klass.ann, "To defend itself")
        page = shown(await klass.ann.slash(klass.channel, "privacy erase"))
        if not restarted:
            await press(klass.ann, page, "Erase everything")
            assert nothing_of(database, klass, klass.ann)
            assert "Your school has agreed" in text_of((await side(klass, klass.ann, "To defend itself")).followups[0])
            return
        async with running.restart() as after:
            await press(after.ann, page, "Erase everything")
            assert nothing_of(running.database, after, after.ann)


@pytest.mark.parametrize("what", ["Reply to this response", "Change my response", "My part", "Reflect"])
async def test_every_way_to_go_on_record_asks(klass: SchoolClass, database: Path, what: str) -> None:
    await begin(klass, "structured-academic-controversy" if what == "My part" else "open-floor")
    await side(klass, klass.ben, buttons_of(card_in(klass))[0].split(" ·")[0]) if what != "My part" else None
    if what == "My part":
        decline(database, klass.ann)
        asked = await press(klass.ann, card_in(klass), "My part")
        assert is_asked(asked)
        assert rows(database, "select count(*) from places") == [(0,)]
        page = (await press(klass.ann, shown(asked), "I agree")).followups[0]
        assert "Your part" in text_of(page)
        return
    await respond(klass, klass.ann, "defend")
    post = newest_in(klass)
    decline(database, klass.ann)
    if what == "Reflect":
        told = await klass.ann.context_menu(thread_in(klass), "Withdraw my response", post)
        assert "Withdrawn" in answer(told)  # what is one's own can be taken back at any time
        return
    asked = await klass.ann.context_menu(thread_in(klass), what, post)
    assert is_asked(asked)
    form = await press(klass.ann, shown(asked), "I agree")
    assert form.modal is not None


async def test_what_moved_one_is_recorded_when_one_agrees(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "defend")
    decline(database, klass.ben)
    asked = await press(klass.ben, newest_in(klass), "This moved me")
    assert is_asked(asked)
    assert rows(database, "select count(*) from endorsements") == [(0,)]
    went_on = await press(klass.ben, shown(asked), "I agree")
    assert "Recorded: this moved you" in text_of(went_on.followups[0])
    assert rows(database, "select count(*) from endorsements") == [(1,)]


async def test_a_report_waits_for_its_authors_word(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "defend")
    post = newest_in(klass)
    form = await klass.ben.context_menu(thread_in(klass), "Report this response", post)
    decline(database, klass.ben)
    assert is_asked(await klass.ben.context_menu(thread_in(klass), "Report this response", post))
    asked = await klass.ben.submit_modal(form, {"reason": SECRET})
    assert is_asked(asked)
    assert rows(database, "select count(*) from reports") == [(0,)]
    went_on = await press(klass.ben, shown(asked), "I agree")
    assert "Reported" in text_of(went_on.followups[0])
    assert rows(database, "select reason from reports") == [(SECRET,)]


@pytest.mark.logs_errors
async def test_when_the_word_cannot_be_recorded_nothing_goes_on(unasked: SchoolClass, database: Path) -> None:
    asked = await side(unasked, unasked.ann, "To defend itself")
    fail_on(database, "full", "INSERT ON participants")
    told = answer(await press(unasked.ann, shown(asked), "I agree"))
    assert "was not recorded" in told
    mend(database, "full")
    assert nothing_of(database, unasked, unasked.ann)
    await press(unasked.ann, shown(asked), "I agree")
    assert rows(database, "select count(*) from votes") == [(1,)]


async def test_without_the_intent_typed_words_are_not_promised(database: Path) -> None:
    async with school_class(database, intents=plain_intents(), agreed=False) as klass:
        await start(klass)
        assert "What you type in a debate's thread" not in answer(await side(klass, klass.ann, "To defend itself"))


async def test_only_so_many_forms_wait(klass: SchoolClass, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "MOST_HELD", 1)
    await start(klass)
    forms = [await press(each, card_in(klass), "Respond") for each in (klass.ann, klass.ben)]
    pages: list[ResponseMessage] = []
    for student, form in zip((klass.ann, klass.ben), forms, strict=True):
        decline(database, student)
        pages.append(shown(await student.submit_modal(form, {"stance": "defend", "claim": SECRET})))
    assert "send your words once more" in answer(await press(klass.ann, pages[0], "I agree"))
    assert "**Recorded.**" in text_of((await press(klass.ben, pages[1], "I agree")).followups[0])


def decline(database: Path, person: MemberActor) -> None:
    """They have taken it back."""
    change(
        database,
        "update participants set agreed_at = null, declined_at = '2026-01-01 00:00:00.000000' "
        f"where user_id = {person.user.id}",
    )
