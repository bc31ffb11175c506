"""How minds moved, against a plain count of heads."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discussion.ids import StanceId, UserId
from bot.discussion.swing import Swing, swing

YES, NO, MAYBE = StanceId("yes"), StanceId("no"), StanceId("maybe")
THREE = (YES, NO, MAYBE)
votes = st.dictionaries(st.integers(1, 60).map(UserId), st.sampled_from([*THREE, StanceId("gone")]), max_size=60)


def of(before: str, after: str, *, secret: bool = False) -> Swing:
    """The swing of people whose votes are given by their first letters; `-` did not vote."""
    named = {stance[0]: stance for stance in THREE}
    first, last = (
        {UserId(user): named[letter] for user, letter in enumerate(letters) if letter != "-"}
        for letters in (before, after)
    )
    return swing(THREE, first, last, secret=secret)


@given(votes, votes, st.booleans())
@settings(deadline=None)
def test_only_who_voted_both_times_is_counted(
    before: dict[UserId, StanceId], after: dict[UserId, StanceId], secret: bool
) -> None:
    moved = swing(THREE, before, after, secret=secret)
    heads = [user for user in range(61) if before.get(UserId(user)) in THREE and after.get(UserId(user)) in THREE]
    assert moved.both == len(heads)
    for stance in THREE:
        was = len([user for user in heads if before[UserId(user)] == stance])
        now = len([user for user in heads if after[UserId(user)] == stance])
        assert (moved.before[stance], moved.after[stance]) == (was, now)
        gained = Fraction(100 * now, len(heads)) - Fraction(100 * was, len(heads)) if heads else 0
        assert moved.points(stance) == gained
    assert sum(moved.points(stance) for stance in THREE) == 0
    if secret and len(heads) < 5:
        assert moved.flow is None
    else:
        assert moved.flow == {
            (was, now): len([user for user in heads if (before[UserId(user)], after[UserId(user)]) == (was, now)])
            for was in THREE
            for now in THREE
        }


@given(votes, votes)
@settings(deadline=None)
def test_the_winner_gained_most_and_at_least_five_points(
    before: dict[UserId, StanceId], after: dict[UserId, StanceId]
) -> None:
    moved = swing(THREE, before, after, secret=False)
    gains = sorted((moved.points(stance) for stance in THREE), reverse=True)
    assert moved.is_dead_heat == (gains[0] < 5)
    if moved.winner is None:
        assert gains[0] < 5 or gains[0] == gains[1]
    else:
        assert moved.points(moved.winner) == gains[0] >= 5
        assert gains[1] < gains[0]


def test_the_larger_gain_wins_and_not_the_larger_share() -> None:
    moved = of("yyyyyyynnn", "yyyyyynnnn")
    assert moved.points(NO) == 10
    assert moved.points(YES) == -10
    assert moved.winner == NO


def test_five_points_are_no_dead_heat_and_anything_less_is() -> None:
    one_in_twenty = of("y" * 10 + "n" * 10, "y" * 11 + "n" * 9)
    assert one_in_twenty.points(YES) == 5
    assert not one_in_twenty.is_dead_heat
    assert one_in_twenty.winner == YES
    one_in_twenty_one = of("y" * 10 + "n" * 11, "y" * 11 + "n" * 10)
    assert one_in_twenty_one.points(YES) == Fraction(100, 21)
    assert one_in_twenty_one.is_dead_heat
    assert one_in_twenty_one.winner is None


def test_two_that_gained_as_much_have_no_winner_between_them() -> None:
    moved = of("mmnn", "yynm")
    assert (moved.points(YES), moved.points(MAYBE)) == (50, -25)
    assert moved.winner == YES
    tied = of("mmm", "ynm")
    assert not tied.is_dead_heat
    assert tied.winner is None


def test_nobody_who_voted_twice_is_a_dead_heat() -> None:
    moved = of("yy--", "--nn")
    assert moved.both == 0
    assert moved.is_dead_heat
    assert moved.winner is None
    assert moved.points(YES) == 0


def test_the_moves_of_four_secret_voters_are_not_told_and_those_of_five_are() -> None:
    assert of("yynn-y", "nynyn-", secret=True).flow is None
    assert of("yynn-y", "nynyn-", secret=False).flow is not None
    told = of("yynny-", "nynyny", secret=True).flow
    assert told is not None
    assert {move: count for move, count in told.items() if count} == {
        (YES, NO): 2,
        (YES, YES): 1,
        (NO, NO): 1,
        (NO, YES): 1,
    }
