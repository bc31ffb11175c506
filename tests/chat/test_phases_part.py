"""My part: what a student sees of their side, their group, their progress, and what to do now."""

from pathlib import Path

from tests.chat.doing import press, respond, rows, start
from tests.chat.panels import clock, deadline
from tests.chat.phases import argue, debating, do, go_on, notice, started
from tests.chat.seeing import answer, buttons_of, card_in
from tests.conftest import SchoolClass, school_class

ATTACK, DEFEND = "🚀 To be able to attack", "🛡️ To defend itself"
PLACES = "select user_id, side, group_number, reason from places order by id"


async def test_it_tells_where_one_stands_what_is_required_what_to_do_and_until_when(
    tmp_path: Path, database: Path
) -> None:
    plan = """
    requires: {responses: 1, replies: 2}
    phases:
      - argue: {name: Opening, minutes: 5, at-least-words: 3, change-sides: true}
      - reply: {minutes: 5}
    """
    async with debating(database, tmp_path, plan) as klass:
        told = answer(await do(klass, klass.ann, "My part"))
        assert "You have not taken a side yet that others can see." in told
        assert "To be done by the end: ⬜ 0 of 1 response · ⬜ 0 of 2 replies" in told
        assert (
            "Phase 1 of 2: **Opening**\nMake your case, with evidence from the article.\n-# At least 3 words." in told
        )
        assert f"Until {clock(deadline(database))}" in told

        await argue(klass, klass.ann)
        shown = await do(klass, klass.ann, "My part")
        told = answer(shown)
        assert f"Where you stand, for all to see: **{DEFEND}**." in told
        assert "✅ 1 of 1 response · ⬜ 0 of 2 replies" in told
        assert "You have written 1 text in this phase." in told
        assert shown.response is not None
        assert buttons_of(shown.response) == [
            "To be able to attack",
            "To defend itself",
            "To get concessions",
            "Respond",
            "Remind me",
        ]
        await klass.teacher.slash(klass.channel, "discuss close")
        told = answer(await do(klass, klass.ann, "My part"))
        assert "This round is closed." in told
        assert "✅ 1 of 1 response" in told


async def test_of_a_secret_vote_it_says_only_whether_one_has_voted(tmp_path: Path, database: Path) -> None:
    plan = """
    phases:
      - vote: {name: before, secret: true}
      - argue: {}
    """
    async with debating(database, tmp_path, plan) as klass:
        assert "**You have not voted yet.**" in answer(await do(klass, klass.ann, "My part"))
        await press(klass.ann, notice(klass), "To defend itself")
        for actor, voted in ((klass.ann, True), (klass.ben, False)):
            told = answer(await do(klass, actor, "My part"))
            assert ("**You have voted.**" in told) is voted
            assert "Where you stand" not in told
            assert DEFEND not in told
        await go_on(klass)
        told = answer(await do(klass, klass.ann, "My part"))
        assert "You have not taken a side yet that others can see." in told
        assert "voted" not in told


async def test_everybody_sees_their_side_and_their_group_and_who_comes_late_gets_a_place(database: Path) -> None:
    async with school_class(database, students=5) as klass:
        await started(klass, "structured-academic-controversy")
        for student in klass.students[:4]:
            await do(klass, student, "My part")
        await go_on(klass)
        told = answer(await do(klass, klass.students[4], "My part"))
        placed = rows(database, PLACES)
        assert [(user, reason) for user, _, _, reason in placed] == [
            *((student.id, "lot") for student in klass.students[:4]),
            (klass.students[4].id, "late"),
        ]
        assert sorted(where for _, where, *_ in placed[:4]) == ["attack", "attack", "defend", "defend"]

        own = {"attack": ATTACK, "defend": DEFEND}[placed[4][1]]
        assert f"You argue for **{own}**, whatever you think yourself." in told
        assert "**Group 1**" in told
        names = {student.id: name for student, name in zip(klass.students, NAMES, strict=True)}
        for where, label in (("attack", ATTACK), ("defend", DEFEND)):
            mine = [names[user] + " (you)" * (user == klass.students[4].id) for user, at, *_ in placed if at == where]
            assert f"{label}: {', '.join(sorted(mine))}\n" in told
        await do(klass, klass.students[4], "My part")
        assert rows(database, PLACES) == placed


async def test_whoever_was_given_a_place_is_known_to_their_group_by_name(tmp_path: Path, database: Path) -> None:
    plan = """
    sides: {assign: stances}
    groups: {size: 4}
    phases:
      - argue: {}
      - statement: {ask: "And together?"}
    """
    async with debating(database, tmp_path, plan, students=3) as klass:
        await do(klass, klass.ben, "Respond")
        await go_on(klass)
        await do(klass, klass.students[2], "Write together")
        told = answer(await do(klass, klass.ann, "My part"))
        assert all(name in told for name in ("Ann (you)", "Ben", "Student 3"))
        assert "Somebody" not in told


