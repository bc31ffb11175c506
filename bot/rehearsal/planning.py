"""What the classmates are going to do: with a round whose card says it all, or with one phase of many."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.content.formats import (
    AnyPhase,
    ArguePhase,
    Assign,
    Format,
    PausePhase,
    ReadPhase,
    ReflectPhase,
    ReplyPhase,
    StatementPhase,
    VotePhase,
)
from bot.content.library import Library
from bot.content.models import Prompt
from bot.discussion.phase_names import phase_name
from bot.rehearsal import deeds
from bot.rehearsal.deeds import Deed, deed_of
from bot.rehearsal.lines import Lines
from bot.rehearsal.script import Act, Classmate, Script
from bot.rehearsal.sight import PART, RESPOND, Card, Notice

READ, CLASSMATES, REFLECT, STATEMENT = "read", "classmates", "reflect", "statement"
"""The verbs of the buttons that only some phases have."""

ONE_IN = 8
"""Of so many classmates one says nothing in a phase, each time another one."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One phase in its format, as far as a classmate can tell; what it is, and what has been before it."""

    phase: AnyPhase
    assigns_stances: bool
    has_voted: bool
    """Was there a vote before this phase?"""
    has_argued: bool
    """Did the class argue before this phase?"""
    has_replied: bool
    """Did it answer one another?"""


def stage_of(call: Card | Notice, library: Library) -> Stage:
    """Which phase it is: that of a format in the library with so many phases, and this one so called.

    A class has been told its format. Of what the library does not know the buttons tell.
    """
    if isinstance(call, Notice):
        for found in library.formats.values():
            plan = found.plan
            if len(plan) == call.of and phase_name(plan[call.number - 1]) == call.name:
                return _stage(found, call.number - 1)
    is_later = isinstance(call, Notice) and call.number > 1
    return Stage(_guessed(call), assigns_stances=False, has_voted=False, has_argued=is_later, has_replied=is_later)


def _stage(found: Format, number: int) -> Stage:
    before = found.plan[:number]
    return Stage(
        found.plan[number],
        assigns_stances=found.sides is not None and found.sides.assign is Assign.STANCES,
        has_voted=any(isinstance(phase, VotePhase) for phase in before),
        has_argued=any(isinstance(phase, ArguePhase) for phase in before),
        has_replied=any(isinstance(phase, ReplyPhase) for phase in before),
    )


def _guessed(call: Card | Notice) -> AnyPhase:
    by_verb: dict[str, AnyPhase] = {
        RESPOND: ArguePhase(change_sides=bool(call.stances)),
        REFLECT: ReflectPhase(ask="?"),
        STATEMENT: StatementPhase(ask="?"),
    }
    known = next((phase for verb, phase in by_verb.items() if verb in call.ways), None)
    return known or (VotePhase() if call.stances else ReadPhase() if READ in call.ways else PausePhase(minutes=1))


@dataclass(frozen=True, slots=True)
class Leaning:
    """Which side somebody takes at first, and which one at last. They may be the same."""

    first: str
    last: str


