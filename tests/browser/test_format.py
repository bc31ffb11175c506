"""A teacher and a student go through an Oxford debate in two pages, beside classmates."""

# Playwright's assertions carry no types of their own.
# pyright: reportUnknownMemberType=false
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenParley
from tests.browser.test_debate import LESSON, recorded
from tests.browser.test_page import CONTRASTS, NAMELESS

pytestmark = pytest.mark.browser

CASE = (
    "They want concessions, since each round of tests was followed by an offer, and no offer was ever followed by war."
)
THOUGHT = "I had not asked myself who pays for it."


async def test_a_class_goes_through_an_oxford_debate(parley: OpenParley, visit: Any, tmp_path: Path) -> None:
    async with (
        parley(classmates=6) as room,
        visit(room, "Ms. Rivera") as teacher,
        visit(room, "Sam", phone=True) as sam,
    ):
        await teacher.command("discuss start", prompts=LESSON, format="Oxford debate")
        await teacher.sees("The debate is on")
        await sam.opens_thread()
        await expect(sam.message("Phase 1 of 6")).to_contain_text("This vote is secret")
        await sam.button("To defend itself").click()
        await sam.sees("Recorded")
        await sam.button("My part").click()
        await sam.sees("You have voted.")

        await teacher.command("discuss control")
        await teacher.goes_on("Opening")
        await sam.sees("Phase 2 of 6")
        await sam.sees("This phase is over.")
        await sam.responds("To get concessions", CASE)
        await sam.sees("Recorded.")
        await teacher.goes_on("Rebuttal")
        await sam.sees("Phase 3 of 6")
        await teacher.goes_on("after")
        await sam.message("Phase 4 of 6").get_by_role("button", name="To get concessions").click()
        await sam.sees("To get concessions")
        await teacher.goes_on("Reflect")

        await sam.button("Reflect").click()
        form = sam.page.get_by_role("dialog", name="Reflect")
        await form.get_by_label("Your reflection").fill(THOUGHT)
        await form.get_by_label("Whose point moved you?").select_option(index=1)
        assert await sam.page.evaluate(CONTRASTS) == []
        assert await sam.page.evaluate(NAMELESS) == []
        await form.get_by_role("button", name="Submit").click()
        await expect(form).to_have_count(0)
        await sam.sees("no classmate ever does")

        await teacher.button("End the question").click()
        await teacher.sees("close the question?")
        await teacher.button("End the question").click()
        await teacher.sees("The question is closed.")
        picture = sam.message("Phase 6 of 6").get_by_role("img", name="How ")
        await picture.scroll_into_view_if_needed()
        await expect(picture).to_have_js_property("naturalWidth", 1200)
        assert 0 < await picture.evaluate("(image) => image.clientWidth") < 360
        assert not await sam.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert await sam.page.evaluate(CONTRASTS) == []
        assert await sam.page.evaluate(NAMELESS) == []
    database = tmp_path / "room.sqlite3"
    assert recorded(database, "select count(*) from phases where ended_at is not null") == [(6,)]
    named = "select count(*) from endorsements join responses as own using (user_id) where own.body like '%who pays%'"
    assert recorded(database, named) == [(1,)]
    assert recorded(database, "select distinct secret from votes") == [(1,)]
