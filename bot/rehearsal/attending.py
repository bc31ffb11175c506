"""Classmates in the live room: whenever the bot calls them to do something, they take part at a human pace."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from simcord.backend.models import Message

from bot.rehearsal.playing import Playing
from bot.rehearsal.script import Classmate
from bot.rehearsal.sight import Card, Notice, card_in, notice_in
from bot.rehearsal.world import World

log = logging.getLogger(__name__)


class Attending:
    """Watches for cards and notices of phases, and plays each in the background until it is over or all is done.

    What was open when the room closed goes on where the class had stopped.
    """

    def __init__(self, world: World, playing: Playing, cast: Sequence[Classmate], changed: Callable[[], None]) -> None:
        self._world = world
        self._changed = changed
        self._playing = playing
        self._cast = cast
        self._calls: asyncio.Queue[Card | Notice] = asyncio.Queue()

    async def run(self) -> None:
        """Attend until cancelled."""
        backend = self._world.env.backend
        backend.subscribers.append(self._on_event)
        for messages in backend.messages.values():
            for message in messages.values():
                self._notice(message)
        try:
            async with asyncio.TaskGroup() as group:
                while True:
                    call = await self._calls.get()
                    group.create_task(self._play(call), name="classmates")
        finally:
            backend.subscribers.remove(self._on_event)

    def _on_event(self, event: str, payload: Mapping[str, Any]) -> None:
        backend = self._world.env.backend
        if event != "MESSAGE_CREATE" or int(payload["author"]["id"]) != backend.bot_user.id:
            return
        self._notice(backend.get_message(int(payload["channel_id"]), int(payload["id"])))

    def _notice(self, message: Message) -> None:
        notice = notice_in(message)
        card = card_in(message)
        if notice is not None:
            self._calls.put_nowait(notice)
        elif card is not None and not card.has_phases:
            self._calls.put_nowait(card)

    async def _play(self, call: Card | Notice) -> None:
        try:
            play = self._playing.play_of(call)
            if not play.is_open:
                return
            steps = self._playing.plan(call, self._cast)
            done = self._world.played.get(call.message.id, 0)
            for step in steps[done:]:
                await asyncio.sleep(step.wait)
                if not play.is_open:
                    return
                # Counted before it is done: a deed that a closing room interrupts is not done twice.
                self._world.played[call.message.id] = done = done + 1
                self._changed()
                await play.do(step.deed)
        except Exception:
            # The classmates are company, not the debate: the room goes on without them.
            log.exception("the classmates stopped taking part")
