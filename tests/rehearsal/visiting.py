"""A person at a page of the room, as the room's server sees one: an address, a socket, asks and events."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse
from discord.ext import commands

from bot.rehearsal.people import Link
from bot.rehearsal.room import Company, open_room
from tests.rehearsal.gallery import GalleryBot

PATIENCE = 10.0
PRIVATE = 64


class RefusedAskError(Exception):
    """The room answered an ask with a sentence."""


@dataclass(slots=True)
class OpenRoom:
    """A room that is open: its links by name, and the bot in it."""

    links: dict[str, str]
    bot: commands.Bot
    session: ClientSession

    @property
    def base(self) -> str:
        return self.links["All links"].partition("/o/")[0]

    @asynccontextmanager
    async def page(self, name: str) -> AsyncGenerator["Page"]:
        """Open a page of that person."""
        address = f"{self.links[name]}/socket"
        async with self.session.ws_connect(address, headers={"Origin": self.base}) as socket:
            page = Page(name, socket)
            reader = asyncio.create_task(page.read())
            try:
                await page.wait("welcome")
                yield page
            finally:
                reader.cancel()
                with suppress(asyncio.CancelledError):
                    await reader


@dataclass(slots=True)
class Page:
    """One open page: what it was told, and what it can ask."""

    name: str
    socket: ClientWebSocketResponse
    told: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    _more: asyncio.Condition = field(default_factory=asyncio.Condition)
    _number: int = 0

    async def read(self) -> None:
        async for message in self.socket:
            async with self._more:
                self.told.append(message.json())
                self._more.notify_all()

    async def wait(self, events: str, fits: Callable[[dict[str, Any]], bool] = lambda _event: True) -> dict[str, Any]:
        """The first event of those kinds (names with spaces between) that fits, told already or to come."""

        def found() -> dict[str, Any] | None:
            return next((told for told in self.told if told["ev"] in events.split() and fits(told)), None)

        async with asyncio.timeout(PATIENCE), self._more:
            await self._more.wait_for(found)
        result = found()
        assert result is not None
        return result

    async def ask(self, op: str, **fields: Any) -> Any:
        """Ask the room; its data, or RefusedAskError with its sentence."""
        self._number += 1
        number = self._number
        await self.socket.send_json({"op": op, "id": number, **fields})
        answer = await self.wait("answer", lambda told: told["id"] == number)
        if not answer["ok"]:
            raise RefusedAskError(answer["why"])
        return answer["data"]

    def channel(self, name: str) -> str:
        """The id of a channel or thread that the page knows, the newest of that name."""
        views = [view for told in self.told if told["ev"] == "welcome" for view in told["channels"]]
        views += [told["channel"] for told in self.told if told["ev"] == "channel"]
        return next(view["id"] for view in reversed(views) if view["name"] == name)

    async def message(self, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first message that fits, new or changed, told already or to come."""
        return (await self.wait("message message_edit", lambda told: fits(told["message"])))["message"]

    async def says(self, words: str) -> dict[str, Any]:
        """The first message with these words anywhere in it."""
        return await self.message(lambda message: words in str(message))

    async def private(self, words: str) -> dict[str, Any]:
        """The first private reply with these words anywhere in it."""
        return await self.message(lambda message: bool(message["flags"] & PRIVATE) and words in str(message))

    async def click(self, message: dict[str, Any], custom_id: str) -> Any:
        """Press a button of a message."""
        return await self.ask("click", channel=message["channel_id"], message=message["id"], custom_id=custom_id)


@asynccontextmanager
async def opened(
    world: Path,
    make_bot: Callable[[], commands.Bot] = GalleryBot,
    *,
    students: int = 2,
    company: Company | None = None,
    port: int = 0,
) -> AsyncGenerator[OpenRoom]:
    """Open a room, on any free port unless one is named, and close it."""
    ready: asyncio.Future[Sequence[Link]] = asyncio.get_running_loop().create_future()
    bots: list[commands.Bot] = []

    def make() -> commands.Bot:
        bots.append(make_bot())
        return bots[-1]

    room = asyncio.create_task(
        open_room(make, world=world, port=port, announce=ready.set_result, students=students, company=company)
    )
    try:
        await asyncio.wait({room, ready}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        if room.done():
            await room
        async with ClientSession() as session:
            yield OpenRoom({link.name: link.url for link in ready.result()}, bots[0], session)
    finally:
        room.cancel()
        with suppress(asyncio.CancelledError):
            await room
