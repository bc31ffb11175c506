"""A transcript tells what a simple computation over the record tells, within every scope, in little memory."""

import asyncio
import tempfile
import tracemalloc
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, insert, update

from bot.discussion import evidence as leant
from bot.discussion.ids import GuildId, ResponseId, SessionId, StanceId, UserId
from bot.discussion.tally import tally
from bot.discussion.transcript import Entry, Gap, Names, Scope, Speaker, ToldVote, Transcript
from bot.discussion.values import Closing, Response, Role, Round, Source
from bot.storage import (
    Store,
    Transaction,
    altering,
    citations,
    endorsements,
    gaps,
    participants,
    pseudonyms,
    responses,
    rounds,
    sessions,
    transcripts,
    votes,
)
from bot.storage.schema import responses as table
from bot.storage.schema import revisions as earlier
from bot.storage.schema import votes as taken
from bot.storage.snapshot import snapshot

from .samples import ELSEWHERE, HERE, JUNO, MINA, NO, YES, a_debate, a_response, a_round, a_session, at

PEOPLE = 5


@dataclass(frozen=True)
class Said:
    """A response to record: `above` counts back to what it answers, 0 for nothing."""

    user: UserId
    role: Role
    above: int
    stance: StanceId | None
    text: str
    seconds: int


@dataclass(frozen=True)
class Deed:
    """What happens to the response of that number afterwards."""

    number: int
    words: str | None  # a new wording, or a withdrawal


people = st.integers(1, PEOPLE).map(UserId)
stances = st.sampled_from([YES, NO])
said = st.builds(
    Said,
    user=people,
    role=st.sampled_from(Role),
    above=st.integers(0, 6),
    stance=st.none() | stances,
    text=st.text(st.characters(), max_size=12),
    seconds=st.integers(0, 50),
)
deeds = st.builds(Deed, st.integers(0, 99), st.none() | st.text(max_size=5))
cast = st.tuples(people, stances, st.integers(0, 50))


@dataclass(frozen=True)
class Class:
    """What happens in one round."""

    said: Sequence[Said]
    deeds: Sequence[Deed]
    votes: Sequence[tuple[UserId, StanceId, int]]


classes = st.builds(Class, st.lists(said, max_size=12), st.lists(deeds, max_size=8), st.lists(cast, max_size=8))
scopes = st.builds(
    Scope,
    names=st.sampled_from(Names),
    round_number=st.none() | st.integers(1, 3),
    student=st.none() | people,
    since=st.none() | st.integers(0, 50).map(at),
)


def tell(tx: Transaction, session: SessionId, scope: Scope | None = None, guild: GuildId = HERE) -> Transcript:
    told = transcripts.transcript(
        tx, guild, session, scope=scope or Scope(), time_zone="Europe/Berlin", exported_at=at(99), version="1.2"
    )
    assert told is not None
    return told


def record(tx: Transaction, lessons: Sequence[Class]) -> SessionId:
    session = a_session(tx)
    for user in range(1, PEOPLE):  # the last of them has no name on record
        participants.seen(tx, HERE, UserId(user), f"Name {user}", at(0))
    for number, lesson in enumerate(lessons, start=1):
        posed = a_round(tx, session.id, number=number)
        recorded: list[ResponseId] = []
        for one in lesson.said:
            parent = recorded[-one.above] if 0 < one.above <= len(recorded) else None
            response, _ = responses.add(
                tx,
                HERE,
                round_id=posed.id,
                user_id=one.user,
                role=one.role,
                source=Source.REPLY if parent else Source.MODAL,
                parent_id=parent,
                stance=one.stance,
                body={"text": one.text},
                created_at=at(one.seconds),
            )
            recorded.append(response.id)
        for deed in lesson.deeds:
            if recorded:
                act(tx, recorded[deed.number % len(recorded)], deed)
        for place, response_id in enumerate(recorded[::2]):
            cited = [
                leant.Citation(1, 0, "So.", "", "", leant.Kind.QUOTE),
                leant.Citation(2, 0, "", "", "", leant.Kind.CHOSEN),
            ]
            citations.put(tx, HERE, response_id, cited[place % 2 :])
            endorsements.press(tx, HERE, response_id, UserId(90 + place), at(50))
        for user, stance, seconds in lesson.votes:
            votes.cast(tx, HERE, posed.id, user, stance, at(seconds))
        gaps.add(tx, HERE, posed.id, at(number), at(number + 1), "Restarted.")
        rounds.close(tx, HERE, posed.id, at(60), Closing.NEXT)
    return session.id


def act(tx: Transaction, response: ResponseId, deed: Deed) -> None:
    if deed.words is None:
        altering.withdraw(tx, HERE, response, at(70))
    else:
        altering.revise(tx, HERE, response, body={"text": deed.words}, stance=NO, at=at(65))


