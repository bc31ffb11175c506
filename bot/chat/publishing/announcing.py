"""Telling the class of each phase that has begun; at a reveal with the picture of its chart, where there is one."""

from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.charts.values import Picture
from bot.chat.cards.phase_notice import part_address, phase_notice
from bot.chat.cards.reveal_notice import chart_kind, reveal_notice
from bot.chat.publishing.adopting import OwnPosts
from bot.chat.publishing.once import Once, Post
from bot.chat.publishing.pictures import send_with_picture
from bot.chat.publishing.places import Places, edit
from bot.classroom import announcing
from bot.classroom.announcing import Notice
from bot.content.formats import RevealPhase
from bot.discussion.values import Round

if TYPE_CHECKING:
    from bot.chat.client import Parley


class Announcer:
    """Posts the notices of phases for one bot. It may be called again at any time."""

    def __init__(self, bot: "Parley", places: Places, once: Once) -> None:
        self._bot = bot
        self._places = places
        self._once = once

    async def announce(self, found: Round, own: OwnPosts | None = None) -> None:
        """Tell the class of each phase that has begun, in the round's thread."""
        # To draw takes seconds, in which nobody else who posts in the round should have to wait.
        drawn = {
            notice.log.number: await self._bot.gallery.picture(notice.chart)
            for notice in await announcing.untold(self._bot.room, found)
            if notice.chart is not None
        }
        async with self._once.lock(found.id):
            for notice in await announcing.untold(self._bot.room, found):
                now, number = notice.standing.round, notice.log.number
                thread = await self._places.thread_of(now)
                if thread is None or (notice.chart is not None and number not in drawn):
                    return  # one that has begun just now is told by whoever began it
                post = Post(thread, f"phase-{now.id}-{number}", part_address(now, number), notice.log.began_at)
                message_id, is_new = await self._once.send(
                    post, lambda n=notice, t=thread, p=post: _sent(t, n, drawn.get(n.log.number), p.nonce), own
                )
                if not is_new and not _is_reveal(notice):
                    await edit(thread, message_id, phase_notice(notice))
                await announcing.told(self._bot.room, notice, message_id)
                self._once.noted(post)


def draws(found: Round) -> bool:
    """Has the round come to a reveal that shows a chart, so that telling of it may have to wait for a drawing?"""
    return any(chart_kind(phase) is not None for phase in found.format.plan[: found.phase_number + 1])


async def _sent(thread: discord.Thread, notice: Notice, picture: Picture | None, nonce: str) -> discord.Message:
    """The notice, posted: of a reveal with the chart that it shows."""
    if not _is_reveal(notice):
        return await thread.send(view=phase_notice(notice), nonce=nonce)
    kind = chart_kind(notice.phase)
    if kind is None or notice.chart is None:
        return await thread.send(view=reveal_notice(notice), nonce=nonce)
    return await send_with_picture(thread, partial(reveal_notice, notice), kind, picture, nonce)


def _is_reveal(notice: Notice) -> bool:
    return isinstance(notice.phase, RevealPhase)
