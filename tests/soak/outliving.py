"""The simulated Discord that outlives its bots: one world, and one bot process after the other on it."""

# This drives simcord from inside, as the rehearsal room does; simcord is pinned for it.
# pyright: reportPrivateUsage=false
import asyncio
import contextlib
import io
import multiprocessing
import multiprocessing.process
import signal
import socket
import threading
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from typing import Any

import discord
from discord.ext import commands
from simcord.backend import serializers
from simcord.gateway import ShardRouter

from bot.rehearsal.simulation.environment import LiveEnv, RoomEnv
from bot.rehearsal.simulation.transport import RoomHTTP, RoomWebhooks
from tests.soak import bot_process
from tests.soak.wire import Answer, Event, Frame, Logged, Request, Upload, Wire

_PROCESSES: ForkServerContext | SpawnContext = (
    multiprocessing.get_context("forkserver") if hasattr(signal, "SIGKILL") else multiprocessing.get_context("spawn")
)
"""Where there is fork, each bot is forked from a server that has imported everything and done nothing: a bot that has
just been started, without the second that its imports take.
"""


class _Discord(LiveEnv):
    """See `Outliving`. While no bot is connected, nobody is answered, and nobody waits for an answer."""

    def __init__(self) -> None:
        super().__init__(commands.Bot("!", intents=discord.Intents.all()))  # stands for the one beyond the wire
        self.is_connected = False

    async def acknowledged(self, interaction_id: int) -> bool:
        """Has the bot answered? Waits only while there is one."""
        if not self.is_connected:
            return await RoomEnv.acknowledged(self, interaction_id)
        return await super().acknowledged(interaction_id)

    def note_answer(self, interaction_id: int) -> None:
        """The bot has answered an interaction."""
        self._was_acknowledged(interaction_id)

    def cut(self) -> None:
        """The bot is gone: everybody who waits for it learns so."""
        self.is_connected = False
        for waiting in self._waiting.values():
            waiting.set()


class _Parsers(Mapping[str, Callable[[dict[str, Any]], None]]):
    """discord.py's parsers of events, as far as the gateway needs them: each sends its event over the wire."""

    def __init__(self, send: Callable[[Frame], None]) -> None:
        self._send = send

    def __getitem__(self, event: str) -> Callable[[dict[str, Any]], None]:
        return lambda payload: self._send(Event(event, payload))

    def __iter__(self) -> Any:
        return iter(())

    def __len__(self) -> int:
        return 0


class _State:
    """discord.py's connection state, as far as the gateway needs it."""

    def __init__(self, intents: discord.Intents, send: Callable[[Frame], None]) -> None:
        self.intents = intents
        self.parsers = _Parsers(send)


class Outliving:
    """The world, and the way to run a bot on it in a process of its own and to kill that."""

    def __init__(self, database: Path, articles: Path, prompts: Path) -> None:
        self.env = _Discord()
        self.errors: list[str] = []
        self._content = (database, articles, prompts)
        _PROCESSES.set_forkserver_preload([bot_process.__name__])

    @asynccontextmanager
    async def bot(self) -> AsyncGenerator["Running"]:
        """A bot process, from its fork on; stopped in peace at the end unless it has been killed."""
        ours, theirs = socket.socketpair()
        process = _PROCESSES.Process(target=bot_process.run, args=(theirs, *self._content), daemon=True)
        process.start()
        theirs.close()
        wire = await Wire.over(ours)
        running = Running(self, process, wire)
        serving = asyncio.create_task(running.serve())
        try:
            yield running
        finally:
            if running.was_killed:
                await serving
            await wire.close()
            with contextlib.suppress(asyncio.CancelledError):
                await serving
            await asyncio.to_thread(process.join)
            running.exit_code = process.exitcode
            process.close()


class Running:
    """One bot process on the world."""

    def __init__(self, world: Outliving, process: multiprocessing.process.BaseProcess, wire: Wire) -> None:
        self.connected = asyncio.Event()
        self.gone = asyncio.Event()
        self.was_killed = False
        self.exit_code: int | None = None
        self._world = world
        self._process = process
        self._wire = wire
        self._feed: Callable[[str, Mapping[str, Any]], None] | None = None
        self._router: ShardRouter | None = None
        backend, loop = world.env.backend, asyncio.get_running_loop()
        self._rest = RoomHTTP(backend, loop)
        self._webhooks = RoomWebhooks(backend, world.env.note_answer)

    async def kill(self, after: float) -> None:
        """Kill the process after so many seconds, by a clock of its own, and await the end of what it still sent."""
        self.was_killed = True
        dead = asyncio.Event()
        loop = asyncio.get_running_loop()

        def strike() -> None:
            self._process.kill()
            loop.call_soon_threadsafe(dead.set)

        threading.Timer(after, strike).start()
        await dead.wait()

    async def serve(self) -> None:
        """Be Discord for this bot until it is gone."""
        env = self._world.env
        try:
            while (frame := await self._wire.receive()) is not None:
                match frame:
                    case Request():
                        self._wire.send(await self._answer(frame))
                    case Logged():
                        self._world.errors.append(frame.text)
                    case _:
                        pass
        finally:
            env.cut()
            if self._feed is not None:
                env.backend.subscribers.remove(self._feed)
            self.connected.set()
            self.gone.set()

    async def _answer(self, request: Request) -> Answer:
        try:
            return Answer(request.number, await self._do(request.what, *request.arguments))
        except discord.HTTPException as refused:
            return Answer(request.number, refusal=(refused.status, {"code": refused.code, "message": refused.text}))

    async def _do(self, what: str, *arguments: Any) -> Any:
        match what:
            case bot_process.LOGIN:
                return dict(serializers.user_payload(self._world.env.backend.bot_user))
            case bot_process.IDENTIFY:
                return self._identify(*arguments)
            case bot_process.MEMBERS if self._router is not None:
                guild_id, query, how = arguments
                return await self._router.websockets[0].request_chunks(guild_id, query, **how)
            case bot_process.REST:
                route, body, params, uploads = arguments
                return await self._rest.request(route, json=body, params=params, files=_files(uploads))
            case _:
                route, body, params, uploads = arguments
                return await self._webhooks.request(route, None, payload=body, params=params, files=_files(uploads))

    def _identify(self, intents: int) -> None:
        """Begin the gateway's feed: who the bot is, its guilds, then whatever happens."""
        backend = self._world.env.backend
        state = _State(discord.Intents._from_value(intents), self._wire.send)
        self._router = ShardRouter(backend, state, None, 1, (0,))
        self._router.identify(0)
        for guild in tuple(backend.guilds.values()):
            self._router.feed("GUILD_CREATE", serializers.guild_create_payload(backend, guild))
        self._feed = self._router.feed
        backend.subscribers.append(self._feed)
        self._world.env.is_connected = True
        self.connected.set()


def _files(uploads: list[Upload]) -> list[discord.File]:
    return [discord.File(io.BytesIO(upload.data), upload.name) for upload in uploads]
