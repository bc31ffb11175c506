"""A real Chromium in front of a room with the real bot in it."""

import os
import shutil
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from discord.utils import utcnow
from playwright.async_api import Browser, async_playwright, expect

from bot.chat.client import Parley
from bot.classroom.room import open_classroom
from bot.rehearsal.room import Company
from bot.rehearsal.script import read_script
from tests.agreeing import has_agreed
from tests.browser.people import Visitor
from tests.conftest import ROOT, all_intents
from tests.rehearsal.visiting import OpenRoom, opened

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 10_000
"""Milliseconds to wait for what a page should show: a busy machine is no fault of the page's."""

SWITCHES = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
]

OpenParley = Callable[..., AbstractAsyncContextManager[OpenRoom]]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is. Without it the test is skipped by name; in CI it fails instead."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("Chromium is not installed, and CI must not pass without the browser tests.")
    if found is None:
        pytest.skip("Chromium is not installed (on Debian: apt-get install chromium).")
    return found


@pytest.fixture
async def browser(chromium: str) -> AsyncGenerator[Browser]:
    """A fresh Chromium that talks to nobody but the room."""
    expect.set_options(timeout=PATIENCE)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    switches = [*SWITCHES, *(["--no-sandbox"] if is_root else [])]
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=chromium, args=switches)
        try:
            yield found
        finally:
            await found.close()


@pytest.fixture
def parley(tmp_path: Path) -> OpenParley:
    """Opens a room with the real bot; the same files each time, so that a second opening is a restart."""

    @asynccontextmanager
    async def with_parley(
        *, classmates: int = 0, tempo: float = 0.0, port: int = 0, agreed: bool = True
    ) -> AsyncGenerator[OpenRoom]:
        async with open_classroom(
            tmp_path / "room.sqlite3", articles=ROOT / "article", prompts=ROOT / "prompts", now=utcnow
        ) as classroom:
            script = read_script(ROOT / "prompts" / "rehearsal" / "classmates.yaml")
            company = Company(script, lambda: classroom.library, classmates, tempo=tempo) if classmates else None
            async with opened(
                tmp_path / "room.json", lambda: Parley(classroom, all_intents()), company=company, port=port
            ) as room:
                for member in room.bot.guilds[0].members if agreed else ():
                    has_agreed(tmp_path / "room.sqlite3", member.guild.id, member.id, member.display_name)
                yield room

    return with_parley


@pytest.fixture
async def visit(browser: Browser) -> AsyncGenerator[Callable[..., AbstractAsyncContextManager[Visitor]]]:
    """Opens somebody's page in a browser profile of its own. Any error on the page fails the test."""
    problems: list[str] = []

    @asynccontextmanager
    async def visitor(
        room: OpenRoom, name: str, *, phone: bool = False, light: bool = False
    ) -> AsyncGenerator[Visitor]:
        size = {"width": 360, "height": 740} if phone else {"width": 1280, "height": 860}
        context = await browser.new_context(
            viewport={"width": size["width"], "height": size["height"]},
            color_scheme="light" if light else "dark",
            reduced_motion="reduce",
            has_touch=phone,
            is_mobile=phone,
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: problems.append(f"{name}: {error}"))
        await page.goto(room.links[name])
        found = Visitor(name, page)
        await found.arrived()
        try:
            yield found
        finally:
            await context.close()

    yield visitor
    assert problems == []
