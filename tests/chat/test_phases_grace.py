"""What is sent when its phase is over: taken for a moment, as of its own phase, and otherwise handed back."""

from pathlib import Path

import pytest

from tests.chat.doing import forge, press, rows
from tests.chat.phases import (
    argue,
    debating,
    do,
    go_on,
    handed_back,
    ids_of,
    notice,
    on_record,
    post_of,
    said_anywhere,
    sent_as,
)
from tests.chat.seeing import answer, buttons_of, card_in
from tests.conftest import SchoolClass

SEVERAL = """
phases:
  - argue: {name: First, minutes: 2, change-sides: true}
  - {kind}
  - argue: {name: Last, minutes: 2, change-sides: true}
"""
VOTES = "select stance, phase, secret from votes"


async def sent(klass: SchoolClass, after: float) -> str:
    """Ann opens the form in the first phase and sends it so many seconds after that phase has ended."""
    shown = await do(klass, klass.ann, "Respond")
    await klass.env.advance_time(120 + after)
    told = await klass.ann.submit_modal(shown, {"stance": "attack", "claim": "Typed under the bell."})
    if "Recorded" not in answer(told):
        assert await handed_back(told) == "Typed under the bell."
    return answer(told)


@pytest.mark.parametrize("kind", ["vote: {secret: true}", "vote: {}", "read: {}", "pause: {minutes: 60}"])
async def test_a_form_opened_in_time_is_taken_up_to_three_minutes_later(
    tmp_path: Path, database: Path, kind: str
) -> None:
    async with debating(database, tmp_path, SEVERAL.replace("{kind}", kind)) as klass:
        assert "**Recorded.** It stands in" in await sent(klass, after=178)
        assert on_record(database, "phase, stance") == [(0, "attack")]
        assert rows(database, VOTES) == []


async def test_later_it_is_handed_back(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, SEVERAL.replace("{kind}", "read: {}")) as klass:
        assert "You cannot respond in this phase: now the class reads." in await sent(klass, after=182)
        assert on_record(database) == []


async def test_what_is_sent_much_later_counts_in_the_phase_that_it_comes_to(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, SEVERAL.replace("{kind}", "read: {}")) as klass:
        shown = await do(klass, klass.ann, "Respond")
        await go_on(klass)
        await klass.env.advance_time(200)
        await go_on(klass)
        told = answer(await klass.ann.submit_modal(shown, {"stance": "attack", "claim": "Much later."}))
        assert "**Recorded.**" in told
        assert on_record(database, "phase, stance") == [(2, "attack")]
        assert rows(database, VOTES) == [("attack", 2, 0)]


async def test_the_side_of_a_late_response_is_not_taken_in_the_next_phase(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, SEVERAL.replace("{kind}", "argue: {change-sides: true}")) as klass:
        late = await do(klass, klass.ann, "Respond")
        await go_on(klass)
        await press(klass.ann, notice(klass), "To get concessions")
        await klass.ann.submit_modal(late, {"stance": "attack", "claim": "What I thought before."})
        assert on_record(database, "phase, stance") == [(0, "attack")]
        assert rows(database, VOTES) == [("bargain", 1, 0)]


async def test_in_time_the_side_is_taken_too(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, SEVERAL.replace("{kind}", "read: {}")) as klass:
        await argue(klass, klass.ann, "attack")
        assert rows(database, VOTES) == [("attack", 0, 0)]


async def test_nobody_counts_on_time_who_opened_the_form_in_no_phase_that_ended_just_now(
    tmp_path: Path, database: Path
) -> None:
    async with debating(database, tmp_path, SEVERAL.replace("{kind}", "read: {}")) as klass:
        phases = ("1", "2", "77", "x")
        forms = [await do(klass, klass.ann, "Respond") for _ in phases]
        await go_on(klass)
        for shown, phase in zip(forms, phases, strict=True):
            forged = sent_as(shown, f"parley:responded:1:{phase}")
            told = await klass.ann.submit_modal(forged, {"stance": "attack", "claim": "Forged."})
            assert "Recorded" not in answer(told)
            assert await handed_back(told) == "Forged."
        assert on_record(database) == []


