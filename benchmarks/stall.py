"""What a class notices of a large export: how long the event loop stands still, how fast clicks are answered."""

import asyncio
import statistics
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import discord
from discord.utils import utcnow
from simcord import ChannelHandle
from simcord.components import walk_components

from benchmarks.agreeing import have_agreed
from benchmarks.debate import GUILD, ROOT
from benchmarks.result import Result
from benchmarks.table_speed import RESPONSES, fill
from bot.chat.client import Parley
from bot.chat.connecting import all_intents
from bot.classroom import exporting
from bot.classroom.room import Classroom, open_classroom
from bot.discussion.ids import SessionId
from bot.discussion.transcript import Scope
from bot.rehearsal.simulation.environment import LiveEnv, record_of
from bot.transcripts import Format

Click = Callable[[int], Awaitable[None]]

LONGEST_STALL_MS = 50.0
CLICKS_AS_FAST = 1.5
STUDENTS = 60
"""They click in turns: Parley lets nobody go on clicking as fast as all of them together do."""
QUIET_SECONDS = 4.0
PROBE_SECONDS = 0.001


@dataclass(slots=True)
class Noticed:
    """What was measured during one phase: stalls of the loop and times to acknowledgement, in seconds."""

    stalls: list[float] = field(default_factory=list[float])
    clicks: list[float] = field(default_factory=list[float])


def measure() -> Iterator[Result]:
    """The same clicks without an export and during one, in one run."""
    with TemporaryDirectory() as folder:
        quiet, busy = asyncio.run(_both(Path(folder)))
    yield Result(
        f"Longest stall of the event loop during an HTML export of {RESPONSES:,} responses",
        1000 * max(busy.stalls),
        LONGEST_STALL_MS,
        at_least=False,
        unit="ms",
        details=f"without an export {1000 * max(quiet.stalls):.3g} ms",
    )
    yield Result(
        "Time from click to acknowledgement during that export against without it, median",
        statistics.median(busy.clicks) / statistics.median(quiet.clicks),
        CLICKS_AS_FAST,
        at_least=False,
        details=f"{len(busy.clicks)} and {len(quiet.clicks)} clicks",
    )


async def _both(folder: Path) -> tuple[Noticed, Noticed]:
    database = folder / "parley.sqlite3"
    await fill(database)
    async with (
        open_classroom(database, articles=ROOT / "article", prompts=ROOT / "prompts", now=utcnow) as room,
        _debating(room) as click,
    ):
        quiet = await _notice(click, asyncio.sleep(QUIET_SECONDS))
        wanted = exporting.Wanted(SessionId(1), Format.HTML, Scope())
        export = exporting.export(room, GUILD, wanted, folder / "out", None, lambda _done, _total: None)
        return quiet, await _notice(click, export)


@asynccontextmanager
async def _debating(room: Classroom) -> AsyncGenerator[Click]:
    """A debate on the simulated Discord in real time; what is given clicks a stance and waits for the answer."""
    env = LiveEnv(Parley(room, all_intents()))
    guild = env.create_guild("Class 7B")
    channel = guild.create_text_channel("debate")
    managers = guild.create_role("Teacher", permissions=discord.Permissions(manage_guild=True))
    teacher = guild.add_member(env.create_user("Ms. Rivera"), roles=[managers])
    students = [guild.add_member(env.create_user(f"Student {number}")) for number in range(STUDENTS)]
    await have_agreed(room, guild.id, ((student.id, student.user.name) for student in students))
    await env.start()
    try:
        await teacher.slash(channel, "discuss start", prompts="single-lesson")
        card = await _card(channel)
        stances = [
            part["custom_id"]
            for part in walk_components([each.to_dict() for each in card.components])
            if ":vote:" in str(part.get("custom_id"))
        ]

        async def click(number: int) -> None:
            turn, place = divmod(number, STUDENTS)
            result = await students[place].click(card, custom_id=stances[(place + turn) % len(stances)])
            if not await env.acknowledged(record_of(result).id):
                raise RuntimeError("a click was not answered within three seconds")

        yield click
    finally:
        await env.shutdown()


async def _card(channel: ChannelHandle) -> discord.Message:
    while True:
        card = next((message for message in channel.history() if message.components), None)
        if card is not None:
            return card
        await asyncio.sleep(0.01)


async def _notice(click: Click, during: Coroutine[None, None, object]) -> Noticed:
    """Click one after another, and watch the loop, until something is done."""
    noticed = Noticed()
    watching = asyncio.create_task(_watch(noticed))
    work = asyncio.ensure_future(during)
    number = 0
    while not work.done():
        began = time.perf_counter()
        await click(number)
        noticed.clicks.append(time.perf_counter() - began)
        number += 1
        await asyncio.sleep(0.02)
    watching.cancel()
    await work
    return noticed


async def _watch(noticed: Noticed) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(PROBE_SECONDS)
        noticed.stalls.append(time.perf_counter() - began - PROBE_SECONDS)
