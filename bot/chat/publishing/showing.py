"""The posts of responses: posted once, edited when their words or those they quote change, deleted when taken back.

What a moderator hides keeps its post, which says so. See `standing_in` for what students typed themselves.
"""

import logging
from collections.abc import Awaitable
from typing import TYPE_CHECKING

import discord

from bot.chat.cards.response_card import response_card
from bot.chat.publishing.adopting import OwnPosts, response_address
from bot.chat.publishing.once import Once, Post
from bot.chat.publishing.places import NOBODY, Places, is_message_gone, unfolded
from bot.chat.publishing.standing_in import StandIns, delete
from bot.classroom import posting
from bot.classroom.admitting import UNREAD
from bot.classroom.posting import Posted, Shown, TakenDown
from bot.discussion.ids import GuildId, MessageId, ResponseId
from bot.discussion.values import Response, Source

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)


class Showing:
    """Shows the responses of one bot's classroom. Everything here may be called again at any time."""

    def __init__(self, bot: "Parley", places: Places, once: Once) -> None:
        self._bot = bot
        self._places = places
        self._once = once
        self._stand_ins = StandIns(bot, once)

    async def show(self, response: Response, own: OwnPosts | None = None) -> Posted:
        """Post a response in its thread, or bring its message up to date."""
        async with self._once.lock(response.round_id):
            shown = await posting.shown(self._bot.room, response.guild_id, response.id)
            if shown is not None and shown.is_hidden:
                if shown.mark is not None and shown.response.review in UNREAD:  # changed: its post is not to show that
                    await self._hide(shown, own)
                return Posted.HIDDEN
            if shown is None or not shown.stands:
                return Posted.NOWHERE
            return await self._show(shown, own)

    async def take_down(self, response: Response) -> TakenDown:
        """Delete the message of a response that was taken back."""
        async with self._once.lock(response.round_id):
            shown = await posting.shown(self._bot.room, response.guild_id, response.id)
            if shown is None or shown.stands:
                return TakenDown.GONE
            try:
                return await self._take_down(shown, None)
            except discord.Forbidden as error:
                log.warning("the message of withdrawn response %s stays for now: %s", response.id, error)
                return TakenDown.STAYS

    async def hide(self, response: Response) -> TakenDown:
        """Let the thread show that a moderator has hidden a response."""
        async with self._once.lock(response.round_id):
            shown = await posting.shown(self._bot.room, response.guild_id, response.id)
            return await self._hide(shown, None) if shown is not None and shown.is_hidden else TakenDown.GONE

    async def bring_up_to_date(self, guild_id: GuildId, response_id: ResponseId, own: OwnPosts | None = None) -> None:
        """Do whichever of these is due, if any is."""
        shown = await posting.shown(self._bot.room, guild_id, response_id)
        if shown is None:
            return
        async with self._once.lock(shown.round.id):
            shown = await posting.shown(self._bot.room, guild_id, response_id)
            if shown is None or shown.mark is None:
                return
            if shown.stands:
                await self._show(shown, own)
            elif shown.is_hidden:
                await self._hide(shown, own)
            else:
                await self._take_down(shown, own)

    async def _show(self, shown: Shown, own: OwnPosts | None) -> Posted:
        if shown.waits:
            await self._is_up_to_date(shown)
            return Posted.WAITS
        thread = await self._places.thread_of(shown.round)
        if thread is None:
            # Posts in a thread that is gone are gone too. One that is not there yet has none yet.
            await self._is_up_to_date(shown)
            return Posted.LATER if shown.round.lost is None else Posted.NOWHERE
        if shown.response.source is Source.MESSAGE:
            async with unfolded(thread):
                await self._stand_ins.show(shown, thread, own)
            await self._is_up_to_date(shown)
            return Posted.STANDS
        if shown.response.message_id is None:
            async with unfolded(thread):
                await self._post(shown, thread, own)
            return Posted.STANDS
        if shown.mark is None:
            return Posted.STANDS
        async with unfolded(thread):
            stands = await _edited(shown, thread, shown.response.message_id)
        await self._is_up_to_date(shown)
        return Posted.STANDS if stands else Posted.NOWHERE

    async def _post(self, shown: Shown, thread: discord.Thread, own: OwnPosts | None) -> None:
        post, answered = _post(shown, thread), _answered(shown, thread)

        def send() -> Awaitable[discord.Message]:
            view = response_card(shown)
            if answered is None:
                return thread.send(view=view, nonce=post.nonce)
            return thread.send(view=view, nonce=post.nonce, reference=answered, mention_author=False)

        message_id, is_new = await self._once.send(post, send, own)
        if not is_new and shown.mark is not None:
            await _edited(shown, thread, message_id)
        await posting.response_posted(self._bot.room, shown, message_id, shown.mark)
        self._once.noted(post)

    async def _hide(self, shown: Shown, own: OwnPosts | None) -> TakenDown:
        """What was never posted needs no message that it is hidden."""
        thread = await self._places.thread_of(shown.round)
        became = TakenDown.GONE
        if thread is not None and shown.response.source is Source.MESSAGE:
            async with unfolded(thread):
                became = await self._stand_ins.hide(shown, thread, own)
        elif thread is not None and (message_id := await self._message_of(shown, thread, own)) is not None:
            async with unfolded(thread):
                await _edited(shown, thread, message_id)
            await posting.response_posted(self._bot.room, shown, message_id, None)
        await self._is_up_to_date(shown)
        return became

    async def _take_down(self, shown: Shown, own: OwnPosts | None) -> TakenDown:
        """What its author typed and the bot may not delete is theirs to delete, which they are told: it is given up."""
        response = shown.response
        thread = await self._places.thread_of(shown.round)
        message_id = await self._message_of(shown, thread, own) if thread is not None else None
        if thread is None or message_id is None:
            await self._is_up_to_date(shown)
            return TakenDown.GONE
        try:
            async with unfolded(thread):
                if response.source is Source.MESSAGE:
                    await self._stand_ins.take_away(shown, thread, own)
                await delete(thread, message_id)
        except discord.Forbidden as error:
            if response.source is not Source.MESSAGE:
                raise
            log.warning("message %s of a withdrawn response stays: %s", message_id, error)
            await self._is_up_to_date(shown)
            return TakenDown.STAYS
        await self._is_up_to_date(shown)
        return TakenDown.GONE

    async def _message_of(self, shown: Shown, thread: discord.Thread, own: OwnPosts | None) -> MessageId | None:
        """The message to delete, also one that was posted without being noted."""
        if shown.response.message_id is not None:
            return shown.response.message_id
        return await self._once.find(_post(shown, thread), own)

    async def _is_up_to_date(self, shown: Shown) -> None:
        if shown.mark is not None:
            await posting.brought_up_to_date(self._bot.room, shown.post, shown.mark)


async def _edited(shown: Shown, thread: discord.Thread, message_id: MessageId) -> bool:
    """Let a message show the response as it is. False where somebody has deleted it: then it is not posted anew."""
    try:
        await thread.get_partial_message(message_id).edit(view=response_card(shown), allowed_mentions=NOBODY)
    except discord.NotFound as error:
        if not is_message_gone(error):
            raise
        log.warning("message %s of response %s was deleted; it is shown nowhere", message_id, shown.response.id)
        return False
    return True


def _post(shown: Shown, thread: discord.Thread) -> Post:
    response = shown.response
    return Post(thread, f"response-{response.id}", response_address(response.id), response.created_at)


def _answered(shown: Shown, thread: discord.Thread) -> discord.MessageReference | None:
    if shown.parent is None or shown.parent.message_id is None:
        return None
    return discord.MessageReference(
        message_id=shown.parent.message_id, channel_id=thread.id, guild_id=thread.guild.id, fail_if_not_exists=False
    )
