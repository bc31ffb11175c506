"""A class that votes twice in secret, in four short phases, and a reveal that shows how minds moved."""

import shutil
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import discord
import pytest
from simcord import InteractionResult, ResponseMessage

from tests.chat.doing import Restarting, newest_in, posts_in, press, start
from tests.chat.seeing import components_of, text_of, thread_in
from tests.conftest import ROOT, SchoolClass, school_class

LABELS = {"A": "To be able to attack", "D": "To defend itself", "B": "To get concessions"}

FORMATS = {
    "short": """
title: Short
phases:
  - vote: {name: before, secret: true, minutes: 1}
  - argue: {minutes: 1, replies: true}
  - vote: {name: after, secret: true, minutes: 1}
  - reflect: {ask: "Whose point moved you?", names-a-point: true, minutes: 1}
  - reveal: {chart: CHART}
""",
    "plain": """
title: Plain
phases:
  - argue: {minutes: 4}
  - reply: {}
""",
    "open": """
title: Open
phases:
  - vote: {name: at first, minutes: 1}
  - argue: {minutes: 1}
  - reveal: {chart: stances}
  - vote: {name: at last, minutes: 1}
  - argue: {}
""",
}


def prompts_with(folder: Path, chart: str = "swing") -> Path:
    """A folder of prompts with a format of short phases."""
    (folder / "formats").mkdir(parents=True)
    shutil.copy(ROOT / "prompts" / "single-lesson.yaml", folder)
    for name, words in FORMATS.items():
        (folder / "formats" / f"{name}.yaml").write_text(words.replace("CHART", chart), encoding="utf-8")
    shutil.copy(ROOT / "prompts" / "formats" / "open-floor.yaml", folder / "formats")
    return folder


@asynccontextmanager
async def deciding(database: Path, students: int = 6, chart: str = "swing") -> AsyncGenerator[Restarting]:
    """A class at the start of such a debate."""
    prompts = prompts_with(database.parent / "prompts", chart)
    async with school_class(database, students=students, prompts=prompts) as klass:
        await start(klass, format="short")
        yield Restarting(klass, database)


async def votes(klass: SchoolClass, stances: str) -> None:
    """Everybody votes by the newest notice, each with the first letter of a side; `-` does not."""
    for student, letter in zip(klass.students, stances, strict=True):
        if letter != "-":
            await press(student, newest_in(klass), LABELS[letter])


async def minutes(klass: SchoolClass, number: int = 1) -> None:
    """So many phases go by."""
    await klass.env.advance_time(60 * number + 1)


async def up_to_the_reveal(klass: SchoolClass, before: str = "AADDBB", after: str = "DDDDBB") -> None:
    """Both votes, and then the end of the last phase."""
    await votes(klass, before)
    await minutes(klass, 2)
    await votes(klass, after)
    await minutes(klass, 2)


def notices(klass: SchoolClass, what: str = "This is how the class stands") -> list[discord.Message]:
    """The posts in the newest thread that say so: the reveals, or others."""
    return [post for post in posts_in(thread_in(klass)) if what in text_of(post)]


def summary(klass: SchoolClass) -> str:
    """What the only summary in the newest thread says."""
    [found] = [post for post in posts_in(thread_in(klass)) if has(post, "Transcript")]
    return text_of(found)


def has(message: discord.Message | ResponseMessage, label: str) -> bool:
    """Is there a button of that name?"""
    return any(part["type"] == 2 and part["label"] == label for part in components_of(message))


def pictures(message: discord.Message | ResponseMessage) -> list[tuple[str, str]]:
    """The address and the description of each picture in a message."""
    galleries = [part for part in components_of(message) if part["type"] == 12]
    return [(item["media"]["url"], item["description"]) for part in galleries for item in part["items"]]


async def the_picture(message: discord.Message | ResponseMessage) -> str:
    """The description of the only picture, which is a PNG that the message carries and shows, described in both."""
    [file], [(url, words)] = message.attachments, pictures(message)
    assert url == file.url
    assert words == file.description
    assert (await file.read()).startswith(b"\x89PNG\r\n")
    return words


def chosen(result: InteractionResult) -> list[str]:
    """What can be chosen from in a private answer."""
    assert result.response is not None
    selects = [part for part in components_of(result.response) if part["type"] == 3]
    return [option["value"] for part in selects for option in part["options"]]


def drawing_by(script: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """From here on processes are started by a shell script; `python` in it is the real one. The script's folder."""
    if sys.platform == "win32":
        pytest.skip("writes a shell script")
    folder.mkdir(exist_ok=True)
    path = folder / "python"
    path.write_text(f'#!/bin/sh\npython() {{ exec "{sys.executable}" "$@"; }}\nhere="{folder}"\n{script}\n')
    path.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(path))
    return folder
