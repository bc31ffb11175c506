"""Posts that go on when nobody waits for them any more: while Discord lets them stand in line, or a chart is drawn."""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

from bot.discussion.ids import RoundId

T = TypeVar("T")


class UnderWay:
    """The posts of one bot that are on their way. `left` are the rounds whose posts follow by themselves."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[object]] = set()
        self.left: set[RoundId] = set()

    def begin(self, what: str, work: Coroutine[None, None, T]) -> asyncio.Task[T]:
        """Start a post. It is kept until it ends."""
        task = asyncio.create_task(work, name=what)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def leave(self, what: str, work: Coroutine[None, None, object], round_id: RoundId) -> None:
        """Let a round's posts follow by themselves."""
        self.left.add(round_id)
        self.begin(what, work).add_done_callback(lambda _: self.left.discard(round_id))

    async def stop(self, within: float) -> None:
        """Let them come to their end, for so many seconds; the others are left to the next start."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=within)
            for task in late:
                task.cancel()
