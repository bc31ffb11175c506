"""The writer: answered means durable, a failure stays alone, a cancelled caller leaves nothing half."""

import asyncio
import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.discussion.ids import UserId
from bot.storage import (
    DatabaseLocked,
    DatabaseReadOnly,
    DiskFull,
    RecordRefused,
    Store,
    StoreClosed,
    Transaction,
    altering,
    notes,
    participants,
    responses,
)
from bot.storage.line import Line, alone

from .samples import HERE, JUNO, a_debate, a_response, at, seen_from_outside

NOTES = "SELECT key FROM notes ORDER BY key"


def put(key: str, tx: Transaction) -> str:
    notes.put(tx, key, "value")
    return key


async def test_an_answered_write_can_be_seen_from_outside(store: Store, path: Path) -> None:
    async def write_and_look(key: str) -> list[str]:
        await store.write(partial(put, key))
        return seen_from_outside(path, NOTES)

    keys = [f"{number:03}" for number in range(100)]
    seen = await asyncio.gather(*(write_and_look(key) for key in keys))
    assert all(key in then for key, then in zip(keys, seen, strict=True))


async def test_what_waits_together_is_committed_together(store: Store) -> None:
    transactions = await asyncio.gather(*(store.write(lambda tx: tx.get_transaction()) for _ in range(300)))
    assert [len([one for one in transactions if one is first]) for first in dict.fromkeys(transactions)] == [256, 44]


async def test_a_failing_item_fails_alone(store: Store, path: Path) -> None:
    def half(tx: Transaction) -> None:
        put("half", tx)
        message = "on purpose"
        raise ValueError(message)

    def stops(tx: Transaction) -> None:
        put("stops", tx)
        raise StopIteration

    outcomes = await asyncio.gather(
        store.write(partial(put, "a")),
        store.write(half),
        store.write(partial(put, "b")),
        store.write(stops),
        store.write(partial(put, "c")),
        return_exceptions=True,
    )
    assert [str(outcome) for outcome in outcomes] == ["a", "on purpose", "b", "work raised StopIteration", "c"]
    assert seen_from_outside(path, NOTES) == ["a", "b", "c"]


async def test_what_is_asked_together_is_done_by_one_call(store: Store, path: Path) -> None:
    calls: list[list[str]] = []

    def put_all(tx: Transaction, keys: Sequence[str]) -> list[str]:
        calls.append(list(keys))
        return [put(key, tx) for key in keys]

    asked = [store.write_together(put_all, "a"), store.write_together(put_all, "b"), store.write(partial(put, "c"))]
    assert await asyncio.gather(*asked, store.write_together(put_all, "d")) == ["a", "b", "c", "d"]
    assert calls == [["a", "b"], ["d"]]
    assert seen_from_outside(path, NOTES) == ["a", "b", "c", "d"]


async def test_of_what_is_asked_together_only_the_guilty_fails(store: Store, path: Path) -> None:
    def put_all(tx: Transaction, keys: Sequence[str]) -> list[str]:
        for key in keys:
            put(key, tx)
            if key == "bad":
                raise ValueError(key)
        return list(keys)

    asked = (store.write_together(put_all, key) for key in ("a", "bad", "c"))
    outcomes = await asyncio.gather(*asked, return_exceptions=True)
    assert [str(outcome) for outcome in outcomes] == ["a", "bad", "c"]
    assert isinstance(outcomes[1], ValueError)
    assert seen_from_outside(path, NOTES) == ["a", "c"]


