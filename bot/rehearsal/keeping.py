"""The room's file: what happens in the room survives its restart, links included."""

import asyncio
import logging
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.rehearsal.people import Person
from bot.rehearsal.simulation import snapshot
from bot.rehearsal.simulation.snapshot import Snapshot
from bot.rehearsal.world import World

log = logging.getLogger(__name__)

WRITE_AFTER = 0.25
"""Seconds between a change and its being written: a killed room loses less than a second."""


class SavedRoom(BaseModel):
    """The file's content. Another version is as good as a damaged file: the room starts afresh beside it."""

    model_config = ConfigDict(extra="forbid")

    version: Literal[1] = 1
    operator: str
    people: list[Person]
    played: dict[int, int]
    discord: Snapshot


def read_room(path: Path) -> SavedRoom | None:
    """The saved room, or None where there is none to go on with. An unreadable file is moved aside, not lost."""
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        return SavedRoom.model_validate_json(text)
    except ValidationError:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        aside = path.with_name(f"{path.name}.unreadable-{stamp}")
        path.replace(aside)
        log.warning(
            "The saved room %s is damaged or of another version; it was moved to %s and a fresh room begins.",
            path,
            aside,
        )
        return None


def write_private(path: Path, data: bytes) -> None:
    """Replace a file in one step, readable by its owner alone. A crash leaves the old file or the new one, whole."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mkstemp creates with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class Keeper:
    """Writes the room soon after each change, many changes at once, and a last time when it closes."""

    def __init__(self, world: World, path: Path) -> None:
        self._world = world
        self._path = path
        self._changed = asyncio.Event()

    def note(self) -> None:
        """Something changed."""
        self._changed.set()

    async def run(self) -> None:
        """Write whenever something changed. Ends when it is cancelled, with everything written."""
        try:
            while True:
                await self._changed.wait()
                await asyncio.sleep(WRITE_AFTER)
                await self._write_or_warn()
        finally:
            await self._write_or_warn()

    async def _write_or_warn(self) -> None:
        self._changed.clear()
        room = SavedRoom.model_construct(
            operator=self._world.operator,
            people=list(self._world.people.values()),
            played=self._world.played,
            discord=snapshot.take(self._world.env.backend),
        )
        data = room.model_dump_json().encode()
        try:
            await asyncio.to_thread(write_private, self._path, data)
        except OSError as error:
            log.warning("The room could not be saved to %s (%s); it goes on, and is tried again.", self._path, error)
