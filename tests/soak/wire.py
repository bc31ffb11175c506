"""The wire between the bot's process and the simulated Discord's: pickled frames, in the order of their sending."""

import asyncio
import pickle
import socket
import struct
from dataclasses import dataclass, field
from typing import Any

_LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Request:
    """What the bot asks of Discord; `what` names the door, such as REST."""

    number: int
    what: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Discord's answer to the request of that number: a value, or the refusal's status and body."""

    number: int
    value: Any = None
    refusal: tuple[int, dict[str, Any]] | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A gateway event."""

    name: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Logged:
    """An error that the bot has logged."""

    text: str


Frame = Request | Answer | Event | Logged


@dataclass(slots=True)
class Upload:
    """A file that the bot sends along."""

    name: str
    data: bytes = field(repr=False)


class Wire:
    """One end of the wire."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def over(cls, end: socket.socket) -> "Wire":
        """The wire over one end of a socket pair."""
        return cls(*await asyncio.open_connection(sock=end))

    def send(self, frame: Frame) -> None:
        """Hand a frame to the operating system, at once where it takes it. To an end that is gone it is lost."""
        data = pickle.dumps(frame, pickle.HIGHEST_PROTOCOL)
        if not self._writer.is_closing():
            self._writer.write(_LENGTH.pack(len(data)) + data)

    async def receive(self) -> Frame | None:
        """The next frame; None once the other end is gone. Half a frame of a killed process is none."""
        try:
            (length,) = _LENGTH.unpack(await self._reader.readexactly(_LENGTH.size))
            return pickle.loads(await self._reader.readexactly(length))
        except (asyncio.IncompleteReadError, ConnectionError):
            return None

    async def close(self) -> None:
        """Hang up."""
        self._writer.close()
        try:
            await self._writer.wait_closed()
        except ConnectionError:
            return
