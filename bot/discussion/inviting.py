"""Who has not been heard and whose points nobody answered; and how a class is invited to mend that, naming nobody."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum

from bot.content.formats import Assign
from bot.discussion.ids import SideId, UserId
from bot.discussion.values import Response, Round
from bot.values import frozen

MOST_POINTS = 4
"""So many points are told that nobody has answered, the oldest first."""


class Kind(StrEnum):
    """What a class is invited to: to answer a side or a point, or to speak for a side or in a circle."""

    ANSWER = "answer"
    SPEAK = "speak"
    CIRCLE = "circle"
    POINT = "point"


@frozen
class Invitation:
    """An invitation: its kind, the stance, circle or response that it is about, and what the class reads."""

    kind: Kind
    about: str
    sentence: str


def unanswered(said: Sequence[Response]) -> list[Response]:
    """The points that nobody else has answered, by time. What the class cannot read is none."""
    readable = [entry for entry in said if not entry.held_back]
    by = {entry.id: entry.user_id for entry in readable}
    answered = {
        entry.parent_id
        for entry in readable
        if entry.parent_id is not None and by.get(entry.parent_id) != entry.user_id
    }
    return [entry for entry in readable if entry.parent_id is None and entry.id not in answered]


def invitations(
    found: Round, said: Sequence[Response], circle_of: Callable[[UserId], SideId | None]
) -> tuple[Invitation, ...]:
    """What a class can be invited to now. `circle_of`: the circle in which somebody sits, in a fishbowl.

    Where nobody has spoken at all, nobody in particular is missing.
    """
    readable = [entry for entry in said if not entry.held_back]
    if not readable:
        return ()
    return (*_circles(readable, circle_of, found), *_sides(found, readable), *_points(readable))


def _circles(
    said: Sequence[Response], circle_of: Callable[[UserId], SideId | None], found: Round
) -> Iterator[Invitation]:
    if found.format.sides is None or found.format.sides.assign is not Assign.CIRCLES:
        return
    heard = {circle_of(entry.user_id) for entry in said}
    for circle in ("inner", "outer"):
        if circle not in heard:
            yield Invitation(Kind.CIRCLE, circle, f"The {circle} circle has not been heard yet.")


def _sides(found: Round, said: Sequence[Response]) -> Iterator[Invitation]:
    """The sides for which nobody has spoken, and those that have spoken and nobody of another side has answered."""
    stance_of = {entry.id: entry.stance for entry in said}
    heard = {entry.stance for entry in said}
    answers = [(entry.stance, entry.parent_id) for entry in said if entry.parent_id is not None]
    answered = {to for stance, parent in answers if (to := stance_of.get(parent)) != stance}
    for stance in found.prompt.stances:
        if stance.id not in heard:
            yield Invitation(Kind.SPEAK, stance.id, f"“{stance.label}” has not been heard yet: who speaks for it?")
        elif stance.id not in answered:
            yield Invitation(Kind.ANSWER, stance.id, f"“{stance.label}” has not been answered yet: who replies to it?")


def _points(said: Sequence[Response]) -> Iterator[Invitation]:
    for entry in unanswered(said)[:MOST_POINTS]:
        if entry.message_id is not None:
            yield Invitation(Kind.POINT, str(entry.id), "Nobody has answered this point yet.")
