"""Where things are posted: channels and threads, found again after a restart, or found to be gone."""

import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import discord

from bot.classroom import losing
from bot.discussion.ids import ChannelId, GuildId, MessageId
from bot.discussion.values import Round

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)

UNKNOWN_CHANNEL, UNKNOWN_MESSAGE = 10003, 10008

NOBODY = discord.AllowedMentions.none()
"""For edits, which do not take the bot's own default."""


class Places:
    """The channels and threads of the guilds that one bot is in."""

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot

    def is_out_of_reach(self, guild_id: GuildId) -> bool:
        """Is the bot not in that guild, or is the guild unavailable? Then nothing there can be posted or read."""
        guild = self._bot.get_guild(guild_id)
        return guild is None or guild.unavailable

    async def channel_of(self, found: Round) -> discord.TextChannel | None:
        """The round's channel; None where it is gone, which is then on record. HTTPException where Discord refuses."""
        channel = await self._fetched(found.channel_id)
        if channel is None:
            await self.channel_is_gone(found.guild_id, found.channel_id)
        return channel if isinstance(channel, discord.TextChannel) else None

    async def thread_of(self, found: Round) -> discord.Thread | None:
        """The round's thread; None where it has none or it is gone, which is then on record."""
        if found.thread_id is None or found.lost is not None:
            return None
        thread = await self._fetched(found.thread_id)
        if thread is None:
            await self.thread_is_gone(found.guild_id, found.thread_id)
        return thread if isinstance(thread, discord.Thread) else None

    async def thread_is_gone(self, guild_id: GuildId, thread_id: ChannelId) -> Round | None:
        """Put it on record that a thread was deleted; its round, where it was one's."""
        found = await losing.thread_gone(self._bot.room, guild_id, thread_id)
        if found is not None:
            log.warning("the thread of round %s was deleted; what was said stays on record", found.id)
        return found

    async def channel_is_gone(self, guild_id: GuildId, channel_id: ChannelId) -> list[Round]:
        """Put it on record that a channel was deleted; the rounds that were closed with it."""
        closed = await losing.channel_gone(self._bot.room, guild_id, channel_id)
        for found in closed:
            log.warning("the channel of round %s was deleted; the round and its session are closed", found.id)
        return closed

    async def look_again(self, found: Round) -> None:
        """Ask Discord itself for a round's thread and channel, whatever is remembered of them."""
        if found.thread_id is not None and await self._asked(found.thread_id) is None:
            await self.thread_is_gone(found.guild_id, found.thread_id)
        if await self._asked(found.channel_id) is None:
            await self.channel_is_gone(found.guild_id, found.channel_id)

    async def lock(self, thread_id: ChannelId) -> None:
        """Let nobody type in a thread, where the bot may do that. Its buttons go on, and so do the bot's own posts."""
        thread = await self._fetched(thread_id)
        if isinstance(thread, discord.Thread) and not thread.locked:
            await fold(thread, locked=True, archived=False)

    async def slow_down(self, found: Round) -> bool:
        """Let everybody wait between two messages as long as between two responses; False where the bot may not."""
        thread = await self.thread_of(found)
        seconds = found.conduct.slow_seconds
        if thread is None or thread.slowmode_delay == seconds:
            return True
        try:
            await thread.edit(slowmode_delay=seconds)
        except discord.Forbidden as error:
            log.warning("thread %s could not be slowed down: %s", thread.id, error)
            return False
        return True

    async def _fetched(self, channel_id: ChannelId) -> object:
        return self._bot.get_channel(channel_id) or await self._asked(channel_id)

    async def _asked(self, channel_id: ChannelId) -> object:
        try:
            return await self._bot.fetch_channel(channel_id)
        except discord.NotFound:
            return None


def is_message_gone(error: discord.NotFound) -> bool:
    """Is it the message that is not there, and not the place to look for it?"""
    return error.code == UNKNOWN_MESSAGE


async def edit(place: discord.TextChannel | discord.Thread, message_id: MessageId, view: discord.ui.LayoutView) -> None:
    """Let a post show this. One that somebody has deleted is not posted anew."""
    try:
        await place.get_partial_message(message_id).edit(view=view, allowed_mentions=NOBODY)
    except discord.NotFound as error:
        if not is_message_gone(error):
            raise


async def fold(thread: discord.Thread, *, locked: bool, archived: bool) -> None:
    """Lock and archive a thread, or open it to post in it. Without the permission it stays as it is."""
    try:
        await thread.edit(locked=locked, archived=archived)
    except discord.Forbidden as error:
        log.warning("thread %s could not be locked or archived: %s", thread.id, error)


@asynccontextmanager
async def unfolded(place: discord.TextChannel | discord.Thread) -> AsyncGenerator[None]:
    """Discord takes nothing in an archived thread, as a closed round's is: open it for the while."""
    if not isinstance(place, discord.Thread) or not place.archived:
        yield
        return
    locked = place.locked
    await fold(place, locked=locked, archived=False)
    try:
        yield
    finally:
        await fold(place, locked=locked, archived=True)
