"""Where work waits for its turn at a connection: in order, and not without bound."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, cast

from bot.storage.errors import closed
from bot.storage.transaction import Transaction

R = TypeVar("R")
T = TypeVar("T")


class Item(Generic[T]):
    """One piece of work and the answer that its caller awaits: a request, and the function that does such requests.

    Items that wait behind one another for the same function may be done by one call of it.
    """

    __slots__ = ("_answer", "_leave", "_outcome", "request", "work")

    def __init__(
        self,
        work: Callable[[Transaction, Sequence[R]], Sequence[T]],
        request: R,
        answer: asyncio.Future[T],
        leave: Callable[[], None],
    ) -> None:
        self.work = cast("Callable[[Transaction, Sequence[object]], Sequence[T]]", work)
        self.request: object = request
        self._answer = answer
        self._leave = leave
        self._outcome: T | None = None

    @property
    def is_abandoned(self) -> bool:
        """Has the caller gone?"""
        return self._answer.done()

    def keep(self, outcome: T) -> None:
        """The work is done. What it returned is kept back until `succeed`."""
        self._outcome = outcome

    def succeed(self) -> None:
        """Give the caller what the work returned."""
        self._leave()
        if not self._answer.done():
            self._answer.set_result(cast("T", self._outcome))

    def fail(self, error: BaseException) -> None:
        """Give the caller the error."""
        self._leave()
        if self._answer.done():
            return
        if isinstance(error, StopIteration):  # which no future takes
            wrapped = RuntimeError("work raised StopIteration")
            wrapped.__cause__ = error
            error = wrapped
        self._answer.set_exception(error)


def alone(tx: Transaction, requests: Sequence[Callable[[Transaction], T]]) -> list[T]:
    """Do work that is like no other, and so never shares its call."""
    return [request(tx) for request in requests]


class Line:
    """A waiting line with a bounded number of places: when all are taken, callers wait for one. Nothing is dropped."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._outside: deque[asyncio.Future[None]] = deque()
        self._waiting: deque[Item[object]] = deque()
        self._wake = asyncio.Event()
        self._callers = 0
        self._closing = False
        self._deserted = False
        self._nudged = False

    @property
    def is_done(self) -> bool:
        """Is the line closed and everybody in it served?"""
        return self._deserted or (self._closing and not self._waiting and self._callers == 0)

    @property
    def length(self) -> int:
        """How many callers have not been answered yet, those outside of a full line included."""
        return self._callers

    async def ask(self, work: Callable[[Transaction, Sequence[R]], Sequence[T]], request: R) -> T:
        """Have the request done, as soon as there is a place, and await its outcome. StoreClosed once it is closed."""
        if self._closing:
            raise closed()
        self._callers += 1
        if self._callers > self._places:
            await self._wait_outside()
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(cast("Item[object]", Item(work, request, answer, self._leave)))
        self._wake.set()
        return await answer

    async def _wait_outside(self) -> None:
        """Until somebody leaves their place to us. A Semaphore does the same, and takes longer than all else here."""
        door: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._outside.append(door)
        try:
            await door
            if self._deserted:
                raise closed()
        except BaseException:
            if door.cancelled():
                self._callers -= 1
            else:  # the place was ours already
                self._leave()
            raise

    def _leave(self) -> None:
        """Leave one's place to the first who still waits for one."""
        self._callers -= 1
        if self._closing:
            self._wake.set()
        while self._outside:
            door = self._outside.popleft()
            if not door.done():
                door.set_result(None)
                return

    async def take(self, most: int) -> list[Item[object]]:
        """The next items, as many as wait and at most that many; none after a nudge or when the line is done."""
        while not (self._waiting or self._nudged or self.is_done):
            self._wake.clear()
            await self._wake.wait()
        self._nudged = False
        return [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]

    def nudge(self) -> None:
        """Wake who takes, though there may be nothing to take."""
        self._nudged = True
        self._wake.set()

    def close(self) -> None:
        """Let nobody else in. Who is in the line is still served."""
        self._closing = True
        self._wake.set()

    def desert(self) -> None:
        """Nobody serves this line any more: tell everybody in it."""
        self._closing = self._deserted = True
        while self._waiting:
            self._waiting.popleft().fail(closed())
        self._wake.set()