def expected_entries(tx: Transaction, posed: Round, scope: Scope, speakers: Mapping[UserId, Speaker]) -> list[Entry]:
    """The same, by walking down the tree of answers with the plain functions of the record."""
    recorded = sorted(responses.of_round(tx, HERE, posed.id), key=lambda response: response.id)
    by_id = {response.id: response for response in recorded}

    def line(response: Response) -> list[Response]:
        above = by_id[response.parent_id] if response.parent_id else None
        return [*line(above), response] if above else [response]

    threads: dict[ResponseId, list[Response]] = defaultdict(list)
    for response in recorded:
        threads[line(response)[0].id].append(response)
    return [
        Entry(
            response=response,
            round=posed,
            speaker=speakers[response.user_id],
            parent_speaker=speakers[by_id[response.parent_id].user_id] if response.parent_id else None,
            depth=len(line(response)) - 1,
            revisions=tuple(altering.revisions(tx, HERE, response.id)),
            citations=citations.of_response(tx, HERE, response.id),
            hidden_at=None,
            moved=endorsements.of_round(tx, HERE, posed.id).get(response.id, 0),
        )
        for root in sorted(threads)
        for response in threads[root]
        if is_told(scope, response.user_id, response.created_at)
    ]


def expected_votes(tx: Transaction, posed: Round, scope: Scope, speakers: Mapping[UserId, Speaker]) -> list[ToldVote]:
    held: dict[UserId, StanceId] = {}
    told: list[ToldVote] = []
    for vote in votes.history(tx, HERE, posed.id):
        if is_told(scope, vote.user_id, vote.at):
            told.append(ToldVote(posed, speakers[vote.user_id], vote.stance, held.get(vote.user_id), vote.at))
        held[vote.user_id] = vote.stance
    return told


def is_told(scope: Scope, user: UserId, written_at: datetime) -> bool:
    return scope.student in {None, user} and (scope.since is None or written_at >= scope.since)


def check(tx: Transaction, session: SessionId, scope: Scope) -> None:
    transcript = tell(tx, session, scope)
    head = transcript.head
    assert (head.session, head.scope) == (sessions.get(tx, HERE, session), scope)
    assert (head.time_zone, head.exported_at, head.version) == ("Europe/Berlin", at(99), "1.2")
    posed = [one for one in rounds.of_session(tx, HERE, session) if scope.round_number in {None, one.number}]
    assert [told.round for told in head.rounds] == posed
    appear: set[str] = set()
    for told in head.rounds:
        entries, taken = list(transcript.entries(told)), list(transcript.votes(told))
        assert entries == expected_entries(tx, told.round, scope, head.speakers) == list(transcript.entries(told))
        assert taken == expected_votes(tx, told.round, scope, head.speakers)
        assert (told.entries, told.votes) == (len(entries), len(taken))
        assert told.gaps == (Gap(told.round.id, at(told.round.number), at(told.round.number + 1), "Restarted."),)
        standing = votes.current(tx, HERE, told.round.id)
        assert told.tally == tally(told.round.prompt, standing, responses.counts(tx, HERE, told.round.id))
        appear |= {one.speaker.key for one in (*entries, *taken)}
        appear |= {entry.parent_speaker.key for entry in entries if entry.parent_speaker}
    assert sorted(appear) == sorted(speaker.key for speaker in head.speakers.values())
    check_speakers(tx, session, head.speakers, scope.names)


def check_speakers(tx: Transaction, session: SessionId, speakers: Mapping[UserId, Speaker], names: Names) -> None:
    assert [one.key for one in speakers.values()] == [f"s{number + 1}" for number in range(len(speakers))]
    labels = [one.label for one in speakers.values()]
    assert labels == sorted(set(labels))
    known = participants.names(tx, HERE) if names is Names.REAL else pseudonyms.of_session(tx, HERE, session)
    every = [one for posed in rounds.of_session(tx, HERE, session) for one in responses.of_round(tx, HERE, posed.id)]
    roles = {one.user_id: one.role for one in sorted(every, key=lambda one: one.id)}
    for user, speaker in speakers.items():
        assert speaker.user_id == (user if names is Names.REAL else None)
        assert speaker.role is roles.get(user, Role.STUDENT)
        if user in known:
            assert speaker.label == known[user]


