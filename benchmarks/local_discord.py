"""The simulated Discord behind a port of this machine, for a bot that runs as in earnest: in a process of its own."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import discord
from aiohttp import web
from discord.ext import commands
from discord.http import Route
from simcord.backend import serializers
from simcord.gateway import ShardRouter

from benchmarks.debate import ROOT
from bot.chat.connecting import all_intents
from bot.discussion.ids import ChannelId
from bot.rehearsal.people import Part, Person
from bot.rehearsal.simulation.environment import LiveEnv
from bot.rehearsal.simulation.transport import RoomHTTP, RoomWebhooks
from bot.rehearsal.world import World

STUDENTS = 30
OTHER_GUILDS = 2
TOKEN = "MTMxMDAwMDAwMDAwMDAwMDAwOQ.bench.mark"  # noqa: S105 - of nothing

_DISPATCH, _HEARTBEAT, _IDENTIFY, _MEMBERS, _HELLO, _ACKNOWLEDGED = 0, 1, 2, 8, 10, 11
_GRANTED = 1 << 14 | 1 << 18
"""The application's flags for Server Members and Message Content."""
_API = "/api/v10"
_NAMES = {"channels": "channel_id", "messages": "message_id"}


class LocalDiscord(LiveEnv):
    """The server of a class and two more, whose people act by `world` as in the rehearsal room."""

    def __init__(self) -> None:
        super().__init__(commands.Bot("!", intents=all_intents()))  # stands for the one at the other end
        self.world = World(self)
        self.world.furnish()
        self.world.seat(students=STUDENTS, classmates=[])
        for number in range(OTHER_GUILDS):
            other = self.backend.create_guild(f"Another class {number}")
            self.backend.create_channel(other.id, "debate")
            for person in self.world.people:
                self.backend.add_member(other.id, person, roles=[], announce=False)
        loop = asyncio.get_running_loop()
        self._rest = RoomHTTP(self.backend, loop)
        self._webhooks = RoomWebhooks(self.backend, self._answered)
        self.port = 0
        self.on_connected: Callable[[], None] = lambda: None
        """Called when whoever connects has been told of every server."""
        self.on_ready: Callable[[], None] = lambda: None
        """Called when whoever connects has taken that in, and asks for the members of a server."""
        self.on_answered: Callable[[int], None] = lambda _interaction_id: None
        """Called when an interaction is acknowledged."""

    @property
    def teacher(self) -> Person:
        """The one teacher."""
        return self.world.of_part(Part.TEACHER)[0]

    @property
    def students(self) -> list[Person]:
        """Everybody else of the class."""
        return self.world.of_part(Part.STUDENT)

    @property
    def debate(self) -> ChannelId:
        """The channel for debates."""
        return ChannelId(next(found.id for found in self.world.channels(self.teacher) if found.name == "debate"))

    def _answered(self, interaction_id: int) -> None:
        self._was_acknowledged(interaction_id)
        self.on_answered(interaction_id)

    def app(self) -> web.Application:
        """What is served at the port."""
        app = web.Application()
        app.add_routes([web.get("/gateway", self._gateway), web.route("*", f"{_API}/{{path:.*}}", self._asked)])
        return app

    async def _asked(self, request: web.Request) -> web.Response:
        """One request of the bot's, answered by the simulation."""
        path = "/" + request.match_info["path"]
        body = await request.json() if request.can_read_body else None
        params = dict(request.query)
        try:
            if path.startswith(("/interactions/", "/webhooks/")):
                answer = await self._webhooks.request(Route(request.method, path), None, payload=body, params=params)
            else:
                answer = await self._rest.request(_route(request.method, path), json=body, params=params)
        except discord.HTTPException as refused:
            return _json({"code": refused.code, "message": refused.text}, refused.status)
        if path == "/oauth2/applications/@me":
            answer["flags"] = _GRANTED
        return web.Response(status=204) if answer is None else _json(answer)

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        bot = web.WebSocketResponse()
        await bot.prepare(request)
        await bot.send_json({"op": _HELLO, "d": {"heartbeat_interval": 41_250}})
        session: _Session | None = None
        try:
            async for message in bot:
                told = message.json()
                if told["op"] == _HEARTBEAT:
                    await bot.send_json({"op": _ACKNOWLEDGED})
                elif told["op"] == _IDENTIFY:
                    session = _Session(self, bot, int(told["d"]["intents"]))
                    session.begin()
                elif told["op"] == _MEMBERS and session is not None:
                    self.on_ready()
                    await session.members(told["d"])
        finally:
            if session is not None:
                session.end()
        return bot


