"""Messages typed in a debate's thread, through the whole bot, against discord.py with an empty on_message."""

import asyncio
import gc
import json
import sqlite3
import statistics
import time
import zlib
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import discord
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.utils import utcnow
from simcord._dpy_internals import get_state  # the parsers, as the gateway reaches them; simcord is pinned
from simcord.backend import serializers

from benchmarks.agreeing import have_agreed
from benchmarks.debate import ROOT, TEXTS
from benchmarks.result import Result
from bot.chat.client import Parley
from bot.chat.connecting import all_intents
from bot.classroom.room import Classroom, open_classroom
from bot.discussion.ids import ChannelId
from bot.rehearsal.acts import Acts
from bot.rehearsal.people import Part
from bot.rehearsal.simulation.environment import LiveEnv
from bot.rehearsal.world import World

MESSAGES = 4000
STUDENTS = 50
FIRST_MESSAGES = 1000
"""Before those that count, on both sides."""
RUNS = 5
AGAINST_AN_EMPTY_BOT = 0.6

_COUNT = "SELECT count(*) FROM responses"


def measure() -> Result:
    """Medians of a few runs in turns, all in one process and on one disk."""
    pairs = [(asyncio.run(_through_parley()), asyncio.run(_through_nothing())) for _ in range(RUNS)]
    ours, empty = (statistics.median(column) for column in zip(*pairs, strict=True))
    return Result(
        "Messages per second, gateway payload to durable row, against discord.py with an empty on_message",
        ours / empty, AGAINST_AN_EMPTY_BOT, True, details=f"{MESSAGES:,} at once, of {STUDENTS} students",
    )  # fmt: skip


async def _through_parley() -> float:
    with TemporaryDirectory() as folder:
        database = Path(folder) / "parley.sqlite3"
        async with _classroom(database) as room, _school(Parley(room, all_intents())) as (world, env):
            await have_agreed(room, world.guild.id, ((person.user_id, person.name) for person in world.people.values()))
            [teacher] = world.of_part(Part.TEACHER)
            debate = ChannelId(next(channel.id for channel in world.channels(teacher) if channel.name == "debate"))
            await Acts(world).slash(teacher, debate, "discuss start", {"prompts": "single-lesson"})
            with closing(sqlite3.connect(database)) as reader:
                while reader.execute("SELECT max(thread_id) FROM rounds").fetchone() == (None,):  # noqa: ASYNC110 - another's work, of which nobody tells
                    await asyncio.sleep(0.01)

                def on_record() -> int:
                    return 0 if room.store.writes_waiting else reader.execute(_COUNT).fetchone()[0]

                return await _fed(world, env, world.guild.thread_ids[-1], on_record)


async def _through_nothing() -> float:
    bot, heard = commands.Bot("!", intents=discord.Intents.all()), 0

    async def on_message(_message: discord.Message) -> None:
        nonlocal heard
        heard += 1

    bot.event(on_message)
    async with _school(bot) as (world, env):
        return await _fed(world, env, next(iter(world.guild.channel_ids)), lambda: heard)


async def _fed(world: World, env: LiveEnv, channel_id: int, arrived: Callable[[], int]) -> float:
    """Messages per second, from the first frame that the gateway sends to the last message's arrival."""
    socket, frames = _gateway(env.bot), _frames(_payloads(world, env, channel_id))
    began = 0.0
    gc.collect()
    gc.freeze()  # as `bot.py` does: what an earlier run has left behind is not this one's
    for first, behind in ((0, FIRST_MESSAGES), (FIRST_MESSAGES, FIRST_MESSAGES + MESSAGES)):
        began = time.perf_counter()
        for frame in frames[first:behind]:
            await socket.received_message(frame)
            await asyncio.sleep(0)  # where it would wait for the next frame
        while arrived() < behind:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.001)
    return MESSAGES / (time.perf_counter() - began)


def _gateway(bot: discord.Client) -> DiscordWebSocket:
    """discord.py's end of the gateway, as it sets it up itself, but for the socket."""
    state, socket = get_state(bot), DiscordWebSocket(cast("Any", None), loop=asyncio.get_running_loop())
    socket._discord_parsers = state.parsers  # pyright: ignore[reportPrivateUsage] - as its from_client does
    socket._dispatch = bot.dispatch  # pyright: ignore[reportPrivateUsage] - as above
    socket.shard_id = None
    return socket


def _frames(payloads: list[dict[str, Any]]) -> list[bytes]:
    """What comes over the wire: one stream of zlib for all, flushed after each."""
    packed, frames = zlib.compressobj(), list[bytes]()
    for number, payload in enumerate(payloads):
        text = json.dumps({"t": "MESSAGE_CREATE", "s": number, "op": 0, "d": payload})
        frames.append(packed.compress(text.encode()) + packed.flush(zlib.Z_SYNC_FLUSH))
    return frames


def _payloads(world: World, env: LiveEnv, channel_id: int) -> list[dict[str, Any]]:
    """What students typed, as the gateway sends it; the bot has not been told of it yet."""
    told, env.backend.subscribers[:] = list(env.backend.subscribers), []
    students = world.of_part(Part.STUDENT)
    typed = [
        env.backend.create_message(channel_id, students[number % len(students)].user_id, TEXTS[number % len(TEXTS)])
        for number in range(FIRST_MESSAGES + MESSAGES)
    ]
    env.backend.subscribers[:] = told
    return [dict(serializers.message_payload(env.backend, message)) for message in typed]


@asynccontextmanager
async def _classroom(database: Path) -> AsyncGenerator[Classroom]:
    async with open_classroom(database, articles=ROOT / "article", prompts=ROOT / "prompts", now=utcnow) as room:
        yield room


@asynccontextmanager
async def _school(bot: commands.Bot) -> AsyncGenerator[tuple[World, LiveEnv]]:
    env = LiveEnv(bot)
    world = World(env)
    world.furnish()
    world.seat(students=STUDENTS, classmates=[])
    await env.start()
    try:
        yield world, env
    finally:
        await env.shutdown()


if __name__ == "__main__":
    print(measure())  # noqa: T201 - a benchmark's purpose
