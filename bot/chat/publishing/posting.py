"""Posting what is on record: each card, thread, response and tally once, whatever happens between post and note."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import discord

from bot.chat.cards.response_card import response_card
from bot.chat.cards.round_card import round_card
from bot.chat.cards.tally_card import tally_card
from bot.chat.publishing.adopting import OwnPosts, Place, card_address, response_address, tally_address
from bot.chat.publishing.places import Places, fold, unfolded
from bot.chat.texts import fitted
from bot.classroom import losing, posting
from bot.classroom.voting import Standing
from bot.discussion.ids import ChannelId, GuildId, MessageId, RoundId
from bot.discussion.values import Response, Round

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)

NOBODY = discord.AllowedMentions.none()
"""For edits, which do not take the bot's own default."""

_ALREADY_HAS_THREAD = 160004
_ARCHIVE_AFTER = 10080
"""Minutes without a word until Discord folds a thread away: a week, so that a slow debate stays in sight."""


@dataclass(frozen=True, slots=True)
class _Post:
    """Something to be posted: where, its nonce, the address by which it is known again, and since when it is due."""

    place: Place
    nonce: str
    address: str
    since: datetime


class Poster:
    """Posts for one bot, under a lock per round. Everything here may be called again at any time.

    The first attempt at what this process itself recorded is posted straight away. Any other may be a repetition, by
    now without Discord's own protection: it is looked for first, and adopted where it is found.
    """

    def __init__(self, bot: "Parley", places: Places) -> None:
        self._bot = bot
        self._places = places
        self._locks = WeakValueDictionary[RoundId, asyncio.Lock]()
        self._began: datetime | None = None
        self._tried: set[str] = set()
        self._reposted: Counter[RoundId] = Counter()

    def own_posts(self) -> OwnPosts:
        """A fresh look at what the bot has posted, to be shared by what is posted in one go."""
        return OwnPosts(self._bot.user.id if self._bot.user else 0)

    def _lock(self, round_id: RoundId) -> asyncio.Lock:
        """The lock of a round, for as long as somebody holds it or waits for it."""
        return self._locks.setdefault(round_id, asyncio.Lock())

    async def pose(self, found: Round, own: OwnPosts | None = None) -> Round:
        """See to it that an open round has its card and thread; the round as it is then."""
        async with self._lock(found.id):
            standing = await posting.fresh(self._bot.room, found)
            channel = await self._places.channel_of(standing.round) if standing.round.is_open else None
            if channel is not None:
                card = channel.get_partial_message(await self._card(channel, standing, own))
                if standing.round.thread_id is None:
                    await posting.thread_made(self._bot.room, found, await _thread(card, standing.round))
            return (await posting.fresh(self._bot.room, found)).round

    async def show(self, response: Response, own: OwnPosts | None = None) -> bool:
        """Post a response in its thread, or bring its message up to date. False where there is no thread to post in."""
        async with self._lock(response.round_id):
            shown = await posting.shown(self._bot.room, response)
            thread = await self._places.thread_of(shown.round) if shown else None
            if shown is None or thread is None:
                return False
            async with unfolded(thread):
                await self._put(shown, thread, own)
            return True

    async def take_down(self, found: Round, response: Response) -> bool:
        """Delete a withdrawn response's message. False where it must stay because the bot may not delete it."""
        if response.message_id is None:
            return True
        async with self._lock(found.id):
            try:
                thread = await self._places.thread_of(found)
                if thread is not None:
                    async with unfolded(thread):
                        await thread.get_partial_message(response.message_id).delete()
            except discord.NotFound:
                return True
            except discord.HTTPException as error:
                log.warning("message %s of a withdrawn response stays: %s", response.message_id, error)
                return False
        return True

    async def conclude(self, found: Round, own: OwnPosts | None = None) -> None:
        """Settle a closed round's card, lock its thread and post its tally there, whose id says that it is done.

        Without a thread the tally is posted in the channel; without a channel, nowhere.
        """
        async with self._lock(found.id):
            standing = await posting.fresh(self._bot.room, found)
            closed = standing.round
            if closed.tally_id is not None or closed.closed_at is None:
                return
            place = await self._places.thread_of(closed) or await self._places.channel_of(closed)
            if place is None:
                return
            # What may be repeated comes first: from the tally to its record is the shortest way.
            await self.redraw(standing)
            if isinstance(place, discord.Thread):
                await fold(place, locked=True, archived=False)
            post = _Post(place, f"tally-{closed.id}", tally_address(closed.id), closed.closed_at)
            view = tally_card(standing)
            tally = await self._once(post, lambda: place.send(view=view, nonce=post.nonce, silent=True), own)
            await posting.tally_posted(self._bot.room, found, tally)
            self._tried.discard(post.nonce)
            if isinstance(place, discord.Thread):
                await fold(place, locked=True, archived=True)

    async def refresh(self, found: Round) -> None:
        """Let an open round's card show the true numbers."""
        async with self._lock(found.id):
            standing = await posting.fresh(self._bot.room, found)
            if standing.round.is_open:
                await self.redraw(standing)

    async def redraw(self, standing: Standing) -> None:
        """Edit a round's card. One that is gone is put on record as gone: the next sweep posts another."""
        found = standing.round
        channel = await self._places.channel_of(found)
        if channel is None or found.card_id is None:
            return
        view = round_card(standing, hears_thread=self._bot.hears_threads)
        try:
            await channel.get_partial_message(found.card_id).edit(view=view, allowed_mentions=NOBODY)
        except discord.NotFound:
            await self.card_is_gone(found.guild_id, found.card_id)

    async def card_is_gone(self, guild_id: GuildId, message_id: MessageId) -> None:
        """Put it on record that a message was deleted, where it was the card of an open round."""
        found = await losing.card_gone(self._bot.room, guild_id, message_id)
        if found is not None:
            self._reposted[found.id] += 1
            log.warning("the card of round %s was deleted; it is posted anew", found.id)

    async def _card(self, channel: discord.TextChannel, standing: Standing, own: OwnPosts | None) -> MessageId:
        found = standing.round
        if found.card_id is not None:
            return found.card_id
        view = round_card(standing, hears_thread=self._bot.hears_threads)
        # Discord may still know the nonce of a card that was deleted: the next one has another.
        nonce = f"card-{found.id}" + (f"-{self._reposted[found.id]}" if self._reposted[found.id] else "")
        post = _Post(channel, nonce, card_address(found.id), found.opened_at)
        card = await self._once(post, lambda: channel.send(view=view, nonce=nonce, silent=True), own)
        await posting.card_posted(self._bot.room, found, card)
        self._tried.discard(nonce)
        return card

    async def _put(self, shown: posting.Shown, thread: discord.Thread, own: OwnPosts | None) -> None:
        response, view = shown.response, response_card(shown)
        if response.message_id is not None:
            await thread.get_partial_message(response.message_id).edit(view=view, allowed_mentions=NOBODY)
            return
        nonce, answered = f"response-{response.id}", _answered(shown, thread)

        def send() -> Awaitable[discord.Message]:
            if answered is None:
                return thread.send(view=view, nonce=nonce)
            return thread.send(view=view, nonce=nonce, reference=answered, mention_author=False)

        post = _Post(thread, nonce, response_address(response.id), response.created_at)
        message_id = await self._once(post, send, own)
        await posting.response_posted(self._bot.room, response, message_id)
        self._tried.discard(nonce)

    async def _once(
        self, post: _Post, send: Callable[[], Awaitable[discord.Message]], own: OwnPosts | None
    ) -> MessageId:
        self._began = self._began or self._bot.room.now()
        if post.nonce in self._tried or post.since < self._began:
            known = await (own or self.own_posts()).find(post.place, post.address, post.since)
            if known is not None:
                log.info("%s was posted already, as message %s", post.nonce, known)
                return known
        self._tried.add(post.nonce)
        return MessageId((await send()).id)


async def _thread(card: discord.PartialMessage, found: Round) -> ChannelId:
    name = fitted(f"{found.number}. {found.prompt.question}", 100)
    try:
        thread = await card.create_thread(name=name, auto_archive_duration=_ARCHIVE_AFTER)
    except discord.HTTPException as error:
        if error.code != _ALREADY_HAS_THREAD:
            raise
        return ChannelId(card.id)  # a thread made from a message has the message's id
    await thread.join()
    return ChannelId(thread.id)


def _answered(shown: posting.Shown, thread: discord.Thread) -> discord.MessageReference | None:
    if shown.parent is None or shown.parent.message_id is None:
        return None
    return discord.MessageReference(
        message_id=shown.parent.message_id, channel_id=thread.id, guild_id=thread.guild.id, fail_if_not_exists=False
    )
