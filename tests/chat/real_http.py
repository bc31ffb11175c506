"""Discord's REST interface on a real socket of 127.0.0.1, with its rate limits and its weather, over the simulated one.

What the bot sends goes through all of discord.py's own HTTP client. Answers to interactions go as in other tests.
"""

import asyncio
import json
import time
from collections import Counter, defaultdict, deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import discord
import pytest
from aiohttp import web
from discord.http import HTTPClient, Route
from discord.utils import utcnow
from simcord import ChannelHandle, MemberActor
from simcord._dpy_internals import install_http  # as the room itself does; simcord is pinned for it

from bot.chat.client import Parley
from bot.classroom.room import open_classroom
from bot.rehearsal.simulation.environment import LiveEnv
from bot.rehearsal.simulation.transport import MESSAGE, MESSAGES, THREADS_OF_MESSAGE, RoomHTTP
from tests.agreeing import everybody_agrees
from tests.chat.doing import rows
from tests.chat.test_errors import until
from tests.conftest import ROOT, all_intents

_TEMPLATES = (MESSAGES, MESSAGE, THREADS_OF_MESSAGE)


class Cut(Enum):
    """Where a connection is lost: before Discord has done what was asked, after it, or in the midst of its answer."""

    BEFORE = auto()
    AFTER = auto()
    AMID = auto()


@dataclass(slots=True)
class Trouble:
    """What goes wrong with requests that fit: a refusal by status, or a lost connection; done is what was asked?"""

    method: str
    path: str
    what: int | Cut
    times: int = 1
    retry_after: float = 0.02
    is_global: bool = False
    is_done: bool = False


