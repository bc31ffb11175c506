"""The hand on all that is posted, and its clockwork: what is due is closed, what is out of date is refreshed.

The record says what is missing. `sweep` finds it at each start and every minute, and has it posted.
"""

import logging
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import discord

from bot.chat.errors import log_error
from bot.chat.publishing.places import UNKNOWN_CHANNEL, Places
from bot.chat.publishing.posting import Poster
from bot.classroom import posting
from bot.classroom.closing import close_due
from bot.discussion.ids import ChannelId, GuildId, MessageId, RoundId
from bot.discussion.values import Response, Round

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)

REFRESH = timedelta(seconds=5)
"""The shortest time between two edits of one card."""

SWEEP = timedelta(minutes=1)
"""How often to look for what is on record but could not be posted."""


class Publisher:
    """Publishes for one bot. Keeps in memory only which cards are out of date and which rounds run against the clock.

    Rounds of a guild that is out of reach rest until it is back.
    """

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot
        self.places = Places(bot)
        self._poster = Poster(bot, self.places)
        self._stale: dict[RoundId, Round] = {}
        self._missed: dict[RoundId, Round] = {}
        self._refreshed_at: dict[RoundId, datetime] = {}
        self._running: dict[RoundId, Round] = {}
        self._troubles: dict[str, str] = {}
        self._swept_at: datetime | None = None

    async def pose(self, found: Round) -> Round:
        """See to it that an open round has its card and thread and that its clock runs; the round as it is then."""
        self._running.setdefault(found.id, found)
        posed = await self._poster.pose(found)
        if posed.is_open:
            self._running[found.id] = posed
        return posed

    async def show(self, response: Response) -> bool:
        """Post a response in its thread, or bring its message up to date. False where there is no thread to post in."""
        return await self._poster.show(response)

    async def take_down(self, found: Round, response: Response) -> bool:
        """Delete a withdrawn response's message. False where it must stay because the bot may not delete it."""
        return await self._poster.take_down(found, response)

    async def conclude(self, found: Round) -> None:
        """Settle a closed round's card, lock its thread and post its tally."""
        self._forget(found)
        await self._poster.conclude(found)

    def outdated(self, found: Round) -> None:
        """Say that a round's card does not show the true numbers any more."""
        self._stale[found.id] = found

    def outdated_by(self, response: Response) -> None:
        """The same for the round of a response that was heard or taken back."""
        found = self._running.get(response.round_id)
        if found is not None:
            self.outdated(found)

    def running(self, found: Round) -> None:
        """Say that a round's deadline has moved."""
        self._running[found.id] = found
        self.outdated(found)

    async def message_is_gone(self, guild_id: GuildId, message_id: MessageId) -> None:
        """A message was deleted. Where it was a round's card, the next sweep posts another."""
        await self._poster.card_is_gone(guild_id, message_id)

    async def thread_is_gone(self, guild_id: GuildId, thread_id: ChannelId) -> None:
        """A thread was deleted. Its round's card says so."""
        found = await self.places.thread_is_gone(guild_id, thread_id)
        if found is not None and found.is_open:
            self.running(found)

    async def channel_is_gone(self, guild_id: GuildId, channel_id: ChannelId) -> None:
        """A channel was deleted, and the debate in it has ended."""
        for closed in await self.places.channel_is_gone(guild_id, channel_id):
            self._forget(closed)

    async def tick(self, now: datetime) -> None:
        """Close what is due and refresh what is out of date. Called once a second."""
        for found in [each for each in self._running.values() if each.deadline and each.deadline <= now]:
            # First what was said in time is read back, then the round is closed.
            if not self._rests(found.guild_id) and not self._bot.attending.is_behind(found):
                await self._guarded(f"closing round {found.id} on time", self._close_on_time(found))
        for found in list(self._stale.values()):
            waited = now - self._refreshed_at.get(found.id, now - REFRESH) >= REFRESH
            # Another round's edit may have taken so long that this one has been concluded meanwhile.
            if waited and found.id in self._stale and not self._rests(found.guild_id):
                # Taken off the list before the count is read: a vote during the edit puts it back.
                del self._stale[found.id]
                self._refreshed_at[found.id] = now
                if not await self._guarded(f"refreshing the card of round {found.id}", self._poster.refresh(found)):
                    self._missed[found.id] = found
        if self._swept_at is None or now - self._swept_at >= SWEEP:
            self._swept_at = now
            await self._guarded("looking for what was not posted", self.sweep())

    async def catch_up(self) -> None:
        """Bring everything up to date: after a start, and after each lost connection."""
        await self.sweep()
        for found in self._running.values():
            self.outdated(found)

    async def sweep(self) -> None:
        """Post all that is on record but not to be seen, and start the clock of every open round."""
        self._stale |= self._missed
        self._missed.clear()
        waiting, own = await posting.unposted(self._bot.room), self._poster.own_posts()
        for found in waiting.open:
            self._running[found.id] = found
            if (found.card_id is None or found.thread_id is None) and not self._rests(found.guild_id):
                await self._guarded(f"posing round {found.id}", self._poster.pose(found, own), found)
        for found in waiting.untold:
            if not self._rests(found.guild_id):
                self._forget(found)
                await self._guarded(f"concluding round {found.id}", self._poster.conclude(found, own), found)
        refused: set[RoundId] = set()
        for response in waiting.responses:
            if not self._rests(response.guild_id) and response.round_id not in refused:
                what = f"posting the responses of round {response.round_id}"
                found = self._running.get(response.round_id)
                if not await self._guarded(what, self._poster.show(response, own), found):
                    # What Discord refuses once in a thread it refuses again: the others wait for the next sweep.
                    refused.add(response.round_id)

    def _rests(self, guild_id: GuildId) -> bool:
        return self.places.is_out_of_reach(guild_id)

    async def _close_on_time(self, found: Round) -> None:
        closed = await close_due(self._bot.room, found)
        if closed is not None:
            await self.conclude(closed)
            return
        current = (await posting.fresh(self._bot.room, found)).round
        if current.is_open:
            self._running[current.id] = current
        else:
            self._forget(current)

    async def _guarded(self, what: str, work: Coroutine[None, None, object], found: Round | None = None) -> bool:
        """Work that nobody waits for: what goes wrong is logged, and the next work goes on. True where it went well.

        What goes wrong again in the same way, minute by minute, is logged once.
        """
        try:
            await work
        except Exception as error:  # noqa: BLE001 - the funnel of the bot's own clockwork: it must never stop
            said = f"{type(error).__name__}: {error}"
            if self._troubles.get(what) != said:
                self._troubles[what] = said
                log_error(what, error)
            if isinstance(error, discord.NotFound) and error.code == UNKNOWN_CHANNEL and found is not None:
                await self._guarded(f"looking for round {found.id}", self.places.look_again(found))
            return False
        if self._troubles.pop(what, None) is not None:
            log.info("%s goes well again", what)
        return True

    def _forget(self, found: Round) -> None:
        self._running.pop(found.id, None)
        self._stale.pop(found.id, None)
        self._missed.pop(found.id, None)
        self._refreshed_at.pop(found.id, None)
