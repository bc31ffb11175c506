"""Opens the rehearsal room: the unchanged bot, the simulated Discord in real time and a page for everybody."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

from discord.ext import commands

from bot.rehearsal.hub import Hub
from bot.rehearsal.keeping import Keeper, read_room
from bot.rehearsal.people import Link
from bot.rehearsal.server import RoomServer, listen_on
from bot.rehearsal.simulation import snapshot
from bot.rehearsal.simulation.environment import LiveEnv
from bot.rehearsal.world import World

MakeBot = Callable[[], commands.Bot]
"""Builds a fresh bot that was not started. Its store and its settings belong to the caller."""


async def open_room(
    make_bot: MakeBot,
    *,
    world: Path,
    port: int,
    announce: Callable[[Sequence[Link]], None],
    students: int = 3,
) -> None:
    """Keep a room open until cancelled; then close the bot and save the room.

    `world` is the file that keeps the room; `port` 0 takes any free one; `announce` is told the links once everything
    works. Raises PortTakenError.
    """
    listening = listen_on(port)
    try:
        place = _enter(make_bot, world)
        place.seat(students=students, classmates=())
        keeper = Keeper(place, world)
        hub = Hub(place, keeper.note)
        hub.listen()
        server = RoomServer(place, hub, listening)
        await _run(place, keeper, server, announce)
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
    return World(env, saved.people, saved.operator)


async def _run(place: World, keeper: Keeper, server: RoomServer, announce: Callable[[Sequence[Link]], None]) -> None:
    keeping = asyncio.create_task(keeper.run(), name="room-keeper")
    keeper.note()
    try:
        await place.env.start()
        await server.start()
        announce(server.links())
        await asyncio.Event().wait()
    finally:
        await server.stop()
        await place.env.shutdown()
        keeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeping
