"""What moved people, joined with the open votes: of those whom a response moved, how many then changed sides.

Who they are is nobody's business. But who changed sides openly stands in the record, so where few did, their number
would tell on them: then it is not told. Secret votes are never joined with anything.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bot.discussion.ids import ResponseId, StanceId, UserId
from bot.discussion.values import Response, Role, Source, Vote
from bot.values import frozen

FEWEST = 5
"""So many must have changed sides since a response was written, before it is told how many of them it had moved."""

_POINTS = frozenset({Source.MODAL, Source.REPLY, Source.MESSAGE})


@frozen
class Endorsement:
    """That a response, written then, has moved somebody. Who it is never leaves the classroom."""

    response_id: ResponseId
    written_at: datetime
    user_id: UserId


@frozen
class Swayed:
    """How many of those whom a response moved changed sides openly since it was written, and which side they took."""

    people: int
    toward: Mapping[StanceId, int]


def is_point(entry: Response, of: UserId) -> bool:
    """May this person say that it moved them? It is a classmate's, and the class can read it."""
    return may_move(entry) and entry.user_id != of and entry.hidden_at is None and not entry.held_back


def may_move(entry: Response) -> bool:
    """Can it be said of such a response at all? Not of a teacher's, nor of a reflection or of what a group wrote."""
    return entry.role is not Role.TEACHER and entry.source in _POINTS


def swayed(said: Iterable[Endorsement], votes: Iterable[Vote]) -> Mapping[ResponseId, Swayed]:
    """For each response that moved somebody, as far as it may be told. `votes` are a round's open ones, by time."""
    taken: dict[UserId, list[Vote]] = defaultdict(list)
    for vote in votes:
        taken[vote.user_id].append(vote)
    movers: dict[tuple[ResponseId, datetime], list[UserId]] = defaultdict(list)
    for each in said:
        movers[each.response_id, each.written_at].append(each.user_id)
    told: dict[ResponseId, Swayed] = {}
    for (response_id, written_at), moved in movers.items():
        turned = {user: side for user, theirs in taken.items() if (side := _turned(theirs, written_at)) is not None}
        if len(turned) >= FEWEST:
            toward = Counter(turned[user] for user in moved if user in turned)
            told[response_id] = Swayed(toward.total(), toward)
    return told


def _turned(votes: Sequence[Vote], since: datetime) -> StanceId | None:
    """The side that somebody holds in the end, where they held another at that time."""
    before = bisect_right(votes, since, key=lambda vote: vote.at)
    if not before or votes[before - 1].stance == votes[-1].stance:
        return None
    return votes[-1].stance
