"""Speed of what is durable: responses through the classroom against one commit each, messages through the whole bot."""

import asyncio
import gc
import json
import sqlite3
import statistics
import time
import zlib
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import aiosqlite
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
from bot.classroom import responding
from bot.classroom.people import Person
from bot.classroom.room import Classroom, open_classroom
from bot.classroom.starting import Wanted, start
from bot.discussion.ids import ChannelId, GuildId, StanceId, UserId
from bot.rehearsal.acts import Acts
from bot.rehearsal.people import Part
from bot.rehearsal.simulation.environment import LiveEnv
from bot.rehearsal.world import World
from bot.storage import Store

WAITING = 64
WARM_UP = 128
RESPONSES = 1024
MESSAGES = 4000
STUDENTS = 50
FIRST_MESSAGES = 1000
"""Before those that count, on both sides."""
RUNS = 3

AGAINST_ONE_COMMIT_EACH = 10.0
AGAINST_GROUPS = 0.5
AGAINST_AN_EMPTY_BOT = 0.6

_ADD = """
INSERT INTO responses (guild_id, round_id, user_id, role, source, stance, body, created_at)
VALUES (1, 1, ?, 'student', 'modal', 'attack', ?, ?)
"""
_POSED = (
    "INSERT INTO sessions (id, guild_id, channel_id, set_slug, prompt_set, article, started_by, started_at)"
    " VALUES (1, 1, 1, '', '{}', '{}', 1, '')",
    "INSERT INTO rounds (id, guild_id, session_id, channel_id, number, prompt, opened_at)"
    " VALUES (1, 1, 1, 1, 1, '{}', '')",
)
"""What the rows belong to."""
_DURABLE = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")
"""As the store sets its writer up."""


def measure() -> Iterator[Result]:
    """Medians of a few runs in turns, all in one process and on one disk."""
    rates = [asyncio.run(_responses()) for _ in range(RUNS)]
    ours, single, grouped = (statistics.median(column) for column in zip(*rates, strict=True))
    what = f"Durable responses per second with {WAITING} waiting, through the classroom"
    yield Result(
        f"{what} against one aiosqlite commit each", ours / single, AGAINST_ONE_COMMIT_EACH, True,
        details="ours also checks the round, takes the stance, knows the person and draws the follow-up",
    )  # fmt: skip
    yield Result(f"{what} against bare executemany in groups of {WAITING}", ours / grouped, AGAINST_GROUPS, True)
    pairs = [(asyncio.run(_through_parley()), asyncio.run(_through_nothing())) for _ in range(RUNS)]
    ours, empty = (statistics.median(column) for column in zip(*pairs, strict=True))
    yield Result(
        "Messages per second, gateway payload to durable row, against discord.py with an empty on_message",
        ours / empty, AGAINST_AN_EMPTY_BOT, True,
    )  # fmt: skip


# -- responses


async def _responses() -> tuple[float, float, float]:
    """Responses per second: through the classroom, one commit each, in groups."""
    with TemporaryDirectory() as folder:
        bodies = [{"claim": f"{TEXTS[number % len(TEXTS)]} {number}"} for number in range(WARM_UP + RESPONSES)]
        ours, single, groups = (Path(folder) / f"{name}.sqlite3" for name in ("ours", "single", "groups"))
        for database in (single, groups):
            await _prepare(database)
        return (
            RESPONSES / await _through_classroom(ours, bodies),
            RESPONSES / await _one_commit_each(single, bodies),
            RESPONSES / _in_groups(groups, bodies),
        )


async def _prepare(database: Path) -> None:
    """Make Parley's own tables, with all their keys and indexes, so that each row costs the same in all three."""
    async with Store.open(database):
        pass
    with closing(sqlite3.connect(database)) as connection, connection:
        for statement in _POSED:
            connection.execute(statement)


async def _through_classroom(database: Path, bodies: list[dict[str, str]]) -> float:
    async with _classroom(database) as room:
        guild = GuildId(1)
        teacher = Person(guild, UserId(1), "Ms. Rivera", frozenset(), manages_guild=True, manages_messages=True)
        posed = (await start(room, teacher, ChannelId(2), Wanted("single-lesson"))).round
        stances = posed.prompt.stances
        people = [
            Person(guild, UserId(10 + place), f"Student {place}", frozenset(), False, False) for place in range(WAITING)
        ]
        await have_agreed(room, guild, ((person.user_id, person.name) for person in people))

        async def rush(bodies: list[dict[str, str]]) -> None:
            waiting = iter(bodies)
            await asyncio.gather(*(caller(place, waiting) for place in range(WAITING)))

        async def caller(place: int, waiting: Iterator[dict[str, str]]) -> None:
            stance = StanceId(stances[place % len(stances)].id)
            for body in waiting:
                await responding.respond(room, people[place], posed.id, stance, body)

        await rush(bodies[:WARM_UP])
        began = time.perf_counter()
        await rush(bodies[WARM_UP:])
        return time.perf_counter() - began


async def _one_commit_each(database: Path, bodies: list[dict[str, str]]) -> float:
    async with aiosqlite.connect(database) as connection:
        for pragma in _DURABLE:
            await connection.execute(f"PRAGMA {pragma}")
        began = 0.0
        for number, body in enumerate(bodies):
            if number == WARM_UP:
                began = time.perf_counter()
            await connection.execute(_ADD, _row(number, body))
            await connection.commit()
        return time.perf_counter() - began


def _in_groups(database: Path, bodies: list[dict[str, str]]) -> float:
    with closing(sqlite3.connect(database)) as connection:
        for pragma in _DURABLE:
            connection.execute(f"PRAGMA {pragma}")
        began = 0.0
        for first in range(0, len(bodies), WAITING):
            if first == WARM_UP:
                began = time.perf_counter()
            rows = [_row(number, bodies[number]) for number in range(first, first + WAITING)]
            connection.executemany(_ADD, rows)
            connection.commit()
        return time.perf_counter() - began


def _row(number: int, body: dict[str, str]) -> tuple[int, str, str]:
    return 10 + number % WAITING, json.dumps(body), utcnow().isoformat()


# -- messages

_COUNT = "SELECT count(*) FROM responses"


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
    for found in measure():
        print(found)  # noqa: T201 - a benchmark's purpose
