"""Opens the rehearsal room: the unchanged bot, the simulated Discord in real time and a page for everybody."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from discord.ext import commands

from bot.content.library import Library
from bot.rehearsal.attending import Attending
from bot.rehearsal.hub import Hub
from bot.rehearsal.keeping import Keeper, read_room
from bot.rehearsal.people import Link
from bot.rehearsal.playing import Playing
from bot.rehearsal.script import Script
from bot.rehearsal.server import RoomServer, listen_on
from bot.rehearsal.simulation import snapshot
from bot.rehearsal.simulation.environment import LiveEnv
from bot.rehearsal.world import World

MakeBot = Callable[[], commands.Bot]
"""Builds a fresh bot that was not started. Its store and its settings belong to the caller."""


@dataclass(frozen=True, slots=True)
class Company:
    """The scripted classmates of a room: how many, what they know, the seed of their moods, and their tempo.

    `tempo` stretches every pause: 1 is a class at work, 0 a class that waits for nothing.
    """

    script: Script
    library: Callable[[], Library]
    number: int
    seed: int = 7
    tempo: float = 1.0


async def open_room(
    make_bot: MakeBot,
    *,
    world: Path,
    port: int,
    announce: Callable[[Sequence[Link]], None],
    students: int = 3,
    company: Company | None = None,
) -> None:
    """Keep a room open until cancelled; then close the bot and save the room.

    `world` is the file that keeps the room; `port` 0 takes any free one; `announce` is told the links once everything
    works; `company` are the scripted classmates. Raises PortTakenError.
    """
    listening = listen_on(port)
    try:
        place = _enter(make_bot, world)
        cast = [] if company is None else company.script.cast(company.number)
        place.seat(students=students, classmates=[classmate.name for classmate in cast])
        keeper = Keeper(place, world)
        attending = None
        if company is not None:
            playing = Playing(place, company.script, company.library, company.seed, company.tempo)
            attending = Attending(place, playing, cast, keeper.note)
        hub = Hub(place, keeper.note)
        hub.listen()
        server = RoomServer(place, hub, listening)
        await _run(place, keeper, server, attending, announce)
    finally:
        listening.close()


def _enter(make_bot: MakeBot, path: Path) -> World:
    saved = read_room(path)
    env = LiveEnv(make_bot())
    if saved is None:
        place = World(env)
        place.furnish()
        return place
    snapshot.restore(saved.discord, env.backend)
    place = World(env, saved.people, saved.operator)
    place.played = saved.played
    return place


async def _run(
    place: World,
    keeper: Keeper,
    server: RoomServer,
    attending: Attending | None,
    announce: Callable[[Sequence[Link]], None],
) -> None:
    keeping = asyncio.create_task(keeper.run(), name="room-keeper")
    keeper.note()
    try:
        await place.env.start()
        await server.start()
        announce(server.links())
        await (asyncio.Event().wait() if attending is None else attending.run())
    finally:
        await server.stop()
        await place.env.shutdown()
        keeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeping
