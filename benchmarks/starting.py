"""How soon a started bot is ready for its first click, against the time that Python takes to import discord.py."""

import asyncio
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from simcord import interactions
from simcord.backend import serializers
from simcord.backend.models import Message
from simcord.components import walk_components

from benchmarks.local_discord import LocalDiscord, local_discord, parley, process
from benchmarks.result import Result
from bot.rehearsal.acts import Acts

RUNS = 9
AGAINST_IMPORT = 2.5
WITHIN = 30.0
"""Seconds after which a start counts as failed."""

_IMPORT = "import discord; print(flush=True)"
_COMPONENT, _BUTTON = 3, 2


def measure() -> Result:
    """Medians of processes in turns, of which the first one each has compiled everything."""
    ready, answered, imported = asyncio.run(_times())
    return Result(
        "Time from process start to ready for the first click, against `import discord` alone",
        ready / imported,
        AGAINST_IMPORT,
        at_least=False,
        details=f"`bot.py run` on a record with an open debate has taken READY in after {1000 * ready:.0f} ms and "
        f"answered a click after {1000 * answered:.0f} ms; {1000 * imported:.0f} ms for the import",
    )


async def _times() -> tuple[float, float, float]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        async with local_discord() as home:
            await _open_a_debate(home, folder)
            runs = [(*await _started(home, folder), await _until_imported(folder)) for _ in range(1 + RUNS)]
    ready, answered, imported = (statistics.median(times) for times in zip(*runs[1:], strict=True))
    return ready, answered, imported


async def _open_a_debate(home: LocalDiscord, folder: Path) -> None:
    """A first run, in which the database is made, Discord told the commands, and a debate started."""
    connected = asyncio.Event()
    home.on_connected = connected.set
    async with parley(home, folder), asyncio.timeout(WITHIN):
        await connected.wait()
        acts = Acts(home.world)
        await acts.agree(home.students[0], home.debate)
        await acts.slash(home.teacher, home.debate, "discuss start", {"prompts": "single-lesson"})
        while not home.world.guild.thread_ids:  # noqa: ASYNC110 - another process's work
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)  # the thread's id gets on record


async def _started(home: LocalDiscord, folder: Path) -> tuple[float, float]:
    """Seconds until ready, and until a click is answered that comes right behind READY and the servers."""
    loop = asyncio.get_running_loop()
    clicked: list[int] = []
    ready: asyncio.Future[float] = loop.create_future()
    answered: asyncio.Future[float] = loop.create_future()

    def note(what: asyncio.Future[float]) -> None:
        if not what.done():
            what.set_result(time.perf_counter())

    home.on_connected = lambda: clicked.append(_click(home))
    home.on_ready = lambda: note(ready)
    home.on_answered = lambda interaction_id: note(answered) if interaction_id in clicked else None
    began = time.perf_counter()
    async with parley(home, folder), asyncio.timeout(WITHIN):
        return await ready - began, await answered - began


async def _until_imported(folder: Path) -> float:
    began = time.perf_counter()
    async with process(folder, "-c", _IMPORT) as running, asyncio.timeout(WITHIN):
        if running.stdout is not None:
            await running.stdout.readline()
        return time.perf_counter() - began


def _click(home: LocalDiscord) -> int:
    """A student presses a stance's button on the debate's card: the interaction's id."""
    backend, card = home.backend, _card(home)
    record, payload = interactions.base_payload(
        backend, type=_COMPONENT, channel_id=home.debate, guild_id=home.world.guild.id,
        user_id=home.students[0].user_id, data={"custom_id": _stances(card)[0], "component_type": _BUTTON},
    )  # fmt: skip
    record.source_message_id = card.id
    backend.emit("INTERACTION_CREATE", {**payload, "message": dict(serializers.message_payload(backend, card))})
    return record.id


def _card(home: LocalDiscord) -> Message:
    return next(message for message in home.backend.messages[home.debate].values() if _stances(message))


def _stances(message: Message) -> list[str]:
    """The buttons that take a stance."""
    return [part["custom_id"] for part in walk_components(message.components) if ":vote:" in part.get("custom_id", "")]


if __name__ == "__main__":
    print(measure())  # noqa: T201 - a benchmark's purpose
