"""Somebody is erased: no byte of the record has their id, their name or their words, and the class's record stands."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, update

from bot.discussion.ids import ChannelId, GuildId, MessageId, RoundId, SideId, UserId
from bot.discussion.leaving import NOBODY, has_left
from bot.discussion.sides import Place, Reason
from bot.discussion.transcript import Names, Scope
from bot.discussion.values import Attachment, Closing, Response, Round, Source
from bot.storage import (
    Store,
    Transaction,
    altering,
    audits,
    consents,
    endorsements,
    keeping,
    leaving,
    listed_words,
    mutes,
    notes,
    outdated,
    participants,
    places,
    pseudonyms,
    recording,
    reminders,
    removals,
    reports,
    responses,
    rounds,
    schedules,
    sessions,
    transcripts,
    unnaming,
    uploads,
    votes,
)
from bot.storage.backup import back_up
from bot.storage.columns import AttachmentsJson, BodyJson, PlainText
from bot.storage.connect import driver_of
from bot.storage.schema import askings, citations, metadata
from bot.storage.schema import reports as reported
from bot.storage.snapshot import snapshot

from .samples import ELSEWHERE, HERE, JUNO, MINA, NO, YES, a_response, a_round, a_session, at

LEA = UserId(1_310_000_000_777_123_457)
NAME = "Léa Zanzibar"
WORDS = "zebracorn"
"""Stands in everything that Lea writes, or that is written about her by way of a reason."""

NOT_OF_PEOPLE = {
    "schedules.title", "schedules.reason", "gaps.reason", "uploads.source", "citations.prefix", "citations.suffix",
}  # fmt: skip
"""Texts that nobody's own words or name get into."""


def traces(folder: Path) -> list[str]:
    """Where anything of Lea lies on the disk: as text, and as SQLite keeps whole numbers."""
    sought = {
        "id": str(LEA).encode(),
        **{f"id as a number, {place}": bytes_ for place, bytes_ in enumerate(integers(LEA))},
        "name": NAME.encode(),
        "name as utf-16": NAME.encode("utf-16-le"),
        "name as an escape": NAME.encode("ascii", "backslashreplace"),
        "words": WORDS.encode(),
    }
    return [
        f"{what} in {file.name}"
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        for what, bytes_ in sought.items()
        if bytes_ in file.read_bytes()
    ]


def integers(number: int) -> tuple[bytes, ...]:
    """How a file may hold a whole number: eight bytes in either order, and as SQLite writes the key of a row.

    Of more than 56 bits that is eight bytes of seven bits with a mark, and one whole byte.
    """
    high, low = number >> 8, number & 0xFF
    key = bytes((high >> (7 * place)) & 0x7F | 0x80 for place in range(7, -1, -1)) + bytes([low])
    return number.to_bytes(8, "big"), number.to_bytes(8, "little"), key


def close(tx: Transaction, found: Round) -> None:
    rounds.close(tx, found.guild_id, found.id, at(90), Closing.CLOSE)
    sessions.close(tx, found.guild_id, found.session_id, at(90))


