"""The hand on all that is posted, and its clockwork: what is due is closed, what is out of date is refreshed.

The record says what is missing and what is out of date. `sweep` finds it at each start and every minute, and has it
posted, edited or deleted.
"""

import asyncio
import logging
from collections.abc import Coroutine
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

import discord

from bot.chat.answers import NOT_TAKEN
from bot.chat.errors import log_error
from bot.chat.publishing.adopting import OwnPosts
from bot.chat.publishing.alarm import Alarm
from bot.chat.publishing.announcing import Announcer, draws
from bot.chat.publishing.once import Once
from bot.chat.publishing.places import UNKNOWN_CHANNEL, Places
from bot.chat.publishing.posting import Poster
from bot.chat.publishing.questioning import Questioner
from bot.chat.publishing.showing import Showing
from bot.chat.publishing.tidying import Tidying
from bot.chat.publishing.under_way import UnderWay
from bot.classroom import posting
from bot.classroom.advancing import go_on_when_due, run_of
from bot.classroom.announcing import rounds_with_news
from bot.classroom.posting import Posted, TakenDown
from bot.discussion.ids import AskingId, ChannelId, GuildId, MessageId, RoundId
from bot.discussion.phasing import is_due
from bot.discussion.values import Response, Round

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)

REFRESH = timedelta(seconds=5)
"""The shortest time between two edits of one card."""

AT_ONCE = 5
"""Most posts of responses that are edited or deleted between two sweeps in so long: as fast as Discord takes edits."""

DRAWN_SOON = 1.0
"""Seconds to wait for posts for which a chart has to be drawn first, before they are left to follow by themselves."""

RELEASED_SOON = 5.0
"""Seconds that a round's count waits for the posts of what was held back in it: it stands below them then."""

SWEEP = timedelta(minutes=1)
"""How often to look for what is on record but could not be posted."""


