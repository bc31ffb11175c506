"""What the whole class is asked in its thread: when the talk stalls or leans to one side, or by a teacher's button."""

from pathlib import Path
from typing import Any

import discord
import pytest

from tests.chat.asked import asked_back, asked_openly, receipt, with_follow_ups
from tests.chat.doing import change, fail_on, posts_in, restarting, rows, start
from tests.chat.panels import act, acts_on_audit, open_panel
from tests.chat.seeing import buttons_of, text_of, thread_in
from tests.conftest import SchoolClass

BOTH = """\
- A plain one?
- {ask: What do both sides share?, quiet-for: 3m}
- {ask: What would the other side say?, when: one-sided thread}
- {ask: What have you not looked at?, quiet-for: 3m}
"""
SHARE = "What do both sides share?\n-# Nobody has said anything for 3 minutes."
OTHER = "What would the other side say?\n-# Nearly all of the latest responses take one side."
MISSED = "What have you not looked at?\n-# Nobody has said anything for 3 minutes."


async def test_a_class_that_falls_silent_is_asked_once_and_not_before(database: Path, tmp_path: Path) -> None:
    async with asked_back(database, tmp_path, BOTH) as klass:
        await klass.env.advance_time(120)
        await receipt(klass, klass.ann, "Talk with them.")
        await klass.env.advance_time(170)
        assert asked_openly(klass) == []
        await klass.env.advance_time(20)
        assert asked_openly(klass) == [SHARE]
        assert buttons_of(posts_in(thread_in(klass))[-1]) == ["Respond"]
        await klass.env.advance_time(150)
        assert asked_openly(klass) == [SHARE]
        await klass.env.advance_time(40)
        assert asked_openly(klass) == [SHARE, MISSED]
        await klass.env.advance_time(1200)
        assert asked_openly(klass) == [SHARE, MISSED]
        assert rows(database, "select reason, user_id, message_id is null from askings") == [("quiet-for", None, 0)] * 2


async def test_a_thread_that_leans_to_one_side_is_asked_what_the_other_would_say(
    database: Path, tmp_path: Path
) -> None:
    async with asked_back(database, tmp_path, BOTH, students=7) as klass:
        for student in klass.students[:5]:
            await receipt(klass, student, "Talk with them.")
        await klass.env.advance_time(15)
        assert asked_openly(klass) == []
        await receipt(klass, klass.students[5], "Wait for a sign.", "wait")
        await klass.env.advance_time(15)
        assert asked_openly(klass) == [OTHER]


async def test_a_thread_with_both_sides_in_it_is_left_alone(database: Path, tmp_path: Path) -> None:
    async with asked_back(database, tmp_path, BOTH, students=7) as klass:
        for number, student in enumerate(klass.students[:6]):
            await receipt(klass, student, "So it is.", "talk" if number < 4 else "wait")
        await klass.env.advance_time(15)
        assert asked_openly(klass) == []


async def test_between_two_questions_lie_three_minutes(database: Path, tmp_path: Path) -> None:
    async with asked_back(database, tmp_path, BOTH, students=7) as klass:
        await klass.env.advance_time(190)
        assert asked_openly(klass) == [SHARE]
        for student in klass.students[:6]:
            await receipt(klass, student, "Talk with them.")
        await klass.env.advance_time(120)
        assert asked_openly(klass) == [SHARE]
        await klass.env.advance_time(70)
        assert asked_openly(klass) == [SHARE, OTHER]


async def test_nothing_is_asked_while_the_clock_stands_still(database: Path, tmp_path: Path) -> None:
    async with asked_back(database, tmp_path, BOTH, minutes=60) as klass:
        panel = await act(klass, await open_panel(klass), "Pause")
        await klass.env.advance_time(400)
        assert asked_openly(klass) == []
        await act(klass, panel, "Resume")
        await klass.env.advance_time(15)
        assert asked_openly(klass) == [SHARE]


@pytest.mark.parametrize("minutes", [3, None])
async def test_nothing_is_asked_in_the_last_minute_nor_after_the_close(
    database: Path, tmp_path: Path, minutes: int | None
) -> None:
    options: dict[str, Any] = {"minutes": minutes} if minutes else {}
    async with asked_back(database, tmp_path, BOTH.replace("3m", "130s"), **options) as klass:
        if minutes is None:
            await klass.teacher.slash(klass.channel, "discuss close")
        await klass.env.advance_time(600)
        assert asked_openly(klass) == []
        assert rows(database, "select count(*) from askings") == [(0,)]