def a_debate_with_lea(tx: Transaction, channel: int, guild: GuildId = HERE) -> Round:
    """In which she, Mina and Juno do everything that there is to do."""
    found = a_round(tx, a_session(tx, guild, ChannelId(channel)).id, guild)
    message = MessageId(channel * 1000)
    for user, name in ((LEA, NAME), (MINA, "Mina"), (JUNO, "Juno")):
        consents.agree(tx, guild, user, name, at(0))
        recording.seen(tx, guild, {user: name}, at(0))
        votes.cast(tx, guild, found.id, user, YES, at(0))
    recording.add_votes(
        tx,
        guild,
        found.id,
        [recording.NewVote(user, stance, at(1), 0, secret=True) for user, stance in ((LEA, NO), (MINA, YES))],
    )
    places.put(tx, guild, found.id, [Place(LEA, SideId("yes"), 1), Place(MINA, SideId("no"), 1)], at(1), Reason.LOT)
    hers = a_response(tx, found.id, guild, user=LEA, words=f"{WORDS} first", message=message)
    altering.revise(
        tx,
        guild,
        hers.id,
        body={"claim": f"{WORDS} " * 40},
        stance=NO,
        at=at(2),
        attachments=(Attachment(f"{WORDS}.png", None, 1),),
    )
    reply = a_response(tx, found.id, guild, user=MINA, words=f"No, <@{LEA}>, and @{NAME}!", parent=hers.id)
    altering.revise(tx, guild, reply.id, body={"claim": f"Well, <@!{LEA}>."}, stance=NO, at=at(3))
    a_response(tx, found.id, guild, user=LEA, words=f"{WORDS} again", parent=reply.id, source=Source.REPLY)
    a_response(
        tx, found.id, guild, user=LEA, words=f"{WORDS} typed", source=Source.MESSAGE, message=MessageId(message + 1)
    )
    withdrawn = a_response(tx, found.id, guild, user=LEA, words=f"{WORDS} withdrawn")
    altering.withdraw(tx, guild, withdrawn.id, at(4), keep=True)
    moving = a_response(tx, found.id, guild, user=JUNO, words="A point.")
    endorsements.add(tx, guild, moving.id, LEA, at(4))
    endorsements.add(tx, guild, moving.id, MINA, at(4))
    a_response(tx, found.id, guild, user=LEA, words=f"{WORDS} privately", source=Source.REFLECTION)
    shared = a_response(tx, found.id, guild, user=MINA, words="We hold", source=Source.STATEMENT)
    altering.revise(tx, guild, shared.id, body={"text": "We both hold"}, stance=None, at=at(5), by=LEA)
    altering.revise(tx, guild, shared.id, body={"text": "We all hold"}, stance=None, at=at(6), by=MINA)
    altering.revise(tx, guild, shared.id, body={"text": "We hold this"}, stance=None, at=at(7), by=LEA)
    a_response(tx, found.id, guild, user=LEA, words=f"{WORDS} alone", source=Source.STATEMENT)
    reports.add(tx, guild, moving.id, LEA, reason=f"{WORDS}, I say", at=at(8))
    reports.add(tx, guild, hers.id, MINA, reason=f"{NAME} said {WORDS}", at=at(8))
    reports.add(tx, guild, reply.id, JUNO, reason=f"rude to <@{LEA}>", at=at(8))
    tx.execute(update(reported).where(reported.c.user_id == JUNO).values(settled_by=LEA, settled_at=at(9)))
    removals.put(tx, guild, hers.id, removed_by=MINA, reason=f"{WORDS} is no word", at=at(9))
    removals.put(tx, guild, reply.id, removed_by=LEA, reason=f"rude to @{NAME}", at=at(9))
    mutes.begin(tx, guild, found.session_id, LEA, muted_by=MINA, reason=WORDS, at=at(9))
    mutes.begin(tx, guild, found.session_id, JUNO, muted_by=LEA, reason=f"<@{LEA}> asked for it", at=at(9))
    keeping.put_aside(tx, guild, reply.id, [{"text": f"<@{LEA}>, once more"}], at(9))
    asked = {"guild_id": guild, "round_id": found.id, "reason": "why", "at": at(9)}
    tx.execute(insert(askings).values(**asked, user_id=LEA, response_id=hers.id, question=f"Why {WORDS}?"))
    tx.execute(insert(askings).values(**asked, user_id=MINA, response_id=reply.id, question=f"Is <@{LEA}> right?"))
    cited = {"guild_id": guild, "paragraph": 1, "start": 0, "prefix": "", "suffix": "", "kind": "quote"}
    tx.execute(insert(citations).values(**cited, response_id=hers.id, exact=WORDS))
    pseudonyms.assign(tx, guild, found.session_id)
    about = {"student": str(LEA), "name": NAME, "reason": f"for <@{LEA}>"}
    for user in (LEA, MINA):
        audits.add(
            tx, guild, user_id=user, at=at(9), action="transcript.export", session_id=found.session_id, details=about
        )
    return found


