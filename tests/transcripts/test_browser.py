"""The page in a real browser: nothing that a student wrote runs, and what the page offers works."""

# Playwright's assertions carry no types of their own.
# pyright: reportUnknownMemberType=false
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.discussion.transcript import Names
from bot.transcripts import Format
from bot.transcripts.writing import write
from tests.transcripts.samples import HOSTILE, Told, a_class, a_hostile_class

pytestmark = pytest.mark.browser


def page_file(told: Told, folder: Path) -> Path:
    return write(told, Format.HTML, folder).files[0]


@asynccontextmanager
async def opened(
    browser: Browser, path: Path, *, width: int = 1280, scheme: str = "light", script: bool = True
) -> AsyncGenerator[Page]:
    """Opens the file; any dialog, request, error or word on the console fails the test."""
    context = await browser.new_context(
        viewport={"width": width, "height": 860},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=script,
        reduced_motion="reduce",
    )
    page = await context.new_page()
    happened: list[str] = []
    page.on("dialog", lambda dialog: happened.append(f"dialog {dialog.message}"))
    page.on("console", lambda message: happened.append(f"console {message.text}"))
    page.on("pageerror", lambda error: happened.append(f"error {error}"))
    page.on("request", lambda request: happened.append(f"request {request.url}"))
    try:
        await page.goto(path.as_uri())
        yield page
    finally:
        await context.close()
    assert happened == [f"request {path.as_uri()}"]


@pytest.mark.parametrize("width", [1280, 360])
async def test_nothing_of_a_hostile_class_runs(browser: Browser, width: int, tmp_path: Path) -> None:
    async with opened(browser, page_file(a_hostile_class(), tmp_path), width=width) as page:
        await page.get_by_role("button", name="Unfold edits and votes").click()
        await page.mouse.wheel(0, 3000)
        assert await page.locator("script").count() == 1
        assert await page.locator("img, iframe, object, embed, form, link, base").count() == 0
        assert await page.evaluate("document.documentElement.scrollWidth") == width
        assert await page.locator(".e").count() == 4 * len(HOSTILE)
        shown = page.locator(".e", has_text="<script>alert(1)</script>").first
        await expect(shown).to_be_visible()


async def test_the_policy_stops_what_would_be_smuggled_in(browser: Browser, tmp_path: Path) -> None:
    path = page_file(a_class(), tmp_path)
    smuggled = (
        "<script>document.title='taken'</script><p style='color:red' id='styled'>x</p>"
        "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' onload=\"document.title='taken'\">"
    )
    path.write_text(path.read_text(encoding="utf-8").replace("<footer>", f"{smuggled}<footer>"), encoding="utf-8")
    context = await browser.new_context()
    page = await context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    await page.goto(path.as_uri())
    assert await page.title() == "Engage China or impose sanctions? – transcript"
    assert await page.locator("#styled").evaluate("element => element.style.length") == 0
    assert len([text for text in refused if "Content Security Policy" in text]) >= 3
    await expect(page.get_by_role("status")).to_have_text("All 26 responses shown")
    await context.close()


async def test_filtering_by_student_and_side(browser: Browser, tmp_path: Path) -> None:
    async with opened(browser, page_file(a_class(), tmp_path)) as page:
        status = page.get_by_role("status")
        await expect(status).to_have_text("All 26 responses shown")
        await page.get_by_label("Student").select_option(label="Gio")
        await expect(status).to_have_text("5 of 26 responses shown")
        assert await page.locator(".e:visible h4").all_text_contents() == ["Gio"] * 5
        await page.get_by_label("Side").select_option(label="🚫 Sanctions first")
        await expect(status).to_have_text("1 of 26 responses shown")
        nothing = page.get_by_text("No response in this round fits the filter.")
        await expect(nothing.locator("visible=true")).to_have_count(2)
        await page.get_by_label("Student").select_option(label="Everybody")
        assert await page.locator(".e:visible .side").all_text_contents() == ["🚫 Sanctions first"] * 3
        await page.get_by_label("Side").select_option(label="Every side")
        await expect(status).to_have_text("All 26 responses shown")
        assert await page.locator(".e:visible").count() == 26


async def test_unfolding_and_finding_ones_way(browser: Browser, tmp_path: Path) -> None:
    async with opened(browser, page_file(a_class(), tmp_path)) as page:
        earlier = page.get_by_text("Sanctions. Talking has not stopped one test.")
        await expect(earlier).to_be_hidden()
        await page.get_by_text("Edited at 10:36: 1 earlier wording").click()
        await expect(earlier).to_be_visible()
        await page.get_by_role("button", name="Unfold edits and votes").click()
        await expect(page.get_by_role("row", name="Gio").filter(has_text="Neither").first).to_be_visible()
        contents = page.get_by_role("navigation", name="Contents")
        await contents.get_by_role("link", name="Is Moon Jae-in right").click()
        await expect(page.get_by_role("heading", name="Is Moon Jae-in right")).to_be_in_viewport()
        await page.get_by_role("link", name="answers Ms. Rivera").click()
        await expect(page.locator(".e:target h4")).to_have_text("Ms. Rivera")
        await page.get_by_role("link", name="Cites ¶2").click()
        await expect(page.locator("#p2")).to_be_in_viewport()


async def test_the_keyboard_can_skip_to_the_debate(browser: Browser, tmp_path: Path) -> None:
    async with opened(browser, page_file(a_class(), tmp_path)) as page:
        await page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to the debate")
        await expect(skip).to_be_focused()
        await expect(skip).to_be_in_viewport()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("main")).to_be_focused()


async def test_without_a_script_the_page_is_whole_and_has_no_filter(browser: Browser, tmp_path: Path) -> None:
    async with opened(browser, page_file(a_class(), tmp_path), script=False) as page:
        await expect(page.get_by_label("Student")).to_be_hidden()
        assert await page.locator(".e").count() == 26
        await page.get_by_text("Edited at 10:36: 1 earlier wording").click()
        await expect(page.get_by_text("Sanctions. Talking has not stopped one test.")).to_be_visible()


async def test_on_paper_there_is_no_filter_and_everything_is_unfolded(browser: Browser, tmp_path: Path) -> None:
    async with opened(browser, page_file(a_class(), tmp_path)) as page:
        await page.emulate_media(media="print")
        await page.evaluate("dispatchEvent(new Event('beforeprint'))")
        await expect(page.get_by_text("Sanctions. Talking has not stopped one test.")).to_be_visible()
        await expect(page.get_by_label("Student")).to_be_hidden()
        ground = await page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(255, 255, 255)"
        assert (await page.pdf(format="A4")).startswith(b"%PDF")
        await page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert await page.locator("details[open]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_picture_of_the_transcript(browser: Browser, scheme: str, tmp_path: Path) -> None:
    readme = Path(os.environ.get("PARLEY_SCREENSHOTS") or tmp_path)
    told = a_class(Names.PSEUDONYM)
    async with opened(browser, page_file(told, tmp_path), scheme=scheme, width=1440) as page:
        picture = readme / "transcript.png" if scheme == "light" else tmp_path / "transcript-dark.png"
        await page.screenshot(path=picture)
        ground = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(246, 244, 239)") is (scheme == "light")
    assert picture.stat().st_size > 20_000
