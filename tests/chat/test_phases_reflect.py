"""Reflections: private to their author and the teachers, and whose point moved somebody."""

import json
from pathlib import Path

import pytest
from simcord import InteractionResult

from bot.rehearsal.simulation.environment import record_of
from tests.chat.doing import fail_on, forge, mend, press, reply, rows, watch
from tests.chat.phases import (
    argue,
    debating,
    do,
    form,
    go_on,
    handed_back,
    notice,
    on_record,
    post_of,
    said_anywhere,
    words_of,
    write,
)
from tests.chat.seeing import answer, buttons_of, thread_in

MOVED = """
phases:
  - argue: {replies: true, change-sides: true}
  - reflect: {ask: "Which classmate's *point* moved you?", names-a-point: true, minutes: 3}
  - reply: {minutes: 3}
"""
ENDORSED = "select response_id, user_id from endorsements order by response_id, user_id"


async def test_a_reflection_is_recorded_and_shown_to_nobody(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, MOVED) as klass:
        await go_on(klass)
        seen = watch(klass)
        told = await write(klass, klass.ann, "Reflect", "It was my own doubt.")
        assert answer(told).splitlines()[1] == (
            "**Recorded.** It is private. You and your teachers and moderators can read what you write; no classmate "
            "ever does. You can change or withdraw it."
        )
        assert on_record(database, "user_id, source, body, phase, held_back, message_id, stance") == [
            (klass.ann.id, "reflection", '{"text":"It was my own doubt."}', 1, 1, None, None)
        ]
        await klass.env.advance_time(70)
        await go_on(klass)
        await klass.teacher.slash(klass.channel, "discuss close")
        await klass.env.advance_time(70)
        assert said_anywhere(klass, "my own doubt") == []
        assert [entry.path for entry in seen if "my own doubt" in json.dumps(entry.json or {})] == []
        assert "Nothing of yours" in answer(await klass.ben.slash(klass.channel, "my responses"))


async def test_the_form_offers_classmates_points_newest_first(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, MOVED, students=3) as klass:
        ann, ben, cleo = klass.students
        await argue(klass, ann, claim="Annabel's first.", evidence="")
        await argue(klass, cleo, claim="Cleopatra's " + "long " * 60, evidence="")
        await reply(ben, post_of(klass, "Annabel's first."), "Benjamin's answer.")
        typed = await ann.send(thread_in(klass), "Annabel typed this.")
        taken = await argue(klass, cleo, claim="Taken back.", evidence="")
        assert taken.response is not None
        await press(cleo, taken.response, "Withdraw")
        await klass.teacher.send(thread_in(klass), "The teacher's word.")
        await ben.send(thread_in(klass), "Benjamin's own.")
        await go_on(klass)

        shown = await do(klass, ben, "Reflect")
        assert "**Which classmate's \\\\*point\\\\* moved you?**" in words_of(shown)
        fields = form(shown)
        assert (fields["text"]["label"], fields["text"]["max_length"]) == ("Your reflection", 1500)
        moved = fields["moved"]
        assert (moved["label"], moved["type"], moved["required"]) == ("Whose point moved you?", 3, False)
        offered = [(option["label"], option["description"]) for option in moved["options"]]
        assert offered[0] == ("Ann", "Annabel typed this.")
        assert offered[1][0] == "Student 3"
        assert len(offered[1][1]) <= 100
        assert offered[1][1].startswith("Cleopatra's long long")
        assert offered[1][1].endswith("…")
        assert offered[2:] == [("Ann", "Annabel's first.")]
        assert typed.id


async def test_whose_point_moved_somebody_is_recorded_with_the_reflection(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, MOVED) as klass:
        await argue(klass, klass.ann)
        await go_on(klass)
        told = await write(klass, klass.ben, "Reflect", "Ann's did.", moved=["1"])
        assert "**Recorded.**" in answer(told)
        assert rows(database, ENDORSED) == [(1, klass.ben.id)]
        await write(klass, klass.ben, "Reflect", "Really.", moved=["1"])
        await write(klass, klass.ann, "Reflect", "Nobody's did.")
        assert rows(database, ENDORSED) == [(1, klass.ben.id)]


async def test_where_nobody_has_said_anything_the_form_works_without_the_choice(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, MOVED) as klass:
        await argue(klass, klass.ann)
        await go_on(klass)
        shown = await do(klass, klass.ann, "Reflect")
        assert list(form(shown)) == ["text"]
        assert "**Recorded.**" in answer(await klass.ann.submit_modal(shown, {"text": "Alone."}))


async def test_only_the_newest_25_points_are_offered(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, MOVED) as klass:
        for number in range(27):
            await klass.ann.send(thread_in(klass), f"Point {number}.")
        await go_on(klass)
        offered = [option["description"] for option in form(await do(klass, klass.ben, "Reflect"))["moved"]["options"]]
        assert offered == [f"Point {number}." for number in range(26, 1, -1)]


