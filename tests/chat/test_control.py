"""`/discuss control`: the teacher's private panel. What it says, what its buttons do, and what they refuse."""

from pathlib import Path

import pytest

from bot.chat.connecting import plain_intents
from tests.chat.doing import edits_of, forge, posts_in, press, respond, restarting, rows, start, watch
from tests.chat.panels import TWENTY, act, acts_on_audit, addresses, again, begin, notices, open_panel, phase, shown
from tests.chat.seeing import answer, buttons_of, card_in, text_of, thread_in
from tests.conftest import SchoolClass, school_class


async def test_the_panel_says_how_it_stands_and_what_each_button_will_do(klass: SchoolClass) -> None:
    await begin(klass)
    panel = await open_panel(klass)
    told = text_of(panel)
    assert "### What are North Korea's missile tests mainly for?" in told
    assert "Phase 1 of 6: **before**" in told
    assert "Ends at <t:" in told
    assert "**0 of 2** have done what is required: 1 response and 1 reply each." in told
    assert "**Not done yet** (2): Ann (1 response and 1 reply), Ben (1 response and 1 reply)" in told
    assert "**Next phase** ends “before” now and begins “Opening” (12 minutes)." in told
    assert "**+5 minutes** lets “before” last until <t:" in told
    assert "**Pause** stops the clock. The class is told, and may go on writing." in told
    assert "**Reveal** has nothing to show" in told
    assert "**Remind** sends 0 of the 2 who have something left a direct message" in told
    assert "**Close** ends the whole debate. You are asked once more first." in told
    assert "**Ask a follow-up** puts to the class: “Who gains if the world believes your answer?”" in told
    assert "**Coach off** lets Parley ask nothing back by itself" in told
    plain = ["Next phase", "+5 minutes", "Pause", "Ask a follow-up", "Coach off", "Close", "Refresh"]
    assert buttons_of(panel) == plain


async def test_next_begins_the_phase_that_was_named_and_the_same_message_goes_on(
    klass: SchoolClass, database: Path
) -> None:
    await begin(klass)
    panel = await act(klass, await open_panel(klass), "Next phase")
    assert phase(database) == 1
    assert "**“Opening” has begun.**" in text_of(panel)
    assert "Phase 2 of 6: **Opening**" in text_of(panel)
    assert "begins “Rebuttal” (12 minutes)" in text_of(panel)
    first, second = notices(klass)
    assert "### Opening" in text_of(second)
    await klass.env.advance_time(6)
    first, second = notices(klass)
    assert "This phase is over." in text_of(first)
    assert buttons_of(first) == ["My part"]
    assert "Until <t:" in text_of(second)
    assert "Phase 2 of 6: **Opening**" in text_of(card_in(klass))
    assert acts_on_audit(database) == ["next"]


async def test_two_presses_for_the_same_phase_go_on_once(klass: SchoolClass, database: Path) -> None:
    await begin(klass)
    first, second = await open_panel(klass), await open_panel(klass)
    await act(klass, first, "Next phase")
    late = await act(klass, second, "Next phase")
    assert phase(database) == 1
    assert "Nothing was changed: the debate had gone on meanwhile." in text_of(late)
    assert "Phase 2 of 6: **Opening**" in text_of(late)
    assert len(notices(klass)) == 2
    assert acts_on_audit(database) == ["next"]
    await act(klass, late, "Next phase")
    assert phase(database) == 2


@pytest.mark.parametrize("label", ["Next phase", "+5 minutes", "Pause", "Close", "Reveal", "Remind", "Resume"])
async def test_no_button_acts_on_a_phase_that_came_by_the_clock(klass: SchoolClass, database: Path, label: str) -> None:
    await begin(klass)
    panel = await open_panel(klass)
    await klass.env.advance_time(130)
    before = rows(database, "select phase, deadline, paused_at, closed_at from rounds")
    address = addresses(panel).get(label)
    if address is None:  # it cannot be pressed now: somebody made it up
        verb = {"Reveal": "reveal", "Remind": "nudge", "Resume": "resume"}[label]
        result = await forge(klass, klass.teacher, f"parley:control:{verb}:1:0")
        told = text_of(shown(result))
    else:
        told = text_of(await act(klass, panel, label))
    assert "Nothing was changed" in told
    assert "Phase 2 of 6: **Opening**" in told
    assert rows(database, "select phase, deadline, paused_at, closed_at from rounds") == before
    assert acts_on_audit(database) == []


async def test_a_panel_of_an_earlier_question_acts_on_none(klass: SchoolClass, database: Path) -> None:
    await begin(klass)
    panel = await open_panel(klass)
    await klass.teacher.slash(klass.channel, "discuss next")
    assert "Nothing was changed" in text_of(await act(klass, panel, "Next phase"))
    assert rows(database, "select number, phase from rounds") == [(1, 0), (2, 0)]
    assert "Is it worth trying" in text_of(again(klass, panel))


