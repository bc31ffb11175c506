"""`/health` and `/metrics`, for the operator's monitoring, on the loopback address alone. Off unless a port is set."""

import asyncio
import logging
import socket
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.chat.metrics import CONTENT_TYPE, Reading, exposition
from bot.chat.watching import Watch
from bot.classroom.operating import Growing, require_writable
from bot.classroom.room import Classroom
from bot.storage import StorageError

log = logging.getLogger(__name__)

HOST = "127.0.0.1"
PATIENCE = 2.0
"""Seconds in which the database must have written something small."""

OVERDUE = 120.0
"""Seconds after which a clockwork that should go round each second counts as stuck; a long catching up is not."""

_LOOK_EVERY = 1.0
_LOOKS_KEPT = 60


class PortTaken(Exception):  # noqa: N818 - the message is the sentence for the operator
    """Something else listens on the port."""


@asynccontextmanager
async def serving_health(room: Classroom, watch: Watch, port: int) -> AsyncGenerator[int]:
    """Answer while the block runs; the port in use, which is any free one where 0 is asked for. Raises PortTaken."""
    try:
        listening = socket.create_server((HOST, port))
    except OSError as error:
        sentence = f"PARLEY_HEALTH_PORT: port {port} of {HOST} cannot be used ({error.strerror}); choose another."
        raise PortTaken(sentence) from error
    with listening:
        port = int(listening.getsockname()[1])
        health = _Health(room, watch, port)
        await health.growing.begin()
        runner = web.AppRunner(health.app(), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        looking = asyncio.create_task(health.look_at_the_loop(), name="loop lag")
        try:
            await web.SockSite(runner, listening).start()
            log.info("health: http://%s:%d/health and /metrics", HOST, port)
            yield port
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking
            await runner.cleanup()


class _Health:
    def __init__(self, room: Classroom, watch: Watch, port: int) -> None:
        self.growing = Growing(room)
        self._room = room
        self._watch = watch
        self._hosts = {f"{host}:{port}" for host in (HOST, "localhost")}
        self._late: deque[float] = deque([0.0], maxlen=_LOOKS_KEPT)

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self._for_this_machine()], client_max_size=1024)
        app.add_routes([web.get("/health", self._tell_health), web.get("/metrics", self._tell_metrics)])
        return app

    async def look_at_the_loop(self) -> None:
        """Notice how late the event loop wakes whoever sleeps."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _LOOK_EVERY
            await asyncio.sleep(_LOOK_EVERY)
            self._late.append(max(0.0, loop.time() - due))

    def _for_this_machine(self) -> Middleware:
        """Answer under the machine's own name only: no page of another site may read this through a browser."""

        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            if request.host not in self._hosts:
                raise web.HTTPMisdirectedRequest
            response = await handler(request)
            response.headers["Cache-Control"] = "no-store"
            return response

        return guard

    async def _tell_health(self, _request: web.Request) -> web.Response:
        writable = await self._is_writable()
        ready = writable and self._is_attending()
        told = {
            "ready": ready,
            "discord": {"connected": self._watch.connected, "latency_seconds": _rounded(self._watch.latency)},
            "database": {"writable": writable},
            "clockwork": {"seconds_since_tick": _rounded(self._watch.since_tick)},
        }
        return web.json_response(told, status=200 if ready else 503)

    async def _tell_metrics(self, _request: web.Request) -> web.Response:
        ready = await self._is_writable() and self._is_attending()
        growth = await self.growing.now()
        reading = Reading(self._watch, growth, self._room.store.writes_waiting, max(self._late), ready)
        return web.Response(body=exposition(reading), headers={"Content-Type": CONTENT_TYPE})

    def _is_attending(self) -> bool:
        since_tick = self._watch.since_tick
        return self._watch.connected and since_tick is not None and since_tick < OVERDUE

    async def _is_writable(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                await require_writable(self._room)
        except (StorageError, TimeoutError) as error:
            log.warning("the database cannot be written: %s", error or "it takes too long")
            return False
        return True


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
