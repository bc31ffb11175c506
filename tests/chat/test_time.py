"""A round's time: the next question, more minutes, the close by hand and by the clock, and the live card."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.chat.connecting import plain_intents
from tests.chat.doing import edits_of, posts_in, respond, rows, side, start, watch
from tests.chat.seeing import answer, buttons_of, card_in, text_of, thread_in
from tests.conftest import ROOT, SchoolClass, school_class

LABELS = ("To be able to attack", "To defend itself", "To get concessions")


async def test_next_closes_this_question_and_poses_the_next_in_its_own_thread(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass)
    first_card, first_thread = card_in(klass).id, thread_in(klass)
    await side(klass, klass.ann, "To defend itself")
    told = answer(await klass.teacher.slash(klass.channel, "discuss next"))

    assert f"Question 2 is on: <#{thread_in(klass).id}>." in told
    assert [str(thread.name)[:2] for thread in klass.channel.threads] == ["1.", "2."]
    assert "Is it worth trying" in text_of(card_in(klass))
    old = next(m for m in klass.channel.history() if m.id == first_card)
    assert "**Closed** <t:" in text_of(old)
    assert "the next question was posed" in text_of(old)
    assert buttons_of(old) == ["Read the article"]
    tally = text_of(posts_in(first_thread)[-1])
    assert "🛡️ To defend itself\n`████████████` **1** (100 %)" in tally
    assert "1 person took a side · 0 responses · the next question was posed" in tally
    assert is_folded(klass, first_thread.id)
    assert rows(database, "select number, closing, tally_id is null from rounds") == [(1, "next", 0), (2, None, 1)]


async def test_behind_the_last_question_there_is_none(klass: SchoolClass) -> None:
    await start(klass, question="first-step")
    told = answer(await klass.teacher.slash(klass.channel, "discuss next"))
    assert told == "That was the last question of the set. `/discuss close` ends the debate."
    assert "Open" in text_of(card_in(klass)) or "Closes" in text_of(card_in(klass))


async def test_close_locks_the_thread_posts_the_tally_and_disables_the_buttons(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass)
    await side(klass, klass.ann, "To defend itself")
    await respond(klass, klass.ben, "attack")
    told = answer(await klass.teacher.slash(klass.channel, "discuss close"))

    assert "“One lesson: threat, talks or pressure?” has ended after 1 question." in told
    assert f"The count is in <#{thread_in(klass).id}>." in told
    assert is_folded(klass, thread_in(klass).id)
    tally = text_of(posts_in(thread_in(klass))[-1])
    assert "**1** (50 %)" in tally
    assert "2 people took a side · 1 response · the debate has ended" in tally
    assert buttons_of(card_in(klass)) == ["Read the article"]
    assert "2 people have taken a side · 1 response" in text_of(card_in(klass))
    await klass.env.advance_time(120)
    assert sum("The count" in text_of(post) for post in posts_in(thread_in(klass))) == 1
    assert rows(database, "select count(*) from sessions where closed_at is null") == [(0,)]


async def test_when_the_minutes_are_over_the_round_closes_then_and_not_before(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass, minutes=2)
    await klass.env.advance_time(119)
    assert "Recorded" in answer(await side(klass, klass.ann, "To defend itself"))
    assert rows(database, "select closed_at from rounds") == [(None,)]
    await klass.env.advance_time(2)
    ((opened, deadline, closed, closing),) = rows(
        database, "select opened_at, deadline, closed_at, closing from rounds"
    )
    assert closing == "time"
    assert 0 <= seconds(closed) - seconds(deadline) <= 1
    assert seconds(deadline) - seconds(opened) == 120
    assert is_folded(klass, thread_in(klass).id)
    assert "the time is over" in text_of(posts_in(thread_in(klass))[-1])
    assert "the time is over" in text_of(card_in(klass))
    assert buttons_of(card_in(klass)) == ["Read the article"]


async def test_more_minutes_move_the_end(klass: SchoolClass, database: Path) -> None:
    await start(klass, minutes=1)
    await klass.env.advance_time(30)
    told = answer(await klass.teacher.slash(klass.channel, "discuss extend", minutes=2))
    assert "2 minutes more: the question closes <t:" in told
    await klass.env.advance_time(6)
    ((deadline,),) = rows(database, "select deadline from rounds")
    assert f"<t:{int(seconds(deadline))}:R>" in text_of(card_in(klass))
    await klass.env.advance_time(180 - 36 - 1)
    assert rows(database, "select closed_at from rounds") == [(None,)]
    await klass.env.advance_time(2)
    assert rows(database, "select closing from rounds") == [("time",)]
    told = answer(await klass.teacher.slash(klass.channel, "discuss extend", minutes=2))
    assert told == "The round is already closed. `/discuss next` poses the next question."


async def test_a_question_without_a_limit_gets_one_from_now(tmp_path: Path, database: Path) -> None:
    words = (ROOT / "prompts" / "single-lesson.yaml").read_text(encoding="utf-8")
    (tmp_path / "lesson.yaml").write_text(words.replace("    minutes: 10\n", ""), encoding="utf-8")
    async with school_class(database, prompts=tmp_path) as klass:
        await start(klass, "lesson")
        assert "Open until your teacher closes it." in text_of(card_in(klass))
        await klass.env.advance_time(1000)
        assert "Open without a time limit." in answer(await klass.teacher.slash(klass.channel, "discuss status"))
        await klass.teacher.slash(klass.channel, "discuss extend", minutes=1)
        await klass.env.advance_time(59)
        assert rows(database, "select closed_at from rounds") == [(None,)]
        await klass.env.advance_time(2)
        assert rows(database, "select closing from rounds") == [("time",)]


async def test_behind_the_last_question_the_clock_ends_the_debate(klass: SchoolClass, database: Path) -> None:
    await start(klass, question="first-step", minutes=1)
    await klass.env.advance_time(62)
    assert rows(database, "select count(*) from sessions where closed_at is null") == [(0,)]
    assert "No debate is open" in answer(await klass.teacher.slash(klass.channel, "discuss extend"))


@pytest.mark.parametrize("members", [True, False])
async def test_status_tells_who_answered_who_only_voted_and_who_is_silent(database: Path, members: bool) -> None:
    async with school_class(database, intents=None if members else plain_intents(), students=4) as klass:
        ann, ben, cleo, _dora = klass.students
        await start(klass, "china-or-sanctions")
        first = buttons_of(card_in(klass))[0].split(" · ")[0]
        await side(klass, cleo, first)
        await klass.teacher.slash(klass.channel, "discuss next")
        labels = [label.split(" · ")[0] for label in buttons_of(card_in(klass))]
        prompt = klass.room.library.prompt_sets["china-or-sanctions"].prompts[1]
        await respond(klass, ann, prompt.stances[0].id)
        await side(klass, ben, labels[0])
        await side(klass, ben, labels[1])
        await klass.teacher.send(thread_in(klass), "Please read on.")
        told = answer(await klass.teacher.slash(klass.channel, "discuss status"))

        assert "**Answered** (1): Ann\n" in told
        assert "**Only voted** (1): Ben\n" in told
        assert "1 change of side" in told
        if members:
            assert "**Silent** (2): Student 3, Student 4" in told
        else:  # whom the record knows: all who have agreed
            assert "**Silent** (3): Class 7B Owner, Student 3, Student 4\n" in told
            assert "the Server Members intent is off" in told


async def test_status_tells_counts_and_time_left_and_works_from_the_thread(klass: SchoolClass) -> None:
    await start(klass)
    await side(klass, klass.ann, "To defend itself")
    told = answer(await klass.teacher.slash(thread_in(klass), "discuss status"))
    assert "Closes <t:" in told
    assert "**1** (100 %)" in told
    assert "-# 0 responses · 0 changes of side" in told


async def test_list_shows_open_debates_first(klass: SchoolClass) -> None:
    await start(klass)
    await klass.teacher.slash(klass.channel, "discuss next")
    den = klass.guild.create_text_channel("den")
    await start(klass, "china-or-sanctions", channel=den)
    await klass.teacher.slash(den, "discuss close")
    told = answer(await klass.teacher.slash(klass.channel, "discuss list")).splitlines()
    assert told[2].startswith(f"**1** · One lesson: threat, talks or pressure? in <#{klass.channel.id}>")
    assert "open · started" in told[3]
    assert "2 questions" in told[3]
    assert told[4].startswith("**2** · ")
    assert "closed <t:" in told[5]


async def test_the_live_card_is_edited_at_most_once_in_five_seconds(database: Path) -> None:
    async with school_class(database, students=8) as klass:
        await start(klass)
        card, seen = card_in(klass).id, watch(klass)
        for second in range(20):
            for student in klass.students:
                await side(klass, student, LABELS[second % 3])
            await klass.env.advance_time(1)
        assert 3 <= edits_of(seen, card) <= 5
        await klass.env.advance_time(6)
        assert buttons_of(card_in(klass))[:3] == [f"{LABELS[0]} · 0", f"{LABELS[1]} · 8", f"{LABELS[2]} · 0"]
        quiet = edits_of(seen, card)
        await klass.env.advance_time(120)
        assert edits_of(seen, card) == quiet


@pytest.mark.logs_errors
async def test_a_refresh_that_discord_refused_is_made_up_for(klass: SchoolClass) -> None:
    await start(klass)
    klass.env.inject_error("PATCH", f"*/messages/{card_in(klass).id}", status=500, times=1)
    await side(klass, klass.ann, "To defend itself")
    await klass.env.advance_time(62)
    assert buttons_of(card_in(klass))[1] == "To defend itself · 1"


@given(
    acts=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.sampled_from([0, 0, 1, 2, 4.5, 7])), max_size=12)
)
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # as slow to play as a debate is
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_the_card_always_ends_on_the_true_numbers(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[int, int, float]]
) -> None:
    database = tmp_path_factory.mktemp("card") / "record.sqlite3"
    async with school_class(database, students=4) as klass:
        await start(klass, minutes=60)
        held: dict[int, int] = {}
        for who, stance, pause in acts:
            await side(klass, klass.students[who], LABELS[stance])
            held[who] = stance
            await klass.env.advance_time(pause)
        await klass.env.advance_time(6)
        counts = [list(held.values()).count(stance) for stance in range(3)]
        expected = [f"{label} · {count}" for label, count in zip(LABELS, counts, strict=True)]
        assert buttons_of(card_in(klass))[:3] == expected
        assert rows(database, "select count(distinct user_id) from votes") == [(len(held),)]


def seconds(stored: str) -> float:
    """A stored time as seconds."""
    return datetime.fromisoformat(str(stored)).replace(tzinfo=UTC).timestamp()


def is_folded(klass: SchoolClass, thread_id: int) -> bool:
    """Is the thread locked and archived?"""
    state = klass.env.backend.get_channel(thread_id).thread_metadata
    return state is not None and state.locked and state.archived
