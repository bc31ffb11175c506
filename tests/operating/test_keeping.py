"""`backup` and `restore`, by what an operator sees and finds on the disk."""

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.exits import Exit
from bot.discussion.ids import MessageId
from bot.discussion.values import Source
from bot.storage import (
    DatabaseDamaged,
    DatabaseInUse,
    DatabaseLocked,
    DatabaseTooNew,
    Store,
    Transaction,
    notes,
    rounds,
)
from bot.storage.backup import NotWritten, back_up, examined
from bot.storage.restore import restore
from bot.storage.versions import SHIPPED, Steps
from tests.operating.processes import Place, assert_clean, done
from tests.storage.samples import a_debate, a_response, seen_from_outside

NOW = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
posix = pytest.mark.skipif(os.name != "posix", reason="Windows knows no such modes and limits")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path, 1)


def quietly(_done: int, _total: int) -> None:
    pass


async def fill(database: Path, responses: int = 3) -> None:
    async with Store.open(database) as store:
        await store.write(lambda tx: _fill(tx, responses))


def _fill(tx: Transaction, responses: int) -> None:
    posed = a_debate(tx)
    for number in range(responses):
        a_response(tx, posed.id, words=f"words {number} {'and more ' * 300}", message=MessageId(number + 1))


def sql(database: Path, *statements: str) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as outside:
        for statement in statements:
            outside.execute(statement)


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def test_a_backup_of_a_database_that_is_written_to_is_of_one_moment(place: Place) -> None:
    copy = place.folder / "copy.sqlite3"
    await fill(place.database, 3_000)
    async with Store.open(place.database) as store:
        stopping = asyncio.Event()

        async def go_on() -> int:
            [posed] = await store.read(rounds.all_open)
            key = 10_000
            while not stopping.is_set():
                key += 1

                def work(tx: Transaction, key: int = key) -> None:
                    a_response(tx, posed.id, words=f"more {key}", source=Source.MESSAGE, message=MessageId(key))
                    notes.put(tx, f"{key}", "said")

                await store.write(work)
            return key - 10_000

        writing = asyncio.create_task(go_on())
        contents = await asyncio.to_thread(back_up, place.database, copy, on_progress=quietly)
        stopping.set()
        written = await writing

    kept = contents.rows["responses"]
    assert 3_000 <= kept <= 3_000 + written
    assert contents.rows["notes"] == kept - 3_000, "a transaction was copied in half"
    assert examined(copy, mode="ro").rows == contents.rows
    assert_clean(copy)
    assert names_in(place.folder) == {"data", "copy.sqlite3"}


async def test_there_and_back_through_the_command_line(place: Place) -> None:
    copy = place.folder / "copy.sqlite3"
    await fill(place.database)

    saved = await done(place, "backup", str(copy))
    sql(place.database, "DELETE FROM responses")
    back = await done(place, "restore", str(copy))

    assert saved.status == Exit.OK, saved.said
    assert saved.said.startswith(f"{copy}: 1 debate, 3 responses, 0 votes (")
    assert back.status == Exit.OK, back.said
    assert len(seen_from_outside(place.database, "SELECT id FROM responses")) == 3
    (aside,) = (path for path in place.database.parent.iterdir() if "before-restore" in path.name)
    assert f"What was there before is kept in {aside}" in back.said
    assert seen_from_outside(aside, "SELECT id FROM responses") == []
    if os.name == "posix":
        assert [stat.S_IMODE(path.stat().st_mode) for path in (copy, place.database)] == [0o600, 0o600]
    assert "words" not in place.everything_said()


async def test_a_restore_where_there_was_nothing(place: Place) -> None:
    copy = place.folder / "copy.sqlite3"
    await fill(place.database)
    back_up(place.database, copy, on_progress=quietly)
    fresh = place.folder / "another" / "parley.sqlite3"

    restored = restore(copy, fresh, now=NOW, on_progress=quietly)

    assert restored.aside is None
    async with Store.open(fresh) as store:
        assert len(await store.read(rounds.all_open)) == 1


async def test_a_restore_over_what_is_damaged_keeps_that_and_its_log(place: Place) -> None:
    copy = place.folder / "copy.sqlite3"
    await fill(place.database)
    back_up(place.database, copy, on_progress=quietly)
    place.database.write_bytes(b"no database " * 999)
    log = place.database.with_name(f"{place.database.name}-wal")
    log.write_bytes(b"nor a log")

    restored = restore(copy, place.database, now=NOW, on_progress=quietly)

    assert restored.aside is not None
    assert restored.aside.name == "parley.before-restore-20261122T173000Z.sqlite3"
    assert restored.aside.read_bytes().startswith(b"no database")
    assert restored.aside.with_name(f"{restored.aside.name}-wal").read_bytes() == b"nor a log"
    assert_clean(place.database)


