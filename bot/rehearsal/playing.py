"""The classmates at work: each act of the script done as a student would do it, by buttons, forms, menus and words."""

import logging
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from simcord.backend.models import Message

from bot.content.library import Library
from bot.content.models import Prompt
from bot.discussion.ids import ChannelId, MessageId
from bot.rehearsal.acts import Acts
from bot.rehearsal.people import Part, Person
from bot.rehearsal.refusals import RefusedError
from bot.rehearsal.script import Act, Answer, Classmate, Reply, Script
from bot.rehearsal.sight import REPLY, Card, card_in, filled, pressable, responses
from bot.rehearsal.world import World

log = logging.getLogger(__name__)

READING = (4.0, 9.0)
"""Seconds between a card and the first act: the class reads."""

BETWEEN = (1.5, 6.0)
"""Seconds between two acts, before somebody's pace."""

TYPING = 0.012
"""Seconds a character: a long answer takes longer, though nobody waits as long as real typing takes."""

CHANGE_MENU = "Change my response"
WITHDRAW_MENU = "Withdraw my response"


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a round, and how many seconds after the one before it."""

    wait: float
    act: Act


@dataclass(slots=True)
class _Memory:
    """What a classmate remembers of a round: the side they took and the last message they typed."""

    sides: dict[str, str] = field(default_factory=dict[str, str])
    typed: dict[str, Message] = field(default_factory=dict[str, Message])


class Playing:
    """The cast in one world, playing whichever round is open. Seeded: one seed plays one card alike."""

    def __init__(
        self, world: World, script: Script, library: Callable[[], Library], seed: int, tempo: float = 1.0
    ) -> None:
        self._world = world
        self._acts = Acts(world)
        self._script = script
        self._library = library
        self._tempo = tempo
        self._seed = seed

    def plan(self, card: Card, present: Sequence[Classmate]) -> list[Step]:
        """What those who are present will do with a round: the script's acts for it, or general lines."""
        # Seeded by the card: after a restart of the room the same card has the same plan.
        mood = random.Random(f"{self._seed}/{card.message.id}")  # noqa: S311 - pauses and words, no secret
        known = self._known(card)
        acts = self._general(card, present, mood) if known is None else self._scripted(card, known, present, mood)
        paces = {classmate.name: classmate.pace for classmate in present}
        return [self._step(act, paces[act.who], mood, is_first=at == 0) for at, act in enumerate(acts)]

    def round_of(self, card: Card) -> "RoundPlay":
        """The play of one round."""
        people = {person.name: person for person in self._world.of_part(Part.CLASSMATE)}
        return RoundPlay(self._world, self._acts, card, people)

    def _known(self, card: Card) -> tuple[Prompt, list[Act]] | None:
        for set_slug, prompt_set in self._library().prompt_sets.items():
            for prompt in prompt_set.prompts:
                scripted = self._script.round_for(set_slug, prompt.id)
                if scripted is not None and prompt.question == card.question:
                    return prompt, list(scripted.acts)
        return None

    def _scripted(
        self, card: Card, known: tuple[Prompt, list[Act]], present: Sequence[Classmate], mood: random.Random
    ) -> list[Act]:
        prompt, acts = known
        names = {classmate.name for classmate in present}
        labels = {stance.id: stance.label for stance in prompt.stances}
        # A vote's stance is kept as the label that stands on the button: that is what a student sees.
        mine = [a.model_copy(update={"vote": labels.get(a.vote, a.vote)}) if a.vote else a for a in acts]
        extras = [classmate for classmate in present if classmate.name in self._script.extras]
        return [*(act for act in mine if act.who in names), *self._general(card, extras, mood)]

    def _general(self, card: Card, present: Iterable[Classmate], pick: random.Random) -> list[Act]:
        lines = self._script.general
        acts: list[Act] = []
        speakers: list[str] = []
        for classmate in present:
            who, side = classmate.name, pick.choice(list(card.stances))
            acts.append(Act.model_construct(who=who, vote=side))
            chance = pick.random()
            if chance < 0.55:
                claim = pick.choice(lines.claims).format(stance=side, quote="")
                quote = pick.choice(card.quotes)[:600] if card.quotes else ""
                proof = pick.choice(lines.evidence).format(quote=quote.strip("“”"), stance=side) if quote else None
                answer = Answer(claim=claim, evidence=proof, reasoning=pick.choice(lines.reasons))
                acts.append(Act(who=who, respond=answer))
                speakers.append(who)
            elif chance < 0.75 and speakers:
                acts.append(Act(who=who, reply=Reply(to=pick.choice(speakers), text=pick.choice(lines.replies))))
            elif chance < 0.9:
                acts.append(Act(who=who, say=pick.choice(lines.remarks)))
        return acts

    def _step(self, act: Act, pace: float, mood: random.Random, *, is_first: bool) -> Step:
        low, high = READING if is_first else BETWEEN
        letters = len(act.model_dump_json(exclude_none=True))
        return Step((mood.uniform(low, high) * pace + letters * TYPING) * self._tempo, act)


