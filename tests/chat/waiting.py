"""A debate in real time, and what people see of it while another program holds the database."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import discord
from discord.utils import utcnow
from simcord import ChannelHandle, InteractionResult, MemberActor

from bot.chat.answers import STILL_AT_IT
from bot.chat.client import Parley
from bot.classroom.room import Classroom, open_classroom
from bot.rehearsal.simulation.environment import LiveEnv
from tests.agreeing import everybody_agrees
from tests.chat.doing import rows
from tests.chat.seeing import text_of
from tests.chat.test_errors import holds, told, until
from tests.conftest import ROOT, all_intents

CLAIM = "Written while the database was held."


@dataclass(frozen=True, slots=True)
class Debate:
    """An open round, and the server's owner in front of it."""

    env: LiveEnv
    room: Classroom
    channel: ChannelHandle
    owner: MemberActor
    card: discord.Message

    async def open_form(self) -> InteractionResult:
        """Press Respond."""
        opened = await self.owner.click(self.card, custom_id="parley:respond:1")
        await until(lambda: opened.modal)
        return opened

    async def waits_while_it_is_held(self, database: Path, seconds: float = 0) -> None:
        """Another program holds the database so long, or until somebody who waits for a response is told so.

        Then all that was asked meanwhile is on record, and its author told so once.
        """
        opened = await self.open_form()
        thread = self.channel.threads[0]
        with closing(sqlite3.connect(database, isolation_level=None, timeout=0)) as other:
            await until(lambda: holds(other))
            result = await self.owner.submit_modal(opened, {"stance": "defend", "claim": CLAIM})
            await self.owner.send(thread, "Typed meanwhile.")
            await until(lambda: result.deferred, within=3)
            await until(lambda: STILL_AT_IT in told(result))
            await asyncio.sleep(seconds)
            assert told(result).strip() == STILL_AT_IT
            assert rows(database, "select count(*) from responses") == [(0,)]
            other.execute("ROLLBACK")
        await until(lambda: "**Recorded.**" in told(result))
        await until(lambda: STILL_AT_IT not in told(result))
        await until(lambda: len(rows(database, "select 1 from responses where message_id is not null")) == 2)
        assert rows(database, "select source, count(*) from responses group by source order by source") == [
            ("message", 1),
            ("modal", 1),
        ]
        assert sum(CLAIM in text_of(message) for message in thread.history()) == 1


@asynccontextmanager
async def in_real_time(database: Path) -> AsyncGenerator[Debate]:
    """The debate; nothing settles by itself."""
    async with open_classroom(database, articles=ROOT / "article", prompts=ROOT / "prompts", now=utcnow) as room:
        env = LiveEnv(Parley(room, all_intents()))
        everybody_agrees(env, database)
        await env.start()
        try:
            guild = env.create_guild("Class 7B")
            channel = guild.create_text_channel("debate")
            owner = guild.add_member(guild.owner)
            await owner.slash(channel, "discuss start", prompts="single-lesson")
            card = await until(lambda: next((m for m in channel.history() if m.components), None))
            await until(lambda: rows(database, "select 1 from rounds where thread_id is not null"))
            yield Debate(env, room, channel, owner, card)
        finally:
            await env.shutdown()