async def test_instant_phases_on_the_way_are_named(klass: SchoolClass, database: Path) -> None:
    await begin(klass, "think-first")
    panel = await act(klass, await open_panel(klass), "Next phase")
    assert "**Next phase** ends “Think” now, goes through “The count” and begins “Compare” (8 minutes)." in text_of(
        panel
    )
    await act(klass, panel, "Next phase")
    assert phase(database) == 3


async def test_the_end_of_the_question_asks_first(klass: SchoolClass, database: Path) -> None:
    await begin(klass)
    panel = await open_panel(klass)
    for _ in range(4):
        panel = await act(klass, panel, "Next phase")
    assert "**End the question** ends “Reflect” now, goes through “The count” and closes the question." in text_of(
        panel
    )
    asked = await act(klass, panel, "End the question")
    assert "End “Reflect” and close the question?" in text_of(asked)
    assert buttons_of(asked) == ["End the question", "Back"]
    assert phase(database) == 4
    panel = await act(klass, asked, "Back")
    assert "Phase 5 of 6" in text_of(panel)
    done = await act(klass, await act(klass, panel, "End the question"), "End the question")
    assert f"The question is closed. The count is in <#{thread_in(klass).id}>." in text_of(done)
    assert buttons_of(done) == []
    assert rows(database, "select closing, tally_id is null from rounds") == [("close", 0)]
    assert rows(database, "select count(*) from sessions where closed_at is null") == [(1,)]
    await klass.env.advance_time(6)
    assert all("This phase is over." in text_of(notice) for notice in notices(klass)[:5])
    assert acts_on_audit(database) == ["next"] * 5


async def test_close_asks_first_and_ends_the_debate(klass: SchoolClass, database: Path) -> None:
    await begin(klass)
    panel = await open_panel(klass)
    asked = await act(klass, panel, "Close")
    assert "End the whole debate?" in text_of(asked)
    assert rows(database, "select closed_at from rounds") == [(None,)]
    done = await act(klass, asked, "Close the debate")
    assert "The debate has ended after 1 question. The count is in <#" in text_of(done)
    assert rows(database, "select count(*) from sessions where closed_at is null") == [(0,)]
    assert acts_on_audit(database) == ["close"]
    assert "This phase is over." in text_of(notices(klass)[0])


async def test_a_confirmation_that_comes_late_closes_nothing(klass: SchoolClass, database: Path) -> None:
    await begin(klass)
    asked = await act(klass, await open_panel(klass), "Close")
    await klass.env.advance_time(125)
    assert "Nothing was changed" in text_of(await act(klass, asked, "Close the debate"))
    assert rows(database, "select closed_at from rounds") == [(None,)]


async def test_a_panel_outlives_its_debate(klass: SchoolClass) -> None:
    await begin(klass)
    panel = await open_panel(klass)
    await klass.teacher.slash(klass.channel, "discuss close")
    result = await press(klass.teacher, panel, "Next phase")
    assert "No debate is open" in text_of(result.followups[0])
    assert "No debate is open" in answer(await klass.teacher.slash(klass.channel, "discuss control"))


async def test_only_teachers_have_a_panel_or_press_its_buttons(klass: SchoolClass, database: Path) -> None:
    assert "This is for teachers" in answer(await klass.ann.slash(klass.channel, "discuss control"))
    await begin(klass)
    assert "This is for teachers" in answer(await klass.ann.slash(klass.channel, "discuss control"))
    before = text_of(card_in(klass))
    for made_up in ("next", "next-now", "close-now", "extend", "pause", "resume", "reveal", "nudge", "refresh"):
        told = answer(await forge(klass, klass.ann, f"parley:control:{made_up}:1:0"))
        assert "This is for teachers" in told
    assert text_of(card_in(klass)) == before
    assert rows(database, "select phase, paused_at, closed_at from rounds") == [(0, None, None)]
    assert acts_on_audit(database) == []


@pytest.mark.parametrize("made_up", ["", ":fly:1:0", ":next", ":next:1", ":next:x:0", ":next:9:0", ":next:1:99"])
async def test_what_somebody_made_up_does_nothing(klass: SchoolClass, database: Path, made_up: str) -> None:
    await begin(klass)
    card = text_of(card_in(klass))
    result = await forge(klass, klass.teacher, f"parley:control{made_up}")
    assert "not known any more" in answer(result) or "Nothing was changed" in answer(result)
    assert text_of(card_in(klass)) == card
    assert phase(database) == 0


