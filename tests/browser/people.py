"""A person in front of the room's page: what they do with keys and clicks, and what they see."""

# Playwright's assertions carry no types of their own.
# pyright: reportUnknownMemberType=false
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody's open page."""

    name: str
    page: Page

    async def arrived(self) -> None:
        """Wait until the page knows the room."""
        await expect(self.page.locator("#channel-name")).to_have_text("# debate")

    async def command(self, name: str, **options: str) -> None:
        """Run a slash command through the picker, by keys alone."""
        keys = self.page.keyboard
        await self.page.get_by_label("Message #debate").fill(f"/{name}")
        await expect(self.page.get_by_role("option").first).to_contain_text(f"/{name}")
        await keys.press("Enter")
        form = self.page.locator("form.command")
        await expect(form.get_by_role("heading")).to_have_text(f"/{name}")
        for option, text in options.items():
            await form.get_by_label(option, exact=False).first.fill(text)
            suggestion = form.get_by_role("option", name=text)
            if option in {"prompts", "question", "format"}:
                await expect(suggestion).to_be_visible()
                await keys.press("Enter")
        await keys.press("Enter")
        await expect(form).to_have_count(0)

    @property
    def log(self) -> Locator:
        """The messages on the screen."""
        return self.page.get_by_role("log")

    def message(self, words: str) -> Locator:
        """The newest message with these words."""
        return self.log.locator("li.message").filter(has_text=words).last

    def button(self, name: str) -> Locator:
        """The newest button of the bot's whose label begins so."""
        return self.log.locator("button.press").filter(has_text=name).last

    async def sees(self, words: str) -> None:
        """Wait for a message with these words."""
        await expect(self.message(words)).to_be_visible()

    async def writes(self, words: str) -> None:
        """Write a message in the open channel."""
        box = self.page.locator("#composer-text")
        await box.fill(words)
        await box.press("Enter")
        await expect(box).to_have_value("")

    async def opens_thread(self) -> None:
        """Go into the debate's thread by the chip under the card."""
        await self.page.locator(".thread-chip").last.click()
        await expect(self.page.locator("#channel-name")).to_contain_text("1. ")

    async def goes_on(self, to: str) -> None:
        """Press Next phase on the control panel, and wait until it says that the phase of that name has begun."""
        await self.button("Next phase").click()
        await self.sees(f"“{to}” has begun.")

    async def responds(self, side: str, claim: str, **more: str) -> None:
        """Respond by the form."""
        await self.button("Respond").click()
        form = self.page.get_by_role("dialog")
        await form.get_by_label(side).check()
        await form.get_by_label("Claim").fill(claim)
        for label, words in more.items():
            await form.get_by_label(label.capitalize()).fill(words)
        await form.get_by_role("button", name="Submit").click()
        await expect(form).to_have_count(0)
