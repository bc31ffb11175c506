"""Pictures of a debate, for the README: written to the folder in PARLEY_SCREENSHOTS, and drawn all the same without."""

# Playwright's assertions carry no types of their own.
# pyright: reportUnknownMemberType=false
import os
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenParley
from tests.chat.doing import newest_in, posts_in, press, start
from tests.chat.seeing import buttons_of, card_in, thread_in
from tests.conftest import school_class

pytestmark = pytest.mark.browser

UNIT = "Engage China or impose sanctions?"

BEFORE, AFTER = "0" * 9 + "1" * 8 + "2" * 7, "0" * 5 + "1" * 11 + "0" * 2 + "1" * 4 + "2" * 2
"""How twenty-four students vote first, and then, by the number of the button."""


def drawn(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.stat().st_size > 10_000}


async def test_pictures_of_a_debate(parley: OpenParley, visit: Any, tmp_path: Path) -> None:
    folder = Path(os.environ.get("PARLEY_SCREENSHOTS") or tmp_path / "pictures")
    async with (
        parley(classmates=10) as room,
        visit(room, "Ms. Rivera") as teacher,
        visit(room, "Alex", light=True) as alex,
        visit(room, "Sam", phone=True) as sam,
    ):
        await teacher.command("discuss start", prompts=UNIT)
        await teacher.sees("Is engaging China or imposing sanctions")
        await expect(teacher.button("Neither works without the other · 5")).to_be_visible(timeout=12_000)
        await teacher.message("The debate is on").get_by_role("button", name="Dismiss message").click()
        await teacher.page.set_viewport_size({"width": 1280, "height": 1040})
        await teacher.page.mouse.move(0, 0)
        await teacher.page.screenshot(path=folder / "desktop.png")
        await sam.page.screenshot(path=folder / "phone.png")
        await teacher.opens_thread()
        await teacher.sees("The choice is a false one.")
        await teacher.page.mouse.move(0, 0)
        await teacher.page.screenshot(path=folder / "thread.png")
        await alex.button("Engage China first").click()
        await alex.sees("you stand for")
        await alex.button("Respond").click()
        form = alex.page.get_by_role("dialog")
        await form.get_by_label("Claim").fill("China can open a door that sanctions only lock.")
        await alex.page.screenshot(path=folder / "respond.png")
    assert drawn(folder) >= {"desktop.png", "phone.png", "thread.png", "respond.png"}


async def test_the_picture_of_a_swing(database: Path, tmp_path: Path) -> None:
    """As the class gets it at the end of an Oxford debate."""
    folder = Path(os.environ.get("PARLEY_SCREENSHOTS") or tmp_path)
    async with school_class(database, students=len(BEFORE)) as klass:
        await start(klass, UNIT, format="oxford-debate")
        labels = [label.partition(" · ")[0] for label in buttons_of(card_in(klass))[:3]]
        for votes, minutes in ((BEFORE, 2 + 12 + 12), (AFTER, 2 + 3)):
            for student, vote in zip(klass.students, votes, strict=True):
                await press(student, newest_in(klass), labels[int(vote)])
            await klass.env.advance_time(60 * minutes + 2)
        reveal = next(post for post in posts_in(thread_in(klass)) if post.attachments)
        await reveal.attachments[0].save(folder / "swing.png")
    assert drawn(folder) >= {"swing.png"}