def a_guild_with_lea(tx: Transaction, guild: GuildId = HERE) -> tuple[Round, Round]:
    """A debate that is over and one that runs, and all else that a guild keeps."""
    over, running = a_debate_with_lea(tx, 5, guild), a_debate_with_lea(tx, 6, guild)
    close(tx, over)
    reminders.put(tx, guild, LEA, at(1), wanted=True)
    listed_words.add(tx, guild, "rude", added_by=LEA, at=at(1))
    uploads.add(tx, guild, slug="ours", source="title: Ours", uploaded_by=LEA, uploaded_at=at(1))
    tx.execute(update(metadata.tables["sessions"]).where(sessions_of(guild)).values(started_by=LEA))
    schedules.add(
        tx, guild, channel_id=ChannelId(5), starts_at=at(9999), title="A set", set_slug="a-set", prompt_id=None,
        format=None, minutes=None, scheduled_by=LEA, scheduled_at=at(1),
    )  # fmt: skip
    return over, running


def sessions_of(guild: GuildId):  # noqa: ANN201 - a condition of SQLAlchemy's
    return metadata.tables["sessions"].c.guild_id == guild


def erase(tx: Transaction, guild: GuildId = HERE) -> leaving.Left | None:
    return leaving.erase(tx, guild, LEA, at(100), unnaming.mentions(tx, unnaming.of(tx, guild, LEA)))


def values_of(path: Path, column: str) -> list[object]:
    table, name = column.split(".")
    with closing(sqlite3.connect(path)) as outside:
        return [row[0] for row in outside.execute(f"SELECT {name} FROM {table}")]


def columns_with_people() -> Iterator[str]:
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.name == "user_id" or column.name.endswith("_by"):
                yield f"{table.name}.{column.name}"


def columns_with_words() -> Iterator[str]:
    for table in metadata.sorted_tables:
        for column in table.columns:
            name = f"{table.name}.{column.name}"
            if isinstance(column.type, BodyJson | PlainText | AttachmentsJson) and name not in NOT_OF_PEOPLE:
                yield name


async def test_the_guild_of_these_tests_has_lea_in_every_column_that_can_hold_somebody(
    store: Store, path: Path
) -> None:
    await store.write(a_guild_with_lea)
    for column in columns_with_people():
        assert LEA in values_of(path, column), f"{column} is not tried"
    for column in columns_with_words():
        held = " ".join(str(value) for value in values_of(path, column))
        assert any(trace in held for trace in (WORDS, NAME, str(LEA))), f"{column} is not tried"


async def test_nothing_of_somebody_erased_lies_on_the_disk(path: Path, tmp_path: Path) -> None:
    async with Store.open(path) as store:
        await store.write(a_guild_with_lea)
    async with Store.open(path) as store:
        left = await store.write(erase)
        assert left is not None
        await store.write(lambda tx: notes.put(tx, "later", "work"))
        assert traces(path.parent) == [], "beside the running bot"
        back_up(path, tmp_path / "backup.sqlite3", on_progress=lambda _done, _all: None)
        assert await store.read(lambda tx: unnaming.mentions(tx, unnaming.Named(HERE, LEA, NAME))) == unnaming.NONE
    assert traces(tmp_path) == [], "after it has stopped, and in a later backup"
    async with Store.open(path) as store:
        assert await store.write(erase) is None, "there is nothing left to erase"


