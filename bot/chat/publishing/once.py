"""Posting each thing once, whatever happens between the post and its note, and never twice at a time in one round."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import discord

from bot.chat.publishing.adopting import OwnPosts, Place
from bot.discussion.ids import MessageId, RoundId
from bot.values import frozen

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)


@frozen
class Post:
    """Something to be posted: where, its nonce, the address by which it is known again, and since when it is due."""

    place: Place
    nonce: str
    address: str
    since: datetime


class Once:
    """What one bot has tried to post, and a lock per round.

    The first attempt at what this process itself recorded is posted straight away. Any other may be a repetition, by
    now without Discord's own protection: it is looked for first, and adopted where it is found.
    """

    def __init__(self, bot: "Parley") -> None:
        self._bot = bot
        self._locks = WeakValueDictionary[RoundId, asyncio.Lock]()
        self._began: datetime | None = None
        self._tried: set[str] = set()

    def own_posts(self) -> OwnPosts:
        """A fresh look at what the bot has posted, to be shared by what is posted in one go."""
        return OwnPosts(self._bot.user.id if self._bot.user else 0)

    def lock(self, round_id: RoundId) -> asyncio.Lock:
        """The lock of a round, for as long as somebody holds it or waits for it."""
        return self._locks.setdefault(round_id, asyncio.Lock())

    async def find(self, post: Post, own: OwnPosts | None) -> MessageId | None:
        """The message that may have been posted without being noted; None where there is none."""
        self._began = self._began or self._bot.room.now()
        if post.nonce not in self._tried and post.since >= self._began:
            return None
        return await (own or self.own_posts()).find(post.place, post.address, post.since)

    async def send(
        self, post: Post, send: Callable[[], Awaitable[discord.Message]], own: OwnPosts | None
    ) -> tuple[MessageId, bool]:
        """Post it, unless it is there already. The message, and whether it says what is on record now: it is new."""
        known = await self.find(post, own)
        if known is not None:
            log.info("%s was posted already, as message %s", post.nonce, known)
            return known, False
        self._tried.add(post.nonce)
        return MessageId((await send()).id), True

    def noted(self, post: Post) -> None:
        """The post is on record: it will not be sent again."""
        self._tried.discard(post.nonce)
