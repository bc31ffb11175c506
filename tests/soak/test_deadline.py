"""Time that runs out while the bot is dead: the next one closes the round, tells of it and locks the thread, once."""

import asyncio
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.rehearsal.sight import texts
from bot.rehearsal.world import World
from tests.agreeing import everybody_agrees
from tests.conftest import ROOT
from tests.soak.checking import is_all_posted, read_record, wrong_in_record, wrong_in_world
from tests.soak.classmates import OpenRound, SchoolClass
from tests.soak.killing import PATIENCE
from tests.soak.ledger import Ledger
from tests.soak.outliving import Outliving

DEATHS = 6
"""How many bots are killed at random moments of closing the round, before one is let live."""

LATEST = 1.4
"""Seconds until such a death: the clockwork's second and a little more."""


async def until(done: Callable[[], object]) -> None:
    """Wait for what another process does."""
    async with asyncio.timeout(PATIENCE):
        while not done():  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.02)


def run_out(database: Path) -> None:
    """As if the bot had been dead for longer than the round lasts."""
    with closing(sqlite3.connect(database)) as connection:
        changed = connection.execute("UPDATE rounds SET deadline = datetime(opened_at, '+1 second') || '.000000'")
        assert changed.rowcount == 1
        connection.commit()


def is_closed(database: Path) -> bool:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT count(*) FROM rounds WHERE closed_at IS NOT NULL").fetchone() == (1,)


async def test_a_deadline_that_passed_while_the_bot_was_dead_is_carried_out_once(database: Path) -> None:
    discord, dice = Outliving(database, ROOT / "article", ROOT / "prompts"), random.Random(8)
    everybody_agrees(discord.env, database)
    klass = SchoolClass(World(discord.env), Ledger(), 8, students=3)
    posed = await open_and_die(discord, klass)
    run_out(database)

    for _ in range(DEATHS):
        async with discord.bot() as running:
            await asyncio.wait_for(running.connected.wait(), PATIENCE)
            await running.kill(after=dice.uniform(0.05, LATEST))
    async with discord.bot() as running:
        await asyncio.wait_for(running.connected.wait(), PATIENCE)
        await until(lambda: is_closed(database) and is_all_posted(database))
        state = discord.env.backend.get_channel(posed.thread).thread_metadata
        await until(lambda: state is not None and state.archived)
    record = read_record(database)

    assert [(each["number"], each["closing"]) for each in record.rounds] == [(1, "time")]
    assert wrong_in_record(record, klass.ledger) == []
    assert wrong_in_world(record, discord.env.backend) == []  # one card, one tally
    assert state is not None
    assert state.locked
    assert "the time is over" in " ".join(texts(discord.env.backend.messages[klass.debate][posed.card.id]))
    assert klass.open_round() is None
    assert discord.errors == []


async def open_and_die(discord: Outliving, klass: SchoolClass) -> OpenRound:
    """Begin a debate, let the class work for a moment, and kill the bot."""
    async with discord.bot() as running:
        await asyncio.wait_for(running.connected.wait(), PATIENCE)
        working = asyncio.create_task(klass.work(move_on=True))
        await until(klass.open_round)
        posed = klass.open_round()
        assert posed is not None
        await running.kill(after=0.2)
        klass.goes_on = False
        await working
    return posed