def test_a_transcript_equals_a_simple_computation(tmp_path: Path) -> None:
    empty = tmp_path / "empty.sqlite3"

    async def make(path: Path, lessons: Sequence[Class] = ()) -> None:
        async with Store.open(path) as store:
            if lessons:
                session = await store.write(lambda tx: record(tx, lessons))
                await store.write(lambda tx: pseudonyms.assign(tx, HERE, session))

    asyncio.run(make(empty))

    @settings(max_examples=25, deadline=None)
    @given(st.lists(classes, min_size=1, max_size=3), st.lists(scopes, min_size=1, max_size=5))
    def run(lessons: list[Class], scopes: list[Scope]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "parley.sqlite3"
            path.write_bytes(empty.read_bytes())
            asyncio.run(make(path, lessons))
            with snapshot(path) as tx:
                for scope in (Scope(), *scopes):
                    check(tx, SessionId(1), scope)

    run()


async def test_whoever_has_no_pseudonym_is_lent_one_and_the_record_stays(store: Store) -> None:
    posed = await store.write(a_debate)
    await store.write(lambda tx: a_response(tx, posed.id))
    await store.write(lambda tx: pseudonyms.assign(tx, HERE, posed.session_id))
    await store.write(lambda tx: votes.cast(tx, HERE, posed.id, JUNO, NO, at(5)))

    def look(tx: Transaction) -> None:
        given = pseudonyms.of_session(tx, HERE, posed.session_id)
        assert given.keys() == {MINA}
        speakers = tell(tx, posed.session_id).head.speakers
        assert speakers[MINA].label == given[MINA] != speakers[JUNO].label

    await store.read(look)


async def test_a_hidden_response_is_told_with_its_words_and_when(store: Store) -> None:
    posed = await store.write(a_debate)
    response = await store.write(lambda tx: a_response(tx, posed.id))
    await store.write(lambda tx: tx.execute(update(table).values(hidden_at=at(7))))

    def look(tx: Transaction) -> None:
        transcript = tell(tx, posed.session_id)
        [entry] = transcript.entries(transcript.head.rounds[0])
        assert (entry.hidden_at, entry.response.hidden_at, entry.response.body) == (at(7), at(7), response.body)
        assert responses.get(tx, HERE, response.id) == entry.response

    await store.read(look)


async def test_a_transcript_of_another_guild_or_of_no_session_is_none(store: Store) -> None:
    posed = await store.write(a_debate)
    for guild, session in ((ELSEWHERE, posed.session_id), (HERE, SessionId(9))):
        told = await store.read(
            lambda tx, guild=guild, session=session: transcripts.transcript(
                tx, guild, session, scope=Scope(), time_zone="UTC", exported_at=at(0), version="1"
            )
        )
        assert told is None


async def much(path: Path, count: int) -> None:
    """So many responses, every third an answer to the last but one, every tenth with an earlier wording."""
    async with Store.open(path) as store:
        posed = await store.write(a_debate)
        common = {"guild_id": HERE, "round_id": posed.id, "role": "student", "source": "modal", "stance": "yes"}
        said = [
            common
            | {"user_id": 1 + number % 40, "body": {"claim": "word " * 20}, "created_at": at(number)}
            | {"parent_id": number - 1 if number % 3 == 0 else None, "root_id": number - 1 if number % 3 == 0 else None}
            | {"edited_at": at(number) if number % 10 == 0 else None}
            for number in range(1, count + 1)
        ]
        was = [
            {"guild_id": HERE, "response_id": number, "body": {"claim": "was"}, "replaced_at": at(number)}
            for number in range(10, count + 1, 10)
        ]
        cast = [
            {"guild_id": HERE, "round_id": posed.id, "user_id": 1 + number % 40, "stance": "yes", "at": at(number)}
            for number in range(count)
        ]
        for of, rows in ((table, said), (earlier, was), (taken, cast)):
            await store.write(lambda tx, of=of, rows=rows: tx.execute(insert(of), rows))


async def test_memory_does_not_grow_with_the_responses(tmp_path: Path) -> None:
    peaks: list[int] = []
    for count in (1_000, 10_000):
        path = tmp_path / f"{count}.sqlite3"
        await much(path, count)
        with snapshot(path) as tx:
            tracemalloc.start()
            transcript = tell(tx, SessionId(1))
            [told] = transcript.head.rounds
            assert sum(len(entry.revisions) for entry in transcript.entries(told)) == count // 10
            assert sum(1 for _ in transcript.votes(told)) == count
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < peaks[0] + 50_000


async def test_the_responses_come_from_an_index_in_their_order(store: Store) -> None:
    posed = await store.write(a_debate)

    def plans(tx: Transaction) -> list[str]:
        asked: list[tuple[str, Any]] = []
        transcript = tell(tx, posed.session_id)
        event.listen(tx, "before_cursor_execute", lambda *how: asked.append((how[2], how[3])))
        list(transcript.entries(transcript.head.rounds[0]))
        explained = [tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values) for query, values in tuple(asked)]
        return ["; ".join(step.detail for step in plan) for plan in explained]

    for plan in await store.read(plans):
        assert "ix_responses_told" in plan or "SEARCH endorsements" in plan  # of these there are few
        assert "TEMP B-TREE" not in plan
        assert "SCAN" not in plan
