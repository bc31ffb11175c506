"""Asking a class, in its thread, when the talk stalls or leans to one side, and what the teacher wants to be asked."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.chat.cards.question_card import question_card, question_mark
from bot.chat.publishing.adopting import OwnPosts, frame_address
from bot.chat.publishing.once import Once, Post
from bot.chat.publishing.places import Places
from bot.classroom import asking_openly
from bot.classroom.asking_openly import OpenQuestion, may_stall
from bot.discussion.ids import AskingId
from bot.discussion.values import Round

if TYPE_CHECKING:
    from bot.chat.client import Parley

LOOKS = timedelta(seconds=10)
"""How often to look whether a class has fallen silent."""


class Questioner:
    """Posts questions to whole classes for one bot. It may be called again at any time."""

    def __init__(self, bot: "Parley", places: Places, once: Once) -> None:
        self._bot = bot
        self._places = places
        self._once = once
        self._looked_at: datetime | None = None

    async def tick(self, now: datetime, running: Iterable[Round]) -> None:
        """Ask the classes that are to be asked something now. Where no prompt has such questions nothing is read."""
        if self._looked_at is not None and now - self._looked_at < LOOKS:
            return
        self._looked_at = now
        candidates = [
            found
            for found in running
            if may_stall(found)
            and not self._places.is_out_of_reach(found.guild_id)
            and not self._bot.attending.is_behind(found)
        ]
        if candidates and await asking_openly.ask_where_due(self._bot.room, candidates):
            await self.post()

    async def post(self, only: AskingId | None = None, own: OwnPosts | None = None) -> bool:
        """Post what is on record and not to be seen yet, or one of that; False where something had nowhere to go."""
        waiting = [
            question
            for question in await asking_openly.to_post(self._bot.room)
            if only in (None, question.asking.id) and not self._places.is_out_of_reach(question.round.guild_id)
        ]
        return all([await self._post(question, own) for question in waiting])

    async def _post(self, question: OpenQuestion, own: OwnPosts | None) -> bool:
        asking = question.asking
        async with self._once.lock(asking.round_id):
            still = {each.asking.id: each for each in await asking_openly.to_post(self._bot.room)}.get(asking.id)
            if still is None:
                return True
            thread = await self._places.thread_of(still.round)
            if thread is None:
                return False
            post = Post(thread, f"asking-{asking.id}", frame_address(question_mark(asking.id)), asking.at)
            view = question_card(still)
            message_id, _ = await self._once.send(
                post, lambda: thread.send(view=view, nonce=post.nonce, silent=True), own
            )
            await asking_openly.posted(self._bot.room, asking, message_id)
            self._once.noted(post)
            return True