class RoundPlay:
    """One round, as its classmates play it. What is refused (the round has closed, say) is passed over."""

    def __init__(self, world: World, acts: Acts, card: Card, people: dict[str, Person]) -> None:
        self._world = world
        self._acts = acts
        self._card = card
        self._people = people
        self._place = ChannelId(card.message.channel_id)
        self._thread = ChannelId(card.message.id)  # a thread made from a message has the message's id
        self._memory = _Memory()

    @property
    def is_open(self) -> bool:
        """Does the card still take responses?"""
        stored = self._world.env.backend.messages.get(self._place, {}).get(self._card.message.id)
        return stored is not None and card_in(stored) is not None

    async def do(self, act: Act) -> bool:
        """Do one act. False when the room or the bot refused it."""
        person = self._people.get(act.who)
        if person is None:
            return False
        try:
            await self._do(person, act)
        except RefusedError as refused:
            log.info("%s could not %s: %s", act.who, act.kinds[0], refused)
            return False
        return True

    async def _do(self, person: Person, act: Act) -> None:
        if act.vote is not None:
            self._memory.sides[act.who] = act.vote
            await self._acts.click(person, self._place, self._card_id, self._card.stances[act.vote])
        elif act.respond is not None:
            opened = await self._acts.click(person, self._place, self._card_id, self._card.respond)
            await self._fill(person, opened.interaction_id, act.respond.model_dump(exclude_none=True))
        elif act.reply is not None:
            await self._reply(person, act.reply)
        elif act.say is not None:
            self._memory.typed[act.who] = await self._acts.send(person, self._thread, act.say)
        elif act.reword is not None and act.who in self._memory.typed:
            message_id = MessageId(self._memory.typed[act.who].id)
            await self._acts.edit(person, self._thread, message_id, act.reword)
        elif act.change is not None:
            opened = await self._acts.menu(person, self._thread, self._own(person), CHANGE_MENU)
            await self._fill(person, opened.interaction_id, act.change.model_dump(exclude_none=True))
        elif act.withdraw:
            await self._acts.menu(person, self._thread, self._own(person), WITHDRAW_MENU)

    @property
    def _card_id(self) -> MessageId:
        return MessageId(self._card.message.id)

    async def _reply(self, person: Person, reply: Reply) -> None:
        theirs = responses(self._world.history(person, self._thread), reply.to)
        if not theirs:
            raise RefusedError(f"There is no response of {reply.to} to reply to.")
        button = next(custom_id for label, custom_id in pressable(theirs[0]) if label == REPLY)
        opened = await self._acts.click(person, self._thread, MessageId(theirs[0].id), button)
        await self._fill(person, opened.interaction_id, {"your reply": reply.text})

    async def _fill(self, person: Person, interaction_id: int, words: dict[str, str]) -> None:
        record = self._world.env.backend.interactions[interaction_id]
        if record.modal is None:
            raise RefusedError("No form was opened.")
        side = self._memory.sides.get(person.name)
        await self._acts.submit(person, interaction_id, filled(record.modal, side, words))

    def _own(self, person: Person) -> MessageId:
        mine = responses(self._world.history(person, self._thread), person.name)
        if not mine:
            raise RefusedError("There is no response of one's own.")
        return MessageId(mine[0].id)
