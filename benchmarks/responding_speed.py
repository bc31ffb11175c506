"""Responses that wait for the writer, against one commit each and against bare SQLite in groups."""

import asyncio
import json
import sqlite3
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import aiosqlite
from discord.utils import utcnow

from benchmarks.agreeing import have_agreed
from benchmarks.debate import ROOT, TEXTS
from benchmarks.result import Result
from bot.classroom import responding
from bot.classroom.people import Person
from bot.classroom.room import open_classroom
from bot.classroom.starting import Wanted, start
from bot.discussion.ids import ChannelId, GuildId, ResponseId, RoundId, StanceId, UserId
from bot.discussion.values import Role, Source
from bot.storage import Store, Transaction, recording

WAITING = 64
WARM_UP = 128
RESPONSES = 2048
RUNS = 5

AGAINST_ONE_COMMIT_EACH = 10.0
AGAINST_GROUPS = 0.5

_ADD = """
INSERT INTO responses (guild_id, round_id, user_id, role, source, stance, body, created_at)
VALUES (1, 1, ?, 'student', 'modal', 'attack', ?, ?)
"""
_POSED = (
    "INSERT INTO sessions (id, guild_id, channel_id, set_slug, prompt_set, article, started_by, started_at)"
    " VALUES (1, 1, 1, '', '{}', '{}', 1, '')",
    "INSERT INTO rounds (id, guild_id, session_id, channel_id, number, prompt, opened_at)"
    " VALUES (1, 1, 1, 1, 1, '{}', '')",
)
"""What the rows belong to."""
_DURABLE = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")
"""As the store sets its writer up."""


def measure() -> Iterator[Result]:
    """Medians of a few runs in turns, all in one process and on one disk."""
    rates = [asyncio.run(_rates()) for _ in range(RUNS)]
    writer, classroom, single, grouped = (statistics.median(column) for column in zip(*rates, strict=True))
    what = f"Durable responses per second with {WAITING} waiting for the writer"
    more = "through the classroom, which also looks up the round, the person and what they cite, and asks back"
    yield Result(
        f"{what} against one aiosqlite commit each", writer / single, AGAINST_ONE_COMMIT_EACH, True,
        details=f"{more}: {classroom / single:.3g} ×",
    )  # fmt: skip
    yield Result(
        f"{what} against bare executemany in groups of {WAITING}", writer / grouped, AGAINST_GROUPS, True,
        details=f"{more}: {classroom / grouped:.3g} ×",
    )  # fmt: skip


async def _rates() -> tuple[float, float, float, float]:
    """Responses per second: through the writer, through the classroom, one commit each, in groups."""
    with TemporaryDirectory() as folder:
        bodies = [{"claim": f"{TEXTS[number % len(TEXTS)]} {number}"} for number in range(WARM_UP + RESPONSES)]
        writer, room, single, groups = (Path(folder) / f"{name}.sqlite3" for name in ("a", "b", "c", "d"))
        for database in (writer, single, groups):
            await _prepare(database)
        return (
            RESPONSES / await _through_writer(writer, bodies),
            RESPONSES / await _through_classroom(room, bodies),
            RESPONSES / await _one_commit_each(single, bodies),
            RESPONSES / _in_groups(groups, bodies),
        )


async def _prepare(database: Path) -> None:
    """Make Parley's own tables, with all their keys and indexes, so that each row costs the same in all three."""
    async with Store.open(database):
        pass
    with closing(sqlite3.connect(database)) as connection, connection:
        for statement in _POSED:
            connection.execute(statement)


async def _through_writer(database: Path, bodies: list[dict[str, str]]) -> float:
    def record(tx: Transaction, waiting: Sequence[recording.NewResponse]) -> list[ResponseId]:
        return recording.add_responses(tx, GuildId(1), waiting)

    async with Store.open(database) as store:

        async def say(place: int, body: dict[str, str]) -> None:
            said = recording.NewResponse(
                RoundId(1), UserId(10 + place), Role.STUDENT, Source.MODAL, None, StanceId("attack"), body, utcnow()
            )
            await store.write_together(record, said)

        return await _rushed(say, bodies)


async def _through_classroom(database: Path, bodies: list[dict[str, str]]) -> float:
    async with open_classroom(database, articles=ROOT / "article", prompts=ROOT / "prompts", now=utcnow) as room:
        guild = GuildId(1)
        teacher = Person(guild, UserId(1), "Ms. Rivera", frozenset(), manages_guild=True, manages_messages=True)
        posed = (await start(room, teacher, ChannelId(2), Wanted("single-lesson"))).round
        people = [Person(guild, UserId(10 + place), f"Student {place}") for place in range(WAITING)]
        await have_agreed(room, guild, ((person.user_id, person.name) for person in people))

        async def say(place: int, body: dict[str, str]) -> None:
            stance = posed.prompt.stances[place % len(posed.prompt.stances)]
            await responding.respond(room, people[place], posed.id, StanceId(stance.id), body)

        return await _rushed(say, bodies)


async def _rushed(say: Callable[[int, dict[str, str]], Awaitable[None]], bodies: list[dict[str, str]]) -> float:
    """Seconds until all is said, by so many callers at a time, each of whom awaits what they have said."""

    async def caller(place: int, waiting: Iterator[dict[str, str]]) -> None:
        for body in waiting:
            await say(place, body)

    began = 0.0
    for part in (bodies[:WARM_UP], bodies[WARM_UP:]):
        waiting, began = iter(part), time.perf_counter()
        await asyncio.gather(*(caller(place, waiting) for place in range(WAITING)))
    return time.perf_counter() - began


async def _one_commit_each(database: Path, bodies: list[dict[str, str]]) -> float:
    async with aiosqlite.connect(database) as connection:
        for pragma in _DURABLE:
            await connection.execute(f"PRAGMA {pragma}")
        began = 0.0
        for number, body in enumerate(bodies):
            if number == WARM_UP:
                began = time.perf_counter()
            await connection.execute(_ADD, _row(number, body))
            await connection.commit()
        return time.perf_counter() - began


def _in_groups(database: Path, bodies: list[dict[str, str]]) -> float:
    with closing(sqlite3.connect(database)) as connection:
        for pragma in _DURABLE:
            connection.execute(f"PRAGMA {pragma}")
        began = 0.0
        for first in range(0, len(bodies), WAITING):
            if first == WARM_UP:
                began = time.perf_counter()
            rows = [_row(number, bodies[number]) for number in range(first, first + WAITING)]
            connection.executemany(_ADD, rows)
            connection.commit()
        return time.perf_counter() - began


def _row(number: int, body: dict[str, str]) -> tuple[int, str, str]:
    return 10 + number % WAITING, json.dumps(body), utcnow().isoformat()


if __name__ == "__main__":
    for found in measure():
        print(found)  # noqa: T201 - a benchmark's purpose
