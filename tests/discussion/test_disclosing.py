"""What is told of votes: everything of open ones, and of secret ones nothing that says how single people voted."""

from collections import Counter
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discussion.disclosing import disclosed, last_revealed, swing_of
from bot.discussion.ids import StanceId, UserId
from bot.discussion.values import Round
from tests.discussion.test_revealing import in_phase

YES, NO = StanceId("yes"), StanceId("no")
OXFORD = ("secret", "argue", "secret", "reveal", "read")
Ballots = Mapping[int, Mapping[UserId, StanceId]]
ballots = st.dictionaries(st.integers(1, 12).map(UserId), st.sampled_from([YES, NO]), max_size=12)


def told(found: Round, cast: Ballots) -> object:
    """All that a class can read of its votes."""
    votes = disclosed(found, lambda number: cast.get(number, {}))
    moved = swing_of(found, votes)
    count = last_revealed(found, votes)
    return (
        [(each.number, Counter(each.votes.values()), each.left_out) for each in votes],
        count.number if count else None,
        (moved.both, dict(moved.before), dict(moved.after), moved.flow) if moved else None,
    )


def counts(found: Round, cast: Ballots) -> list[tuple[int, int, int]]:
    """Of each vote that is told its phase, and how many votes are counted and left out."""
    return [
        (each.number, len(each.votes), each.left_out) for each in disclosed(found, lambda number: cast.get(number, {}))
    ]


def of(yes: range, no: range = range(0)) -> dict[UserId, StanceId]:
    return {UserId(user): YES for user in yes} | {UserId(user): NO for user in no}


@given(ballots, ballots, st.data())
@settings(deadline=None)
def test_how_a_latecomer_voted_in_secret_is_not_told_by_a_difference(
    before: dict[UserId, StanceId], after: dict[UserId, StanceId], data: st.DataObject
) -> None:
    """With somebody who voted both times, the few who did not could have voted otherwise: nobody would see it."""
    once = before.keys() ^ after.keys()
    found = in_phase(4, *OXFORD)
    if (
        not before.keys() & after.keys()
        or len(before.keys() - after.keys()) > 4
        or len(after.keys() - before.keys()) > 4
    ):
        return
    other = {user: data.draw(st.sampled_from([YES, NO])) for user in sorted(once)}
    otherwise = {
        0: {user: other.get(user, stance) for user, stance in before.items()},
        2: {user: other.get(user, stance) for user, stance in after.items()},
    }
    assert told(found, {0: before, 2: after}) == told(found, otherwise)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (of(range(1, 9)), of(range(1, 9)), [(0, 8, 0), (2, 8, 0)]),
        (of(range(1, 9)), of(range(2, 10)), [(0, 7, 1), (2, 7, 1)]),
        (of(range(1, 9)), of(range(1, 13)), [(0, 8, 0), (2, 8, 4)]),
        (of(range(1, 9)), of(range(1, 14)), [(0, 8, 0), (2, 13, 0)]),
        (of(range(1, 3)), of(range(3, 6)), [(0, 2, 0), (2, 3, 0)]),
    ],
    ids=["all both times", "one late, one gone", "four late", "five late", "nobody twice"],
)
def test_few_who_voted_once_are_left_out_and_many_are_counted(
    before: dict[UserId, StanceId], after: dict[UserId, StanceId], expected: list[tuple[int, int, int]]
) -> None:
    assert counts(in_phase(4, *OXFORD), {0: before, 2: after}) == expected


def test_open_votes_are_told_whole() -> None:
    found = in_phase(4, "open", "argue", "open", "reveal", "read")
    cast = {0: of(range(1, 5)), 2: of(range(2, 3), range(3, 7))}
    assert counts(found, cast) == [(0, 4, 0), (2, 5, 0)]
    moved = swing_of(found, disclosed(found, lambda number: cast[number]))
    assert moved is not None
    assert (moved.both, moved.after[NO]) == (3, 2)
    for unrevealed in (in_phase(2, "open", "argue", "open"), in_phase(2, "open", "reveal", "open")):
        assert swing_of(unrevealed, disclosed(unrevealed, lambda number: cast[number])) is None


def test_before_the_reveal_nothing_is_told_of_a_secret_vote() -> None:
    cast = {0: of(range(1, 5)), 2: of(range(1, 5))}
    for number in range(3):
        assert told(in_phase(number, *OXFORD), cast) == ([], None, None)


def test_a_vote_that_was_revealed_alone_is_not_taken_apart_by_a_swing() -> None:
    """One voter of the first vote has left: the whole count, once told, less that of the swing would be their vote."""
    plan = ("secret", "reveal", "argue", "secret", "reveal", "read")
    gone = {0: of(range(1, 9)), 3: of(range(2, 9))}
    late = {0: of(range(1, 9)), 3: of(range(1, 10))}
    assert counts(in_phase(2, *plan), gone) == [(0, 8, 0)]
    assert counts(in_phase(5, *plan), gone) == [(0, 8, 0), (3, 7, 0)]
    assert swing_of(in_phase(5, *plan), disclosed(in_phase(5, *plan), lambda number: gone[number])) is None
    assert counts(in_phase(5, *plan), late) == [(0, 8, 0), (3, 8, 1)]
    assert swing_of(in_phase(5, *plan), disclosed(in_phase(5, *plan), lambda number: late[number])) is not None


def test_two_swings_from_one_vote_count_the_same_people_or_only_one_is_told() -> None:
    plan = ("secret", "secret", "reveal", "secret", "reveal", "read")
    again = {0: of(range(1, 9)), 1: of(range(2, 9)), 3: of(range(1, 9))}
    assert swing_of(in_phase(3, *plan), disclosed(in_phase(3, *plan), lambda number: again[number])) is not None
    assert swing_of(in_phase(5, *plan), disclosed(in_phase(5, *plan), lambda number: again[number])) is None


def test_a_late_reveal_tells_what_it_would_have_told_in_time() -> None:
    plan = ("secret", "reveal", "argue", "secret", "reveal", "read")
    cast = {0: of(range(1, 9)), 3: of(range(1, 9))}
    found = in_phase(5, *plan)
    assert [each.number for each in disclosed(found, lambda number: cast[number], until=1)] == [0]
