"""The process that is killed: the unchanged bot over a real database, on a Discord at the other end of a wire."""

# simcord's way into discord.py is not public API; simcord is pinned, as for the rehearsal room.
import asyncio
import contextlib
import itertools
import logging
import socket
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import discord
from discord.http import HTTPClient, Route
from discord.utils import utcnow
from simcord import _dpy_internals as internals
from simcord.http.router import parse_form

from bot.chat.client import Parley
from bot.chat.connecting import all_intents
from bot.classroom.room import open_classroom
from bot.rehearsal.simulation.environment import LAST_GUILD
from tests.soak.wire import Answer, Event, Logged, Request, Upload, Wire

REST, WEBHOOK, LOGIN, IDENTIFY, MEMBERS = "rest", "webhook", "login", "identify", "members"


class Far:
    """Discord as the bot's process sees it: requests out, answers and events in."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Any]] = {}

    async def ask(self, what: str, *arguments: Any) -> Any:
        """Ask Discord and await its answer; its refusals are discord.py's own exceptions."""
        number = next(self._numbers)
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        self._wire.send(Request(number, what, arguments))
        return await answer

    async def listen(self, bot: discord.Client) -> None:
        """Hand every event to the bot and every answer to who asked, until Discord hangs up."""
        parsers = internals.get_state(bot).parsers
        while (frame := await self._wire.receive()) is not None:
            match frame:
                case Event() if frame.name in parsers:
                    parsers[frame.name](frame.payload)
                case Answer():
                    self._settle(frame)
                case _:
                    pass

    def _settle(self, answer: Answer) -> None:
        waiting = self._waiting.pop(answer.number)
        if waiting.done():
            return
        if answer.refusal is None:
            waiting.set_result(answer.value)
        else:
            waiting.set_exception(_refused(*answer.refusal))


class FarHTTP(HTTPClient):
    """discord.py's REST client over the wire."""

    def __init__(self, far: Far) -> None:
        super().__init__(asyncio.get_running_loop())
        self._far = far
        internals.initialize_http_session(self)

    async def static_login(self, token: str) -> Any:
        """Log in; the token is not looked at."""
        self.token = token
        return await self._far.ask(LOGIN)

    async def close(self) -> None:
        """Nothing is open here."""

    async def request(self, route: Route, *, files: Any = None, form: Any = None, **kwargs: Any) -> Any:
        """One REST call."""
        body, uploads = _flat(form, files, kwargs.get("json"))
        return await self._far.ask(REST, route, body, kwargs.get("params"), uploads)


class FarWebhooks:
    """The way of interaction responses over the wire; discord.py's own helpers run on `request`."""

    def __init__(self, far: Far) -> None:
        self._far = far

    def __getattr__(self, name: str) -> Any:
        return internals.bind_webhook_helper(self, name)

    async def request(self, route: Any, **kwargs: Any) -> Any:
        """One interaction response or follow-up."""
        body, uploads = _flat(kwargs.get("multipart"), kwargs.get("files"), kwargs.get("payload"))
        return await self._far.ask(WEBHOOK, route, body, kwargs.get("params"), uploads)


class FarGateway:
    """What the bot sends to the gateway."""

    shard_id = 0
    latency = 0.0
    open = True

    def __init__(self, far: Far) -> None:
        self._far = far

    def is_ratelimited(self) -> bool:
        """Never."""
        return False

    async def close(self, code: int = 1000) -> None:
        """The wire closes with the process."""

    async def request_chunks(self, guild_id: int, query: str | None = None, **how: Any) -> None:
        """Ask for the members of a guild."""
        await self._far.ask(MEMBERS, guild_id, query, how)


class Telling(logging.Handler):
    """Sends each logged error over the wire: no test may pass over one."""

    def __init__(self, wire: Wire) -> None:
        super().__init__(logging.ERROR)
        self._wire = wire

    def emit(self, record: logging.LogRecord) -> None:
        """Tell of one."""
        self._wire.send(Logged(logging.Formatter("%(name)s: %(message)s").format(record)))


def run(end: socket.socket, database: Path, articles: Path, prompts: Path) -> None:
    """Run the bot until it is killed, or until Discord hangs up; then stop it as an operator would."""
    asyncio.run(_run(end, database, articles, prompts))


async def _run(end: socket.socket, database: Path, articles: Path, prompts: Path) -> None:
    wire = await Wire.over(end)
    logging.getLogger().addHandler(Telling(wire))
    async with open_classroom(database, articles=articles, prompts=prompts, now=utcnow) as room:
        bot, far = Parley(room, all_intents()), Far(wire)
        internals.install_http(bot, FarHTTP(far))
        internals.set_guild_ready_timeout(bot, LAST_GUILD)
        internals.set_webhook_adapter(FarWebhooks(far))
        internals.install_websocket(bot, FarGateway(far))
        state = internals.get_state(bot)
        state.shard_count, state.shard_ids = 1, [0]
        listening = asyncio.create_task(far.listen(bot))
        await bot.login("soak.needs.none")
        await far.ask(IDENTIFY, bot.intents.value)
        await listening
        with contextlib.suppress(asyncio.CancelledError):
            await bot.close()


def _flat(form: Any, files: Iterable[discord.File] | None, body: Any) -> tuple[Any, list[Upload]]:
    """A body and its files as they can be sent over the wire."""
    if form:
        parsed, files = parse_form(list(form), list(files or []))
        body = body if parsed is None else parsed
    return body, [Upload(file.filename, bytes(file.fp.read())) for file in files or []]


class _Response:
    """As much of an HTTP answer as discord.py's exceptions look at."""

    def __init__(self, status: int) -> None:
        self.status = status
        self.reason = "Refused"


def _refused(status: int, body: dict[str, Any]) -> discord.HTTPException:
    kind = {403: discord.Forbidden, 404: discord.NotFound}.get(status, discord.HTTPException)
    return kind(_Response(status), body)  # pyright: ignore[reportArgumentType] - see _Response
