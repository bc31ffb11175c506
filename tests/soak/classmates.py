"""A class that works as fast as the bot answers, and writes into the ledger what it was told."""

import asyncio
import itertools
import random
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from simcord.backend.models import Message

from bot.discussion.ids import ChannelId, MessageId, ResponseId, RoundId
from bot.rehearsal.acts import Acts, Outcome
from bot.rehearsal.people import Part, Person
from bot.rehearsal.refusals import NO_ANSWER, RefusedError
from bot.rehearsal.sight import pressable, texts
from bot.rehearsal.world import World
from tests.soak.ledger import Ledger, Said, Typed

DEBATE = "debate"
SETS = ("single-lesson", "china-or-sanctions")
MINUTES = 240

UNHEARD = 0.25
"""The share of students who type something between one bot and the next."""

ACKNOWLEDGED, REFUSED, UNANSWERED = "acknowledged", "refused", "unanswered"

_ADDRESS = re.compile(r"parley:(?P<verb>[a-z-]+):(?P<id>\d+)(?::(?P<word>[a-z0-9-]+))?")
_YES = ("Recorded", "You already stand for", "Withdrawn: ", "Question ", "The debate is on")
"""How every acknowledgement begins, bold or not."""


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A card that can be used: its round, the buttons of its stances by stance."""

    card: Message
    round: RoundId
    stances: Mapping[str, str]
    respond: str

    @property
    def thread(self) -> ChannelId:
        """A thread made from a message has the message's id."""
        return ChannelId(self.card.id)


@dataclass(slots=True)
class _Own:
    """A response of one's own, with the private receipt whose buttons change and withdraw it."""

    said: Said
    receipt: Message


@dataclass(slots=True)
class _Form:
    """A form on somebody's screen, and what happens once it is submitted."""

    interaction: int
    values: dict[str, str]
    sent: Callable[[str, Message | None], None]
    kind: str


