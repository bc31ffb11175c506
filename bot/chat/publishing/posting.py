"""Posting what is on record of rounds: each card, thread and tally once, and kept true."""

import logging
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from bot.chat.cards.phase_notice import phase_notice
from bot.chat.cards.round_card import round_card
from bot.chat.cards.summary_card import summary_card
from bot.chat.publishing.adopting import OwnPosts, card_address, summary_address
from bot.chat.publishing.once import Once, Post
from bot.chat.publishing.places import NOBODY, Places, edit, fold, unfolded
from bot.chat.texts import fitted
from bot.classroom import announcing, losing, posting
from bot.classroom.announcing import Notice
from bot.classroom.posting import Count
from bot.classroom.results import Results
from bot.classroom.voting import Standing
from bot.discussion.ids import ChannelId, GuildId, MessageId, RoundId
from bot.discussion.values import Loss, Outdated, Round

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)

_ALREADY_HAS_THREAD = 160004
_ARCHIVE_AFTER = 10080
"""Minutes without a word until Discord folds a thread away: a week, so that a slow debate stays in sight."""


class Poster:
    """Posts for one bot, under a lock per round. Everything here may be called again at any time."""

    def __init__(self, bot: "Parley", places: Places, once: Once) -> None:
        self._bot = bot
        self._places = places
        self._once = once
        self._reposted: Counter[RoundId] = Counter()
        self._settled: set[tuple[RoundId, int]] = set()
        """Phases whose notice says that they are over: it is not edited again."""

    async def pose(self, found: Round, own: OwnPosts | None = None) -> Round:
        """See to it that an open round has its card and thread; the round as it is then."""
        async with self._once.lock(found.id):
            standing = await posting.fresh(self._bot.room, found)
            channel = await self._places.channel_of(standing.round) if standing.round.is_open else None
            if channel is not None:
                card = channel.get_partial_message(await self._card(channel, standing, own))
                if standing.round.thread_id is None:
                    thread_id = await _thread(card, standing.round)
                    conduct = standing.round.conduct
                    if conduct.pseudonymous or conduct.approve_first:
                        await self._places.lock(thread_id)
                    if conduct.slow_seconds:
                        await self._places.slow_down(replace(standing.round, thread_id=thread_id))
                    await posting.thread_made(self._bot.room, found, thread_id)
            return (await posting.fresh(self._bot.room, found)).round

    async def conclude(self, found: Round, own: OwnPosts | None = None) -> None:
        """Settle a closed round's card, lock its thread and post its tally there, whose id says that it is done.

        Without a thread the tally is posted in the channel; without a channel, nowhere.
        """
        async with self._once.lock(found.id):
            count = await posting.count_of(self._bot.room, found)
            closed = count.standing.round
            if closed.tally_id is not None or closed.closed_at is None or count.results is None:
                return
            place = await self._places.thread_of(closed) or await self._places.channel_of(closed)
            if place is None:
                return
            # What may be repeated comes first: from the tally to its record is the shortest way.
            await self.redraw(count.standing)
            await self._follow_the_clock(closed)
            if isinstance(place, discord.Thread):
                await fold(place, locked=True, archived=False)
            post = Post(place, f"tally-{closed.id}", summary_address(closed.id), closed.closed_at)
            view = summary_card(count.results)
            tally, is_new = await self._once.send(
                post, lambda: place.send(view=view, nonce=post.nonce, silent=True), own
            )
            await posting.tally_posted(self._bot.room, found, tally, count.mark if is_new else None)
            self._once.noted(post)
            self._settled -= {(found.id, number) for number in range(len(found.format.plan))}
            if isinstance(place, discord.Thread):
                await fold(place, locked=True, archived=True)

    async def recount(self, found: Round) -> None:
        """Let a round's own posts show what is on record, where they do not any more."""
        async with self._once.lock(found.id):
            count = await posting.count_of(self._bot.room, found)
            now = count.standing.round
            if count.mark is None or (not now.is_open and now.tally_id is None and now.lost is not Loss.CHANNEL):
                return  # its tally is still to be posted, with the numbers of then
            await self._mend(count)

    async def refresh(self, found: Round) -> None:
        """Let an open round's card show the true numbers, and its notices the true times."""
        async with self._once.lock(found.id):
            count = await posting.count_of(self._bot.room, found)
            if count.standing.round.is_open:
                await self._mend(count)

    async def _mend(self, count: Count) -> None:
        found = count.standing.round
        if found.is_open or found.tally_id is not None:
            await self.redraw(count.standing)
        if count.mark is None:
            return
        if found.is_open:
            await self._follow_the_clock(found)
        elif found.tally_id is not None and count.results is not None:
            await self._edit_summary(count.results, found.tally_id)
        await posting.brought_up_to_date(self._bot.room, Outdated(found.guild_id, found.id, None), count.mark)

    async def _follow_the_clock(self, found: Round) -> None:
        """Let the notices of a round's phases say until when they last, or that they are over."""
        notices = [each for each in await announcing.told_so_far(self._bot.room, found) if not self._is_settled(each)]
        thread = await self._places.thread_of(found) if notices else None
        if thread is None:
            return
        async with unfolded(thread):
            for notice in notices:
                if notice.log.notice_id is not None:
                    await edit(thread, notice.log.notice_id, phase_notice(notice))
                if notice.is_over:
                    self._settled.add((found.id, notice.log.number))

    def _is_settled(self, notice: Notice) -> bool:
        return (notice.standing.round.id, notice.log.number) in self._settled

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

    async def _edit_summary(self, results: Results, summary_id: MessageId) -> None:
        place = await self._places.thread_of(results.round) or await self._places.channel_of(results.round)
        if place is None:
            return
        async with unfolded(place):
            await edit(place, summary_id, summary_card(results))

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
        post = Post(channel, nonce, card_address(found.id), found.opened_at)
        card, _ = await self._once.send(post, lambda: channel.send(view=view, nonce=nonce, silent=True), own)
        await posting.card_posted(self._bot.room, found, card)
        self._once.noted(post)
        return card


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
