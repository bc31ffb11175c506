"""Pseudonyms: one each, by lot, the same for as long as the session is kept."""

import asyncio
import re
import shutil
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discussion.ids import ChannelId, SideId, UserId
from bot.discussion.pseudonyms import draw
from bot.discussion.sides import Place, Reason
from bot.storage import Store, Transaction, places, pseudonyms, votes

from .samples import HERE, JUNO, MINA, YES, a_debate, a_response, a_round, a_session, at


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60), st.randoms(use_true_random=False))
def test_pseudonyms_are_two_plain_words_and_no_two_are_alike(before: int, count: int, lot: Random) -> None:
    taken = set(draw(before, (), lot.randrange))
    drawn = draw(count, taken, lot.randrange)
    assert len({*drawn, *taken}) == before + count
    assert all(re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", pseudonym) for pseudonym in drawn)


def test_the_lot_alone_decides() -> None:
    assert draw(3, (), lambda _: 0) == draw(3, (), lambda _: 0)
    assert draw(1, (), lambda _: 0) != draw(1, (), lambda below: below - 1)
    assert draw(1, set(draw(1, (), lambda _: 0)), lambda _: 0) != draw(1, (), lambda _: 0)


def test_beyond_all_pairs_of_words_they_are_numbered() -> None:
    drawn = draw(15_000, (), lambda _: 0)
    assert len(set(drawn)) == 15_000
    plain = [pseudonym for pseudonym in drawn if not pseudonym[-1].isdigit()]
    assert drawn[: len(plain)] == plain
    assert len(plain) >= 3_600
    assert len({pseudonym.split()[0] for pseudonym in plain}) >= 60
    assert len({pseudonym.split()[1] for pseudonym in plain}) >= 60
    assert {pseudonym.split()[2] for pseudonym in drawn[len(plain) : 2 * len(plain)]} == {"2"}


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 40), st.sets(st.integers(0, 5000), min_size=100, max_size=120), st.randoms(use_true_random=False))
def test_every_lot_gives_another_one_whoever_has_come_before(before: int, numbers: set[int], lot: Random) -> None:
    """So an even lot makes every free pseudonym as likely as any other: neither the order nor who came first tells."""
    taken = set(draw(before, (), lot.randrange))
    drawn = [draw(1, taken, lambda _, number=number: number)[0] for number in numbers]
    assert len({*drawn, *taken}) == len(numbers) + before


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_a_crowd_that_comes_bit_by_bit_is_told_apart(empty_record: Path, sizes: list[int], lot: Random) -> None:
    """Up to two thousand people, in any order: each has one, no two the same, and nobody's changes."""
    people = [UserId(number) for number in range(1, sum(sizes) + 1)]
    lot.shuffle(people)

    async def come() -> None:
        with TemporaryDirectory() as folder:
            async with Store.open(Path(shutil.copy(empty_record, Path(folder) / "parley.sqlite3"))) as store:
                session = await store.write(lambda tx: a_session(tx).id)
                known, came = dict[UserId, str](), list(people)
                for size in sizes:
                    now = [came.pop() for _ in range(size)]
                    await store.write(lambda tx, now=now: pseudonyms.give(tx, HERE, session, now))
                    given = await store.read(lambda tx: pseudonyms.of_session(tx, HERE, session))
                    assert known.items() <= given.items()
                    assert len(set(given.values())) == len(given) == len(known) + size
                    known = given

    asyncio.run(come())


async def test_everybody_who_took_part_is_given_one_once(store: Store) -> None:
    posed = await store.write(a_debate)
    await store.write(lambda tx: a_response(tx, posed.id))
    await store.write(lambda tx: votes.cast(tx, HERE, posed.id, JUNO, YES, at(1)))

    def assign(tx: Transaction) -> dict[UserId, str]:
        pseudonyms.assign(tx, HERE, posed.session_id)
        return pseudonyms.of_session(tx, HERE, posed.session_id)

    first = await store.write(assign)
    assert first.keys() == {MINA, JUNO}
    for user in range(1, 200):
        await store.write(lambda tx, user=user: votes.cast(tx, HERE, posed.id, UserId(user), YES, at(1)))
    second = await store.write(assign)
    assert second.keys() == {MINA, JUNO, *map(UserId, range(1, 200))}
    assert len(set(second.values())) == len(second)
    assert first.items() <= second.items()
    # By lot: neither in the order of their coming nor in that of their ids, and different another time.
    assert list(second.values()) != sorted(second.values())
    assert await store.write(assign) == second


async def test_who_was_only_assigned_a_side_is_given_one_too(store: Store) -> None:
    posed = await store.write(a_debate)
    place = Place(JUNO, SideId("yes"), None)
    await store.write(lambda tx: places.put(tx, HERE, posed.id, [place], at(1), Reason.LOT))
    await store.write(lambda tx: pseudonyms.assign(tx, HERE, posed.session_id))
    assert (await store.read(lambda tx: pseudonyms.of_session(tx, HERE, posed.session_id))).keys() == {JUNO}


async def test_another_session_gives_others(store: Store) -> None:
    def debate(tx: Transaction, number: int) -> dict[UserId, str]:
        posed = a_round(tx, a_session(tx, channel=ChannelId(number)).id)
        for user in range(9):
            votes.cast(tx, HERE, posed.id, UserId(user), YES, at(1))
        pseudonyms.assign(tx, HERE, posed.session_id)
        return pseudonyms.of_session(tx, HERE, posed.session_id)

    first = await store.write(lambda tx: debate(tx, 1))
    second = await store.write(lambda tx: debate(tx, 2))
    assert first.keys() == second.keys()
    assert first != second
