"""How the bot is doing, in plain numbers: one object made at the start and passed in, without people or guilds."""

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

import discord

if TYPE_CHECKING:
    from bot.chat.client import Parley

BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0)
"""Upper bounds in seconds; 3.0 is what Discord gives a bot to acknowledge."""

_CLICKS = (discord.InteractionType.component, discord.InteractionType.modal_submit)
_ARRIVED = "parley.arrived"
_OUTCOME = "parley.outcome"


class Outcome(StrEnum):
    """How an interaction ended: as asked, with a sentence why not, or with an error id."""

    OK = "ok"
    REFUSED = "refused"
    ERROR = "error"


class Watch:
    """Counts what the bot answers, and knows whether it is connected and its clockwork runs."""

    def __init__(self) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self.in_bucket = [0] * (len(BUCKETS) + 1)
        """Answers by the first bucket that they fit in; the last one has no bound."""
        self.seconds = 0.0
        """All answers together."""
        self.connected = False
        self._ticked_at: float | None = None
        self._bot: Parley | None = None

    def follow(self, bot: "Parley") -> None:
        """Watch this bot from now on, instead of one before it."""
        self._bot, self.connected = bot, False
        bot.add_listener(self._present, "on_ready")
        bot.add_listener(self._present, "on_resumed")
        bot.add_listener(self._absent, "on_disconnect")

    @property
    def latency(self) -> float | None:
        """Seconds from a heartbeat to its answer; None while there is no connection."""
        latency = self._bot.latency if self._bot is not None and self.connected else None
        return latency if latency is not None and latency < float("inf") else None

    @property
    def since_tick(self) -> float | None:
        """Seconds since the clockwork last began its round; None before its first."""
        return None if self._ticked_at is None else time.monotonic() - self._ticked_at

    def ticked(self) -> None:
        """The clockwork begins a round."""
        self._ticked_at = time.monotonic()

    @contextmanager
    def answering(self, interaction: discord.Interaction) -> Generator[None]:
        """While an interaction is handled. A command goes on elsewhere, and is counted by `answered`."""
        interaction.extras[_ARRIVED] = time.monotonic()
        try:
            yield
        finally:
            if interaction.type in _CLICKS:
                self.answered(interaction)

    def answered(self, interaction: discord.Interaction) -> None:
        """Count an interaction whose answer has been given."""
        self.outcomes[Outcome(interaction.extras.get(_OUTCOME, Outcome.OK))] += 1
        took = time.monotonic() - interaction.extras.get(_ARRIVED, time.monotonic())
        self.in_bucket[bisect_left(BUCKETS, took)] += 1
        self.seconds += took

    async def _present(self) -> None:
        self.connected = True

    async def _absent(self) -> None:
        self.connected = False


def note_outcome(interaction: discord.Interaction, outcome: Outcome) -> None:
    """Remember how an interaction ended, for when it is counted."""
    interaction.extras[_OUTCOME] = outcome
