"""The classmates at work: each deed done as a student would do it, by buttons, forms, menus and words."""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from simcord.backend.models import Message

from bot.content.library import Library
from bot.discussion.ids import ChannelId, MessageId
from bot.discussion.wording import FIELDS, REPLY_FIELD, RESTATED_FIELD
from bot.rehearsal import deeds
from bot.rehearsal.acts import Acts, Outcome
from bot.rehearsal.deeds import Deed
from bot.rehearsal.forms import Form
from bot.rehearsal.lines import Lines
from bot.rehearsal.people import Part, Person
from bot.rehearsal.planning import REFLECT, STATEMENT, Planner
from bot.rehearsal.refusals import RefusedError
from bot.rehearsal.script import Classmate, Script
from bot.rehearsal.sight import AS_IT_IS, RESPOND, Card, Notice, Said, card_in, notice_in, responses, way_to
from bot.rehearsal.told import form_in, least_words, require_shown, require_taken
from bot.rehearsal.world import World

log = logging.getLogger(__name__)

READING = (4.0, 9.0)
"""Seconds between a card and the first deed: the class reads."""

BETWEEN = (1.5, 6.0)
"""Seconds between two deeds, before somebody's pace."""

TYPING = 0.012
"""Seconds a character: a long answer takes longer, though nobody waits as long as real typing takes."""

IN_TIME = 0.8
"""The part of a phase in which a class is ready: where time is short, everybody is quicker."""

CHANGE_MENU = "Change my response"
WITHDRAW_MENU = "Withdraw my response"

TRIES = 6
"""So many responses somebody tries to answer until one is found that the phase allows."""

LINES_OF_A_TEXT = 3
"""A group's text is long enough with so many lines: whoever reads it then leaves it as it is."""


class Result(Enum):
    """What became of a deed: done, refused by the bot or the room, or not needed any more."""

    DONE = "done"
    REFUSED = "refused"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Step:
    """One deed, and how many seconds after the one before it."""

    wait: float
    deed: Deed


@dataclass(slots=True)
class _Memory:
    """What the classmates remember of a round: the side each took, the last message each typed; and of all rounds, who
    has agreed to be recorded.
    """

    agreed: set[str]
    sides: dict[str, str] = field(default_factory=dict[str, str])
    typed: dict[str, Message] = field(default_factory=dict[str, Message])


class Playing:
    """The cast in one world, playing whatever they are called to do. Seeded: one seed plays one card alike."""

    def __init__(
        self, world: World, script: Script, library: Callable[[], Library], seed: int, tempo: float = 1.0
    ) -> None:
        self._world = world
        self._script = script
        self._library = library
        self._tempo = tempo
        self._planner = Planner(script, library, seed)
        self._memories: dict[int, _Memory] = {}
        self._agreed = set[str]()

    def plan(self, call: Card | Notice, present: Sequence[Classmate]) -> list[Step]:
        """What those who are present will do with a round or a phase, each at their own pace."""
        deeds = self._planner.plan(call, self._card_of(call), present)
        mood = self._planner.mood("pauses", call.message.id)
        paces = {classmate.name: classmate.pace for classmate in present}
        waits: list[float] = []
        for deed in deeds:
            low, high = BETWEEN if waits else READING
            waits.append(mood.uniform(low, high) * paces[deed.who] + len(repr(deed)) * TYPING)
        haste = self._tempo * self._haste(call, sum(waits))
        return [Step(wait * haste, deed) for wait, deed in zip(waits, deeds, strict=True)]

    def play_of(self, call: Card | Notice) -> "Play":
        """The play of one round or phase."""
        people = {person.name: person for person in self._world.of_part(Part.CLASSMATE)}
        card = self._card_of(call)
        lines = Lines(self._script.general, () if card is None else card.quotes, self._planner.mood(call.message.id))
        memory = self._memories.setdefault(call.thread, _Memory(self._agreed))
        return Play(self._world, call, people, lines, memory)

    def _card_of(self, call: Card | Notice) -> Card | None:
        """The card above the thread in which a notice stands."""
        if isinstance(call, Card):
            return call
        backend = self._world.env.backend
        channel = backend.channels[call.thread].parent_id
        message = None if channel is None else backend.messages.get(channel, {}).get(call.thread)
        return None if message is None else card_in(message)

    def _haste(self, call: Card | Notice, seconds: float) -> float:
        """By what the pauses are stretched, so that the class is ready in time."""
        if call.until is None or seconds <= 0:
            return 1.0
        left = (call.until - self._world.env.now()).total_seconds()
        return min(1.0, max(0.0, left * IN_TIME / seconds))