def spoil_a_page(copy: Path) -> None:
    """As a disk does it, unnoticed: somewhere in the middle."""
    with copy.open("r+b") as file:
        file.seek(copy.stat().st_size // 2)
        file.write(b"\xff" * 3_000)


def cut_off(copy: Path) -> None:
    os.truncate(copy, copy.stat().st_size // 2)


def make_newer(copy: Path) -> None:
    sql(copy, "UPDATE alembic_version SET version_num = '9998'")


def lose_a_parent(copy: Path) -> None:
    sql(copy, "DELETE FROM rounds")


def be_another_program(copy: Path) -> None:
    copy.unlink()
    sql(copy, "CREATE TABLE cards (id)")


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (spoil_a_page, DatabaseDamaged),
        (cut_off, DatabaseDamaged),
        (lose_a_parent, DatabaseDamaged),
        (be_another_program, DatabaseDamaged),
        (make_newer, DatabaseTooNew),
    ],
)
async def test_what_is_no_sound_backup_is_refused_and_changes_nothing(
    place: Place, spoil: Callable[[Path], None], error: type[Exception]
) -> None:
    copy = place.folder / "copy.sqlite3"
    await fill(place.database, 40)
    back_up(place.database, copy, on_progress=quietly)
    before, there = place.database.read_bytes(), names_in(place.database.parent)
    spoil(copy)

    with pytest.raises(error):
        restore(copy, place.database, now=NOW, on_progress=quietly)

    assert place.database.read_bytes() == before
    assert names_in(place.database.parent) == there


async def test_an_older_backup_is_taken_and_brought_up_to_date_at_the_next_start(place: Place) -> None:
    older = place.folder / "older.sqlite3"
    async with Store.open(place.database, steps=Steps(SHIPPED.folder, "0001")) as store:
        await store.write(lambda tx: notes.put(tx, "key", "kept"))
    back_up(place.database, older, on_progress=quietly)

    assert restore(older, place.database, now=NOW, on_progress=quietly).contents.is_older

    assert seen_from_outside(place.database, "SELECT version_num FROM alembic_version") == ["0001"]
    async with Store.open(place.database) as store:
        assert await store.read(lambda tx: notes.get(tx, "key")) == "kept"


async def test_nothing_is_restored_under_a_parley_or_another_program(place: Place) -> None:
    copy = place.folder / "copy.sqlite3"
    await fill(place.database)
    back_up(place.database, copy, on_progress=quietly)
    async with Store.open(place.database):
        with pytest.raises(DatabaseInUse):
            restore(copy, place.database, now=NOW, on_progress=quietly)
    sql(place.database, "PRAGMA journal_mode = WAL")
    with closing(sqlite3.connect(place.database, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM responses").fetchall()
        with pytest.raises(DatabaseLocked):
            restore(copy, place.database, now=NOW, on_progress=quietly)
    with pytest.raises(NotWritten, match="is the database itself"):
        restore(place.database, place.database, now=NOW, on_progress=quietly)

    assert names_in(place.database.parent) == {"parley.sqlite3", "parley.sqlite3.lock"}


async def test_where_nothing_can_be_written(place: Place) -> None:
    await fill(place.database)
    no_folder = place.folder / "nowhere" / "copy.sqlite3"

    with pytest.raises(NotWritten, match="No such file or directory"):
        back_up(place.database, no_folder, on_progress=quietly)
    with pytest.raises(NotWritten, match="exists already"):
        back_up(place.database, place.database.parent, on_progress=quietly)

    assert names_in(place.folder) == {"data"}


LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
sys.argv[0] = "bot.py"
from bot.cli import main
main()
"""


@posix
async def test_a_disk_that_takes_only_half_of_it(place: Place) -> None:
    await fill(place.database, 100)
    copy = place.folder / "copy.sqlite3"
    await asyncio.to_thread(back_up, place.database, copy, on_progress=quietly)
    before, there = place.database.read_bytes(), names_in(place.database.parent)

    def limited(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-c", LIMITED, *arguments]
        environment = {**place.environment, "PYTHONPATH": str(Path.cwd())}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    saved = await asyncio.to_thread(limited, "backup", str(place.folder / "half.sqlite3"))
    back = await asyncio.to_thread(limited, "restore", str(copy))

    for ended in (saved, back):
        assert ended.returncode == Exit.DISK, ended.stderr
        assert "could not be written" in ended.stderr
        assert "Traceback" not in ended.stderr
    assert names_in(place.folder) == {"data", "copy.sqlite3"}
    assert names_in(place.database.parent) == there
    assert place.database.read_bytes() == before
