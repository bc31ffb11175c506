"""Parley itself in the rehearsal room: the unchanged bot, over a record of the room's own."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from discord.utils import utcnow

from bot.chat.client import Parley
from bot.chat.connecting import all_intents
from bot.classroom.room import open_classroom
from bot.content.formats import OPEN_FLOOR
from bot.rehearsal.headless import Audience, play_headless
from bot.rehearsal.people import Link
from bot.rehearsal.room import Company, open_room
from bot.rehearsal.script import read_script

SCRIPT = Path("rehearsal") / "classmates.yaml"
"""The classmates' script, in the folder of the prompt sets."""


class UnknownFormatError(Exception):
    """There is no format of that name. The text names those that there are."""


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
    database: Path,
    *,
    articles: Path,
    prompts: Path,
    format: str | None,  # noqa: A002 - what the option of the command is called
    audience: Audience,
) -> None:
    """Let the shipped class play the shipped prompt sets, or one question in a format; the record is left behind.

    Raises UnknownFormatError before there is a record, ScriptError and PlayError, and a StorageError where the database
    cannot be opened.
    """
    script = read_script(prompts / SCRIPT)
    chosen = OPEN_FLOOR if format is None else await _format_called(format, articles, prompts)
    async with open_classroom(database, articles=articles, prompts=prompts, now=utcnow) as room:
        await play_headless(
            lambda: Parley(room, all_intents()), script=script, library=room.library, audience=audience, format=chosen
        )


async def _format_called(name: str, articles: Path, prompts: Path) -> str:
    """The slug of the format with that slug or title."""
    from bot.content.loading import load  # noqa: PLC0415 - a room that opens need not wait for it

    library = await asyncio.to_thread(load, articles, prompts)
    wanted = name.strip().casefold()
    for slug, found in library.formats.items():
        if wanted in {slug.casefold(), found.title.casefold()}:
            return slug
    raise UnknownFormatError(f"There is no format called {name}. There are: {', '.join(library.formats)}.")
