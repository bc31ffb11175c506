"""What a student typed is no post of ours to edit: once a moderator hides it, a message of the bot stands in for it.

It says that something was hidden, shows the words where they are restored, and goes when their author takes them back.
"""

import logging
from typing import TYPE_CHECKING

import discord

from bot.chat.cards.response_card import response_card
from bot.chat.publishing.adopting import OwnPosts, response_address
from bot.chat.publishing.once import Once, Post
from bot.chat.publishing.places import edit, is_message_gone
from bot.classroom import posting
from bot.classroom.admitting import UNREAD
from bot.classroom.posting import Shown, TakenDown
from bot.discussion.ids import MessageId

if TYPE_CHECKING:
    from bot.chat.client import Parley

log = logging.getLogger(__name__)


class StandIns:
    """The messages of one bot that stand in for typed ones. For whoever holds the lock of the round."""

    def __init__(self, bot: "Parley", once: Once) -> None:
        self._bot = bot
        self._once = once

    async def hide(self, shown: Shown, thread: discord.Thread, own: OwnPosts | None) -> TakenDown:
        """Delete the message and stand in for it. Where the bot may not delete it, a moderator has to: it stays."""
        try:
            await delete(thread, shown.response.message_id)
        except discord.Forbidden as error:
            log.warning("message %s of a hidden response stays: %s", shown.response.message_id, error)
            return TakenDown.STAYS
        if shown.response.review not in UNREAD:  # what the class has not been shown needs no message that it is hidden
            await self._stand_in(shown, thread, own)
        return TakenDown.GONE

    async def show(self, shown: Shown, thread: discord.Thread, own: OwnPosts | None) -> None:
        """Let the words be seen again: in the message itself, if it is still there."""
        if shown.response.stand_in_id is not None or not await _is_there(thread, shown.response.message_id):
            await self._stand_in(shown, thread, own)

    async def take_away(self, shown: Shown, thread: discord.Thread, own: OwnPosts | None) -> None:
        """The author has taken the words back: what stood in for them goes too."""
        known = shown.response.stand_in_id
        if known is None and shown.response.hidden_at is not None:  # it may have been posted without being noted
            known = await self._once.find(_post(shown, thread), own)
        await delete(thread, known)

    async def _stand_in(self, shown: Shown, thread: discord.Thread, own: OwnPosts | None) -> None:
        known = shown.response.stand_in_id
        if known is not None:
            await edit(thread, known, response_card(shown))
            return
        post = _post(shown, thread)
        view = response_card(shown)
        message_id, is_new = await self._once.send(
            post, lambda: thread.send(view=view, nonce=post.nonce, silent=True), own
        )
        if not is_new:
            await edit(thread, message_id, view)
        await posting.stands_in(self._bot.room, shown, message_id)
        self._once.noted(post)


async def delete(thread: discord.Thread, message_id: MessageId | None) -> None:
    """Delete a message. One that somebody has deleted already is as it should be. Forbidden where that is so."""
    if message_id is None:
        return
    try:
        await thread.get_partial_message(message_id).delete()
    except discord.NotFound as error:
        if not is_message_gone(error):
            raise


async def _is_there(thread: discord.Thread, message_id: MessageId | None) -> bool:
    if message_id is None:
        return False
    try:
        await thread.fetch_message(message_id)
    except discord.NotFound as error:
        if not is_message_gone(error):
            raise
        return False
    return True


def _post(shown: Shown, thread: discord.Thread) -> Post:
    response = shown.response
    return Post(thread, f"stand-in-{response.id}", response_address(response.id), response.created_at)