class Play:
    """One round or phase, as its classmates play it.

    `done` and `refused` count what became of their deeds, by their nouns; `why` is what was said to the last refused.
    """

    def __init__(
        self, world: World, call: Card | Notice, people: dict[str, Person], lines: Lines, memory: _Memory
    ) -> None:
        self.done = Counter[str]()
        self.refused = Counter[str]()
        self.why = ""
        self._world = world
        self._acts = Acts(world)
        self._call = call
        self._people = people
        self._lines = lines
        self._memory = memory
        self._least = least_words(call.words) if isinstance(call, Notice) else 0
        self._place = ChannelId(call.message.channel_id)
        self._thread = ChannelId(call.thread)
        self._listening = set[str]()
        """Who has been told that it is not their turn."""

    @property
    def is_open(self) -> bool:
        """Does it go on: does the card still take responses, has no other phase begun?"""
        backend = self._world.env.backend
        stored = backend.messages.get(self._place, {}).get(self._call.message.id)
        if isinstance(self._call, Card):
            return stored is not None and card_in(stored) is not None
        thread = backend.channels[self._thread].thread_metadata
        later = [message for number, message in backend.messages[self._place].items() if number > self._call.message.id]
        return thread is not None and not thread.locked and not any(notice_in(message) for message in later)

    async def do(self, deed: Deed) -> Result:
        """Do one deed. What is refused (the round has closed, say, or others have their turn) is passed over."""
        person = self._people.get(deed.who)
        if person is None:
            return Result.LEFT
        result = await self._try(person, deed)
        if result is Result.REFUSED and least_words(self.why) > self._least:
            self._least = least_words(self.why)  # the class hears of it
            result = await self._try(person, deed)
        if deed.noun is not None and result is not Result.LEFT:
            (self.done if result is Result.DONE else self.refused)[deed.noun] += 1
        return result

    async def _try(self, person: Person, deed: Deed) -> Result:
        try:
            if deed.who not in self._memory.agreed:
                await self._acts.agree(person, self._place)
                self._memory.agreed.add(deed.who)
            return await self._do(person, deed)
        except RefusedError as refused:
            log.debug("%s could not %s: %s", deed.who, type(deed).__name__, refused)
            self.why = str(refused)
            return Result.REFUSED

    async def _do(self, person: Person, deed: Deed) -> Result:  # noqa: C901 - one case for each kind of deed
        match deed:
            case deeds.Vote():
                await self._vote(person, deed)
            case deeds.Respond():
                await self._respond(person, deed)
            case deeds.Reply():
                return await self._reply(person, deed)
            case deeds.Say():
                self._memory.typed[deed.who] = await self._acts.send(person, self._thread, deed.text)
            case deeds.Reword():
                await self._reword(person, deed)
            case deeds.Rewrite():
                opened = await self._acts.menu(person, self._thread, self._own(person), CHANGE_MENU)
                await self._fill(person, form_in(opened), deed.change.model_dump(exclude_none=True))
            case deeds.Withdraw():
                require_taken(await self._acts.menu(person, self._thread, self._own(person), WITHDRAW_MENU))
            case deeds.Look():
                require_shown(await self._press(person, deed.verb))
            case deeds.Reflect():
                await self._fill(person, form_in(await self._press(person, REFLECT)), {"": self._lines.reflection()})
            case deeds.WriteTogether():
                return await self._write_together(person)
            case _:
                raise TypeError(f"nobody knows how to do {deed}")
        return Result.DONE

    async def _press(self, person: Person, verb: str) -> Outcome:
        if verb not in self._call.ways:
            raise RefusedError("There is no such button.")
        return await self._acts.click(person, self._place, self._call_id, self._call.ways[verb])

    @property
    def _call_id(self) -> MessageId:
        return MessageId(self._call.message.id)

    async def _vote(self, person: Person, vote: deeds.Vote) -> None:
        if vote.side not in self._call.stances:
            raise RefusedError("There is no such side to take.")
        require_taken(await self._acts.click(person, self._place, self._call_id, self._call.stances[vote.side]))
        self._memory.sides[vote.who] = vote.side

    async def _respond(self, person: Person, deed: deeds.Respond) -> None:
        try:
            form = form_in(await self._press(person, RESPOND))
        except RefusedError:
            self._listening.add(deed.who)
            raise
        side = form.assigned_side or self._memory.sides.get(deed.who) or deed.side or self._lines.side_of(form)
        self._memory.sides[deed.who] = side
        asked = [each.name for each in FIELDS if form.asks_for(each.label)]
        answer = deed.answer or self._lines.answer(side)
        await self._fill(person, form, self._lines.body(answer, asked, self._least))

    async def _reply(self, person: Person, deed: deeds.Reply) -> Result:
        """Answer whom one wants to, or else somebody whom the phase allows."""
        answerable = self._answerable(person, deed)[:TRIES]
        if deed.who in self._listening or not answerable:
            return Result.LEFT
        refusal = RefusedError("")
        for said in answerable:
            try:
                form = form_in(await self._acts.click(person, self._thread, MessageId(said.message.id), said.reply))
            except RefusedError as refused:
                refusal = refused
                continue
            text = deed.text if said.author == deed.to else None
            words = {REPLY_FIELD.label: self._lines.reply(text, self._least)}
            if form.asks_for(RESTATED_FIELD.label):
                words[RESTATED_FIELD.label] = self._lines.restatement(said.point)
            await self._fill(person, form, words)
            return Result.DONE
        raise refusal

    def _answerable(self, person: Person, deed: deeds.Reply) -> list[Said]:
        """Classmates' words in the order in which one would answer them.

        Those of whom one wants to answer, of the other side, that nobody has answered, that are no answers themselves;
        the newest first.
        """
        history = self._world.history(person, self._thread)
        answered = {int(message.reference["message_id"]) for message in history if message.reference}
        others = [said for said in responses(history) if said.author != person.name]
        mine = self._memory.sides.get(deed.who)

        def order(said: Said) -> tuple[bool | int, ...]:
            same_side, is_answer = mine is not None and said.stance.endswith(mine), said.message.reference is not None
            return said.author != deed.to, same_side, said.message.id in answered, is_answer, -said.message.id

        return sorted(others, key=order)

    async def _reword(self, person: Person, deed: deeds.Reword) -> None:
        if deed.who not in self._memory.typed:
            raise RefusedError("There is no message of one's own.")
        await self._acts.edit(person, self._thread, MessageId(self._memory.typed[deed.who].id), deed.text)

    async def _write_together(self, person: Person) -> Result:
        form = form_in(await self._press(person, STATEMENT))
        so_far = form.text_fields[-1].text
        if len(so_far.splitlines()) >= LINES_OF_A_TEXT:
            return Result.LEFT
        await self._fill(person, form, {"": self._lines.statement(so_far, self._least)})
        return Result.DONE

    async def _fill(self, person: Person, form: Form, words: dict[str, str]) -> None:
        filled = form.filled(words, self._memory.sides.get(person.name), self._lines.mood)
        answered = await self._acts.submit(person, form.interaction_id, filled)
        page = answered.message
        if page is not None and (as_it_is := way_to(AS_IT_IS, page)) is not None:  # they quote as they remember it
            await self._acts.click(person, ChannelId(page.channel_id), MessageId(page.id), as_it_is)
            return  # and the page says that it was
        require_taken(answered)

    def _own(self, person: Person) -> MessageId:
        mine = responses(self._world.history(person, self._thread), person.name)
        if not mine:
            raise RefusedError("There is no response of one's own.")
        return MessageId(mine[0].message.id)
