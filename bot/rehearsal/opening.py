"""Parley itself in the rehearsal room: the unchanged bot, over a record of the room's own."""

from collections.abc import Callable, Sequence
from pathlib import Path

from discord.utils import utcnow

from bot.chat.client import Parley
from bot.chat.connecting import all_intents
from bot.classroom.room import open_classroom
from bot.rehearsal.headless import play_headless
from bot.rehearsal.people import Link
from bot.rehearsal.room import Company, open_room
from bot.rehearsal.script import read_script

SCRIPT = Path("rehearsal") / "classmates.yaml"
"""The classmates' script, in the folder of the prompt sets."""


async def rehearse_in_a_room(
    database: Path,
    *,
    articles: Path,
    prompts: Path,
    port: int,
    students: int,
    classmates: int,
    announce: Callable[[Sequence[Link]], None],
) -> None:
    """Keep a room open until cancelled. The room itself is kept beside its database.

    Raises PortTakenError and ScriptError, and a StorageError where the database cannot be opened.
    """
    script = read_script(prompts / SCRIPT) if classmates else None
    async with open_classroom(database, articles=articles, prompts=prompts, now=utcnow) as room:
        await open_room(
            lambda: Parley(room, all_intents()),
            world=database.with_suffix(".world.json"),
            port=port,
            announce=announce,
            students=students,
            company=Company(script, lambda: room.library, classmates) if script else None,
        )


async def play_without_a_page(
    database: Path, *, articles: Path, prompts: Path, on_progress: Callable[[int, int], None]
) -> None:
    """Let the shipped class play the shipped prompt sets; the record is left in the database.

    `on_progress` is told how many questions are played, of how many. Raises ScriptError and PlayError, and a
    StorageError where the database cannot be opened.
    """
    script = read_script(prompts / SCRIPT)
    async with open_classroom(database, articles=articles, prompts=prompts, now=utcnow) as room:
        await play_headless(
            lambda: Parley(room, all_intents()), script=script, library=room.library, on_progress=on_progress
        )
