"""A teacher and two students debate in three pages."""

# Playwright's assertions carry no types of their own.
# pyright: reportUnknownMemberType=false
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenParley

pytestmark = pytest.mark.browser

LESSON = "One lesson: threat, talks or pressure?"
CLAIM = "They want concessions, not a war."
REPLY = "Then why test so many at once?"


def recorded(database: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


async def test_a_teacher_and_two_students_debate(parley: OpenParley, visit: Any, tmp_path: Path) -> None:
    async with (
        parley(agreed=False) as room,
        visit(room, "Ms. Rivera") as teacher,
        visit(room, "Alex", light=True) as alex,
        visit(room, "Sam", phone=True) as sam,
    ):
        await teacher.command("discuss start", prompts=LESSON)
        await teacher.sees("The debate is on")
        for student in (alex, sam):
            await student.sees("What are North Korea's missile tests mainly for?")
        await alex.button("To get concessions").click()
        await alex.sees("Before you take part")
        await alex.button("I agree").click()
        await alex.sees("you stand for")
        await expect(sam.message("you stand for")).to_have_count(0)
        await expect(sam.button("To get concessions · 1")).to_be_visible()

        await alex.responds("To get concessions", CLAIM, evidence="They are a tool used to merely intimidate.")
        await alex.sees("Recorded.")
        await sam.opens_thread()
        await sam.sees(CLAIM)
        await sam.message(CLAIM).locator("button.press").filter(has_text="Reply").click()
        await sam.sees("Before you take part")
        await sam.button("I agree").click()
        form = sam.page.get_by_role("dialog")
        await form.get_by_label("Your reply").fill(REPLY)
        await form.get_by_role("button", name="Submit").click()
        await sam.sees("Recorded.")
        await sam.writes("The word merely is an opinion.")
        await alex.opens_thread()
        await alex.sees(REPLY)
        await alex.sees("The word merely is an opinion.")

        await teacher.command("discuss status")
        await teacher.sees("Answered (2): Alex, Sam")
        await expect(teacher.message("Silent (0)")).to_be_visible()
        await teacher.command("discuss close")
        await teacher.sees("has ended after 1 question")
        await expect(sam.page.get_by_text("This thread is closed.")).to_be_visible()
        await alex.sees("The count")
    sources = recorded(tmp_path / "room.sqlite3", "select source from responses order by id")
    assert sources == [("modal",), ("reply",), ("message",)]


async def test_a_debate_goes_on_after_a_restart_in_its_middle(parley: OpenParley, visit: Any, tmp_path: Path) -> None:
    async with parley() as room, visit(room, "Ms. Rivera") as teacher:
        await teacher.command("discuss start", prompts=LESSON)
        await teacher.sees("What are North Korea's missile tests mainly for?")
        port = int(room.base.rpartition(":")[2])
        first, links = room, room.links
        alex_page = visit(first, "Alex")
        alex = await alex_page.__aenter__()
        await alex.button("Respond").click()
        form = alex.page.get_by_role("dialog")
        await form.get_by_label("To defend itself").check()
        await form.get_by_label("Claim").fill("Written before the restart.")
    await expect(alex.page.locator("#banner")).to_be_visible()
    await form.get_by_role("button", name="Submit").click()
    await expect(form.get_by_role("alert")).to_contain_text("Your text is kept")
    async with parley(port=port) as room:
        assert room.links == links
        await expect(alex.page.locator("#banner")).to_be_hidden()
        await form.get_by_role("button", name="Submit").click()
        await expect(form).to_have_count(0)
        await alex.sees("Recorded.")
        await alex.button("To get concessions").click()
        await alex.sees("you have moved from")
        await alex_page.__aexit__(None, None, None)
    assert recorded(tmp_path / "room.sqlite3", "select count(*) from responses") == [(1,)]