class _Session:
    """One connection to the gateway. Stands for discord.py's state, too, as far as simcord's gateway needs it."""

    def __init__(self, home: LocalDiscord, bot: web.WebSocketResponse, intents: int) -> None:
        self.intents = discord.Intents._from_value(intents)
        self.parsers: Mapping[str, Callable[[dict[str, Any]], None]] = _Parsers(self._send)
        self._home = home
        self._bot = bot
        self._outgoing: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._sent = 0
        self._router = ShardRouter(home.backend, self, None, 1, (0,))
        self._feed = self._router.feed
        self._sending = asyncio.create_task(self._send_all())

    def begin(self) -> None:
        """Tell who the bot is and of its servers, and from then on whatever happens."""
        backend = self._home.backend
        self._router.identify(0)
        for guild in tuple(backend.guilds.values()):
            self._feed("GUILD_CREATE", serializers.guild_create_payload(backend, guild))
        backend.subscribers.append(self._feed)
        self._home.on_connected()

    async def members(self, asked: dict[str, Any]) -> None:
        """Tell the members of a server."""
        how = {key: asked[key] for key in ("query", "limit", "user_ids", "nonce") if key in asked}
        await self._router.websockets[0].request_chunks(int(asked["guild_id"]), **how)

    def end(self) -> None:
        """Tell nothing more."""
        self._home.backend.subscribers.remove(self._feed)
        self._sending.cancel()

    def _send(self, event: str, payload: dict[str, Any]) -> None:
        self._sent += 1
        self._outgoing.put_nowait({"op": _DISPATCH, "s": self._sent, "t": event, "d": payload})

    async def _send_all(self) -> None:
        while True:
            await self._bot.send_json(await self._outgoing.get())


class _Parsers(defaultdict[str, Callable[[dict[str, Any]], None]]):
    """Where simcord's gateway looks for discord.py's parser of an event: each sends its event to the bot."""

    def __init__(self, send: Callable[[str, dict[str, Any]], None]) -> None:
        super().__init__()
        self._send = send

    def __missing__(self, event: str) -> Callable[[dict[str, Any]], None]:
        return self.setdefault(event, lambda payload: self._send(event, payload))

    def get(self, event: str, _default: object = None) -> Callable[[dict[str, Any]], None]:  # pyright: ignore[reportIncompatibleMethodOverride] - every event has one
        return self[event]


def _route(method: str, path: str) -> Route:
    """A request by its template, as discord.py makes it."""
    template, values, before = "", {}, ""
    for part in path.strip("/").split("/"):
        name = _NAMES.get(before) if part.isdecimal() else None
        if name is not None:
            values[name] = int(part)
        template += f"/{{{name}}}" if name else f"/{part}"
        before = part
    return Route(method, template, **values)


def _json(told: object, status: int = 200) -> web.Response:
    """As Discord sends it: discord.py reads nothing as JSON that says more than just this of its type."""
    return web.Response(body=json.dumps(told).encode(), status=status, headers={"Content-Type": "application/json"})


@asynccontextmanager
async def local_discord() -> AsyncGenerator[LocalDiscord]:
    """Let it listen while the block runs."""
    home = LocalDiscord()
    runner = web.AppRunner(home.app(), access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        home.port = runner.addresses[0][1]
        yield home
    finally:
        await asyncio.shield(runner.cleanup())


@asynccontextmanager
async def process(folder: Path, *arguments: str) -> AsyncGenerator[Process]:
    """A Python process that keeps what it compiles, as every installed program does; ended with the block.

    The database of a bot that it runs is `parley.sqlite3` in the folder. Its standard output can be read; what it has
    to say otherwise is in `said`.
    """
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PARLEY_", "DISCORD_")) and name != "PYTHONDONTWRITEBYTECODE"
    }
    ours = {
        "DISCORD_TOKEN": TOKEN,
        "PARLEY_DATABASE": str(folder / "parley.sqlite3"),
        "PARLEY_LOG_LEVEL": "ERROR",
        "PARLEY_LOG_FILE": str(folder / "parley.log"),
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }
    with (folder / "said").open("ab") as said:
        running = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, cwd=ROOT, env={**clean, **ours}, stdin=DEVNULL, stdout=PIPE, stderr=said
        )
    try:
        yield running
    except TimeoutError as error:
        error.add_note((folder / "said").read_text("utf-8", "replace"))
        raise
    finally:
        if running.returncode is None:
            running.terminate()
        await running.communicate()


@asynccontextmanager
async def connecting(home: LocalDiscord, folder: Path, script: str, *arguments: str) -> AsyncGenerator[Process]:
    """The process of a script that connects to that Discord."""
    async with process(folder, "benchmarks/launcher.py", str(home.port), script, *arguments) as running:
        yield running


@asynccontextmanager
async def parley(home: LocalDiscord, folder: Path) -> AsyncGenerator[Process]:
    """`bot.py run`, connecting to that Discord."""
    async with connecting(home, folder, "bot.py", "run") as running:
        yield running
