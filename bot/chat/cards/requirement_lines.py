"""What a format requires and what of it is left, in words."""

from collections.abc import Iterable

from bot.chat.texts import counted
from bot.content.formats import Requirements
from bot.discussion.requirements import Progress, Task, progress

_ONE = {Task.RESPONSES: ("response", "responses"), Task.REPLIES: ("reply", "replies")}


def required(requirements: Requirements | None) -> str:
    """All that everybody is to do, such as “1 response and 2 replies”; empty where it is nothing."""
    return _listed((item.what, item.needed) for item in progress(requirements, 0, 0).items)


def still_to_do(done: Progress) -> str:
    """What somebody has left of it; empty where it is nothing."""
    return _listed((item.what, item.needed - item.done) for item in done.items if not item.is_met)


def _listed(counts: Iterable[tuple[Task, int]]) -> str:
    return " and ".join(counted(count, *_ONE[what]) for what, count in counts)
