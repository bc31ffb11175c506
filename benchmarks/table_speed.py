"""The CSV transcript, read from a real database, against the sqlite3 command-line tool's own CSV of the same rows."""

import asyncio
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert

from benchmarks.debate import BEGAN, GUILD, STUDENTS, at, long_debate, user_id
from benchmarks.result import Result, Skipped
from bot.discussion.ids import SessionId
from bot.discussion.transcript import Names, Scope
from bot.discussion.values import Conduct
from bot.storage import Store, Transaction, participants, rounds, schema, sessions
from bot.storage.snapshot import snapshot
from bot.storage.transcripts import transcript
from bot.transcripts import Format
from bot.transcripts.writing import write

RESPONSES = 100_000
TARGET = 3.0
RUNS = 3

JOINED = """
SELECT m.message_id, m.id, m.parent_id, r.number, json_extract(r.prompt, '$.id'), json_extract(r.prompt, '$.question'),
       p.display_name, m.role, m.source, m.stance, json_extract(m.body, '$.text'), m.created_at, m.edited_at,
       m.withdrawn_at, m.hidden_at, q.display_name, (SELECT count(*) FROM revisions v WHERE v.response_id = m.id)
FROM responses m
JOIN rounds r ON r.id = m.round_id
JOIN participants p ON p.guild_id = m.guild_id AND p.user_id = m.user_id
LEFT JOIN responses a ON a.id = m.parent_id
LEFT JOIN participants q ON q.guild_id = a.guild_id AND q.user_id = a.user_id
WHERE r.session_id = 1
ORDER BY r.number, coalesce(m.root_id, m.id), m.id
"""
"""What stands in our responses.csv, as far as SQL knows it."""


def measure() -> Result:
    """The median of a few runs of each, in turns."""
    if shutil.which("sqlite3") is None:
        raise Skipped("the sqlite3 command-line tool is not installed (on Debian: apt-get install sqlite3)")
    with TemporaryDirectory() as folder:
        database = Path(folder) / "parley.sqlite3"
        asyncio.run(fill(database))
        pairs = [
            (_seconds(lambda: export(database, Format.CSV)), _seconds(lambda: _theirs(database))) for _ in range(RUNS)
        ]
    ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    return Result(
        f"Time, CSV of {RESPONSES:,} responses from the database against the sqlite3 tool’s own CSV of the joined rows",
        ours / theirs,
        TARGET,
        at_least=False,
        details="from opening the database to files that are synced to the disk",
    )


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _theirs(database: Path) -> None:
    tool = shutil.which("sqlite3") or "sqlite3"
    with (database.parent / "theirs.csv").open("wb") as out:
        subprocess.run([tool, "-readonly", "-csv", "-header", str(database), JOINED], check=True, stdout=out)  # noqa: S603 - our own


def export(database: Path, kind: Format, responses: int = RESPONSES) -> None:
    """Write the transcript of that debate beside its database."""
    with snapshot(database) as tx:
        scope = Scope(Names.REAL)
        told = transcript(
            tx, GUILD, SessionId(1), scope=scope, time_zone="Europe/Berlin", exported_at=BEGAN, version="bench"
        )
        if told is None or told.head.entries != responses:
            raise RuntimeError("the debate is not on record")
        write(told, kind, database.parent / "ours")


async def fill(database: Path, responses: int = RESPONSES) -> None:
    """Put a debate of so many responses on record in a new database, as session 1."""
    async with Store.open(database) as store:
        await store.write(lambda tx: _record(tx, responses))


def _record(tx: Transaction, responses: int) -> None:
    made = long_debate(responses)
    session, told = made.head.session, made.head.rounds[0]
    kept = sessions.add(
        tx,
        GUILD,
        channel_id=session.channel_id,
        set_slug=session.set_slug,
        prompt_set=session.prompt_set,
        article=session.article,
        minutes=None,
        started_by=session.started_by,
        started_at=session.started_at,
        conduct=Conduct(),
    )
    posed = rounds.add(tx, GUILD, session_id=kept.id, number=1, prompt=told.round.prompt, channel_id=session.channel_id,
                       opened_at=BEGAN, deadline=None)  # fmt: skip
    for place in range(STUDENTS):
        participants.seen(tx, GUILD, user_id(place), f"Student {place}", at(0))
    tx.execute(
        insert(schema.responses),
        [
            {
                "id": entry.response.id, "guild_id": GUILD, "round_id": posed.id, "user_id": entry.response.user_id,
                "role": "student", "source": entry.response.source.value, "parent_id": entry.response.parent_id,
                "root_id": entry.response.parent_id, "stance": entry.response.stance, "body": entry.response.body,
                "created_at": entry.response.created_at, "message_id": entry.response.message_id,
                "cites_known": True,
            }
            for entry in made.entries(told)
        ],
    )  # fmt: skip