async def test_a_reply_and_a_reflection_and_a_text_are_taken_late_too(tmp_path: Path, database: Path) -> None:
    plan = """
    sides: {assign: stances}
    groups: {size: 2}
    phases:
      - argue: {}
      - reply: {stems: [build-on]}
      - reflect: {ask: "And you?"}
      - statement: {ask: "And together?"}
      - read: {}
    """
    async with debating(database, tmp_path, plan) as klass:
        await argue(klass, klass.ann, None)
        await go_on(klass)
        forms = [(await press(klass.ben, post_of(klass, "Talk now"), "Reply"), {"text": "A", "stem": "build-on"})]
        for label in ("Reflect", "Write together"):
            await go_on(klass)
            forms.append((await do(klass, klass.ben, label), {"text": "B"}))
        await go_on(klass)
        await klass.env.advance_time(170)
        for shown, words in forms:
            assert "**Recorded" in answer(await klass.ben.submit_modal(shown, words))
        assert on_record(database, "source, phase, held_back") == [
            ("modal", 0, 0),
            ("reply", 1, 0),
            ("reflection", 2, 1),
            ("statement", 3, 0),
        ]
        assert on_record(database)[1] == ("reply", '{"text":"To build on that: A"}')
        assert said_anywhere(klass, "**Group 1** · written together\nB")


async def test_what_is_sent_late_stands_on_the_side_that_its_author_had_then(tmp_path: Path, database: Path) -> None:
    plan = """
    sides: {assign: stances}
    phases:
      - argue: {}
      - swap: {}
      - argue: {}
    """
    async with debating(database, tmp_path, plan) as klass:
        shown = await do(klass, klass.ann, "Respond")
        ((before,),) = rows(database, "select side from places")
        await go_on(klass)
        await klass.ann.submit_modal(shown, {"claim": "For the side that I had."})
        await argue(klass, klass.ann, None)
        (first, second) = on_record(database, "phase, stance")
        assert first == (0, before)
        assert second[0] == 2
        assert second[1] != before


async def test_who_spoke_in_the_circle_is_heard_though_the_circles_have_changed(tmp_path: Path, database: Path) -> None:
    plan = """
    sides: {assign: circles}
    phases:
      - argue: {who: inner}
      - swap: {}
      - argue: {who: inner}
    """
    async with debating(database, tmp_path, plan) as klass:
        for student in klass.students:
            await do(klass, student, "My part")
        ((inner,),) = rows(database, "select user_id from places where side = 'inner'")
        speaker = next(student for student in klass.students if student.id == inner)
        shown = await do(klass, speaker, "Respond")
        await go_on(klass)
        assert "Now the inner circle speaks; you listen." in answer(await do(klass, speaker, "Respond"))
        told = answer(await speaker.submit_modal(shown, {"stance": "defend", "claim": "My last word."}))
        assert "**Recorded.**" in told


@pytest.mark.parametrize("by_clock", [True, False])
async def test_when_the_round_is_closed_the_words_come_back(tmp_path: Path, database: Path, by_clock: bool) -> None:
    async with debating(database, tmp_path, "phases: [read: {}, argue: {minutes: 2}]") as klass:
        await go_on(klass)
        shown = await do(klass, klass.ann, "Respond")
        if by_clock:
            await klass.env.advance_time(125)
        else:
            await klass.teacher.slash(klass.channel, "discuss close")
        told = await klass.ann.submit_modal(shown, {"stance": "attack", "claim": "One second too late."})
        assert "This round is closed" in answer(told)
        assert await handed_back(told) == "One second too late."
        assert on_record(database) == []


async def test_a_button_of_another_phase_refuses_before_a_long_text_is_typed(tmp_path: Path, database: Path) -> None:
    plan = """
    phases:
      - argue: {}
      - reflect: {ask: "And you?"}
      - vote: {secret: true}
    """
    async with debating(database, tmp_path, plan) as klass:
        await argue(klass, klass.ann)
        post = post_of(klass, "Talk now")
        old = notice(klass)
        assert "You cannot answer classmates in this phase" in answer(await press(klass.ben, post, "Reply"))
        await go_on(klass)
        refused = await forge(klass, klass.ann, next(id_ for id_ in ids_of(old) if "respond" in id_))
        assert refused.modal is None
        assert answer(refused) == "You cannot respond in this phase: now everybody reflects in private."
        assert "Respond" not in buttons_of(card_in(klass))
        old = notice(klass)
        await go_on(klass)
        refused = await forge(klass, klass.ann, next(id_ for id_ in ids_of(old) if "reflect" in id_))
        assert refused.modal is None
        assert answer(refused) == "You cannot reflect in this phase: now the class votes."
        assert "You cannot write your group's statement" in answer(await forge(klass, klass.ann, "parley:statement:1"))
        assert rows(database, VOTES) == []
