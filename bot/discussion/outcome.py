"""How minds moved, in words: the same on cards, beside charts and in transcripts."""

from fractions import Fraction

from bot.content.models import Prompt
from bot.discussion.ids import StanceId
from bot.discussion.swing import LEAST_GAIN, Swing

MINUS = "\u2212"
"""The sign as long as the plus."""


def points(before: int, after: int, of: int) -> str:
    """By how many percentage points a share moved, with its sign; one decimal unless it is whole."""
    moved = round(Fraction(1000 * (after - before), of or 1))
    whole, tenth = divmod(abs(moved), 10)
    sign = "+" if moved > 0 else MINUS if moved < 0 else "±"
    return f"{sign}{whole}.{tenth}" if tenth else f"{sign}{whole}"


def points_of(moved: Swing, stance: StanceId) -> str:
    """By how many points a stance's share moved."""
    return points(moved.before[stance], moved.after[stance], moved.both)


def outcome(moved: Swing, prompt: Prompt) -> str:
    """Who won, in a sentence."""
    if moved.is_dead_heat:
        return f"A dead heat: no side gained {LEAST_GAIN} percentage points."
    most = max(moved.points(stance) for stance in moved.after)
    first = [stance for stance in moved.after if moved.points(stance) == most]
    labels = " and ".join(f"“{_label(prompt, stance)}”" for stance in first)
    if len(first) > 1:
        return f"{labels} gained the same: {points_of(moved, first[0])} percentage points each."
    return f"{labels} moved the most minds: {points_of(moved, first[0])} percentage points."


def _label(prompt: Prompt, stance_id: StanceId) -> str:
    stance = prompt.stance(stance_id)
    return stance.label if stance is not None else stance_id
