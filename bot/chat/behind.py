"""Which rounds may have words in their threads that are not on record yet."""

import asyncio
from collections.abc import Iterable

from bot.discussion.ids import RoundId


class Behind:
    """All of them while nobody listens; then those that are still to be read back."""

    def __init__(self) -> None:
        self._rounds = set[RoundId]()
        self._listens = False
        self._less = asyncio.Event()

    def __contains__(self, round_id: RoundId) -> bool:
        return not self._listens or round_id in self._rounds

    def listening(self, listens: bool) -> None:
        """Does somebody listen?"""
        self._listens = listens
        self._less.set()

    def replace(self, rounds: Iterable[RoundId]) -> None:
        """These are to be read back, and no others."""
        self._rounds = set(rounds)
        self._less.set()

    def add(self, rounds: Iterable[RoundId]) -> None:
        """These too."""
        self._rounds |= set(rounds)

    def remove(self, rounds: Iterable[RoundId]) -> None:
        """These are read back, or given up."""
        self._rounds -= set(rounds)
        self._less.set()

    async def caught_up(self, round_id: RoundId, within: float) -> bool:
        """Wait until a round is not behind any more. False where it still is after so many seconds."""
        try:
            async with asyncio.timeout(within):
                while round_id in self:
                    self._less.clear()
                    await self._less.wait()
        except TimeoutError:
            return False
        return True