async def test_the_record_of_the_class_stands(store: Store) -> None:
    over, running = await store.write(a_guild_with_lea)
    before = await store.read(lambda tx: responses.of_round(tx, HERE, over.id))
    tally = await store.read(lambda tx: sorted(votes.of_phase(tx, HERE, over.id, 0).values()))
    await store.write(erase)

    def look(tx: Transaction) -> None:
        after = responses.of_round(tx, HERE, over.id)
        assert [(one.id, one.parent_id, one.created_at) for one in after] == [
            (one.id, one.parent_id, one.created_at) for one in before
        ]
        for was, now in zip(before, after, strict=True):
            _stands(was, now)
        assert sorted(votes.of_phase(tx, HERE, over.id, 0).values()) == tally
        assert len(votes.of_phase(tx, HERE, running.id, 0)) == 2, "who comes back may vote anew"
        assert places.of_round(tx, HERE, running.id).keys() == {MINA}
        assert len(places.of_round(tx, HERE, over.id)) == 2
        assert not consents.of(tx, HERE, LEA).agreed_at
        assert set(participants.names(tx, HERE)) == {MINA, JUNO}
        assert [entry.user_id for entry in audits.recent(tx, HERE, "transcript.export", 9)].count(NOBODY) == 2

    await store.read(look)


def _stands(was: Response, now: Response) -> None:
    if was.user_id != LEA:
        assert now.user_id == was.user_id
        assert now.body.keys() == was.body.keys()
        assert "@somebody" in str(now.body) or now.body == was.body
        return
    assert has_left(now.user_id)
    assert (now.body, now.stance, now.attachments, now.edited_at) == ({}, None, (), None)
    assert now.withdrawn_at is not None


async def test_nothing_links_two_sessions_nor_votes_to_words(store: Store) -> None:
    over, running = await store.write(a_guild_with_lea)
    await store.write(erase)

    def numbers(tx: Transaction, of: RoundId) -> tuple[set[UserId], set[UserId]]:
        cast = votes.of_phase(tx, HERE, of, 0).keys() | votes.current(tx, HERE, of).keys()
        return (
            {user for user in responses.people(tx, HERE, of) if has_left(user)},
            {user for user in cast if has_left(user)},
        )

    words, cast = await store.read(lambda tx: numbers(tx, over.id))
    words_there, cast_there = await store.read(lambda tx: numbers(tx, running.id))
    assert len(words) == len(cast) == len(words_there) == 1
    assert not cast_there
    assert len(words | cast | words_there) == 3


async def test_what_a_group_wrote_together_stays_and_what_she_wrote_alone_goes(store: Store) -> None:
    over, _ = await store.write(a_guild_with_lea)
    left = await store.write(erase)
    assert left is not None
    assert left.together == 2

    def look(tx: Transaction) -> list[str]:
        entries = responses.of_round(tx, HERE, over.id)
        return [str(dict(one.body)) for one in entries if one.source is Source.STATEMENT]

    assert await store.read(look) == ["{'text': 'We hold this'}", "{}"]


async def test_posts_of_hers_and_those_that_quote_or_mention_her_are_out_of_date(store: Store) -> None:
    over, _ = await store.write(a_guild_with_lea)

    def forget(tx: Transaction) -> None:
        tx.execute(metadata.tables["outdated"].delete())

    await store.write(forget)
    await store.write(erase)
    marked = {post.response_id for post in await store.read(outdated.waiting) if post.round_id == over.id}
    entries = await store.read(lambda tx: responses.of_round(tx, HERE, over.id))
    gone = {one.id for one in entries if has_left(one.user_id) and one.withdrawn_at == at(100)}
    replies = {one.id for one in entries if one.user_id == MINA and "@somebody" in str(one.body)}
    shown = {one.id for one in entries if one.source is not Source.REFLECTION}
    assert marked >= (gone | replies) & shown
    assert None in marked, "the count of a closed round"


