"""Erased words leave the disk, also those that a killed bot had not got to."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.discussion.ids import ResponseId
from bot.storage import Store, Transaction, altering, erasure, notes, responses
from bot.storage.connect import FOR_WRITING, engine_of
from bot.storage.snapshot import snapshot

from .samples import HERE, a_debate, a_response, at

WORDS = "I take this back before long."


def lies_on_disk(folder: Path) -> bool:
    """In the database, in its write-ahead log, or in anything else beside it."""
    return any(WORDS.encode() in file.read_bytes() for file in folder.iterdir() if file.is_file())


async def test_what_a_killed_bot_had_not_erased_from_its_log_is_erased_by_the_next_start(
    path: Path, tmp_path: Path
) -> None:
    left_behind = tmp_path / "left behind"
    async with Store.open(path) as store:
        posed = await store.write(a_debate)
        said = await store.write(lambda tx: a_response(tx, posed.id, words=WORDS))
        with snapshot(path):
            await store.write(lambda tx: altering.withdraw(tx, HERE, said.id, at(9)))
            shutil.copytree(path.parent, left_behind)
    assert not lies_on_disk(path.parent)
    assert lies_on_disk(left_behind)
    async with Store.open(left_behind / path.name) as store:
        assert not lies_on_disk(left_behind)
        found = await store.read(lambda tx: responses.get(tx, HERE, said.id))
        assert found is not None
        assert found.withdrawn_at is not None


async def test_a_file_that_another_program_writes_to_is_written_anew_once_that_has_ended(path: Path) -> None:
    async with Store.open(path) as store:
        posed = await store.write(a_debate)
        said = await store.write(lambda tx: a_response(tx, posed.id, words=WORDS))
    engine = engine_of(str(path), wait=0, pragmas=FOR_WRITING)
    with engine.connect() as tx, closing(sqlite3.connect(path, isolation_level=None)) as other:
        with tx.begin():
            tx.exec_driver_sql("BEGIN IMMEDIATE")
            erased(tx, said.id)
        other.execute("BEGIN IMMEDIATE")
        erasure.try_now(tx)
        tx.rollback()
        assert erasure.is_due(tx)
        other.execute("ROLLBACK")
        erasure.try_now(tx)
        tx.rollback()
        assert not erasure.is_due(tx)
        assert notes.get(tx, erasure.UNCLEAN) is None
        assert not lies_on_disk(path.parent)


def erased(tx: Transaction, response_id: ResponseId) -> bool:
    altering.withdraw(tx, HERE, response_id, at(9))
    erasure.mark(tx, thoroughly=True)
    return True


async def test_a_large_file_waits_for_the_night(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure, "SMALL", 0)
    async with Store.open(path) as store:
        posed = await store.write(a_debate)
        said = await store.write(lambda tx: a_response(tx, posed.id, words=WORDS))
        await store.write(lambda tx: erased(tx, said.id))
        await store.write(lambda tx: notes.put(tx, "later", "work"))
        assert await store.read(lambda tx: notes.get(tx, erasure.UNCLEAN)) is not None
        assert await store.write(erasure.write_anew)
        await store.write(lambda tx: notes.put(tx, "later", "work"))
        assert await store.read(lambda tx: notes.get(tx, erasure.UNCLEAN)) is None
        assert not await store.write(erasure.write_anew)
