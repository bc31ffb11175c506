"""The page itself: keys, names, a narrow screen, other people's words, colours that can be read."""

# Playwright's assertions carry no types of their own.
# pyright: reportUnknownMemberType=false
import json
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenParley
from tests.browser.test_debate import LESSON

pytestmark = pytest.mark.browser

NASTY = (
    "<img src=x onerror=alert(1)> **bold** `<b>` \\*plain\\* ||<i>secret</i>|| <t:1900000000:R> <@0> snake_case_word"
)

CONTRASTS = """() => {
  const light = (text) => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    const part = (c) => ((c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return [0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b), a];
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const [found, alpha] = light(getComputedStyle(at).backgroundColor);
      if (alpha === 255) return found;
    }
    return light(getComputedStyle(document.body).backgroundColor)[0];
  };
  const bad = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    const faded = element.closest(":disabled, [hidden], .emoji, .spoiler, .skip, noscript");
    if (!own || faded || !element.getClientRects().length) continue;
    const [text] = light(getComputedStyle(element).color);
    const behind = ground(element);
    const ratio = (Math.max(text, behind) + 0.05) / (Math.min(text, behind) + 0.05);
    const name = `${element.tagName}.${element.className}`;
    if (ratio < 4.5) bad.push(`${name} ${ratio.toFixed(2)} ${element.textContent.slice(0, 30)}`);
  }
  return bad;
}"""

NAMELESS = """() => [...document.querySelectorAll("button, input, textarea, select, a, dialog, nav, [role=listbox]")]
  .filter((element) => element.getClientRects().length)
  .filter((element) => !(element.getAttribute("aria-label") || element.getAttribute("aria-labelledby")
    || element.labels?.length || element.textContent.trim() || element.querySelector("img")?.alt))
  .map((element) => element.outerHTML.slice(0, 80))"""


FOCUS_IS_INSIDE = """() => document.querySelector("dialog").contains(document.activeElement)
  || document.activeElement === document.body"""


async def test_other_peoples_words_are_shown_and_never_run(parley: OpenParley, visit: Any) -> None:
    async with parley() as room, visit(room, "Alex") as alex, visit(room, "Sam") as sam:
        await alex.writes(NASTY)
        await sam.sees("<img src=x onerror=alert(1)> bold <b> *plain*")
        words = sam.message("onerror").locator(".words")
        assert await words.locator("img, b, i").count() == 0
        assert await words.locator("strong").inner_text() == "bold"
        assert await words.locator("code").inner_text() == "<b>"
        assert "snake_case_word" in await words.inner_text()
        assert "in " in await words.locator("time").inner_text()
        assert "@unknown-user" in await words.inner_text()


async def test_a_student_gets_everywhere_by_keys(parley: OpenParley, visit: Any) -> None:
    async with parley() as room, visit(room, "Ms. Rivera") as teacher, visit(room, "Alex") as alex:
        await teacher.command("discuss start", prompts=LESSON)
        await alex.sees("missile tests mainly for")
        keys = alex.page.keyboard
        await alex.button("Respond").focus()
        await keys.press("Enter")
        form = alex.page.get_by_role("dialog", name="Your response")
        await expect(form).to_be_visible()
        await keys.press("Space")
        for _ in range(40):
            await keys.press("Tab")
            assert await alex.page.evaluate(FOCUS_IS_INSIDE)
        await form.get_by_label("Claim").fill("Half a thought")
        await keys.press("Escape")
        await expect(form).to_have_count(0)
        await expect(alex.button("Respond")).to_be_focused()
        await keys.press("Enter")
        await expect(form.get_by_label("Claim")).to_have_value("Half a thought")
        await form.get_by_label("Claim").fill("")
        await form.get_by_role("button", name="Submit").click()
        await expect(form.get_by_role("alert")).to_contain_text("“Claim” is required.")
        await keys.press("Escape")
        await alex.writes("Teh tests")
        await alex.page.locator("#composer-text").press("ArrowUp")
        await alex.page.locator("#composer-text").fill("The tests")
        await keys.press("Enter")
        await teacher.sees("The tests (edited)")


async def test_a_reply_and_the_menu_of_apps(parley: OpenParley, visit: Any) -> None:
    async with parley() as room, visit(room, "Alex") as alex, visit(room, "Sam") as sam:
        await alex.writes("One thing")
        await sam.sees("One thing")
        await sam.message("One thing").hover()
        await sam.message("One thing").get_by_role("button", name="Reply").click()
        await sam.writes("And another")
        await expect(alex.message("And another").locator(".reply")).to_have_text("Alex: One thing")
        await alex.message("And another").hover()
        await alex.message("And another").get_by_role("button", name="Apps").click()
        menu = alex.page.get_by_role("menu", name="Apps")
        await expect(menu.get_by_role("menuitem")).to_have_count(5)
        await alex.page.keyboard.press("Escape")
        await expect(menu).to_have_count(0)
        first = alex.log.locator("li.message").first
        await first.hover()
        await first.get_by_role("button", name="Delete").click()
        await alex.page.get_by_role("dialog", name="Delete this message?").get_by_role("button", name="Delete").click()
        await expect(sam.log.get_by_text("One thing", exact=True)).to_have_count(0)


async def test_unread_words_are_marked_until_they_are_read(parley: OpenParley, visit: Any) -> None:
    async with parley() as room, visit(room, "Alex") as alex, visit(room, "Sam") as sam:
        await alex.page.get_by_role("button", name="Channel general").click()
        await sam.writes("Where is everybody?")
        place = alex.page.get_by_role("button", name="Channel debate, 1 unread")
        await expect(place).to_be_visible()
        await place.click()
        await alex.sees("Where is everybody?")
        await expect(alex.page.get_by_role("button", name="Channel debate", exact=True)).to_be_visible()


@pytest.mark.parametrize("light", [False, True])
async def test_all_that_is_shown_can_be_read_and_has_a_name(parley: OpenParley, visit: Any, light: bool) -> None:
    async with parley() as room, visit(room, "Ms. Rivera", light=light) as teacher:
        await teacher.command("discuss start", prompts=LESSON)
        await teacher.sees("missile tests mainly for")
        await teacher.writes("My own <@&0> words, `code` and https://example.org")
        await teacher.button("Read the article").click()
        await teacher.sees("¶1 of 5")
        assert await teacher.page.evaluate(CONTRASTS) == []
        assert await teacher.page.evaluate(NAMELESS) == []
        await teacher.button("Respond").click()
        await expect(teacher.page.get_by_role("dialog")).to_be_visible()
        assert await teacher.page.evaluate(CONTRASTS) == []
        assert await teacher.page.evaluate(NAMELESS) == []
        landmarks = await teacher.page.evaluate("[...document.querySelectorAll('nav, main, h1')].map((e) => e.tagName)")
        assert landmarks == ["NAV", "MAIN", "H1"]


async def test_a_phone_shows_everything_without_scrolling_sideways(parley: OpenParley, visit: Any) -> None:
    async with parley() as room, visit(room, "Ms. Rivera") as teacher, visit(room, "Sam", phone=True) as sam:
        await teacher.command("discuss start", prompts=LESSON)
        await sam.sees("missile tests mainly for")
        await expect(sam.page.locator("#sidebar")).to_be_hidden()
        await sam.page.get_by_role("button", name="Channels and threads").tap()
        await sam.page.get_by_role("button", name="Thread 1.").tap()
        await expect(sam.page.locator("#sidebar")).to_be_hidden()
        await expect(sam.page.locator("#channel-name")).to_contain_text("1. What are")
        await sam.writes("From the bus")
        wide = await sam.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, json.dumps(wide)
