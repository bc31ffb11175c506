"""Which votes of a round may be told: of a secret one nothing before it is revealed, and then only counts."""

from bot.content.formats import RevealPhase, VotePhase
from bot.discussion.values import Round


def revealed_vote(found: Round) -> int | None:
    """The number of the last vote phase whose count may be told: revealed since, or of a round that is closed."""
    return max(_revealed(found), default=None)


def told_votes(found: Round) -> tuple[int, ...]:
    """The numbers of all vote phases whose counts may be told by now. An open vote needs no reveal."""
    plan, revealed = found.format.plan, _revealed(found)
    begun = enumerate(plan[: found.phase_number + 1])
    return tuple(
        number for number, phase in begun if isinstance(phase, VotePhase) and (not phase.secret or number in revealed)
    )


def _revealed(found: Round) -> list[int]:
    plan = found.format.plan
    reached = range(_last_reveal(found) if found.is_open else found.phase_number + 1)
    return [number for number in reached if isinstance(plan[number], VotePhase)]


def _last_reveal(found: Round) -> int:
    """The number of the last reveal that has begun; 0 where there was none."""
    begun = found.format.plan[: found.phase_number + 1]
    return max((number for number, phase in enumerate(begun) if isinstance(phase, RevealPhase)), default=0)
