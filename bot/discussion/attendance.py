"""Who has answered, who has only voted and who is silent."""

from collections.abc import Collection, Mapping

from bot.discussion.ids import StanceId, UserId
from bot.values import frozen


@frozen
class Attendance:
    """The roster in three parts, each in the roster's order."""

    answered: tuple[UserId, ...]
    only_voted: tuple[UserId, ...]
    silent: tuple[UserId, ...]


def attendance(
    roster: Collection[UserId], votes: Mapping[UserId, StanceId], responded: Collection[UserId]
) -> Attendance:
    """Sort the roster, and whoever took part without being on it, by what they have done in a round."""
    everyone = list(dict.fromkeys([*roster, *votes, *responded]))
    answered = tuple(user for user in everyone if user in responded)
    only_voted = tuple(user for user in everyone if user in votes and user not in responded)
    silent = tuple(user for user in everyone if user not in votes and user not in responded)
    return Attendance(answered, only_voted, silent)
