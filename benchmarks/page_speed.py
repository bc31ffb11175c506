"""The HTML transcript against PyPI's chat-exporter: messages per second, on messages with the same words."""

import asyncio
import contextlib
import importlib
import io
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import discord

from benchmarks.debate import CHANNEL, GUILD, STUDENTS, TEXTS, at, long_debate, message_id, ready, user_id
from benchmarks.result import Result, Skipped
from bot.transcripts import Format
from bot.transcripts.writing import write

OURS = 100_000
THEIRS = 2_000
TARGET = 50.0


def measure() -> Result:
    """Both in one run; the peer on fewer messages, since it would take minutes. More make it no faster."""
    theirs = THEIRS / _seconds(_their_export())
    debate = ready(long_debate(OURS))
    with TemporaryDirectory() as folder:
        ours = OURS / _seconds(lambda: write(debate, Format.HTML, Path(folder)))
    return Result(
        f"Messages per second, HTML of {OURS:,} responses against chat-exporter’s of {THEIRS:,} with the same words",
        ours / theirs,
        TARGET,
        at_least=True,
        details=f"{ours:,.0f} against {theirs:,.0f} messages per second",
    )


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _their_export() -> Callable[[], object]:
    try:  # a dependency of this benchmark alone, without types
        exporter: Any = importlib.import_module("chat_exporter")
    except ImportError as missing:
        raise Skipped(
            "chat-exporter is not installed: pip install --require-hashes -r requirements-bench.txt"
        ) from missing
    client = discord.Client(intents=discord.Intents.none())
    channel, messages = _their_messages(client)

    def export() -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            page = asyncio.run(
                exporter.raw_export(channel, messages, tz_info="Europe/Berlin", military_time=True, support_dev=False)
            )
        if page.count("chatlog__markdown-preserve") < THEIRS:
            raise RuntimeError("the peer has not told every message")

    return export


def _their_messages(client: discord.Client) -> tuple[Any, list[discord.Message]]:
    """Real messages of discord.py, newest first, as its history gives them."""
    state: Any = vars(client)["_connection"]  # the only way to have messages without a Discord
    members: list[Any] = [_member(place) for place in range(STUDENTS)]
    data: dict[str, Any] = {
            "id": str(GUILD), "name": "Class", "members": members,
            "channels": [{"id": str(CHANNEL), "type": 0, "name": "debate", "position": 0, "permission_overwrites": []}],
            "roles": [{"id": str(GUILD), "name": "@everyone", "permissions": "0", "position": 0, "color": 0}],
            "owner_id": "1", "member_count": STUDENTS,
    }  # fmt: skip
    guild = discord.Guild(data=cast("Any", data), state=state)
    state._add_guild(guild)
    channel: Any = guild.get_channel(CHANNEL)
    return channel, [discord.Message(state=state, channel=channel, data=_message(number)) for number in range(THEIRS)]


def _member(place: int) -> dict[str, Any]:
    return {"user": _user(place), "roles": [], "joined_at": at(0).isoformat(), "deaf": False, "mute": False, "flags": 0}


def _user(place: int) -> dict[str, Any]:
    return {"id": str(user_id(place)), "username": f"student{place}", "discriminator": "0", "avatar": None}


def _message(number: int) -> Any:
    place = number % STUDENTS
    return {
        "id": str(message_id(number)), "channel_id": str(CHANNEL), "guild_id": str(GUILD), "author": _user(place),
        "member": {key: value for key, value in _member(place).items() if key != "user"},
        "content": TEXTS[number % len(TEXTS)], "timestamp": at(number).isoformat(), "edited_timestamp": None,
        "tts": False, "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
        "pinned": False, "type": 0, "flags": 0, "components": [],
    }  # fmt: skip
