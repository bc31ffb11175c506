"""The room's web server: one page per person behind an unguessable link, on the loopback address alone."""

import asyncio
import contextlib
import html
import json
import logging
import secrets
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web
from pydantic import ValidationError

from bot.rehearsal import protocol
from bot.rehearsal.answering import Answering
from bot.rehearsal.guard import guard
from bot.rehearsal.hub import END, Hub
from bot.rehearsal.people import Link, Person
from bot.rehearsal.refusals import RefusedError
from bot.rehearsal.views import welcome
from bot.rehearsal.world import World

log = logging.getLogger(__name__)

PAGE = Path(__file__).parent / "page"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}
"""The kinds of files that are shown in the page, by their first bytes: nothing in them can run."""
HEARTBEAT = 20.0
LARGEST_ASK = 64 * 1024
AT_ONCE = 32
"""Asks of one page that may be under way together."""


class PortTakenError(Exception):
    """Something else listens on the port. The text is for the operator."""


def listen_on(port: int) -> socket.socket:
    """A listening socket on the loopback address; port 0 takes any free one. Raises PortTakenError."""
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        sentence = f"Port {port} of 127.0.0.1 cannot be used ({error.strerror}); choose another port, or 0 for any."
        raise PortTakenError(sentence) from error


class RoomServer:
    """Serves the page, its files and its WebSocket."""

    def __init__(self, world: World, hub: Hub, listening: socket.socket) -> None:
        self._world = world
        self._hub = hub
        self._listening = listening
        self._answering = Answering(world)
        self._port = int(listening.getsockname()[1])
        self._files = {path.name: path.read_bytes() for path in PAGE.iterdir() if path.suffix in TYPES}
        self._sockets: set[web.WebSocketResponse] = set()
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=1.0)

    @property
    def base(self) -> str:
        """Where the room is."""
        return f"http://127.0.0.1:{self._port}"

    def links(self) -> list[Link]:
        """Everybody's link, the teacher's first, and the one to the page that lists them all."""
        people = [person for person in self._world.people.values() if person.token is not None]
        links = [Link(name=p.name, part=p.part.value, url=f"{self.base}/p/{p.token}") for p in people]
        return [*links, Link(name="All links", part="operator", url=f"{self.base}/o/{self._world.operator}")]

    async def start(self) -> None:
        """Begin to serve."""
        await self._runner.setup()
        await web.SockSite(self._runner, self._listening).start()

    async def stop(self) -> None:
        """Close every page's socket and stop."""
        self._hub.close()
        await asyncio.sleep(0)
        for open_socket in tuple(self._sockets):
            with contextlib.suppress(ConnectionError):
                await open_socket.close(code=1001)
        await self._runner.cleanup()

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[guard(self._port)], client_max_size=LARGEST_ASK)
        app.add_routes(
            [
                web.get("/", self._front),
                web.get("/p/{token}", self._page),
                web.get("/p/{token}/socket", self._socket),
                web.get("/p/{token}/files/{channel}/{message}/{file}", self._file),
                web.get("/o/{token}", self._operator),
                web.get("/page/{name}", self._asset),
            ]
        )
        return app

    # -- pages

    async def _front(self, _request: web.Request) -> web.Response:
        return self._html("Parley: rehearsal room", "<p>Open your own link: it stands in the console of this room.</p>")

    async def _page(self, request: web.Request) -> web.Response:
        self._person(request)
        return web.Response(body=self._files["room.html"], content_type="text/html", charset="utf-8")

    async def _asset(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in self._files:
            raise web.HTTPNotFound
        return web.Response(body=self._files[name], content_type=TYPES[Path(name).suffix], charset="utf-8")

    async def _operator(self, request: web.Request) -> web.Response:
        if not _same(request.match_info["token"], self._world.operator):
            raise web.HTTPNotFound
        return self._html("Everybody's links", _list(self.links()))

    async def _file(self, request: web.Request) -> web.Response:
        person = self._person(request)
        found = self._attachment(person, request)
        data = None if found is None else self._world.env.backend.cdn.get(str(found["url"]))
        if found is None or data is None:
            raise web.HTTPNotFound
        picture = _picture_type(data)
        response = web.Response(body=data, content_type=picture or "application/octet-stream")
        response.headers["Content-Disposition"] = _disposition(str(found["filename"]), inline=picture is not None)
        return response

    def _attachment(self, person: Person, request: web.Request) -> dict[str, Any] | None:
        numbers = [request.match_info[key] for key in ("channel", "message", "file")]
        if not all(number.isascii() and number.isdecimal() and len(number) <= 20 for number in numbers):
            return None
        stored = self._world.env.backend.messages.get(int(numbers[0]), {}).get(int(numbers[1]))
        if stored is None or not self._world.sees(person, stored.channel_id) or not stored.visible_to(person.user_id):
            return None
        return next((attachment for attachment in stored.attachments if attachment["id"] == numbers[2]), None)

    def _html(self, title: str, body: str) -> web.Response:
        text = (
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(title)}</title>'
            '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/page/plain.css">'
            f"<main><h1>{html.escape(title)}</h1>{body}</main></html>"
        )
        return web.Response(text=text, content_type="text/html")

    def _person(self, request: web.Request) -> Person:
        """Whose link this is. An unknown one is answered like any unknown path."""
        token = request.match_info["token"]
        found = [p for p in self._world.people.values() if p.token is not None and _same(p.token, token)]
        if not found:
            raise web.HTTPNotFound
        return found[0]

    # -- the socket

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        person = self._person(request)
        page = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=LARGEST_ASK)
        await page.prepare(request)
        queue = self._hub.join(person)
        self._sockets.add(page)
        queue.put_nowait(json.dumps({"ev": "welcome", **welcome(self._world, person)}))
        writer = asyncio.create_task(self._write(page, queue), name="page-writer")
        try:
            await self._read(page, person, queue)
        finally:
            self._sockets.discard(page)
            self._hub.leave(person, queue)
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await writer
        return page

    async def _write(self, page: web.WebSocketResponse, queue: asyncio.Queue[str]) -> None:
        while (text := await queue.get()) != END:
            await page.send_str(text)
        await page.close(code=1001)

    async def _read(self, page: web.WebSocketResponse, person: Person, queue: asyncio.Queue[str]) -> None:
        running: set[asyncio.Task[None]] = set()
        try:
            async for message in page:
                if message.type is not WSMsgType.TEXT or not isinstance(message.data, str):
                    queue.put_nowait(_refusal(None, "Only text is understood."))
                elif len(running) >= AT_ONCE:
                    queue.put_nowait(_refusal(_number(message.data), "That was too much at once. Try again."))
                else:
                    task = asyncio.create_task(self._answer(person, message.data, queue), name="page-ask")
                    running.add(task)
                    task.add_done_callback(running.discard)
        finally:
            # An act that has begun is finished even when its page is closed in the middle of it.
            if running:
                await asyncio.wait(tuple(running), timeout=4)

    async def _answer(self, person: Person, text: str, queue: asyncio.Queue[str]) -> None:
        try:
            ask = protocol.ASKS.validate_json(text)
        except ValidationError:
            queue.put_nowait(_refusal(_number(text), "The room did not understand that."))
            return
        try:
            data = await self._answering.answer(person, ask)
        except RefusedError as refused:
            queue.put_nowait(_refusal(ask.id, str(refused)))
        except Exception:
            # The page's funnel: whatever went wrong, its person gets an answer and the log gets the trace.
            log.exception("a page's %s failed", ask.op)
            queue.put_nowait(_refusal(ask.id, "Something went wrong in the room. The log has the details."))
        else:
            queue.put_nowait(json.dumps({"ev": "answer", "id": ask.id, "ok": True, "data": data}))


def _refusal(number: int | None, why: str) -> str:
    return json.dumps({"ev": "answer", "id": number, "ok": False, "why": why})


def _number(text: str) -> int | None:
    """The id of an ask that is wrong otherwise, so that its page can still tell which one failed."""
    with contextlib.suppress(ValueError, RecursionError, AttributeError):
        number = json.loads(text).get("id")
        return number if isinstance(number, int) else None
    return None


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode(), other.encode())


def _picture_type(data: bytes) -> str | None:
    """What kind of picture it is, by how it begins, whatever its name says; None where a browser need not show it."""
    return next((kind for start, kind in PICTURES.items() if data.startswith(start)), None)


def _disposition(filename: str, *, inline: bool) -> str:
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in filename)
    return f'{"inline" if inline else "attachment"}; filename="{plain}"'


def _list(links: Sequence[Link]) -> str:
    rows = [
        f'<li><a href="{html.escape(link.url)}" target="_blank" rel="noreferrer">{html.escape(link.name)}</a> '
        f"<small>{html.escape(link.part)}</small></li>"
        for link in links
        if link.part != "operator"
    ]
    return f"<p>Each link is one person. Open it in as many tabs as you like.</p><ul>{''.join(rows)}</ul>"
