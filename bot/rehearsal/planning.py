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


@dataclass(frozen=True, slots=True)
class Stage:
    """One phase in its format, as far as a classmate can tell; what it is, and what has been before it."""

    phase: AnyPhase
    assigns_stances: bool
    has_voted: bool
    """Was there a vote before this phase?"""
    has_argued: bool
    """Did the class argue before this phase?"""


def stage_of(notice: Notice, library: Library) -> Stage:
    """Which phase a notice tells of: that of a format in the library with so many phases and this one so called.

    A class has been told its format. Where the library has it no more, the buttons have to say.
    """
    for found in library.formats.values():
        plan = found.plan
        if len(plan) == notice.of and phase_name(plan[notice.number - 1]) == notice.name:
            return _stage(found, notice.number - 1)
    return Stage(_guessed(notice), assigns_stances=False, has_voted=False, has_argued=notice.number > 1)


def _stage(found: Format, number: int) -> Stage:
    before = found.plan[:number]
    return Stage(
        found.plan[number],
        assigns_stances=found.sides is not None and found.sides.assign is Assign.STANCES,
        has_voted=any(isinstance(phase, VotePhase) for phase in before),
        has_argued=any(isinstance(phase, ArguePhase) for phase in before),
    )


def _guessed(notice: Notice) -> AnyPhase:
    by_verb: dict[str, AnyPhase] = {
        RESPOND: ArguePhase(change_sides=bool(notice.stances)),
        REFLECT: ReflectPhase(ask="?"),
        STATEMENT: StatementPhase(ask="?"),
        READ: ReadPhase(),
    }
    known = next((phase for verb, phase in by_verb.items() if verb in notice.ways), None)
    return known or (VotePhase() if notice.stances else PausePhase(minutes=1))


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

    def round(self, card: Card, present: Sequence[Classmate]) -> list[Deed]:
        """What is done with a round that has no phases but one: the script's acts for it, or general lines."""
        prompt, acts = self._known(card.question)
        mood = self.mood(card.message.id)
        names = {classmate.name for classmate in present}
        labels = _labels(prompt)
        scripted = [deed_of(act, labels) for act in acts if act.who in names]
        others = [mate for mate in present if mate.name in self._script.extras] if acts else present
        planned = [*scripted, *self._general(card, others, mood)]
        return [deed for deed in planned if _is_called_for(deed, card)]

    def phase(self, notice: Notice, card: Card | None, present: Sequence[Classmate]) -> list[Deed]:
        """What is done in one phase of many."""
        stage = stage_of(notice, self._library())
        mood = self.mood(notice.message.id)
        prompt, acts = self._known("" if card is None else card.question)
        sides = list(_labels(prompt).values()) or list(notice.stances)
        by_name = {mate.name: [act for act in acts if act.who == mate.name] for mate in present}
        order = list(present)
        mood.shuffle(order)
        planned: list[Deed] = []
        for mate in order:
            mine = by_name[mate.name]
            leaning = self._leaning(mate, mine, _labels(prompt), sides, notice)
            planned += self._looks(mate, stage, mood)
            planned += self._part(mate, mine, leaning, stage, mood)
        return [deed for deed in planned if not isinstance(deed, deeds.Look) or deed.verb in notice.ways]

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
            side = mood.choice(list(card.stances)) if card.stances else None
            if side is not None:
                yield deeds.Vote(who, side)
            chance = mood.random()
            if chance < 0.55:
                yield deeds.Respond(who, lines.answer(side) if side is not None else None)
                speakers.append(who)
            elif chance < 0.75 and speakers:
                yield deeds.Reply(who, mood.choice(speakers), None)
            elif chance < 0.9:
                yield deeds.Say(who, lines.remark())

    def _leaning(
        self, mate: Classmate, acts: Sequence[Act], labels: Mapping[str, str], sides: Sequence[str], notice: Notice
    ) -> Leaning | None:
        """Where somebody stands: as the script says, or by chance. One in three of the others is convinced."""
        votes = [labels[act.vote] for act in acts if act.vote is not None and act.vote in labels]
        if votes:
            return Leaning(votes[0], votes[-1])
        if not sides:
            return None
        mood = self.mood("leaning", notice.message.channel_id, mate.name)
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
                yield from _argues(who, acts, stage, mood)
                if phase.replies and mood.random() < 0.4:
                    yield deeds.Reply(who, None, None)
            case ReplyPhase() as phase:
                yield from _replies(who, acts, mood)
                if phase.change_sides and leaning is not None and leaning.last != leaning.first:
                    yield deeds.Vote(who, leaning.last)
            case ReflectPhase():
                if mood.random() < 0.9:
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


def _argues(who: str, acts: Sequence[Act], stage: Stage, mood: random.Random) -> Iterator[Deed]:
    """The script's own words only where the side is one's own, and said once."""
    answers = [act.respond for act in acts if act.respond is not None]
    has_words = bool(answers) and not stage.assigns_stances and not stage.has_argued
    if has_words:
        yield deeds.Respond(who, answers[0])
        for act in acts:
            if act.change is not None:
                yield deeds.Rewrite(who, act.change)
            elif act.withdraw:
                yield deeds.Withdraw(who)
    elif mood.random() < 0.9:
        yield deeds.Respond(who, None)
    else:
        return
    yield deeds.Look(who, CLASSMATES)


def _replies(who: str, acts: Sequence[Act], mood: random.Random) -> Iterator[Deed]:
    scripted = [act.reply for act in acts if act.reply is not None]
    if scripted:
        yield deeds.Reply(who, scripted[0].to, scripted[0].text)
    if mood.random() < (0.35 if scripted else 0.9):
        yield deeds.Reply(who, None, None)
    for act in acts:
        if act.say is not None:
            yield deeds.Say(who, act.say)
        elif act.reword is not None:
            yield deeds.Reword(who, act.reword)


def _labels(prompt: Prompt | None) -> dict[str, str]:
    return {} if prompt is None else {stance.id: stance.label for stance in prompt.stances}


def _is_called_for(deed: Deed, card: Card) -> bool:
    """Does the card have the button for it? Without any responses nothing can be answered."""
    match deed:
        case deeds.Vote():
            return bool(card.stances)
        case deeds.Say():
            return True
        case _:
            return RESPOND in card.ways