async def test_a_commit_that_fails_fails_for_all_and_the_writer_goes_on(store: Store, path: Path) -> None:
    def orphan(tx: Transaction) -> None:
        tx.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # so that only the COMMIT finds it
        tx.exec_driver_sql("INSERT INTO votes (guild_id, round_id, user_id, stance, at) VALUES (1, 1, 1, 'x', '')")

    outcomes = await asyncio.gather(
        store.write(partial(put, "a")), store.write(orphan), store.write(partial(put, "b")), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [RecordRefused] * 3
    assert seen_from_outside(path, NOTES) == []
    assert await store.write(partial(put, "c")) == "c"
    assert seen_from_outside(path, NOTES) == ["c"]


async def test_a_locked_database_is_told_and_outlived(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as outside:
        outside.execute("BEGIN IMMEDIATE")
        outcomes = await asyncio.gather(*(store.write(partial(put, key)) for key in "abc"), return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [DatabaseLocked] * 3
        assert "Another program holds the database" in str(outcomes[0])
        assert await store.read(lambda tx: notes.get(tx, "a")) is None
        outside.execute("ROLLBACK")
    assert await store.write(partial(put, "d")) == "d"
    assert seen_from_outside(path, NOTES) == ["d"]


async def test_a_short_lock_is_waited_out(path: Path) -> None:
    async with Store.open(path, busy_timeout=10) as store:
        with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as outside:
            outside.execute("BEGIN IMMEDIATE")
            writing = asyncio.ensure_future(store.write(partial(put, "a")))
            await store.read(lambda tx: notes.get(tx, "a"))
            assert not writing.done()
            outside.execute("ROLLBACK")
            assert await writing == "a"


async def test_a_full_database_keeps_what_fits_and_goes_on_when_there_is_room(store: Store, path: Path) -> None:
    def limit(pages: int, tx: Transaction) -> None:
        tx.exec_driver_sql(f"PRAGMA max_page_count = {pages:d}")

    def put_much(key: str, tx: Transaction) -> None:
        notes.put(tx, key, "x" * 1_000_000)

    await store.write(partial(limit, 60))
    outcomes = await asyncio.gather(
        store.write(partial(put, "a")),
        store.write(partial(put_much, "much")),
        store.write(partial(put, "b")),
        return_exceptions=True,
    )
    assert isinstance(outcomes[1], DiskFull)
    # SQLite may give up one statement or the whole transaction: what was answered is what is there.
    told = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert seen_from_outside(path, NOTES) == told
    await store.write(partial(limit, 10_000))
    await store.write(partial(put_much, "much"))
    assert seen_from_outside(path, NOTES) == [*told, "much"]


async def test_who_is_cancelled_before_the_work_began_leaves_nothing(store: Store, path: Path) -> None:
    waiting = asyncio.ensure_future(store.write(partial(put, "a")))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await store.write(partial(put, "b")) == "b"
    assert seen_from_outside(path, NOTES) == ["b"]


async def test_who_is_cancelled_during_the_work_leaves_it_done_whole(store: Store, path: Path) -> None:
    loop, begun = asyncio.get_running_loop(), asyncio.Event()

    def two(tx: Transaction) -> None:
        loop.call_soon_threadsafe(begun.set)
        put("a", tx)
        put("b", tx)

    waiting = asyncio.ensure_future(store.write(two))
    await begun.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await store.write(partial(put, "c"))
    assert seen_from_outside(path, NOTES) == ["a", "b", "c"]


async def test_who_is_cancelled_at_any_moment_leaves_nothing_half(store: Store, path: Path) -> None:
    def two(number: int, tx: Transaction) -> None:
        put(f"{number:02} a", tx)
        put(f"{number:02} b", tx)

    for number in range(40):
        waiting = asyncio.ensure_future(store.write(partial(two, number)))
        for _ in range(number):
            await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    await store.write(partial(put, "z"))
    kept = seen_from_outside(path, NOTES)
    assert kept[-1] == "z"
    assert [key[:2] for key in kept[:-1:2]] == [key[:2] for key in kept[1:-1:2]]


async def test_a_cancelled_reader_hinders_nobody(store: Store) -> None:
    for number in range(20):
        waiting = asyncio.ensure_future(store.read(lambda tx: notes.get(tx, "a")))
        for _ in range(number):
            await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    assert await asyncio.gather(*(store.read(lambda tx: notes.get(tx, "a")) for _ in range(9))) == [None] * 9


async def test_a_reader_cannot_write_and_sees_one_moment(store: Store, path: Path) -> None:
    with pytest.raises(DatabaseReadOnly):
        await store.read(partial(put, "a"))

    def look_twice(tx: Transaction) -> tuple[str | None, str | None]:
        before = notes.get(tx, "a")
        with closing(sqlite3.connect(path)) as outside, outside:
            outside.execute("INSERT INTO notes VALUES ('a', 'new')")
        return before, notes.get(tx, "a")

    assert await store.read(look_twice) == (None, None)
    assert await store.read(lambda tx: notes.get(tx, "a")) == "new"


async def test_leaving_does_first_what_was_asked(path: Path) -> None:
    threads = threading.active_count()
    async with Store.open(path) as store:
        asked = [asyncio.ensure_future(store.write(partial(put, f"{number:04}"))) for number in range(200)]
        await asyncio.sleep(0)
    assert len(await asyncio.gather(*asked)) == 200
    assert len(seen_from_outside(path, NOTES)) == 200
    assert threading.active_count() == threads
    for late in (store.write, store.read):
        with pytest.raises(StoreClosed):
            await late(partial(put, "late"))


async def test_a_writer_that_is_stopped_ends_its_group_and_keeps_nobody_waiting(path: Path) -> None:
    async with Store.open(path) as store:
        [writer] = [task for task in asyncio.all_tasks() if task.get_name() == "storage writer"]
        asked = [asyncio.ensure_future(store.write(partial(put, f"{number:03}"))) for number in range(300)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        writer.cancel()
        outcomes = await asyncio.gather(*asked, return_exceptions=True)
        kept = [outcome for outcome in outcomes if isinstance(outcome, str)]
        assert [type(outcome) for outcome in outcomes if not isinstance(outcome, str)] == [StoreClosed] * 44
        with pytest.raises(StoreClosed):
            await store.write(partial(put, "late"))
    assert seen_from_outside(path, NOTES) == kept == [f"{number:03}" for number in range(256)]


async def test_work_that_breaks_out_of_everything_still_answers_its_caller(path: Path) -> None:
    class Out(BaseException):
        pass

    def leave(_: Transaction) -> None:
        raise Out

    async with Store.open(path) as store:
        with pytest.raises(StoreClosed):
            await store.write(leave)
        with pytest.raises(StoreClosed):
            await store.write(partial(put, "late"))


async def test_who_finds_the_line_full_waits_for_a_place() -> None:
    line = Line(places=2)

    def nothing(_tx: Transaction) -> None: ...

    asked = [asyncio.ensure_future(line.ask(alone, nothing)) for _ in range(3)]
    await asyncio.sleep(0)
    first = await line.take(64)
    assert len(first) == 2
    for item in first:
        item.succeed()
    [last] = await line.take(64)
    last.succeed()
    await asyncio.gather(*asked)


async def test_who_goes_away_from_before_a_full_line_takes_no_place() -> None:
    line = Line(places=1)

    def nothing(_tx: Transaction) -> None: ...

    asked = [asyncio.ensure_future(line.ask(alone, nothing)) for _ in range(4)]
    await asyncio.sleep(0)
    asked[1].cancel()
    [first] = await line.take(64)
    first.succeed()
    asked[2].cancel()  # whose turn it is by now
    await asyncio.gather(asked[0], *asked[1:3], return_exceptions=True)
    [last] = await line.take(64)
    last.succeed()
    await asked[3]
    assert line.length == 0


async def test_erased_words_leave_the_file_and_its_log(store: Store, path: Path) -> None:
    words, earlier = "the very words", "an earlier wording"
    posed = await store.write(a_debate)
    response = await store.write(lambda tx: a_response(tx, posed.id, words=earlier))
    other = await store.write(lambda tx: a_response(tx, posed.id, user=JUNO, words="other words"))
    await store.write(lambda tx: altering.revise(tx, HERE, response.id, body={"claim": words}, stance=None, at=at(2)))
    assert {words, earlier, "other words"} <= found_in_files(path, words, earlier, "other words")
    with closing(sqlite3.connect(path, isolation_level=None)) as outside:
        outside.execute("BEGIN")
        outside.execute("SELECT * FROM responses").fetchall()
        await store.write(lambda tx: altering.withdraw(tx, HERE, response.id, at(3)))
        outside.execute("ROLLBACK")
    await store.read(lambda tx: responses.get(tx, HERE, other.id))
    await store.write(lambda tx: participants.seen(tx, HERE, UserId(1), "Mina", at(4)))
    await store.write(partial(put, "after"))
    assert found_in_files(path, words, earlier, "other words") == {"other words"}


def found_in_files(path: Path, *phrases: str) -> set[str]:
    everything = b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))
    return {phrase for phrase in phrases if phrase.encode() in everything}
