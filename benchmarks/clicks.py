"""A thousand students take a side at the same moment: how long the last of them wait for their answer."""

import asyncio
import json
import sqlite3
import statistics
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from discord.utils import utcnow
from simcord import interactions
from simcord._dpy_internals import get_state  # the parsers, as the gateway reaches them; simcord is pinned
from simcord.backend import serializers
from simcord.components import walk_components

from benchmarks.agreeing import have_agreed
from benchmarks.debate import ROOT
from benchmarks.result import Result
from bot.chat.client import Parley
from bot.chat.connecting import all_intents
from bot.classroom.room import open_classroom
from bot.discussion.ids import ChannelId
from bot.rehearsal.acts import Acts
from bot.rehearsal.people import Part
from bot.rehearsal.simulation.environment import TIME_TO_ACKNOWLEDGE, LiveEnv
from bot.rehearsal.simulation.transport import RoomWebhooks
from bot.rehearsal.world import World

CLICKS = 1000
RUNS = 5
SHARE = 0.1
WITHIN = 30.0
"""Seconds after which a run counts as failed."""

_COMPONENT, _BUTTON = 3, 2
_ANSWERED = 4
"""The kind of acknowledgement that says something; a promise to say it later is another."""


def measure() -> Result:
    """The median of a few runs, each on a new record."""
    slowest = statistics.median(asyncio.run(_one_run()) for _ in range(RUNS))
    return Result(
        f"{CLICKS:,} clicks at once: 99th percentile to acknowledgement, as a share of Discord’s "
        f"{TIME_TO_ACKNOWLEDGE:g} seconds",
        slowest / TIME_TO_ACKNOWLEDGE,
        SHARE,
        at_least=False,
        details=f"{1000 * slowest:.0f} ms; each is answered “Recorded”, and is on record by then; what the simulated "
        "Discord makes of the answers comes after the last of them",
    )


async def _one_run() -> float:
    """Seconds from the first click at the gateway until 99 % of the answers have come to Discord."""
    with TemporaryDirectory() as folder:
        database = Path(folder) / "parley.sqlite3"
        async with _clicks(database) as (env, payloads):
            parse, answers = get_state(env.bot).parsers["INTERACTION_CREATE"], _Answers(env)
            began = time.perf_counter()
            with answers.taken():
                for payload in payloads:
                    parse(payload)
            async with asyncio.timeout(WITHIN):
                await answers.all_there.wait()
            with closing(sqlite3.connect(database)) as reader:
                (votes,) = reader.execute("SELECT count(*) FROM votes").fetchone()
            if votes != CLICKS:
                raise RuntimeError(f"{CLICKS} clicks were acknowledged, and {votes} are on record")
            return statistics.quantiles((came - began for came in answers.came), n=100)[-1]


class _Answers(RoomWebhooks):
    """Notes when each answer comes. All wait for the last, as they would on their way: here Discord is this process."""

    def __init__(self, env: LiveEnv) -> None:
        super().__init__(env.backend, lambda _interaction_id: None)
        self.came: list[float] = []
        self.all_there = asyncio.Event()
        self._env = env

    def taken(self) -> Any:
        """Answers to what the bot is told in this block come here."""
        self._env._webhook_adapter = self
        return self._env._bot_scope()

    async def request(self, route: Any, session: Any, **kwargs: Any) -> Any:
        """Take one answer."""
        self.came.append(time.perf_counter())
        answer = kwargs["payload"]
        if answer["type"] != _ANSWERED or not answer["data"]["content"].startswith("Recorded"):
            raise RuntimeError(f"a click was answered with {answer}")
        if len(self.came) == CLICKS:
            self.all_there.set()
        await self.all_there.wait()
        return await super().request(route, session, **kwargs)


@asynccontextmanager
async def _clicks(database: Path) -> AsyncGenerator[tuple[LiveEnv, list[dict[str, Any]]]]:
    """A debate, and a click of each student's on a stance, as the gateway sends it; the bot has not been told yet."""
    async with open_classroom(database, articles=ROOT / "article", prompts=ROOT / "prompts", now=utcnow) as room:
        env = LiveEnv(Parley(room, all_intents()))
        world = World(env)
        world.furnish()
        world.seat(students=1, classmates=[])
        for number in range(CLICKS):
            student = env.backend.make_user(f"student{number}", global_name=f"Student {number}")
            env.backend.add_member(world.guild.id, student.id, roles=[], announce=False)
        await have_agreed(room, world.guild.id, ((user, env.backend.users[user].name) for user in world.guild.members))
        await env.start()
        try:
            [teacher] = world.of_part(Part.TEACHER)
            debate = ChannelId(next(channel.id for channel in world.channels(teacher) if channel.name == "debate"))
            await Acts(world).slash(teacher, debate, "discuss start", {"prompts": "single-lesson"})
            while not world.guild.thread_ids:  # noqa: ASYNC110 - another's work, of which nobody tells
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.2)  # the thread's id gets on record
            yield env, _payloads(world, env, debate)
        finally:
            await env.shutdown()


def _payloads(world: World, env: LiveEnv, debate: ChannelId) -> list[dict[str, Any]]:
    backend, guild = env.backend, world.guild
    card = next(message for message in backend.messages[debate].values() if message.components)
    shown = dict(serializers.message_payload(backend, card))
    stances = [
        str(part["custom_id"]) for part in walk_components(card.components) if ":vote:" in str(part.get("custom_id"))
    ]
    payloads: list[dict[str, Any]] = []
    for number, student in enumerate([user for user in guild.members if user not in world.people][-CLICKS:]):
        data = {"custom_id": stances[number % len(stances)], "component_type": _BUTTON}
        record, payload = interactions.base_payload(
            backend, type=_COMPONENT, channel_id=debate, guild_id=guild.id, user_id=student, data=data
        )
        record.source_message_id = card.id
        payloads.append(json.loads(json.dumps({**payload, "message": shown})))
    return payloads


if __name__ == "__main__":
    print(measure())  # noqa: T201 - a benchmark's purpose
