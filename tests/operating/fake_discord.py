"""As much of Discord as a bot needs to log in and be connected, on a real socket of 127.0.0.1."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "MTMxMDAwMDAwMDAwMDAwMDAwOQ.Canary.a-canary-that-must-never-be-seen"
SECRET = "a-canary-that-must-never-be-seen"
BOT = {"id": "1310000000000000009", "username": "Parley", "discriminator": "0", "avatar": None, "bot": True}
GUILD, CHANNEL = 1310000000000000100, 1310000000000000101
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
GRANTED = 1 << 14 | 1 << 18
"""The application's flags for Server Members and Message Content."""

HELLO, DISPATCH, HEARTBEAT, IDENTIFY, ACKNOWLEDGED = 10, 0, 1, 2, 11


@dataclass(slots=True)
class FakeDiscord:
    """What it does with whoever identifies, and what it has heard."""

    takes_token: bool = True
    grants_intents: bool = True
    flags: int = GRANTED
    close_code: int | None = None
    page: bytes | None = None
    """What is answered in Discord's place, with status 200, as by a network that wants a login first."""
    echoes: bool = False
    """Everything is refused with a page that repeats what was asked, headers and all, as proxies do."""
    takes_commands: bool = True
    """Else they are answered with something that fits nothing, on which the start fails."""
    denied: int = 0
    """Permissions that the channel for debates takes from everybody."""
    identified: list[int] = field(default_factory=list[int])
    """The intents of each who identified."""
    port: int = 0

    def app(self) -> web.Application:
        app = web.Application()
        app.add_routes(
            [
                web.get("/gateway", self._gateway),
                web.get("/api/v10/users/@me", self._me),
                web.get("/api/v10/users/@me/guilds", self._guilds),
                web.get("/api/v10/oauth2/applications/@me", self._application),
                web.get("/api/v10/applications/{id}/commands", self._no_commands),
                web.put("/api/v10/applications/{id}/commands", self._commands),
                web.get(f"/api/v10/guilds/{GUILD}", self._guild),
                web.get(f"/api/v10/guilds/{GUILD}/channels", self._channels),
                web.get(f"/api/v10/guilds/{GUILD}/members/{BOT['id']}", self._member),
            ]
        )
        return app

    async def _me(self, request: web.Request) -> web.Response:
        if self.page is not None:
            return web.Response(body=self.page, headers={"Content-Type": "text/html"})
        if self.echoes:
            return _json({"message": f"denied: {dict(request.headers)}", "code": 0}, status=403)
        if not self.takes_token or request.headers["Authorization"] != f"Bot {TOKEN}":
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        return _json(BOT)

    async def _application(self, _request: web.Request) -> web.Response:
        return _json(
            {
                "id": BOT["id"],
                "name": "Parley",
                "description": "",
                "icon": None,
                "bot_public": False,
                "bot_require_code_grant": False,
                "owner": BOT,
                "verify_key": "",
                "flags": self.flags,
            }
        )

    async def _no_commands(self, _request: web.Request) -> web.Response:
        return _json([])

    async def _commands(self, request: web.Request) -> web.Response:
        if not self.takes_commands:
            return _json([{"echoed": dict(request.headers)}])
        told = [
            {"description": "", **command, "id": str(2_000 + number), "application_id": BOT["id"], "version": "1"}
            for number, command in enumerate(await request.json())
        ]
        return _json(told)

    async def _guilds(self, _request: web.Request) -> web.Response:
        return _json([self._described()])

    async def _guild(self, _request: web.Request) -> web.Response:
        return _json(self._described())

    def _described(self) -> dict[str, Any]:
        everybody = {
            "id": str(GUILD),
            "name": "@everyone",
            "permissions": str((1 << 50) - 1 & ~(1 << 3)),
            "position": 0,
        }
        defaults = {"color": 0, "colors": {"primary_color": 0}, "hoist": False, "managed": False, "mentionable": False}
        return {
            "id": str(GUILD),
            "name": "Class 7B",
            "owner_id": "1310000000000000200",
            "roles": [{**everybody, **defaults}],
            "emojis": [],
            "features": [],
            "icon": None,
        }

    async def _channels(self, _request: web.Request) -> web.Response:
        overwrite = {"id": str(GUILD), "type": 0, "allow": "0", "deny": str(self.denied)}
        channel = {
            "id": str(CHANNEL),
            "guild_id": str(GUILD),
            "type": 0,
            "name": "debate",
            "position": 0,
            "permission_overwrites": [overwrite],
        }
        return _json([channel])

    async def _member(self, _request: web.Request) -> web.Response:
        return _json(
            {
                "user": BOT,
                "roles": [],
                "joined_at": "2026-01-01T00:00:00+00:00",
                "deaf": False,
                "mute": False,
                "flags": 0,
            }
        )

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        bot = web.WebSocketResponse()
        await bot.prepare(request)
        await bot.send_json({"op": HELLO, "d": {"heartbeat_interval": 41_250}})
        async for message in bot:
            told = message.json()
            if told["op"] == HEARTBEAT:
                await bot.send_json({"op": ACKNOWLEDGED})
            elif told["op"] == IDENTIFY:
                await self._answer(bot, told["d"])
        return bot

    async def _answer(self, bot: web.WebSocketResponse, identity: dict[str, Any]) -> None:
        intents = int(identity["intents"])
        self.identified.append(intents)
        if self.close_code is not None:
            await bot.close(code=self.close_code)
        elif intents & PRIVILEGED and not self.grants_intents:
            await bot.close(code=4014)
        else:
            ready: dict[str, Any] = {
                "v": 10,
                "user": BOT,
                "guilds": [],
                "session_id": "s",
                "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway",
                "application": {"id": BOT["id"], "flags": self.flags},
            }
            await bot.send_json({"op": DISPATCH, "s": 1, "t": "READY", "d": ready})


def _json(told: object, status: int = 200) -> web.Response:
    """As Discord sends it: discord.py reads nothing as JSON that says more than just this of its type."""
    return web.Response(body=json.dumps(told).encode(), status=status, headers={"Content-Type": "application/json"})


@asynccontextmanager
async def fake_discord(discord: FakeDiscord) -> AsyncGenerator[FakeDiscord]:
    """Let it listen while the block runs."""
    runner = web.AppRunner(discord.app(), access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        discord.port = runner.addresses[0][1]
        yield discord
    finally:
        await asyncio.shield(runner.cleanup())
