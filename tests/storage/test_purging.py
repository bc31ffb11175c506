"""What is past its period is purged: whole debates, never one that is open, and no other than is due."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.discussion.ids import ChannelId, MessageId, ScheduleId
from bot.discussion.schedule import Ending
from bot.storage import (
    Store,
    Transaction,
    altering,
    audits,
    consents,
    erasure,
    gaps,
    keeping,
    notes,
    outdated,
    participants,
    phases,
    purging,
    responses,
    rounds,
    schedules,
    sessions,
)
from bot.storage.schema import metadata

from .samples import ELSEWHERE, HERE, a_response, at
from .test_leaving import LEA, NAME, a_debate_with_lea, close, traces

ALL_OF_A_DEBATE = {
    "sessions", "rounds", "phases", "places", "votes", "responses", "revisions", "kept_words", "endorsements",
    "outdated", "gaps", "pseudonyms", "removals", "reports", "mutes", "audits", "schedules", "askings", "citations",
}  # fmt: skip


def scheduled(tx: Transaction, channel: int) -> ScheduleId:
    return schedules.add(
        tx, HERE, channel_id=ChannelId(channel), starts_at=at(0), title="A set", set_slug="a-set", prompt_id=None,
        format=None, minutes=None, scheduled_by=LEA, scheduled_at=at(0),
    ).id  # fmt: skip


def a_whole_debate(tx: Transaction, channel: int = 5) -> None:
    found = a_debate_with_lea(tx, channel)
    phases.begin(tx, HERE, found.id, 0, at(0))
    gaps.add(tx, HERE, found.id, at(1), at(2), "Stopped.")
    schedules.end(tx, HERE, scheduled(tx, channel), Ending.STARTED, at(1), session_id=found.session_id)
    close(tx, found)


def rows(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as outside:
        return {
            table.name: outside.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]
            for table in metadata.sorted_tables
        }


async def test_a_debate_goes_with_all_that_hangs_on_it(store: Store, path: Path) -> None:
    await store.write(a_whole_debate)
    before = rows(path)
    assert {name for name, count in before.items() if count} >= ALL_OF_A_DEBATE, "everything is tried"
    due = await store.read(lambda tx: purging.due(tx, HERE, at(91)))
    assert len(due.sessions) == 1
    assert due.responses == before["responses"]
    assert not (await store.read(lambda tx: purging.due(tx, HERE, at(90)))).sessions
    await store.write(lambda tx: purging.purge_session(tx, HERE, due.sessions[0]))
    assert {name: count for name, count in rows(path).items() if name in ALL_OF_A_DEBATE and count} == {}
    with closing(sqlite3.connect(path)) as outside:
        assert outside.execute("PRAGMA foreign_key_check").fetchall() == []


async def test_another_debate_and_another_guild_stay_whole(store: Store, path: Path) -> None:
    await store.write(lambda tx: a_whole_debate(tx, 6))
    await store.write(lambda tx: close(tx, a_debate_with_lea(tx, 7, ELSEWHERE)))
    before = rows(path)
    await store.write(a_whole_debate)
    newest = (await store.read(lambda tx: sessions.recent(tx, HERE, 9)))[0]
    assert not await store.write(lambda tx: purging.purge_session(tx, ELSEWHERE, newest.id))
    await store.write(lambda tx: purging.purge_session(tx, HERE, newest.id))
    after = rows(path)
    assert {name: after[name] for name in ALL_OF_A_DEBATE} == {name: before[name] for name in ALL_OF_A_DEBATE}


async def test_an_open_debate_is_never_purged(store: Store, path: Path) -> None:
    found = await store.write(lambda tx: a_debate_with_lea(tx, 5))
    before = rows(path)
    assert not (await store.read(lambda tx: purging.due(tx, HERE, at(10**9)))).sessions
    assert not await store.write(lambda tx: purging.purge_session(tx, HERE, found.session_id))
    assert rows(path) == before


async def test_words_put_aside_and_audits_go_also_from_a_debate_that_runs(store: Store) -> None:
    found = await store.write(lambda tx: a_debate_with_lea(tx, 5))
    await store.write(
        lambda tx: audits.add(tx, HERE, user_id=LEA, at=at(500), action="young", session_id=None, details={})
    )
    await store.write(lambda tx: purging.purge_rest(tx, HERE, at(400)))

    def look(tx: Transaction) -> tuple[list[str], int]:
        kept = [keeping.of_response(tx, HERE, one.id) for one in responses.of_round(tx, HERE, found.id)]
        return audits.actions(tx, HERE), sum(map(len, kept))

    assert await store.read(look) == (["young"], 0)


async def test_people_of_whom_nothing_is_left_go_and_no_others(store: Store, path: Path) -> None:
    await store.write(a_whole_debate)
    await store.write(lambda tx: participants.seen(tx, HERE, LEA, NAME, at(5)))
    assert await store.write(lambda tx: purging.purge_rest(tx, HERE, at(10)))
    assert len(await store.read(lambda tx: participants.names(tx, HERE))) == 3, "they have words on record"
    due = await store.read(lambda tx: purging.due(tx, HERE, at(1000)))
    await store.write(lambda tx: purging.purge_session(tx, HERE, due.sessions[0]))
    await store.write(lambda tx: participants.seen(tx, HERE, LEA, NAME, at(2000)))
    await store.write(lambda tx: purging.purge_rest(tx, HERE, at(1000)))
    assert await store.read(lambda tx: participants.names(tx, HERE)) == {LEA: NAME}, "she was here since"
    await store.write(lambda tx: purging.purge_rest(tx, HERE, at(3000)))
    await store.write(erasure.write_anew)
    await store.write(lambda tx: notes.put(tx, "later", "work"))
    assert traces(path.parent) == []


async def test_who_has_taken_their_consent_back_is_not_forgotten(store: Store) -> None:
    await store.write(lambda tx: participants.seen(tx, HERE, LEA, NAME, at(0)))
    await store.write(lambda tx: consents.decline(tx, HERE, LEA, NAME, at(1)))
    await store.write(lambda tx: purging.purge_rest(tx, HERE, at(10**6)))
    assert (await store.read(lambda tx: consents.of(tx, HERE, LEA))).declined_at == at(1)


async def test_a_schedule_that_waits_and_what_is_to_be_posted_survive(store: Store) -> None:
    waits = await store.write(lambda tx: scheduled(tx, 5))
    ended = await store.write(lambda tx: scheduled(tx, 6))
    await store.write(lambda tx: schedules.end(tx, HERE, ended, Ending.MISSED, at(5)))
    running = await store.write(lambda tx: a_debate_with_lea(tx, 7))
    mine = await store.write(lambda tx: a_response(tx, running.id))
    before = await store.read(outdated.waiting)
    await store.write(a_whole_debate)
    for session_id in (await store.read(lambda tx: purging.due(tx, HERE, at(91)))).sessions:
        await store.write(lambda tx, this=session_id: purging.purge_session(tx, HERE, this))
    await store.write(lambda tx: purging.purge_rest(tx, HERE, at(91)))
    assert [one.id for one in await store.read(schedules.waiting)] == [waits]
    assert await store.read(lambda tx: schedules.get(tx, HERE, ended)) is None
    assert await store.read(outdated.waiting) == before
    await store.write(lambda tx: altering.set_message(tx, HERE, mine.id, MessageId(77)))
    assert await store.read(lambda tx: rounds.get(tx, HERE, running.id)) is not None


def test_a_purge_asks_for_answers_by_an_index(empty_record: Path) -> None:
    """Without it each response deleted has the whole round looked through for answers to it."""
    query = "SELECT 1 FROM responses WHERE guild_id = 1 AND round_id = 1 AND parent_id = 1"
    with closing(sqlite3.connect(empty_record)) as outside:
        [plan] = outside.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
    assert "ix_responses_answers" in plan[3]
