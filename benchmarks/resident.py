"""How much memory the bot takes, idle and in use, against an idle bot and with a million responses on file."""

import asyncio
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from simcord.backend.models import Message

from benchmarks.filling import multiply
from benchmarks.local_discord import LocalDiscord, connecting, local_discord, parley
from benchmarks.result import Result, Skipped
from bot.discussion.ids import ChannelId, MessageId
from bot.rehearsal.acts import Acts, Outcome
from bot.rehearsal.people import Person
from bot.rehearsal.sight import pressable

AGAINST_AN_IDLE_BOT = 2.0
GROWTH = 5.0
ON_FILE = 1_000_000
QUESTIONS = 2
WITHIN = 60.0
READY = 4.0
"""Seconds from connected to at rest: discord.py waits two for more servers, then the bot looks for what it missed."""
SETTLES = 7.0
"""Seconds after which the bot has done what follows from the last act: a card is edited once in five."""


def measure() -> Iterator[Result]:
    """All on the simulated Discord at a port of this machine: what it takes is not counted."""
    if not Path("/proc/self/status").exists():
        raise Skipped(f"{sys.platform} does not tell the resident memory of other processes this way")
    first, ours, theirs = asyncio.run(_idle())
    yield Result(
        "Resident memory of the idle bot against an idle discord.py bot with the same intents and servers",
        ours / theirs,
        AGAINST_AN_IDLE_BOT,
        at_least=False,
        details=f"{ours:.0f} MiB against {theirs:.0f} MiB; {first:.0f} MiB where it has just made its database",
    )
    none, full = asyncio.run(_in_use(0)), asyncio.run(_in_use(ON_FILE))
    yield Result(
        f"Growth of resident memory from 0 to {ON_FILE:,} responses on file, with a debate open and used",
        100 * (full / none - 1),
        GROWTH,
        at_least=False,
        unit="%",
        details=f"from {none:.1f} to {full:.1f} MiB",
    )


async def _idle() -> tuple[float, float, float]:
    """MiB of the bot at its very first start, of the bot, and of the least that is one."""
    with TemporaryDirectory() as name:
        async with local_discord() as home:
            return (
                await _resting(home, Path(name), "bot.py", "run"),
                await _resting(home, Path(name), "bot.py", "run"),
                await _resting(home, Path(name), "benchmarks/idle_bot.py"),
            )


async def _resting(home: LocalDiscord, folder: Path, *script: str) -> float:
    connected = asyncio.Event()
    home.on_connected = connected.set
    async with connecting(home, folder, *script) as running:
        async with asyncio.timeout(WITHIN):
            await connected.wait()
        await asyncio.sleep(READY)
        return _resident_mib(running)


async def _in_use(on_file: int) -> float:
    """MiB of the bot after a class has debated, with so many responses on file before."""
    with TemporaryDirectory() as name:
        async with local_discord() as home:
            async with _running(home, Path(name)):
                await _begin(home)
            if on_file:
                multiply(Path(name) / "parley.sqlite3", on_file)
            async with _running(home, Path(name)) as running:
                await _debate(home)
                await asyncio.sleep(SETTLES)
                return _resident_mib(running)


@asynccontextmanager
async def _running(home: LocalDiscord, folder: Path) -> AsyncGenerator[Process]:
    connected = asyncio.Event()
    home.on_connected = connected.set
    async with parley(home, folder) as running:
        async with asyncio.timeout(WITHIN):
            await connected.wait()
        await asyncio.sleep(READY)
        yield running


async def _begin(home: LocalDiscord) -> None:
    """A debate in which everybody has taken a side and one has spoken."""
    acts = Acts(home.world)
    for student in home.students:
        await acts.agree(student, home.debate)
    await acts.slash(home.teacher, home.debate, "discuss start", {"prompts": "china-or-sanctions"})
    card = await _card(home, 1)
    await _vote(home, card)
    await _respond(home, card, home.students[0])
    await asyncio.sleep(SETTLES)


async def _debate(home: LocalDiscord) -> None:
    """A few questions, in each of which everybody votes, speaks, answers, rewrites and types."""
    acts = Acts(home.world)
    for number in range(1, 1 + QUESTIONS):
        if number > 1:
            await acts.slash(home.teacher, home.debate, "discuss next", {})
        card = await _card(home, number)
        await _vote(home, card)
        thread = ChannelId(card.id)
        for student in home.students:
            receipt = await _respond(home, card, student)
            if receipt.message is not None:
                await _fill(acts, student, receipt.message, "change", {**_words(card), "claim": "It is a signal."})
            typed = await acts.send(student, thread, "And what do the others say?")
            await acts.edit(student, thread, MessageId(typed.id), "And what do the others say about it?")
        spoken = [message for message in home.backend.messages[thread].values() if _button(message, "reply")]
        for student, message in zip(home.students, spoken, strict=False):
            await _fill(acts, student, message, "reply", {"text": "I do not think so, because of the second excerpt."})
        await acts.slash(home.teacher, home.debate, "discuss status", {})
        await acts.slash(home.students[0], home.debate, "my responses", {})


async def _vote(home: LocalDiscord, card: Message) -> None:
    acts, stances = Acts(home.world), [custom_id for _, custom_id in pressable(card) if ":vote:" in custom_id]
    for number, student in enumerate(home.students):
        await acts.click(student, home.debate, MessageId(card.id), stances[number % len(stances)])


async def _respond(home: LocalDiscord, card: Message, student: Person) -> Outcome:
    return await _fill(Acts(home.world), student, card, "respond", _words(card))


def _words(card: Message) -> dict[str, str]:
    stance = _button(card, "vote").rpartition(":")[2]
    return {"stance": stance, "claim": "It is about time.", "evidence": "“persistent”", "reasoning": "That takes long"}


async def _fill(acts: Acts, person: Person, message: Message, verb: str, words: dict[str, str]) -> Outcome:
    """Press a message's button and fill in the form that it opens."""
    pressed = await acts.click(person, ChannelId(message.channel_id), MessageId(message.id), _button(message, verb))
    return await acts.submit(person, pressed.interaction_id, words)


def _button(message: Message, verb: str) -> str:
    return next((custom_id for _, custom_id in pressable(message) if custom_id.startswith(f"parley:{verb}:")), "")


async def _card(home: LocalDiscord, number: int) -> Message:
    """The card of the question of that number, once it has its thread."""
    async with asyncio.timeout(WITHIN):
        while len(home.world.guild.thread_ids) < number:  # noqa: ASYNC110 - another process's work
            await asyncio.sleep(0.05)
    return home.backend.messages[home.debate][home.world.guild.thread_ids[number - 1]]


def _resident_mib(running: Process) -> float:
    status = Path(f"/proc/{running.pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS:"))


if __name__ == "__main__":
    for found in measure():
        print(found)  # noqa: T201 - a benchmark's purpose