async def test_the_panel_finds_the_debate_of_another_channel(klass: SchoolClass, database: Path) -> None:
    staff = klass.guild.create_text_channel("staff")
    await begin(klass)
    panel = shown(await klass.teacher.slash(staff, "discuss control"))
    assert "**0 of 2** have done" in text_of(panel)
    await act(klass, panel, "Next phase")
    assert phase(database) == 1
    assert "### Opening" in text_of(notices(klass)[-1])


async def test_the_class_follows_what_is_required(klass: SchoolClass) -> None:
    await begin(klass)
    panel = await act(klass, await open_panel(klass), "Next phase")
    await klass.env.advance_time(6)
    await respond(klass, klass.ann, "defend", **TWENTY)
    panel = await act(klass, panel, "Refresh")
    assert "**Not done yet** (2): Ann (1 reply), Ben (1 response and 1 reply)" in text_of(panel)
    await respond(klass, klass.ben, "attack", **TWENTY)
    panel = await act(klass, panel, "Next phase")
    first, second = (post for post in posts_in(thread_in(klass)) if "Reply" in buttons_of(post))
    for actor, post in ((klass.ann, second), (klass.ben, first)):
        form = await press(actor, post, "Reply")
        await actor.submit_modal(form, {"text": "I doubt that.", "restated": "They say so."})
    panel = await act(klass, panel, "Refresh")
    assert "**2 of 2** have done what is required" in text_of(panel)
    assert "**Done** (2): Ann, Ben" in text_of(panel)
    assert "Not done yet" not in text_of(panel)


async def test_without_the_members_intent_those_count_who_took_part(database: Path) -> None:
    async with school_class(database, intents=plain_intents()) as klass:
        await begin(klass)
        panel = await act(klass, await open_panel(klass), "Next phase")
        assert "**0 of 0** have done" in text_of(panel)
        await klass.env.advance_time(6)
        await respond(klass, klass.ann, "defend", **TWENTY)
        panel = await act(klass, panel, "Refresh")
        assert "**Not done yet** (1): Ann (1 reply)" in text_of(panel)
        assert "that takes the Server Members intent" in text_of(panel)


async def test_who_voted_in_secret_is_not_told_by_the_panel(database: Path) -> None:
    async with school_class(database, intents=plain_intents()) as klass:
        await begin(klass)
        await press(klass.ann, notices(klass)[0], "To defend itself")
        assert rows(database, "select secret from votes") == [(1,)]
        assert "Ann" not in text_of(await open_panel(klass))


async def test_an_open_floor_has_a_panel_too(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    panel = await open_panel(klass)
    assert "**End the question** closes the question. You are asked once more first." in text_of(panel)
    assert "This format requires nothing of anybody." in text_of(panel)
    panel = await act(klass, panel, "+5 minutes")
    assert "lets the question last until" in text_of(panel)
    asked = await act(klass, panel, "End the question")
    assert "### Close the question?" in text_of(asked)
    assert "The question is closed." in text_of(await act(klass, asked, "End the question"))
    assert rows(database, "select closing from rounds") == [("close",)]


@pytest.mark.logs_errors
async def test_what_discord_does_not_take_is_on_record_and_follows(klass: SchoolClass, database: Path) -> None:
    await begin(klass)
    panel = await open_panel(klass)
    klass.env.inject_error("POST", f"/channels/{thread_in(klass).id}/messages", status=500)
    panel = await act(klass, panel, "Next phase")
    assert "It is on record; the class sees it as soon as Discord takes it." in text_of(panel)
    assert phase(database) == 1
    assert len(notices(klass)) == 1
    await klass.env.advance_time(65)
    assert [text_of(notice).splitlines()[1] for notice in notices(klass)] == ["### before", "### Opening"]


async def test_a_panel_of_before_a_restart_goes_on(database: Path) -> None:
    async with restarting(database) as running:
        await begin(running.klass)
        panel, late = await open_panel(running.klass), await open_panel(running.klass)
        async with running.restart() as klass:
            panel = await act(klass, panel, "Next phase")
            assert phase(running.database) == 1
            assert "### Opening" in text_of(notices(klass)[-1])
            assert "Nothing was changed" in text_of(await act(klass, late, "Next phase"))
            assert phase(running.database) == 1


async def test_a_notice_that_is_over_is_not_edited_again_and_again(klass: SchoolClass) -> None:
    await begin(klass)
    seen = watch(klass)
    panel = await open_panel(klass)
    for _ in range(3):
        panel = await act(klass, panel, "Next phase")
        await klass.env.advance_time(6)
    assert [edits_of(seen, notice.id) for notice in notices(klass)][:3] == [1, 2, 2]
