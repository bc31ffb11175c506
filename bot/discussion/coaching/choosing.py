"""Which question is asked: the first whose conditions all hold and that was not asked yet; else a plain one."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import timedelta

from bot.content.models import FollowUp, When
from bot.discussion.coaching.facts import Said, gives_reason, is_one_sided, is_short, repeats
from bot.discussion.ids import StanceId
from bot.values import frozen

MOST_OF_ONE = 3
"""So many questions one student is asked in a round, at most."""

_HOLDS: Mapping[When, Callable[[Said], bool]] = {
    When.NO_EVIDENCE: lambda said: said.cited is not None and not said.cited,
    When.TOO_SHORT: lambda said: is_short(said.body),
    When.NO_REASON: lambda said: not gives_reason(said.body),
    When.REPEATS_CLASSMATE: lambda said: repeats(said.body, said.classmates),
}


@frozen
class Talk:
    """A thread at one time: how long nobody has said anything, and the sides of its latest responses, by time."""

    quiet: timedelta
    stances: Sequence[StanceId]


def has_own(follow_ups: Sequence[FollowUp]) -> bool:
    """Is any of them for some students only, by what they say?"""
    return any(not each.is_plain and not each.is_of_thread for each in follow_ups)


def question_for(follow_ups: Sequence[FollowUp], said: Said, asked: Collection[str]) -> FollowUp | None:
    """What to ask a student about a response; `asked` are the questions that they were asked in the round before."""
    if len(asked) >= MOST_OF_ONE:
        return None
    left = [each for each in follow_ups if not each.is_of_thread and each.ask not in asked]
    fitting = (each for each in left if not each.is_plain and _holds(each, said))
    return next(fitting, None) or next((each for each in left if each.is_plain), None)


def _holds(follow_up: FollowUp, said: Said) -> bool:
    return (
        (follow_up.stance is None or follow_up.stance == said.stance)
        and (follow_up.cites is None or follow_up.cites in (said.cited or ()))
        and (follow_up.when is None or _HOLDS[follow_up.when](said))
    )


def question_for_all(follow_ups: Sequence[FollowUp], talk: Talk, asked: Collection[str]) -> FollowUp | None:
    """What to ask the whole class now; `asked` are the questions that it was asked in the round before."""
    left = (each for each in follow_ups if each.is_of_thread and each.ask not in asked)
    return next((each for each in left if _is_so(each, talk)), None)


def _is_so(follow_up: FollowUp, talk: Talk) -> bool:
    silence = follow_up.silence
    is_quiet = silence is None or talk.quiet >= silence
    return is_quiet and (follow_up.when is not When.ONE_SIDED or is_one_sided(talk.stances))


def next_openly(follow_ups: Sequence[FollowUp], asked: Collection[str]) -> FollowUp | None:
    """The next one that a teacher may put to the class, whether or not it is time for it; None after the last."""
    for_all = (each for each in follow_ups if each.is_plain or each.is_of_thread)
    return next((each for each in for_all if each.ask not in asked), None)
