"""When it is no time for questions: in a vote that is secret, over a group's text, and in a phase's last minute."""

from datetime import timedelta

from bot.content.formats import ArguePhase, Phase, ReplyPhase, StatementPhase, VotePhase

BETWEEN = timedelta(minutes=3)
"""The class is asked something no sooner after the question before."""

_LAST = timedelta(minutes=1)


def is_time_for_one(phase: Phase, left: timedelta | None) -> bool:
    """May a student be asked something now? `left` is how long the phase still lasts; None where it has no end."""
    if isinstance(phase, StatementPhase) or (isinstance(phase, VotePhase) and phase.secret):
        return False
    return left is None or left >= _LAST


def is_time_for_all(phase: Phase, left: timedelta | None, *, since: timedelta | None) -> bool:
    """May the whole class? Only while it debates; `since` is how long ago it was asked last, None: not yet."""
    if not isinstance(phase, ArguePhase | ReplyPhase) or not is_time_for_one(phase, left):
        return False
    return since is None or since >= BETWEEN