@pytest.mark.parametrize(
    ("chosen", "why"),
    [
        ("2", "Name a classmate's response in this debate."),
        ("3", "Name a classmate's response in this debate."),
        ("99", "That is not a recorded response."),
        ("x", "This button is not known any more."),
        ("1" * 30, "This button is not known any more."),
    ],
)
async def test_only_a_classmates_public_point_can_be_named(
    tmp_path: Path, database: Path, chosen: str, why: str
) -> None:
    async with debating(database, tmp_path, MOVED) as klass:
        await argue(klass, klass.ann)
        await argue(klass, klass.ben)
        await go_on(klass)
        await write(klass, klass.ann, "Reflect", "Private.")
        shown = await do(klass, klass.ben, "Reflect")
        forge_choice(shown, chosen)
        told = await klass.ben.submit_modal(shown, {"text": "A long reflection.", "moved": [chosen]})
        assert why in answer(told)
        assert await handed_back(told) == "A long reflection."
        assert rows(database, ENDORSED) == []
        assert len(on_record(database)) == 3


def forge_choice(shown: InteractionResult, value: str) -> None:
    """Let a form take a choice that it does not offer."""
    modal = record_of(shown).modal
    assert modal is not None
    [choice] = [part["component"] for part in modal["components"] if part.get("component", {}).get("type") == 3]
    choice["options"].append({"label": "forged", "value": value})


async def test_a_point_withdrawn_meanwhile_is_refused_and_the_words_come_back(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, MOVED) as klass:
        said = await argue(klass, klass.ann)
        await go_on(klass)
        shown = await do(klass, klass.ben, "Reflect")
        assert said.response is not None
        await press(klass.ann, said.response, "Withdraw")
        told = await klass.ben.submit_modal(shown, {"text": "Hers did.", "moved": ["1"]})
        assert "That response has been withdrawn by its author." in answer(told)
        assert await handed_back(told) == "Hers did."


@pytest.mark.logs_errors
async def test_what_could_not_be_recorded_comes_back_and_stays_out_of_the_log(
    tmp_path: Path, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with debating(database, tmp_path, MOVED) as klass:
        await go_on(klass)
        fail_on(database, "broken", "INSERT ON responses")
        told = await write(klass, klass.ann, "Reflect", "A private doubt.")
        assert "This was not recorded" in answer(told)
        assert await handed_back(told) == "A private doubt."
        mend(database, "broken")
    assert "private doubt" not in caplog.text


async def test_it_is_changed_and_withdrawn_also_when_the_phase_and_the_round_are_over(
    tmp_path: Path, database: Path
) -> None:
    async with debating(database, tmp_path, MOVED) as klass:
        await argue(klass, klass.ann)
        await go_on(klass)
        first = await write(klass, klass.ben, "Reflect", "First thought.", moved=["1"])
        await write(klass, klass.ben, "Reflect", "Second thought.")
        await go_on(klass)
        page = await klass.ben.slash(klass.channel, "my responses")
        assert "Second thought.\n-# 🔒 a reflection, private · <t:" in answer(page)
        assert "no stance" not in answer(page)
        assert page.response is not None
        assert buttons_of(page.response) == ["Change", "Withdraw", "Change", "Withdraw"]

        assert first.response is not None
        shown = await press(klass.ben, first.response, "Change")
        assert {name: field["value"] for name, field in form(shown).items()} == {"text": "First thought."}
        told = answer(await klass.ben.submit_modal(shown, {"text": "Better thought."}))
        assert "It is private." in told
        assert on_record(database, "body, held_back")[1] == ('{"text":"Better thought."}', 1)
        assert rows(database, "select body from revisions") == [('{"text":"First thought."}',)]

        told = answer(await press(klass.ben, page.response, "Withdraw"))
        assert told == "Withdrawn: your words are erased from the record."
        assert rows(database, ENDORSED) == [(1, klass.ben.id)]
        await klass.teacher.slash(klass.channel, "discuss close")
        assert "This round is closed" in answer(await press(klass.ben, first.response, "Change"))
        assert "Withdrawn" in answer(await press(klass.ben, first.response, "Withdraw"))
        assert rows(database, ENDORSED) == []
        assert on_record(database, "body")[1:] == [("{}",), ("{}",)]
        await klass.env.advance_time(70)
        assert said_anywhere(klass, "thought") == []


async def test_nobody_else_gets_at_it(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, MOVED) as klass:
        await go_on(klass)
        await write(klass, klass.ann, "Reflect", "A private doubt.")
        for actor in (klass.ben, klass.teacher):
            for verb in ("change", "withdraw"):
                told = answer(await forge(klass, actor, f"parley:{verb}:1"))
                assert told == "Only its author can change or withdraw a response."
        await go_on(klass)
        assert answer(await forge(klass, klass.ben, "parley:reply:1")) == "That is not a recorded response."
        assert "doubt" not in answer(await press(klass.ben, notice(klass), "My part"))
