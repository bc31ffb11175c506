"""A lesson without a page: the teacher's hand on a debate, and the time that passes in it."""

import math
from collections.abc import Sequence

from simcord.backend.models import Message

from bot.discussion.ids import ChannelId, MessageId
from bot.rehearsal.acts import Acts, Outcome
from bot.rehearsal.people import Part, Person
from bot.rehearsal.playing import Play, Playing, Result
from bot.rehearsal.refusals import RefusedError
from bot.rehearsal.script import Classmate
from bot.rehearsal.sight import Card, Notice, card_in, notice_in, pressable
from bot.rehearsal.world import World

DEBATE = "debate"

A_MOMENT = 3.0
"""Seconds after the second in which a phase ends, as its notice tells it, until the next has surely begun."""

A_STRETCH = 300.0
A_LESSON = 90 * 60.0
"""The longest time, in seconds, for which nobody minds to wait, though it takes a few seconds to pass."""

ONWARDS = ("Next phase", "End the question")
"""What stands on the panel's buttons that end a phase; the second asks once more."""


class PlayError(Exception):
    """The play could not go on: the bot did not do what the class relies on. The text says what was missing."""


class Lesson:
    """One class with its teacher, in virtual time."""

    def __init__(self, world: World, playing: Playing, cast: Sequence[Classmate]) -> None:
        self._world = world
        self._playing = playing
        self._cast = cast

    async def command(self, name: str, **options: str | int) -> Outcome:
        """Let the teacher run a slash command in the debate's channel."""
        try:
            return await Acts(self._world).slash(self._teacher, self._debate, name, options)
        except RefusedError as refused:
            raise PlayError(f"/{name} failed: {refused}") from refused

    async def wait(self, seconds: float) -> None:
        """Let time pass: a stretch at a time, since the simulation only has patience for so much at once."""
        while seconds > 0:
            await self._world.env.advance_time(min(seconds, A_STRETCH))
            seconds -= A_STRETCH

    @property
    def card(self) -> Card:
        """The card of the open question."""
        cards = [card for message in self._shown(self._debate) if (card := card_in(message)) is not None]
        if not cards:
            raise PlayError("There is no card of an open question.")
        return cards[-1]

    @property
    def notices(self) -> list[Notice]:
        """The phases that the class has been told of, in the newest thread."""
        thread = self._world.guild.thread_ids[-1]
        found = [notice_in(message) for message in self._shown(ChannelId(thread))]
        return [notice for notice in found if notice is not None]

    @property
    def is_debating(self) -> bool:
        """Is a question open?"""
        return any(card_in(message) is not None for message in self._shown(self._debate))

    def is_open(self, call: Card | Notice) -> bool:
        """Does that question or phase still go on?"""
        return self._playing.play_of(call).is_open

    async def play(self, call: Card | Notice, *, may_be_refused: bool) -> Play:
        """Let the class do what it is called to. `may_be_refused`: where not everybody has a turn, as in a fishbowl."""
        play = self._playing.play_of(call)
        for step in self._playing.plan(call, self._cast):
            await self.wait(step.wait)
            result = await play.do(step.deed)
            if result is Result.REFUSED and not may_be_refused:
                raise PlayError(f"{step.deed.who} was refused: {play.why}")
        return play

    async def end_phase(self, notice: Notice) -> bool:
        """Let the phase run until its time is over. False where that is never or far off, and the teacher goes on."""
        left = math.inf if notice.until is None else (notice.until - self._world.env.now()).total_seconds()
        is_by_time = left <= A_LESSON
        if is_by_time:
            await self.wait(max(0.0, left) + A_MOMENT)
        else:
            await self._go_on(notice)
        if self.is_open(notice):
            raise PlayError(f"The phase “{notice.name}” did not end.")
        return is_by_time

    async def _go_on(self, notice: Notice) -> None:
        """Press on the control panel what ends a phase. For the last one it asks once more."""
        panel = (await self.command("discuss control")).message
        for _ in ONWARDS:
            onwards = None if panel is None else _onwards(panel)
            if panel is None or onwards is None or not self.is_open(notice):
                return
            place, number = ChannelId(panel.channel_id), MessageId(panel.id)
            await Acts(self._world).click(self._teacher, place, number, onwards)
            panel = self._world.message(self._teacher, place, number)

    @property
    def _teacher(self) -> Person:
        return self._world.of_part(Part.TEACHER)[0]

    @property
    def _debate(self) -> ChannelId:
        found = next(channel for channel in self._world.channels(self._teacher) if channel.name == DEBATE)
        return ChannelId(found.id)

    def _shown(self, channel: ChannelId) -> list[Message]:
        return self._world.history(self._teacher, channel)


def _onwards(message: Message) -> str | None:
    return next((custom_id for label, custom_id in pressable(message) if label in ONWARDS), None)