NAMES = ["Ann", "Ben", "Student 3", "Student 4", "Student 5"]


async def test_after_a_swap_it_tells_the_new_side(tmp_path: Path, database: Path) -> None:
    plan = """
    sides: {assign: circles}
    phases:
      - argue: {who: inner}
      - swap: {}
      - argue: {who: inner}
    """
    async with debating(database, tmp_path, plan) as klass:
        first = {
            actor.id: "inner" if "You are in the **inner circle**." in answer(await do(klass, actor, "My part")) else ""
            for actor in klass.students
        }
        assert sorted(first.values()) == ["", "inner"]
        await go_on(klass)
        for actor in klass.students:
            circle = "outer" if first[actor.id] else "inner"
            assert f"You are in the **{circle} circle**." in answer(await do(klass, actor, "My part"))


async def test_a_teacher_who_looks_is_given_no_side(database: Path) -> None:
    async with school_class(database) as klass:
        await started(klass, "structured-academic-controversy")
        told = answer(await do(klass, klass.teacher, "My part"))
        assert "You teach here, and sides are for students: you have none." in told
        assert rows(database, PLACES) == []


async def test_the_card_leads_there_too_unless_there_is_nothing_to_tell(klass: SchoolClass) -> None:
    await start(klass)
    assert "My part" not in buttons_of(card_in(klass))
    await klass.teacher.slash(klass.channel, "discuss close")
    await started(klass, "fishbowl")
    assert "My part" in buttons_of(card_in(klass))
    assert "circle**." in answer(await press(klass.ann, card_in(klass), "My part"))
    await klass.teacher.slash(klass.channel, "discuss close")
    assert buttons_of(card_in(klass)) == ["Read the article"]


async def test_a_format_of_one_phase_is_worked_from_its_card(tmp_path: Path, database: Path) -> None:
    plan = """
    requires: {responses: 1}
    phases:
      - argue: {visible: after-yours}
    """
    async with debating(database, tmp_path, plan) as klass:
        assert buttons_of(card_in(klass)) == ["Respond", "Read classmates", "My part", "Read the article"]
        await respond(klass, klass.ann, "defend")
        told = answer(await press(klass.ann, card_in(klass), "My part"))
        assert "✅ 1 of 1 response" in told
        assert f"Until {clock(deadline(database))}" in told
        assert "Phase" not in told


async def test_what_somebody_thinks_is_told_beside_the_side_that_they_argue_for(tmp_path: Path, database: Path) -> None:
    plan = """
    sides: {assign: stances}
    phases:
      - argue: {}
      - vote: {}
    """
    async with debating(database, tmp_path, plan) as klass:
        await argue(klass, klass.ann, None)
        assert "for all to see" not in answer(await do(klass, klass.ann, "My part"))
        await go_on(klass)
        confirmed = answer(await press(klass.ann, notice(klass), "To get concessions"))
        assert "you stand for **♟️ To get concessions**. You can change that until the vote ends." in confirmed
        told = answer(await do(klass, klass.ann, "My part"))
        assert "You argue for **" in told
        assert "What you think yourself, for all to see: **♟️ To get concessions**." in told


async def test_reminders_are_off_until_one_asks_for_them(klass: SchoolClass, database: Path) -> None:
    await started(klass, "oxford-debate")
    wanted = "select guild_id, user_id from reminders"
    page = await do(klass, klass.ann, "My part")
    assert "Reminders are off." in answer(page)
    assert page.response is not None

    assert "Reminders are on:" in answer(await klass.ann.slash(klass.channel, "privacy reminders on"))
    assert rows(database, wanted) == [(klass.guild.id, klass.ann.id)]
    assert "Reminders are on:" in answer(await do(klass, klass.ann, "My part"))
    assert "Reminders are off." in answer(await do(klass, klass.ben, "My part"))

    assert "Reminders are off." in answer(await klass.ann.slash(klass.channel, "privacy reminders off"))
    assert rows(database, wanted) == []
    assert "Reminders are on:" in answer(await press(klass.ann, page.response, "Remind me"))
    assert rows(database, wanted) == [(klass.guild.id, klass.ann.id)]
    page = await do(klass, klass.ann, "My part")
    assert page.response is not None
    assert "Reminders are off." in answer(await press(klass.ann, page.response, "No more reminders"))
    assert rows(database, wanted) == []


async def test_reminders_of_one_server_are_not_those_of_another(klass: SchoolClass, database: Path) -> None:
    await klass.ann.slash(klass.channel, "privacy reminders on")
    other = klass.env.create_guild("Class 8A")
    there = other.create_text_channel("debate")
    guest = other.add_member(klass.env.create_user("Cleo"))
    await guest.slash(there, "privacy reminders on")
    await guest.slash(there, "privacy reminders off")
    assert rows(database, "select guild_id, user_id from reminders") == [(klass.guild.id, klass.ann.id)]