async def test_nothing_is_asked_in_a_secret_vote(database: Path, tmp_path: Path) -> None:
    async with asked_back(database, tmp_path, BOTH.replace("3m", "30s"), debate="oxford-debate") as klass:
        await klass.env.advance_time(110)
        assert asked_openly(klass) == []
        await klass.env.advance_time(60)
        assert asked_openly(klass) == [SHARE.replace("3 minutes", "30 seconds")]


async def test_the_teacher_sees_which_follow_up_comes_next_and_asks_it(database: Path, tmp_path: Path) -> None:
    async with asked_back(database, tmp_path, BOTH) as klass:
        panel = await open_panel(klass)
        assert "**Ask a follow-up** puts to the class: “A plain one?”" in text_of(panel)
        late = await open_panel(klass)
        panel = await act(klass, panel, "Ask a follow-up")
        assert "The class is asked." in text_of(panel)
        assert "puts to the class: “What do both sides share?”" in text_of(panel)
        assert "Nothing was changed" in text_of(await act(klass, late, "Ask a follow-up"))
        for _ in range(3):
            panel = await act(klass, panel, "Ask a follow-up")
        assert "has nothing to ask: the class has been asked them all" in text_of(panel)
        assert "Ask a follow-up" not in buttons_of(panel)
        questions = ["A plain one?", SHARE, OTHER, MISSED]
        assert asked_openly(klass) == [question.partition("\n")[0] for question in questions]
        assert acts_on_audit(database) == ["ask"] * 4
        await klass.env.advance_time(600)
        assert len(asked_openly(klass)) == 4


async def test_with_the_coach_off_the_class_is_asked_by_the_teacher_alone(database: Path, tmp_path: Path) -> None:
    async with asked_back(database, tmp_path, BOTH, coach=False) as klass:
        await klass.env.advance_time(400)
        assert asked_openly(klass) == []
        await act(klass, await open_panel(klass), "Ask a follow-up")
        assert asked_openly(klass) == ["A plain one?"]


async def test_where_there_is_no_follow_up_for_the_class_the_button_rests(database: Path, tmp_path: Path) -> None:
    async with asked_back(database, tmp_path, "- {ask: Why?, when: no-reason}\n") as klass:
        panel = await open_panel(klass)
        assert "Ask a follow-up" not in buttons_of(panel)


@pytest.mark.logs_errors
async def test_a_question_that_was_posted_but_not_noted_is_asked_once_over_a_restart(
    database: Path, tmp_path: Path
) -> None:
    async with restarting(database, prompts=with_follow_ups(tmp_path, BOTH)) as again:
        await start(again.klass, "own")
        fail_on(database, "broken", "UPDATE ON askings")
        await again.klass.env.advance_time(200)
        assert asked_openly(again.klass) == [SHARE]
        assert rows(database, "select message_id from askings") == [(None,)]
        again.klass.env.backend.nonces.clear()
        await again.klass.env.advance_time(600)
        assert asked_openly(again.klass) == [SHARE]
        async with again.restart(mending="broken") as klass:
            await klass.env.advance_time(70)
            assert asked_openly(klass)[:1] == [SHARE]
            assert asked_openly(klass).count(SHARE) == 1
            noted = rows(again.database, "select message_id from askings order by id")[0]
            assert noted == (_first_question(klass).id,)


async def test_a_question_that_discord_did_not_take_is_asked_later(database: Path, tmp_path: Path) -> None:
    async with restarting(database, prompts=with_follow_ups(tmp_path, BOTH)) as again:
        await start(again.klass, "own")
        await again.klass.env.advance_time(170)
        insert = "insert into askings (guild_id, round_id, reason, question, at) select guild_id, id, 'quiet-for', "
        async with again.restart() as klass:
            with_question = insert + "'What do both sides share?', opened_at from rounds"
            change(again.database, with_question)
            await klass.env.advance_time(70)
            assert asked_openly(klass)[:1] == [SHARE]
            assert asked_openly(klass).count(SHARE) == 1


def _first_question(klass: SchoolClass) -> discord.Message:
    return next(post for post in posts_in(thread_in(klass)) if "A question to all of you" in text_of(post))