class Planner:
    """Plans for the classmates who are present. Seeded: one seed plans one card or notice alike."""

    def __init__(self, script: Script, library: Callable[[], Library], seed: int) -> None:
        self._script = script
        self._library = library
        self._seed = seed

    def mood(self, *about: object) -> random.Random:
        """The chances of one thing: the same again after a restart of the room."""
        return random.Random("/".join(map(str, (self._seed, *about))))  # noqa: S311 - words and pauses, no secret

    def plan(self, call: Card | Notice, card: Card | None, present: Sequence[Classmate]) -> list[Deed]:
        """What is done with a round or a phase. `card` is that of the round, where it can be seen."""
        prompt, acts = self._known("" if card is None else card.question)
        if isinstance(call, Card) and call.stances and RESPOND in call.ways:
            return self._open_floor(call, _labels(prompt), acts, present)
        return self._phase(call, prompt, acts, present)

    def _open_floor(
        self, card: Card, labels: Mapping[str, str], acts: Sequence[Act], present: Sequence[Classmate]
    ) -> list[Deed]:
        """The script's acts for a round, or general lines, in whatever order comes to their minds."""
        names = {classmate.name for classmate in present}
        scripted = [deed_of(act, labels) for act in acts if act.who in names]
        others = [mate for mate in present if mate.name in self._script.extras] if acts else present
        return [*scripted, *self._general(card, others, self.mood(card.message.id))]

    def _phase(
        self, call: Card | Notice, prompt: Prompt | None, acts: Sequence[Act], present: Sequence[Classmate]
    ) -> list[Deed]:
        """What everybody does in one phase, one after the other."""
        stage, labels = stage_of(call, self._library()), _labels(prompt)
        mood = self.mood(call.message.id)
        sides = list(labels.values()) or list(call.stances)
        order = list(present)
        mood.shuffle(order)
        silent = order[: len(order) // ONE_IN]
        planned: list[Deed] = []
        for mate in order:
            mine = [act for act in acts if act.who == mate.name]
            leaning = self._leaning(mate, mine, labels, sides, call.thread)
            planned += self._looks(mate, stage, mood)
            if mate not in silent or isinstance(stage.phase, VotePhase | StatementPhase):
                planned += self._part(mate, mine, leaning, stage, mood)
        return [deed for deed in planned if not isinstance(deed, deeds.Look) or deed.verb in call.ways]

    def _known(self, question: str) -> tuple[Prompt | None, Sequence[Act]]:
        """The prompt that asks this, and what the script has for it."""
        for slug, prompt_set in self._library().prompt_sets.items():
            for prompt in prompt_set.prompts:
                if prompt.question == question:
                    scripted = self._script.round_for(slug, prompt.id)
                    return prompt, () if scripted is None else scripted.acts
        return None, ()

    def _general(self, card: Card, present: Iterable[Classmate], mood: random.Random) -> Iterator[Deed]:
        lines = Lines(self._script.general, card.quotes, mood)
        speakers: list[str] = []
        for who in [mate.name for mate in present]:
            side = mood.choice(list(card.stances))
            yield deeds.Vote(who, side)
            chance = mood.random()
            if chance < 0.55:
                yield deeds.Respond(who, lines.answer(side))
                speakers.append(who)
            elif chance < 0.75 and speakers:
                yield deeds.Reply(who, mood.choice(speakers), None)
            elif chance < 0.9:
                yield deeds.Say(who, lines.remark())

    def _leaning(
        self, mate: Classmate, acts: Sequence[Act], labels: Mapping[str, str], sides: Sequence[str], thread: int
    ) -> Leaning | None:
        """Where somebody stands: as the script says, or by chance. Nearly a third of the others is convinced."""
        votes = [labels[act.vote] for act in acts if act.vote is not None and act.vote in labels]
        if votes:
            return Leaning(votes[0], votes[-1])
        if not sides:
            return None
        mood = self.mood("leaning", thread, mate.name)
        first = mood.choice(sides)
        return Leaning(first, mood.choice(sides) if mood.random() < 0.45 else first)

    def _looks(self, mate: Classmate, stage: Stage, mood: random.Random) -> Iterator[Deed]:
        """Who reads presses the button for it; now and then somebody looks up their own part."""
        if stage.phase.is_instant or isinstance(stage.phase, PausePhase):
            return
        if mood.random() < 0.5:
            yield deeds.Look(mate.name, PART)
        if mood.random() < 0.7:
            yield deeds.Look(mate.name, READ)

    def _part(
        self, mate: Classmate, acts: Sequence[Act], leaning: Leaning | None, stage: Stage, mood: random.Random
    ) -> Iterator[Deed]:
        who = mate.name
        match stage.phase:
            case VotePhase():
                yield from _votes(who, leaning, mood, is_first=not stage.has_argued)
            case ArguePhase() as phase:
                if phase.change_sides and leaning is not None and not stage.has_voted:
                    yield deeds.Vote(who, leaning.first)
                yield from _argues(who, acts, leaning, stage)
                if phase.replies and mood.random() < 0.4:
                    yield deeds.Reply(who, None, None)
            case ReplyPhase() as phase:
                yield from _replies(who, () if stage.has_replied else acts, mood)
                if phase.change_sides and leaning is not None and leaning.last != leaning.first:
                    yield deeds.Vote(who, leaning.last)
            case ReflectPhase():
                yield deeds.Reflect(who)
            case StatementPhase():
                yield deeds.WriteTogether(who)
            case _:
                pass


def _votes(who: str, leaning: Leaning | None, mood: random.Random, *, is_first: bool) -> Iterator[Deed]:
    if leaning is None:
        return
    side = leaning.first if is_first else leaning.last
    if side != leaning.first and mood.random() < 0.3:
        yield deeds.Vote(who, leaning.first)  # thinks again while the vote is still open
    yield deeds.Vote(who, side)


def _argues(who: str, acts: Sequence[Act], leaning: Leaning | None, stage: Stage) -> Iterator[Deed]:
    """The script's own words only where the side is one's own, and said once."""
    answers = [act.respond for act in acts if act.respond is not None]
    has_words = bool(answers) and not stage.assigns_stances and not stage.has_argued
    side = None if leaning is None else leaning.first
    if has_words:
        yield deeds.Respond(who, answers[0], side)
        for act in acts:
            if act.change is not None:
                yield deeds.Rewrite(who, act.change)
            elif act.withdraw:
                yield deeds.Withdraw(who)
    else:
        yield deeds.Respond(who, None, side)
    yield deeds.Look(who, CLASSMATES)


def _replies(who: str, acts: Sequence[Act], mood: random.Random) -> Iterator[Deed]:
    scripted = [act.reply for act in acts if act.reply is not None]
    if scripted:
        yield deeds.Reply(who, scripted[0].to, scripted[0].text)
    if not scripted or mood.random() < 0.35:
        yield deeds.Reply(who, None, None)
    for act in acts:
        if act.say is not None:
            yield deeds.Say(who, act.say)
        elif act.reword is not None:
            yield deeds.Reword(who, act.reword)


def _labels(prompt: Prompt | None) -> dict[str, str]:
    return {} if prompt is None else {stance.id: stance.label for stance in prompt.stances}
