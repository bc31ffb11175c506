"""What assigned sides are called."""

from bot.chat.cards.parts import named
from bot.chat.texts import plain
from bot.classroom.controlling import Assigned
from bot.classroom.floor import assigns_stances
from bot.content.models import Prompt
from bot.discussion.ids import SideId


def side_name(prompt: Prompt, side: SideId) -> str:
    """A side in words: the stance to argue for, or the circle."""
    stance = prompt.stance(side)
    return named(stance) if stance is not None else f"the {side} circle"


def side_label(prompt: Prompt, side: SideId) -> str:
    """The same without markup, for a list to choose from."""
    stance = prompt.stance(side)
    return stance.label if stance is not None else f"{side} circle"


def assigned_line(assigned: Assigned, name: str) -> str:
    """What the teacher is told who has put somebody on a side."""
    found, place = assigned.round, assigned.place
    group = f", in group {place.group}" if place.group is not None else ""
    stands = "argues for" if assigns_stances(found) else "is in"
    now = f"{plain(name)} {stands} **{side_name(found.prompt, place.side)}**{group}"
    if place.side == assigned.before:
        return f"{now} already: nothing has changed."
    instead = f", no longer {side_name(found.prompt, assigned.before)}" if assigned.before is not None else ""
    return f"{now} now{instead}. **My part** tells them."
