"""What everybody is to do in a debate, and how far somebody has come."""

from enum import StrEnum

from bot.content.formats import Requirements
from bot.values import frozen


class Task(StrEnum):
    """What may be required."""

    RESPONSES = "responses"
    REPLIES = "replies"


@frozen
class Item:
    """One requirement: how many are done, which may be more than are needed."""

    what: Task
    done: int
    needed: int

    @property
    def is_met(self) -> bool:
        """Is enough done?"""
        return self.done >= self.needed


@frozen
class Progress:
    """Somebody's way through what is required, in the order in which it is told; without items nothing is."""

    items: tuple[Item, ...]

    @property
    def is_met(self) -> bool:
        """Is everything done?"""
        return all(item.is_met for item in self.items)


def progress(requirements: Requirements | None, responses: int, replies: int) -> Progress:
    """Compare what somebody has written, withdrawn words left out, with what the format requires."""
    if requirements is None:
        return Progress(())
    every = (
        Item(Task.RESPONSES, responses, requirements.responses),
        Item(Task.REPLIES, replies, requirements.replies),
    )
    return Progress(tuple(item for item in every if item.needed))
