"""A class works, its bot is killed, the record is held against the ledger, a new bot starts: again and again."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bot.rehearsal.world import World
from tests.agreeing import everybody_agrees
from tests.conftest import ROOT
from tests.soak.checking import (
    Record,
    is_all_posted,
    not_heard,
    read_record,
    stale_in_world,
    wrong_in_record,
    wrong_in_world,
)
from tests.soak.classmates import SchoolClass
from tests.soak.ledger import Ledger
from tests.soak.outliving import Outliving

SOONEST, LATEST = 0.005, 0.5
"""Seconds from the bot's connection, which is when the class begins to work, to its death."""

TO_THE_NEXT = 1.5
"""The same where the teacher poses the next question, which waits until the thread of the last one has been read."""

WHILE_STARTING = 0.15
"""The share of bots that are killed by the clock of their process, while they open the record and log in."""

QUESTION_EVERY = 8
"""Lives of the bot until the teacher poses the next question, in the midst of everything."""

PATIENCE = 30.0


@dataclass(slots=True)
class Outcome:
    """What a run has shown."""

    ledger: Ledger
    record: Record
    kills: int = 0
    lives: Counter[str] = field(default_factory=Counter[str])
    wrong: list[str] = field(default_factory=list[str])
    errors: list[str] = field(default_factory=list[str])
    seconds: float = 0.0


async def kill_again_and_again(database: Path, *, kills: int, seed: int, prompts: Path = ROOT / "prompts") -> Outcome:
    """Kill so many bots, and let a last one live until all is posted. Stops at the first death that leaves a flaw."""
    began = time.monotonic()
    discord = Outliving(database, ROOT / "article", prompts)
    everybody_agrees(discord.env, database)
    ledger, dice = Ledger(), random.Random(seed)
    klass = SchoolClass(World(discord.env), ledger, seed)
    outcome = Outcome(ledger, read_record(database))
    while outcome.kills < kills and not outcome.wrong:
        outcome.lives[await one_life(discord, klass, dice, move_on=outcome.kills % QUESTION_EVERY == 0)] += 1
        outcome.kills += 1
        outcome.record = read_record(database)
        outcome.wrong += wrong_in_record(outcome.record, ledger)
    if not outcome.wrong:
        outcome.record = await last_life(discord, database, ledger)
        outcome.wrong += [
            *wrong_in_record(outcome.record, ledger),
            *wrong_in_world(outcome.record, discord.env.backend),
            *not_heard(outcome.record, ledger),
            *stale_in_world(outcome.record, ledger, discord.env.backend),
        ]
    outcome.errors = discord.errors
    outcome.seconds = time.monotonic() - began
    return outcome


async def one_life(discord: Outliving, klass: SchoolClass, dice: random.Random, *, move_on: bool) -> str:
    """A bot from its start to its violent death, and what it died of: in its start, or at work."""
    early = dice.random() < WHILE_STARTING
    async with discord.bot() as running:
        if early:
            await running.kill(after=dice.uniform(0, LATEST))
        else:
            await asyncio.wait_for(running.connected.wait(), PATIENCE)
            working = asyncio.create_task(klass.work(move_on=move_on))
            await running.kill(after=dice.uniform(SOONEST, TO_THE_NEXT if move_on else LATEST))
            klass.goes_on = False
            await running.gone.wait()
            await working
            await klass.type_unheard()
    assert running.exit_code == -9, f"the bot died by itself: {running.exit_code}"
    return "starting" if early else "working"


async def last_life(discord: Outliving, database: Path, ledger: Ledger) -> Record:
    """A bot that lives until it has caught up; the record then."""
    until = time.monotonic() + PATIENCE
    async with discord.bot() as running:
        await asyncio.wait_for(running.connected.wait(), PATIENCE)
        # Another process's file tells what is waited for.
        while time.monotonic() < until:
            if is_all_posted(database) and not not_heard(read_record(database), ledger):
                break
            await asyncio.sleep(0.05)
    assert running.exit_code == 0
    return read_record(database)
