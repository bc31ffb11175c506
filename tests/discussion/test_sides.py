"""Sides by lot: fair for every class, and the same when drawn again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discussion.ids import SideId, UserId
from bot.discussion.sides import Place, assign, place_latecomer, regrouped, swapped

CHINA, EUROPE, BOTH = SideId("china"), SideId("europe"), SideId("both")
TWO = (CHINA, EUROPE)
classes = st.lists(st.integers(1, 10**6).map(UserId), unique=True, max_size=40)
seeds = st.integers(0, 2**63)
some_sides = st.lists(st.sampled_from([CHINA, EUROPE, BOTH, SideId("x"), SideId("y")]), min_size=2, unique=True)


def spread(places: Iterable[Place], sides: Sequence[SideId]) -> int:
    on_side = Counter(place.side for place in places)
    return max(on_side[side] for side in sides) - min(on_side[side] for side in sides)


def groups_of(places: Iterable[Place]) -> dict[int, list[SideId]]:
    groups: dict[int, list[SideId]] = {}
    for place in places:
        assert place.group is not None
        groups.setdefault(place.group, []).append(place.side)
    return groups


@given(classes, some_sides, seeds, st.none() | st.integers(2, 6))
@settings(deadline=None)
def test_everybody_gets_one_place_and_the_sides_are_balanced(
    people: list[UserId], sides: list[SideId], seed: int, size: int | None
) -> None:
    places = assign(people, sides, seed, group_size=size)
    assert sorted(place.user_id for place in places) == sorted(people)
    assert spread(places, sides) <= 1
    if size is None:
        assert {place.group for place in places} <= {None}
    else:
        for members in groups_of(places).values():
            counts = Counter(members)
            assert max(counts[side] for side in sides) - min(counts[side] for side in sides) <= 1


@given(classes, some_sides, seeds)
@settings(deadline=None)
def test_groups_of_four_are_three_to_five_with_more_than_one_side(
    people: list[UserId], sides: list[SideId], seed: int
) -> None:
    groups = groups_of(assign(people, sides, seed, group_size=4))
    assert sorted(groups) == list(range(1, len(groups) + 1))
    sizes = [len(members) for members in groups.values()]
    if len(people) < 3:
        assert sizes == ([len(people)] if people else [])
    else:
        assert all(3 <= size <= 5 for size in sizes)
        assert max(sizes) - min(sizes) <= 1
    if len(people) > 1:
        assert all(len(set(members)) > 1 for members in groups.values())


@pytest.mark.parametrize(
    ("people", "sizes"), [(4, [4]), (5, [5]), (6, [3, 3]), (13, [4, 4, 5]), (30, [3, 3, 4, 4, 4, 4, 4, 4])]
)
def test_classes_come_out_as_near_to_four_as_they_can(people: int, sizes: list[int]) -> None:
    groups = groups_of(assign(map(UserId, range(people)), TWO, 7, group_size=4))
    assert sorted(map(len, groups.values())) == sizes
    assert all(Counter(members) == {CHINA: 2, EUROPE: 2} for members in groups.values() if len(members) == 4)


@given(classes, st.randoms(use_true_random=False), seeds)
@settings(deadline=None)
def test_the_order_of_names_changes_nothing(people: list[UserId], other: Random, seed: int) -> None:
    places = assign(people, TWO, seed, group_size=4)
    shuffled = [*people, *people[:3]]
    other.shuffle(shuffled)
    assert assign(shuffled, TWO, seed, group_size=4) == places


def test_other_seeds_are_other_lots_and_fair_ones() -> None:
    people = [UserId(number) for number in range(9)]
    lots = [assign(people, TWO, seed) for seed in range(400)]
    assert len({frozenset(lot) for lot in lots}) > 200
    for person in people:  # each stands on either side in about half of the lots
        on_china = sum(place.side == CHINA for lot in lots for place in lot if place.user_id == person)
        assert 150 < on_china < 250
    odd = sum(Counter(place.side for place in lot)[CHINA] == 5 for lot in lots)
    assert 150 < odd < 250


def test_a_lot_is_the_same_on_every_machine_and_in_every_year() -> None:
    places = assign(map(UserId, range(1, 7)), TWO, 2026, group_size=4)
    first = [(place.user_id, place.side) for place in places if place.group == 1]
    second = [(place.user_id, place.side) for place in places if place.group == 2]
    assert first == [(2, EUROPE), (4, CHINA), (3, EUROPE)]
    assert second == [(1, CHINA), (6, EUROPE), (5, CHINA)]


@given(classes, some_sides, seeds, st.none() | st.just(4), st.data())
@settings(deadline=None, max_examples=60)
def test_latecomers_and_leavers_keep_the_balance(
    people: list[UserId], sides: list[SideId], seed: int, size: int | None, data: st.DataObject
) -> None:
    places = list(assign(people, sides, seed, group_size=size))
    gone: set[UserId] = set()
    for number in range(data.draw(st.integers(1, 30))):
        present = [place for place in places if place.user_id not in gone]
        if present and data.draw(st.booleans()):
            gone.add(data.draw(st.sampled_from(present)).user_id)
            continue
        before = spread(present, sides)
        place = place_latecomer(UserId(-number - 1), places, sides, seed, group_size=size, gone=gone)
        assert place.side in sides
        assert (place.group is None) == (size is None)
        assert spread([*present, place], sides) <= max(before, 1)
        if present and size:  # never alone in a group that the others have left, never in a larger one than need be
            groups = groups_of(present)
            assert place.group in groups
        places.append(place)


def test_a_class_that_comes_one_by_one_is_balanced_at_every_moment() -> None:
    places: list[Place] = []
    for number in range(30):
        places.append(place_latecomer(UserId(number), places, TWO, 5, group_size=4))
        assert spread(places, TWO) <= 1
        places = list(regrouped(places, 5, group_size=4))
        groups = groups_of(places)
        assert all(3 <= len(members) <= 5 and len(set(members)) == 2 for members in groups.values()) or number < 2
    assert [place.user_id for place in places] == list(range(30))


def test_latecomers_fill_the_smallest_group_and_the_places_of_people_who_left() -> None:
    places = assign(map(UserId, range(1, 13)), TWO, 3, group_size=4)
    left = next(place for place in places if place.group == 2)
    late = place_latecomer(UserId(99), places, TWO, 3, group_size=4, gone={left.user_id})
    assert late == Place(UserId(99), left.side, 2)


def test_of_even_groups_the_smaller_one_is_filled_first() -> None:
    seats = [(CHINA, 1), (EUROPE, 1), (CHINA, 1), (EUROPE, 1), (CHINA, 2), (EUROPE, 2), (CHINA, 3), (EUROPE, 3)]
    places = [Place(UserId(number), side, group) for number, (side, group) in enumerate([*seats, (CHINA, 3)], 1)]
    for seed in range(20):
        assert place_latecomer(UserId(99), places, TWO, seed, group_size=4) == Place(UserId(99), EUROPE, 2)


def test_a_group_that_has_one_side_only_gets_the_other_before_smaller_groups_do() -> None:
    seats = [(CHINA, 1), (CHINA, 1), (CHINA, 1), (CHINA, 1), (CHINA, 2), (EUROPE, 2), (EUROPE, 2)]
    places = [Place(UserId(number), side, group) for number, (side, group) in enumerate(seats)]
    assert place_latecomer(UserId(99), places, TWO, 1, group_size=4) == Place(UserId(99), EUROPE, 1)


def test_who_has_a_place_keeps_it() -> None:
    places = assign(map(UserId, range(1, 6)), TWO, 3, group_size=4)
    for place in places:
        assert place_latecomer(place.user_id, places, TWO, 9, group_size=4, gone={place.user_id}) == place


def test_latecomers_to_even_sides_are_not_all_sent_to_the_same() -> None:
    places = assign(map(UserId, range(1, 5)), TWO, 1)
    sides = Counter(place_latecomer(UserId(number), places, TWO, 1).side for number in range(100, 300))
    assert min(sides[side] for side in TWO) > 60


@given(classes, some_sides, seeds)
@settings(deadline=None)
def test_swapping_as_often_as_there_are_sides_changes_nothing(
    people: list[UserId], sides: list[SideId], seed: int
) -> None:
    places = assign(people, sides, seed, group_size=4)
    moved = places
    for _ in sides:
        before, moved = moved, swapped(moved, sides)
        assert all(old.side != new.side for old, new in zip(before, moved, strict=True))
        assert [(old.user_id, old.group) for old in before] == [(new.user_id, new.group) for new in moved]
    assert moved == places


def test_two_swaps_of_two_sides_are_none() -> None:
    places = assign(map(UserId, range(13)), TWO, 4, group_size=4)
    assert swapped(swapped(places, TWO), TWO) == places


@given(
    st.lists(st.tuples(st.sampled_from(TWO), st.integers(1, 9)), max_size=40),
    st.sets(st.integers(0, 39)),
    seeds,
)
@settings(deadline=None)
def test_mended_groups_are_good_ones_and_nobody_changes_sides(
    seats: list[tuple[SideId, int]], away: set[int], seed: int
) -> None:
    places = [Place(UserId(number), side, group) for number, (side, group) in enumerate(seats)]
    gone = {UserId(number) for number in away}
    mended = regrouped(places, seed, group_size=4, gone=gone)
    assert [(place.user_id, place.side) for place in mended] == [(place.user_id, place.side) for place in places]
    assert [place for place in mended if place.user_id in gone] == [place for place in places if place.user_id in gone]
    present = [place for place in mended if place.user_id not in gone]
    groups = groups_of(present)
    rarest = min(Counter(place.side for place in present)[side] for side in TWO)
    for members in groups.values():
        assert len(members) >= min(3, len(present))
        assert len(set(members)) == min(2, 1 + rarest)
        # Larger only where somebody would be left without anybody of the other side.
        assert len(members) <= 5 or min(Counter(members)[side] for side in TWO) == 1
    assert regrouped(mended, seed, group_size=4, gone=gone) == mended


def test_good_groups_stay_while_others_are_mended() -> None:
    places = assign(map(UserId, range(12)), TWO, 8, group_size=4)
    first = [place for place in places if place.group == 1]
    third = [place for place in places if place.group == 3]
    mended = regrouped(places, 8, group_size=4, gone={place.user_id for place in first[:3]})
    assert set(third) <= set(mended)
    assert regrouped(places, 8, group_size=4) == places
