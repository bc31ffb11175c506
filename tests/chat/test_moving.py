"""“This moved me”: a button that counts in silence, and what is told of it once the question is closed."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from simcord import InteractionResult, MemberActor

from tests.chat.deciding import summary
from tests.chat.doing import change, edits_of, forge, newest_in, press, respond, rows, side, start, watch
from tests.chat.panels import act, open_panel
from tests.chat.phases import argue, debating, go_on, post_of, write
from tests.chat.seeing import answer, buttons_of, text_of, thread_in
from tests.chat.test_transcript import export, files_of
from tests.conftest import SchoolClass, school_class

SAID = "select response_id, user_id, reflected, pressed from endorsements order by response_id, user_id"
WITH_A_REFLECTION = """
phases:
  - argue: {replies: true, change-sides: true}
  - reflect: {ask: "Which point moved you?", names-a-point: true}
"""


async def moved(klass: SchoolClass, who: MemberActor, words: str = "money") -> str:
    """Press the button under the response with these words; what one is told."""
    return answer(await press(who, post_of(klass, words), "This moved me"))


async def close(klass: SchoolClass) -> None:
    """The teacher ends the question."""
    panel = await open_panel(klass)
    await act(klass, await act(klass, panel, "End"), "End")
    await klass.env.advance_time(1)


async def test_a_press_counts_without_a_trace_in_the_thread_and_a_second_takes_it_back(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass)
    await respond(klass, klass.ann, "attack", claim="Look at the money.")
    post, seen = newest_in(klass), watch(klass)
    before = text_of(post)
    assert (await moved(klass, klass.ben)).startswith("Recorded: this moved you.")
    assert rows(database, SAID) == [(1, klass.ben.id, 0, 1)]
    await klass.env.advance_time(70)
    assert text_of(newest_in(klass)) == before
    assert edits_of(seen, post.id) == 0
    assert (await moved(klass, klass.ben)).startswith("Taken back")
    assert rows(database, SAID) == []


async def test_it_is_said_of_classmates_words_by_students_while_the_question_is_open(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass)
    await respond(klass, klass.ann, "attack", claim="Look at the money.")
    await respond(klass, klass.teacher, "attack", claim="A word of mine.")
    assert buttons_of(post_of(klass, "A word of mine")) == ["Reply"]
    assert "your own words" in await moved(klass, klass.ann)
    assert "teachers and moderators stay out" in await moved(klass, klass.teacher)
    for forged in ("2", "3", "99999", "x"):
        assert "Recorded" not in answer(await forge(klass, klass.ben, f"parley:moved:{forged}"))
    await close(klass)
    assert "round is closed" in await moved(klass, klass.ben)
    assert rows(database, SAID) == []


@pytest.mark.parametrize("gone", ["hidden_at = created_at", "withdrawn_at = created_at, body = '{}'", "held_back = 1"])
async def test_nobody_is_moved_by_what_the_class_cannot_read(klass: SchoolClass, database: Path, gone: str) -> None:
    await start(klass)
    await respond(klass, klass.ann, "attack", claim="Look at the money.")
    change(database, f"UPDATE responses SET {gone}")
    assert "Recorded" not in await moved(klass, klass.ben)
    assert rows(database, SAID) == []


async def test_who_has_not_agreed_is_asked_and_nothing_is_recorded(database: Path) -> None:
    async with school_class(database) as klass:
        await start(klass)
        await respond(klass, klass.ann, "attack", claim="Look at the money.")
        change(database, f"UPDATE participants SET agreed_at = NULL WHERE user_id = {klass.ben.id}")
        assert "Recorded" not in await moved(klass, klass.ben)
        assert rows(database, SAID) == []


async def test_after_the_close_the_class_reads_how_many_and_its_author_too_but_never_who(
    klass: SchoolClass, database: Path
) -> None:
    await start(klass)
    await respond(klass, klass.ann, "attack", claim="Look at the money.")
    await moved(klass, klass.ben)
    assert "moved" not in answer(await klass.ann.slash(klass.channel, "my responses"))
    await close(klass)
    told = summary(klass)
    assert "**What moved the class**\nAnn: Look at the money. · [moved 1 person](https://discord.com/channels/" in told
    mine = answer(await klass.ann.slash(klass.channel, "my responses"))
    assert "**1 classmate says this moved them.**" in mine
    assert "Ben" not in told + mine


async def test_a_reflection_taken_back_leaves_what_the_button_said_and_the_other_way_round(
    tmp_path: Path, database: Path
) -> None:
    async with debating(database, tmp_path, WITH_A_REFLECTION) as klass:
        await argue(klass, klass.ann, claim="Look at the money.", evidence="")
        await moved(klass, klass.ben)
        await go_on(klass)
        told = await write(klass, klass.ben, "Reflect", "Ann's did.", moved=["1"])
        assert rows(database, SAID) == [(1, klass.ben.id, 1, 1)]
        assert "still names it" in await moved(klass, klass.ben)
        assert rows(database, SAID) == [(1, klass.ben.id, 1, 0)]
        await moved(klass, klass.ben)
        assert told.response is not None
        await press(klass.ben, told.response, "Withdraw")
        assert rows(database, SAID) == [(1, klass.ben.id, 0, 1)]


async def exported(klass: SchoolClass, kind: str) -> str:
    """The transcript in that format, as the teacher gets it."""
    files = await files_of(await export(klass, klass.teacher, format=kind, names="real"))
    return "\n".join(data.decode("utf-8-sig") for name, data in files.items() if "README" not in name)


def lines_of(words: str) -> list[dict[str, Any]]:
    """The responses of JSON Lines."""
    return [line for line in map(json.loads, words.splitlines()) if line["kind"] == "response"]


async def test_transcripts_tell_how_many_of_them_changed_sides_where_enough_did(database: Path) -> None:
    async with school_class(database, students=7) as klass:
        await start(klass)
        others = klass.students[1:]
        for student in others:
            await side(klass, student, "To defend")
        await respond(klass, klass.ann, "attack", claim="Look at the money.")
        await klass.env.advance_time(1)
        for student in others[:3]:
            await moved(klass, student)
        for student in others[1:5]:
            await side(klass, student, "To be able to attack")
        [line] = lines_of(await exported(klass, "jsonl"))
        assert (line["moved"], line["moved_votes"]) == (3, None)
        await side(klass, others[5], "To be able to attack")
        [line] = lines_of(await exported(klass, "jsonl"))
        toward = {"stance": "attack", "label": "To be able to attack", "people": 2}
        assert line["moved_votes"] == {"people": 2, "toward": [toward]}
        words = "moved 3 people (2 of them changed sides: 2 to"
        for kind in ("html", "markdown", "text"):
            assert words in (await exported(klass, kind)).replace("\\", ""), kind
        files = await files_of(await export(klass, klass.teacher, format="csv", names="real"))
        [table] = [data for name, data in files.items() if name.endswith("responses.csv")]
        [row] = csv.DictReader(io.StringIO(table.decode("utf-8-sig")))
        assert (row["moved"], row["moved_to"]) == ("3", "To be able to attack: 2")


async def test_a_muted_student_may_still_be_moved(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "attack", claim="Look at the money.")
    result: InteractionResult = await klass.teacher.slash(
        thread_in(klass), "mute", member=klass.ben, reason="Too loud."
    )
    assert result.response is not None
    assert (await moved(klass, klass.ben)).startswith("Recorded")
    assert rows(database, SAID) == [(1, klass.ben.id, 0, 1)]
