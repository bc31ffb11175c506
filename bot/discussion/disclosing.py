"""What may be told of a round's votes: the counts of open ones, and of secret ones those that are revealed.

A secret count is told so that, beside the swing, it does not say how single people voted.
"""

from collections.abc import Callable, Mapping, Sequence

from bot.content.formats import RevealPhase, VotePhase
from bot.discussion.ids import StanceId, UserId
from bot.discussion.revealing import revealed_vote, told_votes
from bot.discussion.swing import Swing, beside_their_swing, swing
from bot.discussion.values import Round
from bot.values import frozen

Votes = Mapping[UserId, StanceId]


@frozen
class Disclosed:
    """One vote of a round as it may be told: the number of its phase, its votes, and how many of them are left out.

    Who cast them may be told only where the vote was open.
    """

    number: int
    votes: Votes
    left_out: int = 0


def disclosed(found: Round, votes_in: Callable[[int], Votes], until: int | None = None) -> tuple[Disclosed, ...]:
    """The votes that may be told now, in their order, out of all that were cast in each phase.

    `until`: only those of earlier phases. Beside their swing secret votes are told without the few who voted only once.
    """
    taken = [Disclosed(number, votes_in(number)) for number in told_votes(found) if until is None or number < until]
    compared = _revealed(found, taken)
    if len(compared) < 2 or not _is_secret(found, compared[0], compared[-1]) or _is_told_apart(found, compared):
        return tuple(taken)
    before, after = beside_their_swing(compared[0].votes, compared[-1].votes)
    told = {each.number: each for each in taken}
    for each, left in ((compared[0], before), (compared[-1], after)):
        told[each.number] = Disclosed(each.number, left, len(each.votes) - len(left))
    return tuple(told.values())


def last_revealed(found: Round, told: Sequence[Disclosed]) -> Disclosed | None:
    """The vote whose count stands for the round: the last one that is revealed."""
    revealed = _revealed(found, told)
    return revealed[-1] if revealed else None


def swing_of(found: Round, told: Sequence[Disclosed]) -> Swing | None:
    """How minds moved from the first to the last vote that is revealed; None where that is no swing.

    None as well where a secret vote was revealed earlier with some who did not vote again: the swing beside that count
    would tell how they had voted.
    """
    revealed = _revealed(found, told)
    if len(revealed) < 2 or _is_told_apart(found, revealed):
        return None
    stances = [StanceId(stance.id) for stance in found.prompt.stances]
    secret = _is_secret(found, revealed[0], revealed[-1])
    return swing(stances, revealed[0].votes, revealed[-1].votes, secret=secret)


def _revealed(found: Round, told: Sequence[Disclosed]) -> list[Disclosed]:
    last = revealed_vote(found)
    return [each for each in told if last is not None and each.number <= last]


def _is_secret(found: Round, *told: Disclosed) -> bool:
    phases = [found.format.plan[each.number] for each in told]
    return any(isinstance(phase, VotePhase) and phase.secret for phase in phases)


def _is_told_apart(found: Round, told: Sequence[Disclosed]) -> bool:
    """Was the first vote, a secret one, revealed before the last, in a count that the swing beside it would take apart?

    So it is where a few of its voters did not vote again, or where an earlier swing had counted others of them.
    """
    first, last = told[0], told[-1]
    between = found.format.plan[first.number : last.number]
    if not _is_secret(found, first) or not any(isinstance(phase, RevealPhase) for phase in between):
        return False
    others = any(each.votes.keys() != first.votes.keys() for each in told[1:-1])
    return others or beside_their_swing(first.votes, last.votes)[0] != first.votes