@pytest.mark.parametrize("names", Names)
async def test_a_transcript_tells_of_somebody_who_left(store: Store, path: Path, names: Names) -> None:
    over, _ = await store.write(a_guild_with_lea)
    await store.write(erase)
    with snapshot(path) as tx:
        told = transcripts.transcript(
            tx, HERE, over.session_id, scope=Scope(names), time_zone="UTC", exported_at=at(200), version="1"
        )
        assert told is not None
        speakers = list(told.head.speakers.values())
        entries = [entry for each in told.head.rounds for entry in told.entries(each)]
    assert all(speaker.user_id != LEA and speaker.label != NAME for speaker in speakers)
    assert all(speaker.user_id is None or not has_left(speaker.user_id) for speaker in speakers)
    if names is Names.REAL:
        assert {"Mina", "Juno", "Somebody who left"} == {speaker.label for speaker in speakers}
    assert WORDS not in str(entries)


async def test_other_guilds_and_other_people_keep_theirs(store: Store, path: Path) -> None:
    await store.write(a_guild_with_lea)
    await store.write(lambda tx: a_guild_with_lea(tx, ELSEWHERE))
    with closing(sqlite3.connect(path)) as outside:
        before = [row for row in outside.iterdump() if str(ELSEWHERE) in row and "notes" not in row]
    await store.write(erase)
    with closing(sqlite3.connect(path)) as outside:
        assert [row for row in outside.iterdump() if str(ELSEWHERE) in row and "notes" not in row] == before


async def test_mentions_written_meanwhile_are_found_the_second_time(store: Store, path: Path) -> None:
    over, _ = await store.write(a_guild_with_lea)
    named = await store.read(lambda tx: unnaming.of(tx, HERE, LEA))
    await store.write(lambda tx: leaving.erase(tx, HERE, LEA, at(100)))
    assert traces(path.parent) != []
    since = await store.read(lambda tx: unnaming.mentions(tx, named))
    assert since
    assert await store.write(lambda tx: leaving.forget_mentions(tx, named, since)) == 2
    await store.write(lambda tx: notes.put(tx, "later", "work"))
    assert traces(path.parent) == []
    assert over.id


async def test_erasing_asks_for_rows_by_an_index(store: Store, path: Path) -> None:
    await store.write(a_guild_with_lea)
    asked: list[str] = []

    def work(tx: Transaction) -> None:
        driver = driver_of(tx)
        driver.set_trace_callback(asked.append)
        try:
            leaving.erase(tx, HERE, LEA, at(100))
        finally:
            driver.set_trace_callback(None)

    await store.write(work)
    big = ("responses", "revisions", "votes", "places")
    with closing(sqlite3.connect(path)) as outside:
        for query in asked:
            if not query.startswith(("SELECT", "UPDATE", "DELETE", "INSERT")):
                continue
            for row in outside.execute(f"EXPLAIN QUERY PLAN {query}"):
                assert not any(row[3].startswith(f"SCAN {table}") for table in big), (row[3], query)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), lines=st.integers(200, 900))
async def test_no_copy_is_left_in_a_page_that_was_parted(
    tmp_path_factory: pytest.TempPathFactory, seed: int, lines: int
) -> None:
    folder = tmp_path_factory.mktemp("parted")
    path, lot = folder / "parley.sqlite3", random.Random(seed)

    def talk(tx: Transaction) -> None:
        found = a_round(tx, a_session(tx).id)
        people = [LEA, *(UserId(LEA - lot.randrange(10**12)) for _ in range(30))]
        ids: list[tuple[UserId, Response]] = []
        for number in range(lines):
            user = lot.choice(people)
            recording.seen(tx, HERE, {user: NAME if user == LEA else f"Student {number}"}, at(number))
            words = (WORDS if user == LEA else "something else") * lot.randrange(1, 30)
            ids.append((user, a_response(tx, found.id, user=user, words=words, seconds=lot.randrange(900))))
            whose, changed = lot.choice(ids)
            longer = (WORDS if whose == LEA else "something new") * lot.randrange(1, 60)
            altering.revise(tx, HERE, changed.id, body={"claim": longer}, stance=YES, at=at(number))

    async with Store.open(path) as store:
        await store.write(talk)
        await store.write(erase)
        await store.write(lambda tx: notes.put(tx, "later", "work"))
        assert traces(folder) == []
