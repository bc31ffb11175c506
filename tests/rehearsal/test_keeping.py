"""What happens in the room survives its restart."""

import asyncio
import json
import stat
import sys
import time
from pathlib import Path

import pytest

from bot.rehearsal.simulation import environment
from tests.rehearsal.gallery import GalleryBot
from tests.rehearsal.test_room import QUESTION, post_card
from tests.rehearsal.visiting import RefusedAskError, opened


def content(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def is_written(path: Path, words: str, *, within: float) -> bool:
    """Do the words get into the file within so many seconds?"""
    until = time.monotonic() + within
    while words not in content(path):
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def damage_with(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def set_aside(path: Path) -> Path:
    """The file that was moved out of the way."""
    return next(found for found in path.parent.iterdir() if found.name.startswith("room.json.unreadable-"))


async def test_after_a_restart_the_links_the_words_the_buttons_and_open_forms_work(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "TIME_TO_ACKNOWLEDGE", 0.2)
    async with opened(world) as room, room.page("Ms. Rivera") as teacher, room.page("Alex") as alex:
        links = room.links
        card = await post_card(teacher)
        await alex.ask("send", channel=alex.channel("debate"), content="Before")
        form = await alex.click(card, "do:respond")
    async with opened(world) as room, room.page("Alex") as alex:
        assert {name: url.partition("/p/")[2] for name, url in links.items()} == {
            name: url.partition("/p/")[2] for name, url in room.links.items()
        }
        history = await alex.ask("history", channel=alex.channel("debate"))
        assert [message["id"] for message in history if message["type"] != 18] == [card["id"], history[-1]["id"]]
        assert history[-1]["content"] == "Before"
        assert alex.channel(QUESTION) == card["id"]
        await alex.click(history[0], "side:no")
        await alex.private("You chose **no**")
        # discord.py forgets the forms of before; that the room still hands the submission to the bot is what counts.
        with pytest.raises(RefusedAskError, match="did not respond"):
            await alex.ask("submit", interaction=form["interaction"], values={"stance": "yes", "claim": "Late"})
        assert isinstance(room.bot, GalleryBot)
        assert room.bot.submitted == ["answer"]


async def test_what_happened_is_written_within_a_second(world: Path) -> None:
    async with opened(world) as room, room.page("Alex") as alex:
        await alex.ask("send", channel=alex.channel("debate"), content="Kept")
        assert await asyncio.to_thread(is_written, world, "Kept", within=1.5)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access in lists, not in modes")
async def test_the_file_is_the_owners_alone(world: Path) -> None:
    async with opened(world):
        pass
    assert mode(world) == 0o600


@pytest.mark.parametrize("damage", ["", "{", '{"version": 2}'])
async def test_a_damaged_file_is_moved_aside_with_a_sentence(
    world: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    damage_with(world, damage)
    async with opened(world) as room, room.page("Alex") as alex:
        assert await alex.ask("history", channel=alex.channel("debate")) == []
    told = [record.getMessage() for record in caplog.records if "moved" in record.getMessage()]
    aside = set_aside(world)
    assert len(told) == 1
    assert str(aside) in told[0]
    assert content(aside) == damage
    assert json.loads(content(world))["version"] == 1


async def test_new_students_are_let_in_beside_the_old_ones(world: Path) -> None:
    async with opened(world, students=1) as room:
        before = room.links["Alex"].partition("/p/")[2]
    async with opened(world, students=12) as room:
        assert room.links["Alex"].partition("/p/")[2] == before
        assert "Student 12" in room.links
