"""How many of those whom a response moved changed sides, and when that is not told."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.discussion.ids import ResponseId, RoundId, StanceId, UserId
from bot.discussion.swaying import FEWEST, Endorsement, Swayed, swayed
from bot.discussion.values import Vote

YES, NO = StanceId("yes"), StanceId("no")
POINT = ResponseId(7)


def at(minute: int) -> datetime:
    return datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(minutes=minute)


def vote(user: int, stance: StanceId, minute: int) -> Vote:
    return Vote(RoundId(1), UserId(user), stance, at(minute))


def moved(*users: int) -> list[Endorsement]:
    return [Endorsement(POINT, at(5), UserId(user)) for user in users]


def changed(*users: int, to: StanceId = NO, then: int = 6) -> list[Vote]:
    """They hold yes before the point is written, and later the other."""
    first = [vote(user, YES, 1) for user in users]
    return [*first, *[vote(user, to, then) for user in users]]


def test_of_those_it_moved_the_ones_who_changed_sides_since_are_counted_by_their_new_side() -> None:
    votes = [*changed(1, 2, 3, 4, 5), vote(6, YES, 1)]
    assert swayed(moved(1, 2, 6, 9), votes) == {POINT: Swayed(2, {NO: 2})}
    assert swayed(moved(6), votes) == {POINT: Swayed(0, {})}


def test_who_changed_before_it_was_written_or_changed_back_or_took_a_first_side_has_not_been_swayed() -> None:
    others = changed(1, 2, 3, 4, 5)
    early = changed(11, then=4)
    back = [*changed(12), vote(12, YES, 8)]
    first = [vote(13, NO, 8)]
    assert swayed(moved(11, 12, 13), [*others, *early, *back, *first]) == {POINT: Swayed(0, {})}


def test_where_few_changed_sides_it_is_not_told_since_all_can_see_who_did() -> None:
    few = range(1, FEWEST)
    assert swayed(moved(1), changed(*few)) == {}
    assert swayed(moved(1), changed(*few, FEWEST)) == {POINT: Swayed(1, {NO: 1})}


@given(
    st.lists(st.tuples(st.integers(1, 8), st.sampled_from([YES, NO]), st.integers(0, 9))), st.sets(st.integers(1, 8))
)
def test_it_never_counts_more_than_were_moved_or_than_changed(
    cast: list[tuple[int, StanceId, int]], movers: set[int]
) -> None:
    votes = [vote(*each) for each in sorted(cast, key=lambda each: each[2])]
    for told in swayed(moved(*movers), votes).values():
        assert told.people == sum(told.toward.values()) <= len(movers)
        ends = Counter({user: stance for user, stance, _ in sorted(cast, key=lambda each: each[2])}.values())
        assert all(count <= ends[side] for side, count in told.toward.items())