class Publisher:
    """Publishes for one bot. Keeps in memory only which cards are out of date and which rounds run against the clock.

    Rounds of a guild that is out of reach rest until it is back.
    """

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot
        self.places = Places(bot)
        self._once = Once(bot)
        self._poster = Poster(bot, self.places, self._once)
        self._announcer = Announcer(bot, self.places, self._once)
        self._showing = Showing(bot, self.places, self._once)
        self._stale: dict[RoundId, Round] = {}
        self._missed: dict[RoundId, Round] = {}
        self._refreshed_at: dict[RoundId, datetime] = {}
        self._running: dict[RoundId, Round] = {}
        self._troubles: dict[str, str] = {}
        self._swept_at: datetime | None = None
        self._refused: set[RoundId] = set()
        """Rounds whose posts Discord did not let be edited: they wait for the next sweep."""
        self._under_way = UnderWay()
        self._questioner = Questioner(bot, self.places, self._once)
        self.alarm = Alarm(bot, self.places, self._once, self._under_way, self._guarded)
        self._tidying = Tidying(bot)
        self._has_changed = False
        self._followed_at: datetime | None = None

    async def pose(self, found: Round) -> Round:
        """See to it that an open round has its card and thread and that its clock runs; the round as it is then."""
        self._running.setdefault(found.id, found)
        posed = await self._poster.pose(found)
        if posed.is_open:
            self._running[found.id] = posed
        await self._announcer.announce(posed)
        return posed

    async def show(self, response: Response, *, within: float) -> Posted:
        """Post a response in its thread, or bring its message up to date; soon also those that quote it.

        Nobody waits longer than so many seconds: Discord may let a whole class's posts stand in line for minutes. What
        it does not take then is posted later.
        """
        self._has_changed = True
        task = self._under_way.begin(f"posting response {response.id}", self._shown(response))
        await asyncio.wait({task}, timeout=within)
        return task.result() if task.done() else Posted.LATER

    async def take_down(self, response: Response) -> TakenDown:
        """Delete a withdrawn response's message; soon those that quote it are edited."""
        self._has_changed = True
        return await self._showing.take_down(response)

    async def hide(self, response: Response) -> TakenDown:
        """Let the thread show that a moderator has hidden a response; soon those that quote it are edited."""
        self._has_changed = True
        return await self._showing.hide(response)

    async def announce(self, found: Round) -> None:
        """Tell the class of a round's phases that have begun; soon the card says so, and what was held back shows."""
        if found.is_open:
            self.running(found)
        self.released()
        await self._soon(f"announcing round {found.id}", self._announcer.announce(found), found)

    async def conclude(self, found: Round) -> None:
        """Settle a closed round's card, lock its thread and post its tally."""
        self._forget(found)
        await self._bot.attending.closed(found)
        await self._soon(f"concluding round {found.id}", self._told_to_the_end(found), found)

    def outdated(self, found: Round) -> None:
        """Say that a round's card does not show the true numbers any more."""
        self._stale[found.id] = found

    def outdated_by(self, response: Response) -> None:
        """The same for the round of a response that was heard or taken back, and for the posts that quote it."""
        self._has_changed = True
        found = self._running.get(response.round_id)
        if found is not None:
            self.outdated(found)

    def running(self, found: Round) -> None:
        """Say that a round's deadline has moved."""
        self._running[found.id] = found
        self.outdated(found)

    def released(self) -> None:
        """Say that responses which were held back are to be seen: they are posted with the clockwork's next beat."""
        self._swept_at = None

    async def say(self, found: Round, sentence: str) -> bool:
        """Tell the class in a round's thread what has just happened; False where that could not be.

        What Discord does not take now is not said later, when it would not be true any more: what lasts stands on the
        card and the notices.
        """
        try:
            thread = await self.places.thread_of(found)
            if thread is not None:
                await thread.send(sentence, silent=True)
        except NOT_TAKEN as error:
            log.warning("the class of round %s was not told what has happened: %s", found.id, error)
            return False
        return thread is not None

    async def ask(self, asking_id: AskingId) -> bool:
        """Post a question to a class; False where Discord does not take it now: it is tried again."""
        try:
            return await self._questioner.post(asking_id)
        except NOT_TAKEN as error:
            log.warning("question %s was not posted: %s", asking_id, error)
            return False

    async def slow_down(self, found: Round) -> bool:
        """Say how long everybody waits from now on, on the card and in the thread; False where not in the thread."""
        self.running(found)
        try:
            return await self.places.slow_down(found)
        except NOT_TAKEN as error:
            log.warning("the thread of round %s was not slowed down: %s", found.id, error)
            return False

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
        if due := [each for each in self._running.values() if is_due(run_of(each), now)]:
            await self._bot.listening.until_heard()
        for found in due:
            # First what was said in time is read back, then the round is closed.
            if not self._rests(found.guild_id) and not self._bot.attending.is_behind(found):
                await self._guarded(f"going on in round {found.id} on time", self._go_on(found))
        await self.alarm.tick(now, self.pose)
        for found in list(self._stale.values()):
            waited = now - self._refreshed_at.get(found.id, now - REFRESH) >= REFRESH
            # Another round's edit may have taken so long that this one has been concluded meanwhile.
            if waited and found.id in self._stale and not self._rests(found.guild_id):
                # Taken off the list before the count is read: a vote during the edit puts it back.
                del self._stale[found.id]
                self._refreshed_at[found.id] = now
                if await self._guarded(f"refreshing the card of round {found.id}", self._poster.refresh(found)):
                    self._missed[found.id] = found
        if self._has_changed and (self._followed_at is None or now - self._followed_at >= REFRESH):
            self._has_changed, self._followed_at = False, now
            await self._guarded("looking for posts out of date", self._follow(self._once.own_posts(), AT_ONCE))
        await self._guarded("asking classes back", self._questioner.tick(now, self._running.values()))
        if self._swept_at is None or now - self._swept_at >= SWEEP:
            self._swept_at = now
            await self._guarded("looking for what was not posted", self.sweep())
        if self._tidying.is_due():
            what = "purging what is past its period"
            self._under_way.begin(what, self._guarded(what, self._tidying.purge()))

    async def stop(self, within: float) -> None:
        """Let posts under way come to their end, for so many seconds; the others are left to the next start."""
        await self._under_way.stop(within)

    async def catch_up(self) -> None:
        """Bring everything up to date: after a start, and after each lost connection."""
        await self.sweep()
        for found in self._running.values():
            self.outdated(found)

    async def sweep(self) -> None:
        """Post what is on record but not to be seen, mend what is to be seen otherwise, start every round's clock."""
        self._stale |= self._missed
        self._missed.clear()
        self._refused.clear()
        waiting, own = await posting.unposted(self._bot.room), self._once.own_posts()
        for found in waiting.open:
            self._running[found.id] = found
            if (found.card_id is None or found.thread_id is None) and not self._rests(found.guild_id):
                await self._guarded(f"posing round {found.id}", self._poster.pose(found, own), found)
        for found in await rounds_with_news(self._bot.room):
            if not self._rests(found.guild_id) and found.id not in self._under_way.left:
                telling = self._announcer.announce(found, own) if found.is_open else self._told_to_the_end(found, own)
                await self._unless_it_draws(f"announcing round {found.id}", telling, found)
        for found in waiting.untold:
            if not self._rests(found.guild_id) and found.id not in self._under_way.left:
                self._forget(found)
                await self._guarded(f"concluding round {found.id}", self._poster.conclude(found, own), found)
        refused: set[RoundId] = set()
        for response in waiting.responses:
            if not self._rests(response.guild_id) and response.round_id not in refused:
                found = self._running.get(response.round_id)
                showing = self._showing.show(response, own)
                await self._in_turn(f"posting response {response.id}", showing, found, response.round_id, refused)
        await self._guarded("looking after what is scheduled", self.alarm.sweep(own))
        await self._guarded("asking what is still to be asked", self._questioner.post(own=own))
        await self._follow(own)

    async def _follow(self, own: OwnPosts, most: int | None = None) -> None:
        """Bring posts up to date that show something else than the record, the longest out of date first."""
        waiting = await posting.out_of_date(self._bot.room)
        due = [post for post in waiting if not self._rests(post.guild_id) and post.round_id not in self._refused]
        self._has_changed |= len(due) > len(due[:most])
        for post in due[:most]:
            found = await posting.round_of(self._bot.room, post)
            if found is None or post.round_id in self._refused:
                continue
            if post.response_id is None:
                what, work = f"the count of round {found.id}", self._poster.recount(found)
            else:
                what = f"the post of response {post.response_id}"
                work = self._showing.bring_up_to_date(post.guild_id, post.response_id, own)
            await self._in_turn(f"bringing {what} up to date", work, found, found.id, self._refused)

    async def _in_turn(
        self, what: str, work: Coroutine[None, None, object], found: Round | None, of: RoundId, refused: set[RoundId]
    ) -> None:
        """One of several posts in a round: what Discord does not take there now, it will not take for the others."""
        error = await self._guarded(what, work, found)
        is_its_own_fault = isinstance(error, discord.HTTPException) and error.status == HTTPStatus.BAD_REQUEST
        if error is not None and not is_its_own_fault:
            refused.add(of)

    async def _shown(self, response: Response) -> Posted:
        """What is on record stays there, whatever goes wrong with its post: it is tried again."""
        try:
            return await self._showing.show(response)
        except Exception as error:  # noqa: BLE001 - perhaps nobody waits for it any more
            log_error(f"posting response {response.id}", error)
            return Posted.LATER

    def _rests(self, guild_id: GuildId) -> bool:
        return self.places.is_out_of_reach(guild_id)

    async def _go_on(self, found: Round) -> None:
        """A phase's time is over: the next begins, or the round has ended."""
        after = await go_on_when_due(self._bot.room, found)
        if after is None:
            after = (await posting.fresh(self._bot.room, found)).round
            if after.is_open:
                self._running[after.id] = after
            else:
                self._forget(after)
        else:
            telling = self.announce(after) if after.is_open else self.conclude(after)
            await self._unless_it_draws(f"telling of round {after.id}", telling, after)

    async def _told_to_the_end(self, found: Round, own: OwnPosts | None = None) -> None:
        """First what a closed round has revealed and what was held back in it, then what it has come to.

        A whole class's words may take Discord minutes: the count does not wait longer for them than a moment.
        """
        await self._announcer.announce(found, own)
        what = f"posting what was held back in round {found.id}"
        showing = self._under_way.begin(what, self._guarded(what, self._show_released(found), found))
        await asyncio.wait({showing}, timeout=RELEASED_SOON)
        await self._poster.conclude(found, own)

    async def _show_released(self, found: Round) -> None:
        for response in await posting.released(self._bot.room, found):
            if await self._shown(response) is Posted.LATER:
                return

    async def _soon(self, what: str, work: Coroutine[None, None, None], found: Round) -> None:
        """Posts that somebody waits for: where a chart has to be drawn first, no longer than a moment."""
        task = self._under_way.begin(what, work)
        await asyncio.wait({task}, timeout=DRAWN_SOON if draws(found) else None)
        if task.done():
            task.result()
        else:
            self._under_way.leave(what, self._guarded(what, _ended(task), found), found.id)

    async def _unless_it_draws(self, what: str, work: Coroutine[None, None, None], found: Round) -> None:
        """Posts of the clockwork's own: where a chart has to be drawn first, the clock does not wait for them."""
        if draws(found):
            self._under_way.leave(what, self._guarded(what, work, found), found.id)
        else:
            await self._guarded(what, work, found)

    async def _guarded(
        self, what: str, work: Coroutine[None, None, object], found: Round | None = None
    ) -> Exception | None:
        """Work that nobody waits for: what goes wrong is logged and returned, and the next work goes on.

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
            return error
        if self._troubles.pop(what, None) is not None:
            log.info("%s goes well again", what)
        return None

    def _forget(self, found: Round) -> None:
        self._running.pop(found.id, None)
        self._stale.pop(found.id, None)
        self._missed.pop(found.id, None)
        self._refreshed_at.pop(found.id, None)


async def _ended(task: asyncio.Task[None]) -> None:
    await task
