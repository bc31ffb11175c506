"""The classmates with the real bot: in the live room, and a whole class without a page."""

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from discord.utils import utcnow
from simcord.components import walk_components

from bot.chat.client import Parley
from bot.classroom.room import open_classroom
from bot.rehearsal.headless import Audience, play_headless
from bot.rehearsal.room import Company
from bot.rehearsal.script import read_script
from tests.conftest import ROOT, all_intents
from tests.rehearsal.visiting import Page, opened

SHIPPED = ROOT / "prompts" / "rehearsal" / "classmates.yaml"


def rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


async def test_a_whole_class_plays_and_leaves_its_record(tmp_path: Path) -> None:
    database = tmp_path / "parley.sqlite3"
    script = read_script(SHIPPED)
    progress: list[tuple[int, int]] = []
    said: list[str] = []
    async with open_classroom(database, articles=ROOT / "article", prompts=ROOT / "prompts", now=utcnow) as room:
        await play_headless(
            lambda: Parley(room, all_intents()),
            script=script,
            library=room.library,
            audience=Audience(lambda done, total: progress.append((done, total)), said.append),
            sets=["single-lesson", "china-or-sanctions"],
        )
    assert progress == [(done, 10) for done in range(11)]
    acts = [act.kinds[0] for scripted in script.rounds for act in scripted.acts]
    asked = Counter(acts)
    sources = dict(rows(database, "select source, count(*) from responses group by source"))
    assert sources == {"modal": asked["respond"], "message": asked["say"], "reply": asked["reply"]}
    assert rows(database, "select count(*) from responses where withdrawn_at is not null") == [(asked["withdraw"],)]
    assert rows(database, "select count(*) from revisions")[0][0] >= asked["change"]
    changed = "select count(*) from (select 1 from votes group by round_id, user_id having count(*) > 1)"
    assert rows(database, changed)[0][0] >= 5
    assert dict(rows(database, "select closing, count(*) from rounds group by closing")) == {
        "time": 2,
        "next": 6,
        "close": 2,
    }
    assert rows(database, "select count(*) from sessions where closed_at is null") == [(0,)]


async def test_classmates_take_part_in_a_live_round(tmp_path: Path) -> None:
    async with open_classroom(
        tmp_path / "room.sqlite3", articles=ROOT / "article", prompts=ROOT / "prompts", now=utcnow
    ) as classroom:
        company = Company(read_script(SHIPPED), lambda: classroom.library, 12, tempo=0)
        async with (
            opened(tmp_path / "room.json", lambda: Parley(classroom, all_intents()), company=company) as room,
            room.page("Ms. Rivera") as teacher,
        ):
            place = {"channel": teacher.channel("debate")}
            await teacher.ask("slash", **place, name="discuss start", options={"prompts": "single-lesson"})
            await teacher.says("They want concessions.")
            await teacher.says("The word merely in the quote is the author's opinion, not a fact.")
            await teacher.says("Everybody says defense.")
            # Five of the script take a side, and the two extras who have no lines of their own.
            await teacher.wait("message_edit", lambda told: "7 people have taken" in str(told))


async def test_classmates_go_on_where_they_stopped_when_the_room_is_opened_again(tmp_path: Path) -> None:
    script = read_script(SHIPPED)
    for tempo in (0.12, 0):
        async with open_classroom(
            tmp_path / "room.sqlite3", articles=ROOT / "article", prompts=ROOT / "prompts", now=utcnow
        ) as classroom:
            company = Company(script, lambda held=classroom: held.library, 10, tempo=tempo)
            async with (
                opened(
                    tmp_path / "room.json", lambda held=classroom: Parley(held, all_intents()), company=company
                ) as room,
                room.page("Ms. Rivera") as teacher,
            ):
                place = {"channel": teacher.channel("debate")}
                if tempo:
                    await teacher.ask("slash", **place, name="discuss start", options={"prompts": "single-lesson"})
                    await teacher.says("They want concessions.")
                else:
                    await teacher.says("The word merely in the quote is the author's opinion, not a fact.")
    acts = Counter(act.kinds[0] for act in next(r for r in script.rounds if r.prompt == "why-test").acts)
    assert dict(rows(tmp_path / "room.sqlite3", "select source, count(*) from responses group by source")) == {
        "modal": acts["respond"],
        "reply": acts["reply"],
        "message": acts["say"],
    }