@dataclass(slots=True)
class RestOnSocket:
    """Takes requests as Discord does. `limit` posts and edits in `window` seconds are taken in each channel."""

    rest: RoomHTTP
    limit: int = 5
    window: float = 0.0
    troubles: list[Trouble] = field(default_factory=list[Trouble])
    answered: Counter[tuple[str, int]] = field(default_factory=Counter[tuple[str, int]])
    """How often which method was answered with which status; 0 where there was no answer."""
    _taken: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict[str, deque[float]](deque))

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one request, or lose the connection."""
        path = request.path.removeprefix("/api/v10")
        body = await request.json() if request.can_read_body else None
        limits = self._limits(request.method, path)
        trouble = self._trouble(request.method, path)
        if trouble is not None:
            return await self._trouble_with(trouble, request, path, body)
        if limits is not None and limits[0] < 0:
            return self._too_many(request.method, limits[1], bucket=_bucket(request.method, path))
        status, told = await self._do(request, path, body)
        told_limits = (
            {
                "X-RateLimit-Limit": str(self.limit),
                "X-RateLimit-Remaining": str(limits[0]),
                "X-RateLimit-Reset-After": f"{limits[1]:.3f}",
                "X-RateLimit-Reset": f"{time.time() + limits[1]:.3f}",
                "X-RateLimit-Bucket": _bucket(request.method, path),
            }
            if limits is not None
            else {}
        )
        return self._answer(request.method, status, told, told_limits)

    def _trouble(self, method: str, path: str) -> Trouble | None:
        for trouble in self.troubles:
            if trouble.times > 0 and trouble.method == method and fnmatch(path, trouble.path):
                trouble.times -= 1
                return trouble
        return None

    async def _trouble_with(self, trouble: Trouble, request: web.Request, path: str, body: Any) -> web.StreamResponse:
        if trouble.is_done or trouble.what in (Cut.AFTER, Cut.AMID):
            await self._do(request, path, body)
        if isinstance(trouble.what, Cut):
            return await self._cut(request, amid=trouble.what is Cut.AMID)
        if trouble.what == 429:
            return self._too_many(request.method, trouble.retry_after, is_global=trouble.is_global)
        return self._answer(request.method, trouble.what, {"message": "Trouble", "code": 0}, {})

    async def _cut(self, request: web.Request, *, amid: bool) -> web.StreamResponse:
        self.answered[request.method, 0] += 1
        response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "5000"})
        if amid:
            await response.prepare(request)
            await response.write(b'{"id": "1')
        assert request.transport is not None
        request.transport.abort()
        return response

    def _too_many(self, method: str, after: float, *, is_global: bool = False, bucket: str = "") -> web.Response:
        headers = {"Via": "1.1 google", "Retry-After": f"{after:.3f}", "X-RateLimit-Bucket": bucket}
        headers |= {"X-RateLimit-Global": "true"} if is_global else {"X-RateLimit-Remaining": "0"}
        told = {"message": "You are being rate limited.", "retry_after": after, "global": is_global}
        return self._answer(method, 429, told, headers)

    async def _do(self, request: web.Request, path: str, body: Any) -> tuple[int, object]:
        try:
            found = await self.rest.request(_route(request.method, path), json=body, params=dict(request.query))
        except discord.HTTPException as refused:
            return refused.status, {"code": refused.code, "message": refused.text}
        return (200, found) if found is not None else (204, None)

    def _answer(self, method: str, status: int, told: object, headers: dict[str, str]) -> web.Response:
        self.answered[method, status] += 1
        if told is None:
            return web.Response(status=status, headers=headers)
        # discord.py reads nothing as JSON that says more than just this of its type.
        typed = {"Content-Type": "application/json", **headers}
        return web.Response(body=json.dumps(told).encode(), status=status, headers=typed)

    def _limits(self, method: str, path: str) -> tuple[int, float] | None:
        """How many more requests are taken, below 0 for not this one, and the seconds until then; None: no limit."""
        if self.window == 0 or method not in ("POST", "PATCH"):
            return None
        now, taken = time.monotonic(), self._taken[_bucket(method, path)]
        while taken and taken[0] <= now - self.window:
            taken.popleft()
        if len(taken) >= self.limit:
            return -1, taken[0] + self.window - now
        taken.append(now)
        return self.limit - len(taken), taken[0] + self.window - now


def _bucket(method: str, path: str) -> str:
    """Requests with one method to one channel are counted together."""
    return f"{method} {'/'.join(path.split('/')[:3])}"


def _route(method: str, path: str) -> Route:
    """The route as discord.py makes it: the simulated Discord looks at its template."""
    parts = path.strip("/").split("/")
    for template in _TEMPLATES:
        names = template.strip("/").split("/")
        if len(names) == len(parts) and all(n.startswith("{") or n == p for n, p in zip(names, parts, strict=True)):
            found: dict[str, Any] = {n[1:-1]: int(p) for n, p in zip(names, parts, strict=True) if n.startswith("{")}
            return Route(method, template, **found)
    return Route(method, path)


@dataclass(frozen=True, slots=True)
class Wired:
    """A class whose bot talks to Discord over a socket."""

    env: LiveEnv
    discord: RestOnSocket
    channel: ChannelHandle
    owner: MemberActor
    students: list[MemberActor]

    @property
    def bot(self) -> Parley:
        """The bot."""
        assert isinstance(self.env.bot, Parley)
        return self.env.bot


@asynccontextmanager
async def over_a_socket(database: Path, monkeypatch: pytest.MonkeyPatch, *, students: int = 1) -> AsyncGenerator[Wired]:
    """A class in real time, with no debate yet."""
    async with open_classroom(database, articles=ROOT / "article", prompts=ROOT / "prompts", now=utcnow) as room:
        env = LiveEnv(Parley(room, all_intents()))
        everybody_agrees(env, database)
        await env.start()
        taking = RestOnSocket(RoomHTTP(env.backend, asyncio.get_running_loop()))
        async with _listening(taking) as port:
            monkeypatch.setattr(Route, "BASE", f"http://127.0.0.1:{port}/api/v10")
            rest = HTTPClient(asyncio.get_running_loop())
            await rest.static_login("a.real-looking.token")
            install_http(env.bot, rest)
            try:
                guild = env.create_guild("Class 7B")
                names = [f"Student {number}" for number in range(students)]
                yield Wired(
                    env,
                    taking,
                    guild.create_text_channel("debate"),
                    guild.add_member(guild.owner),
                    [guild.add_member(env.create_user(name)) for name in names],
                )
            finally:
                await env.shutdown()


async def begin(wired: Wired, database: Path) -> discord.Message:
    """The owner starts a debate; its card, once it and its thread are there."""
    await wired.owner.slash(wired.channel, "discuss start", prompts="single-lesson")
    await until(lambda: rows(database, "select 1 from rounds where thread_id is not null"))
    return next(message for message in wired.channel.history() if message.components)


@asynccontextmanager
async def _listening(taking: RestOnSocket) -> AsyncGenerator[int]:
    app = web.Application()
    app.router.add_route("*", "/api/v10/{rest:.*}", taking.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
