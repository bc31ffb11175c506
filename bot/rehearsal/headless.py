"""A whole class played without a page, in virtual time: the shipped classmates through the shipped prompt sets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from simcord.backend.models import Message

from bot.content.library import Library
from bot.discussion.ids import ChannelId
from bot.rehearsal.acts import Acts
from bot.rehearsal.people import Part, Person
from bot.rehearsal.playing import Playing
from bot.rehearsal.refusals import RefusedError
from bot.rehearsal.room import MakeBot
from bot.rehearsal.script import Classmate, Script
from bot.rehearsal.sight import Card, card_in
from bot.rehearsal.simulation.environment import SteppedEnv
from bot.rehearsal.world import World

MINUTES = 15
"""The time limit that the teacher sets for each question."""

MORE_MINUTES = 5
SEED = 7
DEBATE = "debate"


class PlayError(Exception):
    """The play could not go on: the bot did not do what the class relies on. The text says what was missing."""


async def play_headless(
    make_bot: MakeBot,
    *,
    script: Script,
    library: Library,
    on_progress: Callable[[int, int], None],
    sets: Sequence[str] | None = None,
) -> None:
    """Play every prompt set that the script knows (or those named) to its end, and stop the bot.

    `on_progress` is told how many questions are played, of how many. Raises PlayError.
    """
    chosen = sets or list(dict.fromkeys(scripted.set for scripted in script.rounds))
    env = SteppedEnv(make_bot())
    world = World(env)
    cast = script.cast(len(script.classmates))
    await env.start()
    try:
        world.furnish()
        world.seat(students=0, classmates=[classmate.name for classmate in cast])
        await env.settle()
        total = sum(len(library.prompt_sets[slug].prompts) for slug in chosen)
        lesson = _Lesson(world, Playing(world, script, lambda: library, SEED), cast)
        on_progress(0, total)
        done = 0
        for slug in chosen:
            questions = len(library.prompt_sets[slug].prompts)
            await lesson.begin(slug)
            for number, last in pairwise(range(questions + 1)):
                await lesson.play(number)
                done += 1
                on_progress(done, total)
                if last < questions:
                    await lesson.go_on()
            await lesson.end()
    finally:
        await env.shutdown()


@dataclass(slots=True)
class _Lesson:
    """The teacher's hand on one debate after the other."""

    world: World
    playing: Playing
    cast: Sequence[Classmate]

    async def begin(self, slug: str) -> None:
        """Start a debate on a prompt set."""
        await self._command("discuss start", prompts=slug, minutes=MINUTES)

    async def play(self, number: int) -> None:
        """Let the class play the open question. The second runs until its time is over."""
        card = self._card()
        play = self.playing.round_of(card)
        for step in self.playing.plan(card, self.cast):
            await self._wait(step.wait)
            if not await play.do(step.act):
                raise PlayError(f"{step.act.who} could not {step.act.kinds[0]} in “{card.question}”.")
        await self._command("discuss status")
        if number == 0:
            await self._command("discuss extend", minutes=MORE_MINUTES)
        if number == 1:
            await self._wait((MINUTES + MORE_MINUTES) * 60)
            if play.is_open:
                raise PlayError("The question did not close when its time was over.")

    async def go_on(self) -> None:
        """Pose the next question."""
        await self._command("discuss next")

    async def end(self) -> None:
        """End the debate."""
        await self._command("discuss close")

    async def _wait(self, seconds: float) -> None:
        await self.world.env.advance_time(seconds)

    async def _command(self, name: str, **options: str | int) -> None:
        try:
            await Acts(self.world).slash(self._teacher, self._debate, name, options)
        except RefusedError as refused:
            raise PlayError(f"/{name} failed: {refused}") from refused

    @property
    def _teacher(self) -> Person:
        return self.world.of_part(Part.TEACHER)[0]

    @property
    def _debate(self) -> ChannelId:
        found = next(channel for channel in self.world.channels(self._teacher) if channel.name == DEBATE)
        return ChannelId(found.id)

    def _card(self) -> Card:
        shown: list[Message] = self.world.history(self._teacher, self._debate)
        cards = [card for message in shown if (card := card_in(message)) is not None]
        if not cards:
            raise PlayError("There is no card of an open question.")
        return cards[-1]
