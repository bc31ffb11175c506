"""The clock in the teacher's hand: paused, resumed, extended. The class sees the true time, whatever happens."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.chat.doing import fail_on, press, restarting, rows, start
from tests.chat.panels import (
    act,
    acts_on_audit,
    begin,
    clock,
    deadline,
    notices,
    open_panel,
    phase,
    said_in_thread,
    shown,
)
from tests.chat.seeing import answer, buttons_of, card_in, text_of
from tests.conftest import SchoolClass

PAUSED = "The clock stands still: your teacher has paused the debate."


async def test_a_pause_is_told_and_seen_everywhere(klass: SchoolClass, database: Path) -> None:
    await begin(klass)
    await klass.env.advance_time(30)
    panel = await act(klass, await open_panel(klass), "Pause")
    assert "**The clock stands still. The class is told.**" in text_of(panel)
    assert "The clock stands still, with 1 minute 30 seconds left." in text_of(panel)
    assert "**Resume** lets the clock go on with 1 minute 30 seconds left." in text_of(panel)
    assert buttons_of(panel) == [
        "Next phase",
        "+5 minutes",
        "Resume",
        "Ask a follow-up",
        "Coach off",
        "Close",
        "Refresh",
    ]
    assert said_in_thread(klass) == ["⏸️ " + PAUSED]
    await klass.env.advance_time(6)
    assert PAUSED in text_of(notices(klass)[0])
    assert PAUSED in text_of(card_in(klass))
    status = answer(await klass.teacher.slash(klass.channel, "discuss status"))
    assert "Phase 1 of 6: **before**\nPaused since <t:" in status
    assert acts_on_audit(database) == ["pause"]


async def test_the_status_tells_how_many_voted_in_secret_and_never_who(klass: SchoolClass) -> None:
    await begin(klass)
    await press(klass.ann, notices(klass)[0], "To defend itself")
    status = answer(await klass.teacher.slash(klass.channel, "discuss status"))
    assert "Phase 1 of 6: **before**\nUntil <t:" in status
    assert "-# 1 person has voted in this phase · 0 responses" in status
    assert "**Silent** (2): Ann, Ben" in status
    assert "Who has only voted in secret counts as silent here: nobody is told." in status
    assert "**1**" not in status


async def test_a_paused_phase_does_not_end_and_a_resumed_one_ends_later_by_the_pause(
    klass: SchoolClass, database: Path
) -> None:
    await begin(klass)
    first = deadline(database)
    await klass.env.advance_time(30)
    panel = await act(klass, await open_panel(klass), "Pause")
    await klass.env.advance_time(600)
    assert phase(database) == 0
    panel = await act(klass, panel, "Resume")
    assert deadline(database) == first + timedelta(seconds=600)
    assert f"Ends at {clock(deadline(database))}" in text_of(panel)
    assert said_in_thread(klass)[1].startswith(f"▶️ The clock goes on. “before” lasts until {clock(deadline(database))}")
    await klass.env.advance_time(6)
    assert f"Until {clock(deadline(database))}" in text_of(notices(klass)[0])
    assert f"Until {clock(deadline(database))}" in text_of(card_in(klass))
    await klass.env.advance_time(82)
    assert phase(database) == 0
    await klass.env.advance_time(3)
    assert phase(database) == 1
    assert acts_on_audit(database) == ["pause", "resume"]


async def test_five_minutes_more_are_told_and_seen_everywhere(klass: SchoolClass, database: Path) -> None:
    await begin(klass)
    first = deadline(database)
    panel = await open_panel(klass)
    promised = f"**+5 minutes** lets “before” last until {clock(first + timedelta(minutes=5))}."
    assert promised in text_of(panel)
    panel = await act(klass, panel, "+5 minutes")
    assert deadline(database) == first + timedelta(minutes=5)
    assert "**5 minutes more. The class is told.**" in text_of(panel)
    assert f"Ends at {clock(deadline(database))}" in text_of(panel)
    assert said_in_thread(klass)[0].startswith(f"⏱️ 5 minutes more: “before” lasts until {clock(deadline(database))}")
    await klass.env.advance_time(6)
    assert f"Until {clock(deadline(database))}" in text_of(notices(klass)[0])
    await act(klass, panel, "+5 minutes")
    assert deadline(database) == first + timedelta(minutes=10)
    assert acts_on_audit(database) == ["extend", "extend"]


async def test_the_command_extends_the_phase_and_its_notice(klass: SchoolClass, database: Path) -> None:
    await begin(klass)
    first = deadline(database)
    told = answer(await klass.teacher.slash(klass.channel, "discuss extend", minutes=3))
    assert told.startswith("3 minutes more: “before” ends <t:")
    assert deadline(database) == first + timedelta(minutes=3)
    await klass.env.advance_time(6)
    assert f"Until {clock(deadline(database))}" in text_of(notices(klass)[0])
    assert acts_on_audit(database) == ["extend"]
    panel = await act(klass, await open_panel(klass), "Pause")
    told = answer(await klass.teacher.slash(klass.channel, "discuss extend", minutes=3))
    assert told == "3 minutes more, once the clock goes on."
    assert "with 7 minutes 54 seconds left" in text_of(await act(klass, panel, "Refresh"))


@pytest.mark.parametrize(("label", "answered"), [("Pause", "stands still already"), ("Resume", "runs already")])
async def test_a_second_press_changes_nothing(klass: SchoolClass, database: Path, label: str, answered: str) -> None:
    await begin(klass)
    panel = await open_panel(klass)
    if label == "Resume":
        panel = await act(klass, panel, "Pause")
    other = await open_panel(klass)
    await act(klass, panel, label)
    before = rows(database, "select deadline, paused_at from rounds"), acts_on_audit(database), said_in_thread(klass)
    await klass.env.advance_time(4)
    assert answered in text_of(await act(klass, other, label))
    after = rows(database, "select deadline, paused_at from rounds"), acts_on_audit(database), said_in_thread(klass)
    assert before == after


async def test_the_next_phase_runs_though_the_last_one_stood_still(klass: SchoolClass, database: Path) -> None:
    await begin(klass)
    panel = await act(klass, await open_panel(klass), "Pause")
    assert "begins “Opening” (12 minutes). The clock goes on then." in text_of(panel)
    await klass.env.advance_time(600)
    await act(klass, panel, "Next phase")
    assert rows(database, "select phase, paused_at from rounds") == [(1, None)]
    await klass.env.advance_time(722)
    assert phase(database) == 2


async def test_a_phase_without_an_end_has_no_clock_to_stop_and_gets_one(klass: SchoolClass, database: Path) -> None:
    await start(klass, question="first-step", minutes=1)
    await klass.env.advance_time(1)
    panel = await open_panel(klass)
    assert "Pause" in buttons_of(panel)
    panel = await act(klass, panel, "Pause")
    await klass.env.advance_time(120)
    assert rows(database, "select closed_at from rounds") == [(None,)]
    assert PAUSED in said_in_thread(klass)[0]
    assert "Paused since" in answer(await klass.teacher.slash(klass.channel, "discuss status"))
    await act(klass, panel, "Resume")
    assert said_in_thread(klass)[1].startswith("▶️ The clock goes on. The question lasts until <t:")
    await klass.env.advance_time(61)
    assert rows(database, "select closing from rounds") == [("time",)]


@pytest.mark.logs_errors
async def test_a_notice_that_discord_did_not_let_be_edited_is_true_a_minute_later(
    klass: SchoolClass, database: Path
) -> None:
    await begin(klass)
    klass.env.inject_error("PATCH", f"*/messages/{notices(klass)[0].id}", status=500, times=1)
    await act(klass, await open_panel(klass), "+5 minutes")
    await klass.env.advance_time(6)
    assert f"Until {clock(deadline(database))}" not in text_of(notices(klass)[0])
    await klass.env.advance_time(65)
    assert f"Until {clock(deadline(database))}" in text_of(notices(klass)[0])
    assert rows(database, "select count(*) from outdated") == [(0,)]


@pytest.mark.logs_errors
async def test_a_class_that_could_not_be_told_of_a_pause_sees_it_all_the_same(klass: SchoolClass) -> None:
    await begin(klass)
    panel = await open_panel(klass)
    klass.env.inject_error("POST", f"/channels/{notices(klass)[0].channel.id}/messages", status=500, times=1)
    told = text_of(await act(klass, panel, "Pause"))
    assert (
        "**The clock stands still. The class could not be told in the thread; the card says it in a moment.**" in told
    )
    await klass.env.advance_time(65)
    assert said_in_thread(klass) == []
    assert PAUSED in text_of(notices(klass)[0])


@pytest.mark.parametrize("label", ["Pause", "+5 minutes", "Next phase"])
async def test_a_crash_before_the_edit_leaves_no_wrong_time(database: Path, label: str) -> None:
    async with restarting(database) as running:
        await begin(running.klass)
        await press(running.klass.teacher, await open_panel(running.klass), label)
        assert "Until <t:" in text_of(notices(running.klass)[0])
        before = deadline(database) - timedelta(minutes=5)
        if label == "+5 minutes":
            assert f"Until {clock(before)}" in text_of(notices(running.klass)[0])
        async with running.restart() as klass:
            await klass.env.advance_time(6)
            expected = {"Pause": PAUSED, "+5 minutes": clock(deadline(running.database)), "Next phase": "is over"}
            assert expected[label] in text_of(notices(klass)[0])
            assert rows(running.database, "select count(*) from outdated") == [(0,)]


async def test_a_pause_lasts_over_a_restart(database: Path) -> None:
    async with restarting(database) as running:
        await begin(running.klass)
        panel = await act(running.klass, await open_panel(running.klass), "Pause")
        async with running.restart() as klass:
            await klass.env.advance_time(600)
            assert phase(running.database) == 0
            panel = await act(klass, panel, "Resume")
            assert "The clock goes on" in text_of(panel)
            await klass.env.advance_time(121)
            assert phase(running.database) == 1
            assert rows(running.database, "select count(*) from responses") == [(0,)]  # what the bot says is nobody's


async def test_a_notice_that_somebody_deleted_is_not_posted_anew(klass: SchoolClass, database: Path) -> None:
    await begin(klass)
    notice = notices(klass)[0]
    klass.env.backend.delete_message(notice.channel.id, notice.id)
    await act(klass, await open_panel(klass), "Pause")
    await klass.env.advance_time(65)
    assert notices(klass) == []
    assert rows(database, "select count(*) from outdated") == [(0,)]


async def test_the_panel_tells_the_reveal_and_shows_what_was_held_back(klass: SchoolClass) -> None:
    await begin(klass, "think-first")
    panel = await act(klass, await open_panel(klass), "Next phase")
    await klass.env.advance_time(6)
    form = await press(klass.ann, notices(klass)[1], "Respond")
    await klass.ann.submit_modal(form, {"stance": "defend", "claim": "Held back for a while."})
    await klass.env.advance_time(70)
    assert not held_back_is_shown(klass)
    panel = await act(klass, panel, "Refresh")
    assert "**Reveal** shows the class 1 response that is held back so far. The phase goes on." in text_of(panel)
    panel = await act(klass, panel, "Reveal")
    assert "1 response held back so far can be read by all now." in text_of(panel)
    assert "Phase 2 of" in text_of(panel)
    await klass.env.advance_time(2)
    assert held_back_is_shown(klass)
    assert "Reveal" not in buttons_of(panel)


async def test_what_a_phase_held_back_is_shown_when_it_ends(klass: SchoolClass) -> None:
    await begin(klass, "think-first")
    panel = await act(klass, await open_panel(klass), "Next phase")
    await klass.env.advance_time(6)
    form = await press(klass.ann, notices(klass)[1], "Respond")
    await klass.ann.submit_modal(form, {"stance": "defend", "claim": "Held back for a while."})
    await act(klass, panel, "Next phase")
    await klass.env.advance_time(2)
    assert held_back_is_shown(klass)


def held_back_is_shown(klass: SchoolClass) -> bool:
    """Can the class read what was held back?"""
    thread = klass.channel.threads[-1]
    return any("Held back for a while." in text_of(post) for post in thread.history())


async def test_a_reveal_of_nothing_is_refused(klass: SchoolClass) -> None:
    await begin(klass, "think-first")
    panel = await open_panel(klass)
    assert "Reveal" not in buttons_of(panel)
    result = await klass.teacher.slash(klass.channel, "discuss control")
    assert "Reveal" not in buttons_of(shown(result))


@pytest.mark.logs_errors
async def test_a_notice_that_was_posted_and_not_noted_is_found_and_made_true(database: Path) -> None:
    async with restarting(database) as running:
        fail_on(database, "crash", "UPDATE OF notice_id ON phases")
        await begin(running.klass)
        await act(running.klass, await open_panel(running.klass), "Pause")
        assert "Until <t:" in text_of(notices(running.klass)[0])
        running.klass.env.inject_error("PATCH", f"*/messages/{notices(running.klass)[0].id}", status=500, times=None)
        await running.klass.env.advance_time(6)
        running.klass.env.backend.faults.clear()
        running.klass.env.backend.advance_clock(300)
        running.klass.env.backend.nonces.clear()
        async with running.restart(mending="crash") as klass:
            await klass.env.advance_time(65)
            [notice] = notices(klass)
            assert PAUSED in text_of(notice)
