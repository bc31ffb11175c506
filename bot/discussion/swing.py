"""How minds moved between two votes, counted as Oxford unions count it: the larger gain wins, not the larger share."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from bot.discussion.ids import StanceId, UserId
from bot.values import frozen

LEAST_GAIN = 5
"""Percentage points that a stance must gain; less is a dead heat."""

LEAST_FOR_A_FLOW = 5
"""With fewer people, who moved where would tell how somebody voted in secret."""


@frozen
class Swing:
    """The votes of the people who voted both times: how many they are, and their votes per stance, then and now.

    `flow` counts them by both votes, those who stayed included, for every pair of stances; None where it could tell
    how somebody voted in secret.
    """

    both: int
    before: Mapping[StanceId, int]
    after: Mapping[StanceId, int]
    flow: Mapping[tuple[StanceId, StanceId], int] | None

    def points(self, stance: StanceId) -> Fraction:
        """What a stance gained (below zero: lost), in percentage points; all stances' points add up to zero."""
        return Fraction(100 * (self.after[stance] - self.before[stance]), self.both or 1)

    @property
    def is_dead_heat(self) -> bool:
        """Did no stance gain as much as counts? Also where nobody voted both times."""
        return self._most < LEAST_GAIN

    @property
    def winner(self) -> StanceId | None:
        """The stance that gained most; None in a dead heat, and where several gained as much."""
        first = [stance for stance in self.after if self.points(stance) == self._most]
        return first[0] if len(first) == 1 and not self.is_dead_heat else None

    @property
    def _most(self) -> Fraction:
        return max((self.points(stance) for stance in self.after), default=Fraction(0))


def swing(
    stances: Sequence[StanceId],
    before: Mapping[UserId, StanceId],
    after: Mapping[UserId, StanceId],
    *,
    secret: bool,
) -> Swing:
    """Compare the last votes of two phases. Who did not take one of these stances both times is left out.

    `secret`: was either of the votes?
    """
    moves = Counter(
        (before[user], now) for user, now in after.items() if user in before and {before[user], now} <= set(stances)
    )
    flow = {(was, now): moves[was, now] for was in stances for now in stances}
    return Swing(
        both=moves.total(),
        before={stance: sum(flow[stance, now] for now in stances) for stance in stances},
        after={stance: sum(flow[was, stance] for was in stances) for stance in stances},
        flow=None if secret and moves.total() < LEAST_FOR_A_FLOW else flow,
    )


def beside_their_swing(
    before: Mapping[UserId, StanceId], after: Mapping[UserId, StanceId]
) -> tuple[Mapping[UserId, StanceId], Mapping[UserId, StanceId]]:
    """Two secret votes as they may be told beside their swing: without those who voted only then, if they are few.

    The swing counts who voted both times. What a whole count has more would tell how the others voted: of a class with
    one latecomer, exactly how that one did.
    """
    return _without_few(before, after), _without_few(after, before)


def _without_few(votes: Mapping[UserId, StanceId], others: Mapping[UserId, StanceId]) -> Mapping[UserId, StanceId]:
    both = {user: stance for user, stance in votes.items() if user in others}
    return both if both and len(votes) - len(both) < LEAST_FOR_A_FLOW else votes
