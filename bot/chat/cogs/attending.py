"""Knowing since when the bot has not been listening, and reading back what was said meanwhile."""

import asyncio
import logging
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

import discord
from discord.ext import commands, tasks

from bot.chat.behind import Behind
from bot.chat.errors import log_error
from bot.chat.reading_back import ReadingBack, Unreadable
from bot.classroom import missing
from bot.discussion.ids import ChannelId, GuildId, RoundId
from bot.discussion.values import Round

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)

STOPPED = "Parley was not running"
CUT_OFF = "the connection to Discord was lost"
OUT_OF_REACH = "Parley could not reach the server"
NOT_RECORDED = "the database failed"

READ_WITHIN = 20.0
"""Seconds that a question closed by hand waits for what was typed in its thread while nobody listened."""

TRIES = 10
"""How often to read back a round, minute by minute, while the database does not take what is read."""


class Attending(commands.Cog):
    """Notes once a minute that the bot is here, and reads back what it missed when it comes back.

    Only words typed in threads can be missed: everything else is answered when it is recorded. Without the Message
    Content intent they are never recorded, and there is nothing to read back.
    """

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot
        self._cut_off_at: datetime | None = None
        self._was_here = False
        self._since: datetime | None = None
        self._reason: str | None = None
        """Since when and why the bot was away, as long as what was said meanwhile is not read back."""
        self._behind = Behind()
        self._again: set[ChannelId] = set()
        self._tries: Counter[RoundId] = Counter()
        self._left_at: dict[GuildId, datetime] = {}
        self._one_at_a_time = asyncio.Lock()

    async def cog_unload(self) -> None:
        """Note the last moment of a clean stop."""
        self._note.cancel()
        if self._was_here and self._cut_off_at is None and self._reason is None:
            await self._noted()

    def is_behind(self, found: Round) -> bool:
        """May there be words in a round's thread that were typed in time and are not on record yet?"""
        return self._bot.hears_threads and found.id in self._behind

    async def let_read(self, guild_id: GuildId, channel_id: ChannelId) -> None:
        """Before the question in a channel is closed by hand: what was typed in its thread is read back first.

        Nobody waits long for it. What is not read by then is a gap: see `closed`.
        """
        await self._bot.listening.until_heard()
        for found in await missing.to_be_read(self._bot.room, guild_id):
            if found.channel_id == channel_id and self.is_behind(found):
                await self._behind.caught_up(found.id, READ_WITHIN)

    async def closed(self, found: Round) -> None:
        """A round was closed. Nobody reads its thread any more: what is not read back yet is a gap."""
        if not self.is_behind(found):
            return
        self._behind.remove([found.id])
        reason = self._reason or (CUT_OFF if self._cut_off_at is not None else OUT_OF_REACH)
        since = self._since or self._cut_off_at or self._left_at.get(found.guild_id)
        since = since or await missing.here_until(self._bot.room)
        await missing.not_read(self._bot.room, found, since, f"{reason}, and the question was closed meanwhile")

    def missed_in(self, thread_id: ChannelId) -> None:
        """Say that something typed in a thread could not be recorded. It is read back within a minute."""
        self._again.add(thread_id)

    async def arrived(self) -> None:
        """A new session with Discord: whatever happened since the last one was not heard. Read it back."""
        self._unread_since(self._cut_off_at, CUT_OFF if self._was_here else STOPPED)
        self._cut_off_at, self._was_here = None, True
        if not self._note.is_running():
            self._note.start()
        await self._read_all()

    async def resumed(self) -> None:
        """The old session goes on. Discord has replayed what happened; that all of it came is made sure of."""
        since, self._cut_off_at = self._cut_off_at, None
        try:
            async with self._one_at_a_time:
                if self._bot.hears_threads and self._reason is None:
                    await self._read(await missing.to_be_read(self._bot.room), since, CUT_OFF, compare=False)
                self._listen()
        except Exception:
            self._unread_since(since, CUT_OFF)
            raise

    @commands.Cog.listener()
    async def on_disconnect(self) -> None:
        """Remember the first moment without a connection. Discord may still replay what happens from here on."""
        self._cut_off_at = self._cut_off_at or discord.utils.utcnow()
        self._behind.listening(False)

    @commands.Cog.listener()
    async def on_guild_unavailable(self, guild: discord.Guild) -> None:
        """An outage at Discord: the guild's rounds rest until it is over."""
        await self._lost(guild, "is not available at the moment")

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed: the guild's rounds rest until it is invited again."""
        await self._lost(guild, "has removed Parley")

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """The outage is over."""
        await self._back(guild)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was invited, for the first time or again."""
        await self._back(guild)

    async def _lost(self, guild: discord.Guild, how: str) -> None:
        guild_id = GuildId(guild.id)
        self._left_at.setdefault(guild_id, discord.utils.utcnow())
        try:
            resting = await missing.to_be_read(self._bot.room, guild_id)
        except Exception as error:  # noqa: BLE001 - an event's end of the funnel
            log_error("looking for the rounds of a lost server", error)
            return
        self._behind.add(found.id for found in resting)
        log.warning("server %s %s; %d open rounds rest there", guild_id, how, len(resting))

    async def _back(self, guild: discord.Guild) -> None:
        if not self._was_here:
            return  # at the start every guild is announced before the bot is ready
        guild_id = GuildId(guild.id)
        try:
            async with self._one_at_a_time:
                since = self._left_at.pop(guild_id, None)
                waiting = await missing.to_be_read(self._bot.room, guild_id)
                if self._bot.hears_threads:
                    await self._read(waiting, since, OUT_OF_REACH, compare=True)
            for found in waiting:
                self._bot.publisher.outdated(found)
        except Exception as error:  # noqa: BLE001 - as above
            log_error(f"going on in server {guild_id}", error)

    def _unread_since(self, since: datetime | None, reason: str) -> None:
        """Keep in mind that nothing has been read since then, until it is."""
        if self._reason is None:
            self._since, self._reason = since, reason

    def _listen(self) -> None:
        """All is read, or only the rounds that are still behind wait for it; unless the connection is lost again."""
        self._behind.listening(self._cut_off_at is None)

    async def _read_all(self) -> None:
        """Read back all that is still unread since the bot was away; where the database fails, a minute later."""
        async with self._one_at_a_time:
            reason = self._reason
            if reason is None:
                return
            since = self._since or await missing.here_until(self._bot.room)
            if self._bot.hears_threads:
                waiting = await missing.to_be_read(self._bot.room)
                self._behind.replace(found.id for found in waiting)
                self._listen()
                await self._read(waiting, since, reason, compare=True)
            self._since = self._reason = None
            self._listen()
        await self._noted()

    async def _read(self, waiting: list[Round], since: datetime | None, reason: str, *, compare: bool) -> None:
        """Read back round by round: first all that is new, then what was edited and deleted. What fails is a gap."""
        reading = ReadingBack(self._bot)
        here = [found for found in waiting if not self._bot.publisher.places.is_out_of_reach(found.guild_id)]
        failed, later = set[RoundId](), set[RoundId]()
        if here:
            log.info("reading back the threads of %d open rounds", len(here))
        for comparing in (False, True) if compare else (False,):
            for found in here:
                if found.id in failed | later:
                    continue
                try:
                    await reading.read(found, compare=comparing)
                except Exception as error:  # noqa: BLE001 - one round must not keep the others from being read
                    (failed if await self._gave_up(found, since, reason, error) else later).add(found.id)
                    continue
                if comparing == compare:
                    self._behind.remove([found.id])
                    self._tries.pop(found.id, None)
                    self._bot.publisher.outdated(found)
        self._behind.remove(failed)

    async def _gave_up(self, found: Round, since: datetime | None, reason: str, error: Exception) -> bool:
        """Record a gap where a round's thread cannot be read; where the database fails, first try again a few times."""
        if isinstance(error, Unreadable):
            why = str(error)
            log.warning("round %s could not be read back: %s", found.id, why)
        else:
            log_error(f"reading back round {found.id}", error)
            why = "what was typed could not be recorded"
            self._tries[found.id] += 1
            if self._tries[found.id] < TRIES and found.thread_id is not None:
                self._again.add(found.thread_id)
                return False
        self._tries.pop(found.id, None)
        try:
            await missing.not_read(self._bot.room, found, since, f"{reason}, and {why}")
        except Exception as unrecorded:  # noqa: BLE001 - as above
            log_error(f"recording a gap in round {found.id}", unrecorded)
        return True

    @tasks.loop(minutes=1)
    async def _note(self) -> None:
        if self._cut_off_at is not None:
            return  # without a connection: there is nothing to note, and nothing can be read
        try:
            await self._read_all()
            await self._read_again()
        except Exception as error:  # noqa: BLE001 - a loop that raises is dead for good
            log_error("reading back what was not heard", error)
            return
        if self._cut_off_at is None:
            await self._noted()

    async def _read_again(self) -> None:
        """Read back the threads in which something could not be recorded."""
        if not self._again:
            return
        async with self._one_at_a_time:
            waiting = await missing.to_be_read(self._bot.room)
            mine, self._again = [found for found in waiting if found.thread_id in self._again], set()
            await self._read(mine, None, NOT_RECORDED, compare=True)

    async def _noted(self) -> None:
        try:
            await missing.still_here(self._bot.room)
        except Exception as error:  # noqa: BLE001 - as above
            log_error("noting that the bot is here", error)