async def test_the_bot_knows_the_whole_class_also_after_a_restart(tmp_path: Path) -> None:
    for start in (True, False):
        async with (
            open_classroom(
                tmp_path / "room.sqlite3", articles=ROOT / "article", prompts=ROOT / "prompts", now=utcnow
            ) as classroom,
            opened(tmp_path / "room.json", lambda held=classroom: Parley(held, all_intents())) as room,
            room.page("Ms. Rivera") as teacher,
        ):
            place = {"channel": teacher.channel("debate")}
            if start:
                await teacher.ask("slash", **place, name="discuss start", options={"prompts": "single-lesson"})
                await teacher.says("The debate is on")
            await teacher.ask("slash", **place, name="discuss status", options={})
            assert "**Silent** (2): Alex, Sam" in str(await teacher.private("Silent"))


TWO_PHASES = """
title: Two phases
phases:
  - argue: {name: Opening}
  - reply: {name: Answers, restate: true}
"""


async def test_classmates_follow_the_phases_of_a_live_round_and_go_on_after_a_restart(tmp_path: Path) -> None:
    prompts, database = tmp_path / "prompts", tmp_path / "room.sqlite3"
    shutil.copytree(ROOT / "prompts", prompts)
    (prompts / "formats" / "two-phases.yaml").write_text(TWO_PHASES, encoding="utf-8")
    for tempo in (0.06, 0):
        async with open_classroom(database, articles=ROOT / "article", prompts=prompts, now=utcnow) as classroom:
            company = Company(read_script(SHIPPED), lambda held=classroom: held.library, 10, tempo=tempo)
            async with (
                opened(
                    tmp_path / "room.json", lambda held=classroom: Parley(held, all_intents()), company=company
                ) as room,
                room.page("Ms. Rivera") as teacher,
            ):
                place = {"channel": teacher.channel("debate")}
                if tempo:
                    options = {"prompts": "single-lesson", "format": "Two phases"}
                    await teacher.ask("slash", **place, name="discuss start", options=options)
                    await responses(teacher, 3)
                    continue
                await responses(teacher, 9)
                await teacher.ask("slash", **place, name="discuss control", options={})
                panel = await teacher.private("Next phase")
                await teacher.click(panel, next(i for label, i in buttons(panel) if label == "Next phase"))
                await responses(teacher, 18)
    assert rows(database, "select count(*), count(distinct user_id) from responses where source = 'modal'") == [(9, 9)]
    answered = "select min(phase), max(phase), count(*) >= 9 from responses where source = 'reply'"
    assert rows(database, answered) == [(1, 1, 1)]


async def responses(page: Page, number: int) -> None:
    """Wait until so many responses stand in the thread."""
    name = "1. What are North Korea's missile tests mainly for?"
    await page.wait("channel welcome", lambda told: name in str(told))
    history = await page.ask("history", channel=page.channel(name))
    known = {message["id"] for message in history if is_response(message)}

    def are_there(told: dict[str, Any]) -> bool:
        if is_response(told["message"]):
            known.add(told["message"]["id"])
        return len(known) >= number

    if len(known) < number:
        await page.wait("message", are_there)


def is_response(message: dict[str, Any]) -> bool:
    return any(label == "Reply" for label, _ in buttons(message))


def buttons(message: dict[str, Any]) -> list[tuple[str, str]]:
    parts = walk_components(message["components"])
    return [(part["label"], part["custom_id"]) for part in parts if part["type"] == 2]
