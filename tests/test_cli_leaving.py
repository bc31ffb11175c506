"""`bot.py erase` and `bot.py purge`, as an operator types them."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli.exits import Exit
from bot.storage import Store
from tests.chat.doing import respond, rows, start
from tests.conftest import SchoolClass
from tests.storage.samples import ELSEWHERE, HERE
from tests.storage.test_leaving import LEA, a_guild_with_lea, traces
from tests.test_cli import parley


@pytest.fixture
async def record(tmp_path: Path) -> Path:
    """A record of two guilds with Lea in both, which no bot runs on."""
    path = tmp_path / "data" / "parley.sqlite3"
    async with Store.open(path) as store:
        await store.write(a_guild_with_lea)
        await store.write(lambda tx: a_guild_with_lea(tx, ELSEWHERE))
    return path


def test_erase_takes_somebody_out_of_every_server(record: Path) -> None:
    done = parley("erase", "--user", str(LEA), "--yes", PARLEY_DATABASE=str(record))
    assert done.returncode == Exit.OK, done.stderr
    told = done.stdout.splitlines()
    assert len(told) == 3
    assert told[0].startswith(f"Server {HERE}: erased ")
    assert "left without the name" in told[0]
    assert "Backups and exports that were made before still have them" in told[-1]
    assert traces(record.parent) == []
    assert rows(record, "select distinct user_id, details from audits where action = 'person.erase'") == [
        (None, '{"by":"operator"}')
    ]
    again = parley("erase", "--user", str(LEA), "--yes", PARLEY_DATABASE=str(record))
    assert (again.returncode, again.stdout) == (
        Exit.OK,
        f"Nothing of member {LEA} is on record in every server.\n",
    )


def test_erase_takes_somebody_out_of_one_server(record: Path) -> None:
    done = parley("erase", "--user", str(LEA), "--guild", str(HERE), "--yes", PARLEY_DATABASE=str(record))
    assert done.returncode == Exit.OK, done.stderr
    assert rows(record, "select distinct guild_id from participants where user_id = ?", LEA) == [(ELSEWHERE,)]


def test_erase_asks_first(record: Path) -> None:
    before = record.read_bytes()
    done = parley("erase", "--user", str(LEA), PARLEY_DATABASE=str(record))
    assert done.returncode != Exit.OK
    assert f"Erase everything of member {LEA} in every server, for good?" in done.stdout
    assert record.read_bytes() == before


@pytest.mark.parametrize("command", [("erase", "--user", "5", "--yes"), ("purge",)])
async def test_neither_works_beside_a_running_bot(klass: SchoolClass, command: tuple[str, ...]) -> None:
    await start(klass)
    await respond(klass, klass.ann, "attack")
    done = await asyncio.to_thread(parley, *command, PARLEY_DATABASE=str(klass.room.store.path))
    assert done.returncode == Exit.DATABASE
    assert "Another Parley is running on the database" in done.stderr
    assert "stop it first" in done.stderr


@pytest.mark.parametrize("command", [("erase", "--user", "5", "--yes"), ("purge",)])
def test_neither_makes_a_database(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = parley(*command, PARLEY_DATABASE=str(tmp_path / "nowhere.sqlite3"))
    assert done.returncode == Exit.DATABASE
    assert "There is no database at" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_purge_says_first_what_would_go_and_then_does_it(record: Path) -> None:
    with closing(sqlite3.connect(record)) as outside, outside:
        outside.execute("UPDATE sessions SET closed_at = datetime('now') WHERE closed_at IS NOT NULL")
        long_ago = "UPDATE sessions SET closed_at = '2020-01-01 00:00:00' WHERE closed_at IS NOT NULL AND guild_id = ?"
        outside.execute(long_ago, (HERE,))
    looked = parley("purge", "--dry-run", PARLEY_DATABASE=str(record))
    assert looked.returncode == Exit.OK, looked.stderr
    assert f"Server {HERE}: 1 debate with " in looked.stdout
    assert "would be deleted" in looked.stdout
    assert rows(record, "select count(*) from sessions where guild_id = ?", HERE) == [(2,)]

    done = parley("purge", PARLEY_DATABASE=str(record))
    assert done.returncode == Exit.OK, done.stderr
    assert done.stdout == looked.stdout.replace("would be deleted", "deleted")
    assert rows(record, "select count(*) from sessions where guild_id = ?", HERE) == [(1,)]
    assert rows(record, "select count(*) from sessions where guild_id = ?", ELSEWHERE) == [(2,)]
    assert parley("purge", PARLEY_DATABASE=str(record)).stdout == "Nothing is past its period.\n"
