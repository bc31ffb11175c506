"""A class that debates by any format: everybody does in each phase what its notice asks for, as far as they may."""

import json
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import discord
from simcord import InteractionResult, MemberActor

from bot.content.formats import ArguePhase, Format, Phase, ReflectPhase, ReplyPhase, StatementPhase, VotePhase
from tests.chat.doing import Restarting, posts_in, rows
from tests.chat.seeing import answer, card_in, components_of, thread_in
from tests.conftest import SchoolClass, school_class

STANCES = ("attack", "defend", "bargain")
WORDS = (
    "The article says in its third paragraph that talks under Moon brought the North to the table, and so I hold that "
    "patience has done more than pressure has, number {number}."
)


@dataclass
class Debate:
    """A running debate of a class, over the file that its present bot writes to."""

    klass: SchoolClass
    database: Path
    stack: AsyncExitStack
    away: set[int] = field(default_factory=set[int])
    """Students, by their place in the class, who are not there: they come later, or have left."""
    votes: Callable[[int, int], str] = lambda student, vote: STANCES[(student + vote) % len(STANCES)]
    """The stance of a student in the how manieth vote."""
    answers: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    """What each student was told in private, in the order in which it was."""
    cast: int = 0

    async def restart(self) -> None:
        """The bot dies and comes back, over the same Discord and a copy of its file as the crash left it."""
        again = Restarting(self.klass, self.database)
        self.klass = await self.stack.enter_async_context(again.restart())
        self.database = again.database

    async def until_it_ends(self) -> None:
        """To the very moment before the phase's end, and over it."""
        number, deadline = self.value("phase"), self.value("deadline")
        left = datetime.fromisoformat(f"{deadline}+00:00") - self.klass.env.now()
        await self.klass.env.advance_time(max(left.total_seconds() - 0.5, 0))
        assert (self.value("phase"), self.value("closed_at")) == (number, None)
        await self.klass.env.advance_time(3)
        assert (self.value("phase"), self.value("closed_at")) != (number, None)

    def present(self) -> list[tuple[int, MemberActor]]:
        """Who is there, with their place in the class."""
        return [(place, student) for place, student in enumerate(self.klass.students) if place not in self.away]

    def value(self, column: str) -> Any:
        """A column of the debate's round."""
        [(found,)] = rows(self.database, f"select {column} from rounds")
        return found

    def notice(self) -> discord.Message:
        """The newest notice of a phase; the card where the format has one phase alone."""
        mine = [message for message in posts_in(thread_in(self.klass)) if _button(message, "parley:part:")]
        return mine[-1] if mine else card_in(self.klass)

    async def work(self, phase: Phase) -> None:
        """Everybody who is there does what the phase asks for."""
        for place, student in self.present():
            match phase:
                case VotePhase():
                    await self._vote(place, student)
                case ArguePhase():
                    await self._respond(place, student, phase)
                case ReplyPhase():
                    await self._reply(place, student, phase)
                case ReflectPhase():
                    await self._write(place, student, "reflect", f"It was point {place} that moved me.")
                case StatementPhase():
                    await self._write(place, student, "statement", WORDS.format(number=place) + " " + WORDS)
                case _:
                    self._told(place, await self._press(student, self.notice(), "part"))
        self.cast += isinstance(phase, VotePhase)

    async def _vote(self, place: int, student: MemberActor) -> None:
        stance = self.votes(place, self.cast)
        self._told(place, await self._press(student, self.notice(), "vote", stance))

    async def _respond(self, place: int, student: MemberActor, phase: ArguePhase) -> None:
        shown = await self._press(student, self.notice(), "respond")
        if not _is_form(shown):
            self._told(place, shown)
            return
        words = {field.value: WORDS.format(number=place) for field in phase.fields}
        stance = {"stance": STANCES[place % len(STANCES)]} if _asks_for(shown, "stance") else {}
        self._told(place, await student.submit_modal(shown, {**stance, **words}))

    async def _reply(self, place: int, student: MemberActor, phase: ReplyPhase) -> None:
        """Try the classmates' responses one after the other, until one may be answered."""
        for message in [m for m in posts_in(thread_in(self.klass)) if _button(m, "parley:reply:")]:
            shown = await self._press(student, message, "reply")
            if _is_form(shown):
                words = {"restated": f"They hold that {place}."} if phase.restate else {}
                text = f"I see it differently for reason {place}."
                self._told(place, await student.submit_modal(shown, {**words, "text": text}))
                return
            self._told(place, shown)

    async def _write(self, place: int, student: MemberActor, verb: str, text: str) -> None:
        shown = await self._press(student, self.notice(), verb)
        if _is_form(shown):
            shown = await student.submit_modal(shown, {"text": text})
        self._told(place, shown)

    async def _press(
        self, student: MemberActor, message: discord.Message, verb: str, word: str = ""
    ) -> InteractionResult:
        custom_id = _button(message, f"parley:{verb}:", word)
        assert custom_id is not None, f"no button {verb} {word} on {[*components_of(message)]}"
        return await student.click(message, custom_id=custom_id)

    def _told(self, place: int, result: InteractionResult) -> None:
        self.answers.append((place, answer(result)))


@asynccontextmanager
async def debate(database: Path, students: int, name: str, **options: Any) -> AsyncGenerator[tuple[Debate, Format]]:
    """A class of so many at the start of a debate by that format; further options are those of `/discuss start`."""
    async with AsyncExitStack() as stack:
        klass = await stack.enter_async_context(school_class(database, students=students))
        told = answer(
            await klass.teacher.slash(
                klass.channel, "discuss start", prompts="single-lesson", question="why-test", format=name, **options
            )
        )
        assert "The debate is on" in told
        yield Debate(klass, database, stack), klass.room.library.formats[name]


def _button(message: discord.Message, beginning: str, ending: str = "") -> str | None:
    for part in components_of(message):
        custom_id = str(part.get("custom_id", ""))
        if part["type"] == 2 and custom_id.startswith(beginning) and custom_id.endswith(ending):
            return custom_id
    return None


def _is_form(shown: InteractionResult) -> bool:
    return shown.modal is not None


def _asks_for(shown: InteractionResult, field: str) -> bool:
    return f'"custom_id": "{field}"' in json.dumps(shown.modal)