@dataclass(slots=True)
class Student:
    """One student: does one thing after the other, waits for each answer, and keeps a form open over a restart."""

    klass: "SchoolClass"
    person: Person
    dice: random.Random
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    own: list[_Own] = field(default_factory=list[_Own])
    form: _Form | None = None

    async def work(self) -> None:
        """Work until the bot is gone."""
        while self.klass.goes_on:
            await asyncio.sleep(0)
            if self.form is not None:
                await self._submit()
                continue
            posed = self.klass.open_round()
            if posed is None:
                await self.klass.pause()
                continue
            act = self.dice.choices(
                (self._vote, self._respond, self._reply, self._change, self._withdraw, self._type),
                (4, 4, 3, 3, 1, 3),
            )[0]
            await act(posed)

    async def type_unheard(self, posed: OpenRound) -> None:
        """Type something, or rather not, while there is no bot."""
        if self.dice.random() < UNHEARD:
            await self._type(posed, unheard=True)

    def _text(self, what: str) -> str:
        return f"{self.person.name} {what} {next(self.numbers)} of {self.klass.dice_seed}."

    async def _vote(self, posed: OpenRound) -> None:
        stance = self.dice.choice(list(posed.stances))
        press = self.klass.acts.click(self.person, self.klass.debate, MessageId(posed.card.id), posed.stances[stance])
        how, _ = await self.klass.told("vote", press)
        self._stand(posed.round, stance, how)

    def _stand(self, found: RoundId, stance: str | None, how: str) -> None:
        if stance is not None and how != REFUSED:
            self.klass.ledger.stances[found, self.person.user_id].append((stance, how == ACKNOWLEDGED))

    async def _respond(self, posed: OpenRound) -> None:
        stance, claim = self.dice.choice(list(posed.stances)), self._text("claims")
        said = Said(self.person.user_id, posed.round, "modal", None, stance)
        press = self.klass.acts.click(self.person, self.klass.debate, MessageId(posed.card.id), posed.respond)
        await self._fill("respond", press, {"stance": stance, "claim": claim}, self._first(said, claim))

    async def _reply(self, posed: OpenRound) -> None:
        found = self._in_thread(posed, "reply")
        if not found:
            return
        message, custom_id, parent = self.dice.choice(found)
        text = self._text("replies")
        said = Said(self.person.user_id, posed.round, "reply", ResponseId(parent), None)
        press = self.klass.acts.click(self.person, posed.thread, MessageId(message.id), custom_id)
        await self._fill("reply", press, {"text": text}, self._first(said, text))

    async def _change(self, posed: OpenRound) -> None:
        mine = [own for own in self.own if own.said.round == posed.round and own.said.withdrawal is None]
        if not mine:
            return
        own = self.dice.choice(mine)
        text, said = self._text("rewrites"), own.said
        stance = self.dice.choice(list(posed.stances)) if said.source == "modal" else None
        values = {"text": text} if stance is None else {"stance": stance, "claim": text}

        def sent(how: str, _receipt: Message | None) -> None:
            if how != REFUSED:
                said.wordings.append((text, how == ACKNOWLEDGED))
            self._stand(said.round, stance, how)

        await self._fill("change", self._press_own(own, "change"), values, sent)

    async def _withdraw(self, _posed: OpenRound) -> None:
        mine = [own for own in self.own if own.said.withdrawal is None]
        if not mine:
            return
        own = self.dice.choice(mine)
        how, _ = await self.klass.told("withdraw", self._press_own(own, "withdraw"))
        if how == REFUSED:  # the receipt has been put away
            self.own.remove(own)
        else:
            own.said.withdrawal = how == ACKNOWLEDGED

    async def _type(self, posed: OpenRound, *, unheard: bool = False) -> None:
        text, answered = self._text("types"), self._in_thread(posed, "reply")
        to = MessageId(self.dice.choice(answered)[0].id) if answered and self.dice.random() < 0.3 else None
        try:
            message = await self.klass.acts.send(self.person, posed.thread, text, reply_to=to)
        except RefusedError as refused:
            self.klass.ledger.refusals[str(refused)] += 1
            return
        typed = Typed(self.person.user_id, posed.thread, MessageId(message.id), text, unheard)
        self.klass.ledger.typed.append(typed)
        for _ in range(self.dice.randrange(20)):  # nobody types as fast as a machine: the bot gets its turns
            await asyncio.sleep(0)

    def _first(self, said: Said, text: str) -> Callable[[str, Message | None], None]:
        def sent(how: str, receipt: Message | None) -> None:
            if how == REFUSED:
                return
            said.wordings.append((text, how == ACKNOWLEDGED))
            self.klass.ledger.said.append(said)
            self._stand(said.round, said.stance, how)
            change = next(iter(_addresses(receipt, "withdraw")), None) if receipt is not None else None
            if how == ACKNOWLEDGED and receipt is not None and change is not None:
                said.id = ResponseId(change[1])
                self.own.append(_Own(said, receipt))

        return sent

    def _press_own(self, own: _Own, verb: str) -> Awaitable[Outcome]:
        found = _addresses(own.receipt, verb)
        custom_id = found[0][0] if found else "gone"
        channel = ChannelId(own.receipt.channel_id)
        return self.klass.acts.click(self.person, channel, MessageId(own.receipt.id), custom_id)

    def _in_thread(self, posed: OpenRound, verb: str) -> list[tuple[Message, str, int]]:
        newest = self.klass.newest(posed.thread, 30)
        return [(message, *found) for message in newest for found in _addresses(message, verb)]

    async def _fill(
        self,
        kind: str,
        press: Awaitable[Outcome],
        values: dict[str, str],
        sent: Callable[[str, Message | None], None],
    ) -> None:
        """Open a form and submit it: now, or, where the bot is gone by then, to the one that comes after it."""
        try:
            opened = await press
        except RefusedError as refused:
            self.klass.ledger.refusals[str(refused)] += 1
            return
        if opened.modal is None:
            self.klass.ledger.refusals[_words(opened.message)] += 1
            return
        self.form = _Form(opened.interaction_id, values, sent, kind)
        if self.klass.goes_on:
            await self._submit()

    async def _submit(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            submitted = self.klass.acts.submit(self.person, form.interaction, form.values)
            form.sent(*await self.klass.told(form.kind, submitted))


class SchoolClass:
    """Twelve students and a teacher, over all lives of the bot."""

    def __init__(self, world: World, ledger: Ledger, seed: int, *, students: int = 12) -> None:
        world.furnish()
        world.seat(students=students, classmates=[])
        self.dice_seed = seed
        self.ledger = ledger
        self.acts = Acts(world)
        self.goes_on = False
        self._world = world
        self._dice = random.Random(seed)
        self.students = [
            Student(self, person, random.Random(f"{seed} {person.name}")) for person in world.of_part(Part.STUDENT)
        ]
        [self._teacher] = world.of_part(Part.TEACHER)
        self.debate = next(ChannelId(channel.id) for channel in world.channels(self._teacher) if channel.name == DEBATE)

    async def work(self, *, move_on: bool) -> None:
        """Everybody works until `goes_on` is no more; the teacher poses the next question first, if asked to."""
        self.goes_on = True
        teaching = [self._move_on()] if move_on or self.open_round() is None else []
        await asyncio.gather(*teaching, *(student.work() for student in self.students))

    async def type_unheard(self) -> None:
        """Go on typing in the thread though the bot is gone. Nobody notices at once."""
        posed = self.open_round()
        if posed is not None:
            await asyncio.gather(*(student.type_unheard(posed) for student in self.students))

    async def _move_on(self) -> None:
        how, words = "", ""
        if self.open_round() is not None:
            how, message = await self.told("next", self.acts.slash(self._teacher, self.debate, "discuss next", {}))
            words = _words(message)
        if how == UNANSWERED or words.startswith("Question"):
            return
        if how:
            await self.told("close", self.acts.slash(self._teacher, self.debate, "discuss close", {}))
        options = {"prompts": self._dice.choice(SETS), "minutes": MINUTES}
        await self.told("start", self.acts.slash(self._teacher, self.debate, "discuss start", options))

    async def told(self, kind: str, act: Awaitable[Outcome]) -> tuple[str, Message | None]:
        """Do it, and note what the bot said: that it is recorded, that it refuses, or nothing."""
        message = None
        try:
            message = (await act).message
            words = _words(message)
        except RefusedError as refused:
            words = "" if str(refused) == NO_ANSWER else str(refused)
        while self.goes_on and message is not None and not words:
            await asyncio.sleep(0)  # “Parley is thinking …”
            words = _words(self._world.env.backend.messages[message.channel_id].get(message.id))
        how = UNANSWERED if not words else ACKNOWLEDGED if words.strip("*").startswith(_YES) else REFUSED
        if how == REFUSED:
            self.ledger.refusals[words] += 1
        self.ledger.answers[f"{kind} {how}"] += 1
        return how, message

    async def pause(self) -> None:
        """Nothing to do yet: let the others."""
        await asyncio.sleep(0.001)

    def open_round(self) -> OpenRound | None:
        """The newest card that has its thread, if it can be used."""
        backend = self._world.env.backend
        threads = [number for number in self._world.guild.thread_ids if number in backend.channels]
        card = backend.messages[self.debate].get(max(threads)) if threads else None
        if card is None:
            return None
        parts = [match for _, custom_id in pressable(card) if (match := _ADDRESS.fullmatch(custom_id)) is not None]
        respond = next((part for part in parts if part["verb"] == "respond"), None)
        if respond is None:
            return None
        found = RoundId(int(respond["id"]))
        self.ledger.posed.add(found)
        return OpenRound(card, found, {part["word"]: part[0] for part in parts if part["verb"] == "vote"}, respond[0])

    def newest(self, channel: ChannelId, most: int) -> list[Message]:
        """The newest messages of a channel or thread, the newest first."""
        kept = self._world.env.backend.messages.get(channel, {})
        return list(islice(reversed(kept.values()), most))


def _addresses(message: Message | None, verb: str) -> list[tuple[str, int]]:
    """The custom_ids of a message's buttons for a verb, each with the id in it."""
    found = [_ADDRESS.fullmatch(custom_id) for _, custom_id in pressable(message)] if message is not None else []
    return [(match[0], int(match["id"])) for match in found if match is not None and match["verb"] == verb]


def _words(message: Message | None) -> str:
    return "" if message is None else " ".join([message.content, *texts(message)]).strip()
