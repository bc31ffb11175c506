"""What is on record made visible: cards, threads, responses and tallies, posted once and kept true.

Everything here may be called again at any time, after a crash or beside itself: it reads what the record says is
missing, under a lock per round, and posts that, with a nonce by which Discord recognises a post that was repeated.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import discord

from bot.chat.cards.response_card import response_card
from bot.chat.cards.round_card import round_card
from bot.chat.cards.tally_card import tally_card
from bot.chat.errors import log_error
from bot.chat.texts import fitted
from bot.classroom import posting
from bot.classroom.closing import close_due
from bot.classroom.voting import Standing
from bot.discussion.ids import ChannelId, MessageId, RoundId
from bot.discussion.values import Response, Round

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)

REFRESH = timedelta(seconds=5)
"""The shortest time between two edits of one card."""

SWEEP = timedelta(minutes=1)
"""How often to look for what is on record but could not be posted."""

NOBODY = discord.AllowedMentions.none()
"""For edits, which do not take the bot's own default."""

_ALREADY_HAS_THREAD = 160004
_ARCHIVE_AFTER = 10080
"""Minutes without a word until Discord folds a thread away: a week, so that a slow debate stays in sight."""


class Publisher:
    """Posts for one bot. Keeps in memory only which cards are out of date and which rounds run against the clock."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot
        self._locks: defaultdict[RoundId, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._stale: dict[RoundId, Round] = {}
        self._missed: dict[RoundId, Round] = {}
        self._refreshed_at: dict[RoundId, datetime] = {}
        self._running: dict[RoundId, Round] = {}
        self._swept_at: datetime | None = None

    async def pose(self, found: Round) -> Round:
        """See to it that an open round has its card and thread and that its clock runs; the round as it is then."""
        async with self._locks[found.id]:
            standing = await posting.fresh(self._bot.room, found)
            found = standing.round
            self._running[found.id] = found
            channel = await self._channel(found.channel_id)
            if channel is None:
                return found
            if found.card_id is None:
                view = round_card(standing, hears_thread=self._bot.hears_threads)
                card = await channel.send(view=view, nonce=f"card-{found.id}", silent=True)
                await posting.card_posted(self._bot.room, found, MessageId(card.id))
            else:
                card = channel.get_partial_message(found.card_id)
            if found.thread_id is None:
                thread_id = await self._thread(card, found)
                await posting.thread_made(self._bot.room, found, thread_id)
            return (await posting.fresh(self._bot.room, found)).round

    async def show(self, response: Response) -> bool:
        """Post a response in its thread, or bring its message up to date. False where there is no thread to post in."""
        async with self._locks[response.round_id]:
            shown = await posting.shown(self._bot.room, response)
            thread = await self._thread_of(shown.round) if shown else None
            if shown is None or thread is None:
                return False
            async with self._unfolded(thread):
                await self._put(shown, thread)
            return True

    async def _put(self, shown: posting.Shown, thread: discord.Thread) -> None:
        response, view = shown.response, response_card(shown)
        if response.message_id is not None:
            await thread.get_partial_message(response.message_id).edit(view=view, allowed_mentions=NOBODY)
            return
        nonce = f"response-{response.id}"
        answered = _answered(shown, thread)
        if answered is None:
            message = await thread.send(view=view, nonce=nonce)
        else:
            message = await thread.send(view=view, nonce=nonce, reference=answered, mention_author=False)
        await posting.response_posted(self._bot.room, response, MessageId(message.id))

    async def take_down(self, found: Round, response: Response) -> bool:
        """Delete a withdrawn response's message. False where it must stay because the bot may not delete it."""
        thread = await self._thread_of(found)
        if thread is None or response.message_id is None:
            return True
        try:
            async with self._unfolded(thread):
                await thread.get_partial_message(response.message_id).delete()
        except discord.NotFound:
            return True
        except discord.HTTPException as error:
            log.warning("message %s of a withdrawn response stays: %s", response.message_id, error)
            return False
        return True

    async def conclude(self, found: Round) -> None:
        """Settle a closed round's card, lock its thread and post its tally there, whose id says that it is done."""
        async with self._locks[found.id]:
            self._forget(found)
            standing = await posting.fresh(self._bot.room, found)
            if standing.round.tally_id is not None:
                return
            place = await self._thread_of(standing.round) or await self._channel(found.channel_id)
            if place is None:
                return
            # What may be repeated comes first: from the tally to its record is the shortest way.
            await self._redraw(standing)
            if isinstance(place, discord.Thread):
                await self._fold(place, locked=True, archived=False)
            tally = await place.send(view=tally_card(standing), nonce=f"tally-{found.id}", silent=True)
            await posting.tally_posted(self._bot.room, found, MessageId(tally.id))
            if isinstance(place, discord.Thread):
                await self._fold(place, locked=True, archived=True)
        self._locks.pop(found.id, None)

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

    async def tick(self, now: datetime) -> None:
        """Close what is due and refresh what is out of date. Called once a second."""
        for found in [each for each in self._running.values() if each.deadline and each.deadline <= now]:
            await self._guarded("closing a round on time", self._close_on_time(found))
        for found in list(self._stale.values()):
            if now - self._refreshed_at.get(found.id, now - REFRESH) >= REFRESH:
                # Taken off the list before the count is read: a vote during the edit puts it back.
                del self._stale[found.id]
                self._refreshed_at[found.id] = now
                if not await self._guarded("refreshing a card", self._refresh(found)):
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
        waiting = await posting.unposted(self._bot.room)
        for found in waiting.open:
            self._running[found.id] = found
            if found.card_id is None or found.thread_id is None:
                await self._guarded("posing a round", self.pose(found))
        for found in waiting.untold:
            await self._guarded("concluding a round", self.conclude(found))
        for response in waiting.responses:
            await self._guarded("posting a response", self.show(response))

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

    async def _refresh(self, found: Round) -> None:
        async with self._locks[found.id]:
            standing = await posting.fresh(self._bot.room, found)
            if standing.round.is_open:
                await self._redraw(standing)

    async def _redraw(self, standing: Standing) -> None:
        found = standing.round
        channel = await self._channel(found.channel_id)
        if channel is None or found.card_id is None:
            return
        view = round_card(standing, hears_thread=self._bot.hears_threads)
        try:
            await channel.get_partial_message(found.card_id).edit(view=view, allowed_mentions=NOBODY)
        except discord.NotFound:
            log.warning("the card of round %s is gone", found.id)

    async def _guarded(self, what: str, work: Coroutine[None, None, object]) -> bool:
        """Work that nobody waits for: what goes wrong is logged, and the next work goes on. True where it went well."""
        try:
            await work
        except Exception as error:  # noqa: BLE001 - the funnel of the bot's own clockwork: it must never stop
            log_error(what, error)
            return False
        return True

    def _forget(self, found: Round) -> None:
        self._running.pop(found.id, None)
        self._stale.pop(found.id, None)
        self._missed.pop(found.id, None)
        self._refreshed_at.pop(found.id, None)

    async def _channel(self, channel_id: ChannelId) -> discord.TextChannel | None:
        channel = await self._fetched(channel_id)
        return channel if isinstance(channel, discord.TextChannel) else None

    async def _thread_of(self, found: Round) -> discord.Thread | None:
        thread = await self._fetched(found.thread_id) if found.thread_id else None
        return thread if isinstance(thread, discord.Thread) else None

    async def _fetched(self, channel_id: ChannelId) -> object:
        cached = self._bot.get_channel(channel_id)
        if cached is not None:
            return cached
        try:
            return await self._bot.fetch_channel(channel_id)
        except (discord.NotFound, discord.Forbidden) as error:
            log.warning("channel %s cannot be reached: %s", channel_id, error)
            return None

    async def _thread(self, card: discord.Message | discord.PartialMessage, found: Round) -> ChannelId:
        name = fitted(f"{found.number}. {found.prompt.question}", 100)
        try:
            thread = await card.create_thread(name=name, auto_archive_duration=_ARCHIVE_AFTER)
        except discord.HTTPException as error:
            if error.code != _ALREADY_HAS_THREAD:
                raise
            return ChannelId(card.id)  # a thread made from a message has the message's id
        await thread.join()
        return ChannelId(thread.id)

    async def _fold(self, thread: discord.Thread, *, locked: bool, archived: bool) -> None:
        """Lock and archive a thread, or open it to post in it. Without the permission it stays as it is."""
        try:
            await thread.edit(locked=locked, archived=archived)
        except discord.Forbidden as error:
            log.warning("thread %s could not be locked or archived: %s", thread.id, error)

    @asynccontextmanager
    async def _unfolded(self, thread: discord.Thread) -> AsyncGenerator[None]:
        """Discord takes nothing in an archived thread, as a closed round's is: open it for the while."""
        folded, locked = thread.archived, thread.locked
        if folded:
            await self._fold(thread, locked=locked, archived=False)
        try:
            yield
        finally:
            if folded:
                await self._fold(thread, locked=locked, archived=True)


def _answered(shown: posting.Shown, thread: discord.Thread) -> discord.MessageReference | None:
    if shown.parent is None or shown.parent.message_id is None:
        return None
    return discord.MessageReference(
        message_id=shown.parent.message_id, channel_id=thread.id, guild_id=thread.guild.id, fail_if_not_exists=False
    )
