"""A count in lines: for every card that tells one."""

from bot.chat.cards.parts import named
from bot.chat.texts import counted
from bot.classroom.voting import Standing
from bot.discussion.ids import StanceId

_BAR = 12
"""How many blocks a full bar has."""


def tally_lines(standing: Standing) -> str:
    """One line a stance: a bar, the count and the share. In words too, for whoever hears the card."""
    lines: list[str] = []
    for stance in standing.round.prompt.stances:
        stance_id = StanceId(stance.id)
        count, percent = standing.tally.counts[stance_id], standing.tally.percent(stance_id)
        filled = round(_BAR * percent / 100)
        lines.append(f"{named(stance)}\n`{'█' * filled}{'░' * (_BAR - filled)}` **{count}** ({percent} %)")
    return "\n".join(lines)


def left_out_line(votes: int) -> str:
    """That so many secret votes are not in a count, and why."""
    return (
        f"-# {counted(votes, 'vote is', 'votes are')} left out of this count: beside who voted both times "
        f"{'it' if votes == 1 else 'they'} would not stay secret."
    )
