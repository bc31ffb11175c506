"""A snapshot: one moment of the file, from another thread, beside a bot that writes on or without one."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.discussion.ids import MessageId, SessionId
from bot.discussion.transcript import Entry, Names, Scope
from bot.storage import (
    DatabaseDamaged,
    DatabaseReadOnly,
    DatabaseTooNew,
    StorageError,
    Store,
    Transaction,
    altering,
    notes,
    transcripts,
)
from bot.storage.snapshot import snapshot
from bot.storage.versions import SHIPPED, Steps

from .samples import HERE, a_debate, a_response, at, content, seen_from_outside


def told(tx: Transaction) -> list[Entry]:
    found = transcripts.transcript(
        tx, HERE, SessionId(1), scope=Scope(Names.REAL), time_zone="UTC", exported_at=at(0), version="1"
    )
    assert found is not None
    entries = [entry for one in found.head.rounds for entry in found.entries(one)]
    assert len(entries) == found.head.entries
    return entries


async def test_a_snapshot_stays_the_same_while_the_bot_writes_on(store: Store) -> None:
    posed = await store.write(a_debate)
    first = await store.write(lambda tx: a_response(tx, posed.id, words="first"))
    with snapshot(store.path) as tx:
        before = told(tx)
        await store.write(lambda tx: a_response(tx, posed.id, words="second"))
        await store.write(lambda tx: altering.revise(tx, HERE, first.id, body={}, stance=None, at=at(2)))
        assert told(tx) == before
    with snapshot(store.path) as tx:
        assert len(told(tx)) == 2
        assert told(tx)[0].response.body == {}


async def test_a_snapshot_in_another_thread_is_consistent_at_any_moment(store: Store) -> None:
    posed = await store.write(a_debate)

    def look() -> None:
        with snapshot(store.path) as tx:
            entries = told(tx)
            assert [entry.response.message_id for entry in entries] == list(range(1, len(entries) + 1))
            assert told(tx) == entries

    async def write_on() -> None:
        for number in range(1, 101):
            await store.write(lambda tx, number=number: a_response(tx, posed.id, message=MessageId(number)))

    await asyncio.gather(write_on(), *(asyncio.to_thread(look) for _ in range(8)))


async def test_a_snapshot_of_a_closed_database_leaves_the_folder_as_it_was(path: Path) -> None:
    async with Store.open(path) as store:
        await store.write(lambda tx: notes.put(tx, "key", "kept"))
        assert store.path == path
    path.with_name(f"{path.name}.lock").unlink()
    before = content(path)
    with snapshot(path) as tx:
        assert notes.get(tx, "key") == "kept"
        with pytest.raises(DatabaseReadOnly), snapshot(path) as other:
            notes.put(other, "key", "changed")
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert content(path) == before


async def test_an_odd_name_is_no_address(tmp_path: Path) -> None:
    path = tmp_path / "50% of #1?mode=memory&x" / "naïve 한국.sqlite3"
    async with Store.open(path) as store:
        await store.write(lambda tx: notes.put(tx, "key", "kept"))
        with snapshot(path) as tx:
            assert notes.get(tx, "key") == "kept"


def missing(path: Path) -> None:
    path.parent.mkdir()


def empty(path: Path) -> None:
    missing(path)
    path.touch()


def foreign(path: Path) -> None:
    missing(path)
    with closing(sqlite3.connect(path)) as outside:
        outside.execute("CREATE TABLE invoices (id)")


def junk(path: Path) -> None:
    missing(path)
    path.write_bytes(b"not a database, but a letter " * 99)


@pytest.mark.parametrize(
    ("make", "kind", "says"),
    [
        (missing, StorageError, "There is no database"),
        (empty, DatabaseDamaged, "not a database of Parley"),
        (foreign, DatabaseDamaged, "not a database of Parley"),
        (junk, DatabaseDamaged, "damaged"),
    ],
)
def test_what_is_no_database_of_ours_is_told_and_left(
    path: Path, make: Callable[[Path], None], kind: type[StorageError], says: str
) -> None:
    make(path)
    before = {file.name: content(file) for file in path.parent.iterdir()}
    with pytest.raises(kind, match=says) as caught, snapshot(path):
        pass
    assert str(path) in caught.value.sentence
    assert {file.name: content(file) for file in path.parent.iterdir()} == before


async def test_another_version_is_told(path: Path) -> None:
    async with Store.open(path, steps=Steps(SHIPPED.folder, "0001")):
        pass
    with pytest.raises(StorageError, match="earlier version of Parley; start Parley on it once"), snapshot(path):
        pass
    assert seen_from_outside(path, "SELECT version_num FROM alembic_version") == ["0001"]
    with closing(sqlite3.connect(path)) as outside, outside:
        outside.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseTooNew, match="9999"), snapshot(path):
        pass


async def test_an_error_of_the_reader_passes_as_it_is(path: Path) -> None:
    async with Store.open(path):
        pass
    with pytest.raises(ZeroDivisionError), snapshot(path):
        _ = 1 / 0
