"""A secret vote: its voter is told that it counts, and nobody is told anywhere how anybody voted."""

import json
import logging
import shutil
from pathlib import Path

import pytest

from tests.chat.doing import press, rows, watch
from tests.chat.phases import argue, debating, do, go_on, notice
from tests.chat.seeing import answer, buttons_of, card_in, text_of, thread_in

SECRET = """
requires: {responses: 1}
phases:
  - vote: {name: before, secret: true, minutes: 2}
  - argue: {minutes: 2}
  - vote: {name: after, secret: true, minutes: 2}
"""
CONFIRMED = (
    "Recorded: you have voted. This vote is secret: nobody is told how you voted, and you can change it until it ends. "
    "Your last press counts."
)


async def test_every_press_is_confirmed_alike(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, SECRET) as klass:
        for label in ("To defend itself", "To defend itself", "To get concessions"):
            assert answer(await press(klass.ann, notice(klass), label)) == CONFIRMED
        assert answer(await press(klass.ben, card_in(klass), "To be able to attack")) == CONFIRMED
        cast = rows(database, "select user_id, stance, phase, secret from votes order by id")
        assert cast == [
            (klass.ann.id, "defend", 0, 1),
            (klass.ann.id, "bargain", 0, 1),
            (klass.ben.id, "attack", 0, 1),
        ]
        await klass.env.advance_time(6)
        assert "2 people have voted" in text_of(card_in(klass))
        assert buttons_of(card_in(klass))[:3] == ["To be able to attack", "To defend itself", "To get concessions"]


async def test_what_the_voter_does_afterwards_starts_from_no_side(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, SECRET) as klass:
        await press(klass.ann, notice(klass), "To defend itself")
        await go_on(klass)
        shown = await do(klass, klass.ann, "Respond")
        assert '"default": true' not in json.dumps(shown.modal)
        await klass.ann.send(thread_in(klass), "I say nothing of my vote.")
        assert rows(database, "select stance from responses") == [(None,)]


async def test_a_response_from_the_phase_before_is_no_vote(tmp_path: Path, database: Path) -> None:
    async with debating(database, tmp_path, SECRET) as klass:
        await go_on(klass)
        shown = await do(klass, klass.ann, "Respond")
        await go_on(klass)
        await klass.ann.submit_modal(shown, {"stance": "attack", "claim": "A late claim."})
        assert rows(database, "select stance from responses") == [("attack",)]
        assert rows(database, "select * from votes") == []
        assert "**You have not voted yet.**" in answer(await do(klass, klass.ann, "My part"))


async def all_that_leaves(
    tmp_path: Path, database: Path, votes: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> tuple[list[str], list[str]]:
    """What the bot sends and logs while Ann votes so and the debate goes on to its end, but not to a reveal."""
    caplog.clear()
    async with debating(database, tmp_path, SECRET) as klass:
        seen = watch(klass)
        for label in votes:
            await press(klass.ann, notice(klass), label)
            await klass.env.advance_time(6)
        for actor in (klass.ann, klass.ben):
            await do(klass, actor, "My part")
            await actor.slash(klass.channel, "my responses")
        await go_on(klass)
        await argue(klass, klass.ben, "attack")
        await press(klass.ann, card_in(klass), "My part")
        await do(klass, klass.ann, "Respond")
        await klass.ann.send(thread_in(klass), "I say nothing of my vote.")
        await klass.teacher.slash(klass.channel, "discuss status")
        await klass.teacher.slash(klass.channel, "discuss control")
        await go_on(klass)
        await klass.env.advance_time(6)
        sent = [f"{entry.method} {json.dumps(entry.json)}" for entry in seen]
        return sent, [f"{record.name} {record.getMessage()}" for record in caplog.records if "bot." in record.name]


async def test_all_that_leaves_the_bot_is_the_same_however_somebody_votes(
    tmp_path: Path, empty_record: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    left: list[tuple[list[str], list[str]]] = []
    for number, votes in enumerate((("To be able", "To defend"), ("To get", "To be able"), ("To get", "To get"))):
        database = Path(shutil.copy(empty_record, tmp_path / f"{number}.sqlite3"))
        left.append(await all_that_leaves(tmp_path / f"{number}", database, votes, caplog))
    assert len(left[0][0]) > 20
    assert left[0] == left[1] == left[2]
