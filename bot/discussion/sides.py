"""Assigned sides: who argues for what, and in which group. By lot, and fair.

A lot is drawn from a seed, so that it can be drawn again: the same people, sides and seed give the same places, in
whatever order the people are named.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from random import Random
from typing import TypeVar

from bot.discussion.ids import SideId, UserId
from bot.values import frozen

_Lot = TypeVar("_Lot", UserId, SideId, tuple[int, SideId])


class Reason(StrEnum):
    """Why somebody has a place: drawn by lot, come later, swapped sides, a mended group, or the teacher's word."""

    LOT = "lot"
    LATE = "late"
    SWAP = "swap"
    GROUP = "group"
    TEACHER = "teacher"


@frozen
class Place:
    """Where somebody was put: their side, and their group counted from 1; None where there are no groups."""

    user_id: UserId
    side: SideId
    group: int | None


def assign(
    people: Iterable[UserId], sides: Sequence[SideId], seed: int, *, group_size: int | None = None
) -> tuple[Place, ...]:
    """A place for everybody: sides balanced to within one, in the whole and in each group.

    Groups have the size asked for, or one more or less where the class does not come out even; a class too small
    for that is one group. With a size of 2 or more nobody is alone in a group, unless alone in the class.
    """
    lot = _lot(seed)
    drawn = _shuffled(people, lot)
    order = list(sides)
    lot.shuffle(order)
    seats = _seats(len(drawn), group_size) if group_size is not None else [None] * len(drawn)
    return tuple(
        # Sides go round the whole class: any run of neighbours, and so any group, is balanced too.
        Place(user, order[number % len(order)], group)
        for number, (user, group) in enumerate(zip(drawn, seats, strict=True))
    )


def place_latecomer(
    user_id: UserId,
    places: Collection[Place],
    sides: Sequence[SideId],
    seed: int,
    *,
    group_size: int | None = None,
    gone: Collection[UserId] = frozenset(),
) -> Place:
    """A place for somebody who comes later: on the smallest side, then in the smallest group, at random among equals.

    Places of people who are gone count as free. Who has a place already keeps it, also when they were gone. No new
    group is begun, since its first member would sit there alone: `regrouped` divides what has grown too large.
    """
    if (own := next((place for place in places if place.user_id == user_id), None)) is not None:
        return own
    present = [place for place in places if place.user_id not in gone]
    lot = _lot(seed, user_id)
    on_side = Counter(place.side for place in present)
    if group_size is None:
        return Place(user_id, min(_shuffled(sides, lot), key=lambda side: on_side[side]), None)
    in_group = Counter(_group(place) for place in present)
    in_both = Counter((_group(place), place.side) for place in present)

    def need(seat: tuple[int, SideId]) -> tuple[int, bool, int, int]:
        """The least is the neediest: the side in the class, a group without that side, the group, the side in it."""
        return on_side[seat[1]], bool(in_both[seat]), in_group[seat[0]], in_both[seat]

    group, side = min(_shuffled(((group, side) for group in in_group or (1,) for side in sides), lot), key=need)
    return Place(user_id, side, group)


def swapped(places: Iterable[Place], sides: Sequence[SideId]) -> tuple[Place, ...]:
    """Everybody on the next of the sides, the last on the first; in their group, and in the order given."""
    following = dict(zip(sides, (*sides[1:], *sides[:1]), strict=True))
    return tuple(replace(place, side=following[place.side]) for place in places)


def regrouped(
    places: Sequence[Place], seed: int, *, group_size: int, gone: Collection[UserId] = frozenset()
) -> tuple[Place, ...]:
    """The same places with groups mended, for between two phases: nobody changes sides, and good groups stay.

    A group that has become too small, or has one side only, joins the smallest other one; a group that has grown too
    large is divided, each part with more than one side. Where too few are left on one side for that, groups are
    larger. People who are gone keep what they had.
    """
    groups: dict[int, list[Place]] = {}
    for place in places:
        if place.user_id not in gone:
            groups.setdefault(_group(place), []).append(place)
    mixed = _sides_in(place for members in groups.values() for place in members) > 1
    _join(groups, max(2, group_size - 1), 2 if mixed else 1)
    newest = max((_group(place) for place in places), default=0)
    group_of: dict[UserId, int] = {}
    for group, members in sorted(groups.items()):
        for number, part in enumerate(_parts(members, group_size, seed, mixed=mixed)):
            newest += number > 0
            group_of.update((place.user_id, newest if number else group) for place in part)
    return tuple(replace(place, group=group_of.get(place.user_id, place.group)) for place in places)


def _join(groups: dict[int, list[Place]], least: int, least_sides: int) -> None:
    """Let each group that cannot stand alone join the smallest other one, while there is another."""

    def by_size(group: int) -> tuple[int, int]:
        return len(groups[group]), group

    while len(groups) > 1:
        weak = [group for group, members in groups.items() if len(members) < least or _sides_in(members) < least_sides]
        if not weak:
            return
        members = groups.pop(min(weak, key=by_size))
        groups[min(groups, key=by_size)] += members


def _parts(members: Sequence[Place], group_size: int, seed: int, *, mixed: bool) -> list[list[Place]]:
    """A group as it is, or divided where it is too large."""
    if len(members) <= group_size + 1:
        return [list(members)]
    on_side = Counter(place.side for place in members)
    drawn = _shuffled((place.user_id for place in members), _lot(seed))
    # Dealt out side by side, the largest last: so each part gets somebody of another side first.
    dealt = sorted(members, key=lambda place: (on_side[place.side], place.side, drawn.index(place.user_id)))
    count = _groups_for(len(members), group_size)
    if mixed:
        count = min(count, len(members) - max(on_side.values()))
    return [dealt[first::count] for first in range(count)]


def _sides_in(places: Iterable[Place]) -> int:
    return len({place.side for place in places})


def _seats(people: int, group_size: int) -> list[int]:
    """The group of each person in a row, in blocks that differ by one at most."""
    count = _groups_for(people, group_size)
    return [group + 1 for group in range(count) for _ in range((people + count - 1 - group) // count)]


def _groups_for(people: int, group_size: int) -> int:
    """How many groups come nearest to the size, none of them of one person where it can be helped."""
    return max(1, min((2 * people + group_size) // (2 * group_size), people // 2))


def _group(place: Place) -> int:
    return place.group or 1


def _lot(*seeds: int) -> Random:
    return Random(repr(seeds))  # noqa: S311 - fairness needs chance, not secrecy


def _shuffled(these: Iterable[_Lot], lot: Random) -> list[_Lot]:
    """In an order by lot that does not depend on the one given; each once."""
    drawn = sorted(set(these))
    lot.shuffle(drawn)
    return drawn
