"""A class that debates by a format through the classroom, on a clock moved by hand, and what is written of it."""

import zipfile
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.classroom.closing import close
from bot.classroom.controlling import next_phase
from bot.classroom.partaking import part_of
from bot.classroom.people import Person
from bot.classroom.reflecting import reflect
from bot.classroom.responding import reply, respond
from bot.classroom.room import Classroom, open_classroom
from bot.classroom.starting import Wanted, start
from bot.classroom.stating import state, statement_so_far
from bot.classroom.voting import vote
from bot.discussion.ids import ChannelId, GuildId, SessionId, StanceId, UserId
from bot.discussion.transcript import Names, Scope, Transcript
from bot.discussion.values import Response, Round
from bot.storage import pseudonyms, rounds
from bot.storage.snapshot import snapshot
from bot.storage.transcripts import transcript
from bot.transcripts import Format
from bot.transcripts.writing import write_zip
from tests.agreeing import school_agrees
from tests.transcripts.samples import Told

ROOT = Path(__file__).parents[2]
GUILD, CHANNEL = GuildId(1_310_000_000_000_000_001), ChannelId(1_310_000_000_000_000_002)
BEGAN = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
CHINA, SANCTIONS, BOTH = map(StanceId, ("engage-china", "sanctions", "both"))
NAMES = (
    "Amara", "Bo", "Chen", "Dalia", "Emil", "Fatou", "Gio", "Hana", "Ivo", "Jun", "Kaya", "Lena", "Mats",
)  # fmt: skip


@dataclass
class Lesson:
    """A debate of one question. Whatever anybody does takes some seconds."""

    room: Classroom
    database: Path
    round: Round
    people: Mapping[str, Person]
    teacher: Person
    clock: "Clock"
    said: dict[str, Response] = field(default_factory=dict[str, Response])

    async def vote(self, name: str, stance: StanceId) -> None:
        self.clock.tick()
        await vote(self.room, self.people[name], self.round.id, stance)

    async def respond(self, name: str, stance: StanceId | None = None, **words: str) -> Response:
        self.clock.tick()
        body = words or {"claim": f"{name} holds that " + "this is so, and the article says why. " * 4}
        told = await respond(self.room, self.people[name], self.round.id, stance, body)
        return self._kept(name, told.response)

    async def respond_late(self, name: str, stance: StanceId, phase: int) -> None:
        """Hand in a form that was opened in an earlier phase."""
        self.clock.tick()
        body = {"claim": f"{name} holds that it took longer."}
        await respond(self.room, self.people[name], self.round.id, stance, body, phase=phase)

    async def reply(self, name: str, to: str, **words: str) -> Response:
        self.clock.tick()
        body = words or {"restated": f"{to} holds that this is so.", "text": f"{name} sees it differently, as in ¶2."}
        return self._kept(name, (await reply(self.room, self.people[name], self.said[to].id, body)).response)

    async def reflect(self, name: str, text: str, moved_by: str | None = None) -> None:
        self.clock.tick()
        point = self.said[moved_by].id if moved_by else None
        await reflect(self.room, self.people[name], self.round.id, {"text": text}, moved_by=point)

    async def state(self, name: str, text: str) -> None:
        self.clock.tick()
        draft = await statement_so_far(self.room, self.people[name], self.round.id)
        await state(self.room, self.people[name], self.round.id, {"text": text}, mark=draft.mark)

    async def side_of(self, name: str) -> tuple[str, int | None]:
        self.clock.tick()
        place = (await part_of(self.room, self.people[name], self.round.id)).place
        assert place is not None
        return place.side, place.group

    async def go_on(self) -> None:
        self.clock.tick(minutes=2)
        await next_phase(self.room, self.teacher, CHANNEL)
        await self._look()

    async def close(self) -> None:
        self.clock.tick(minutes=1)
        await close(self.room, self.teacher, CHANNEL)
        await self._look()

    async def name_everybody(self) -> None:
        """Give pseudonyms, so that each export has the same."""
        await self.room.store.write(lambda tx: pseudonyms.assign(tx, GUILD, self.round.session_id))

    def _kept(self, name: str, response: Response) -> Response:
        self.said[name] = response
        return response

    async def _look(self) -> None:
        found = await self.room.store.read(lambda tx: rounds.get(tx, GUILD, self.round.id))
        assert found is not None
        self.round = found


@dataclass
class Clock:
    """The time, which only moves when something happens."""

    time: datetime = BEGAN

    def __call__(self) -> datetime:
        return self.time

    def tick(self, minutes: float = 0) -> None:
        self.time += timedelta(minutes=minutes, seconds=7.125)


@asynccontextmanager
async def lesson(database: Path, format_: str, names: tuple[str, ...] = NAMES) -> AsyncGenerator[Lesson]:
    """A class at the beginning of a debate."""
    clock = Clock()
    people = {name: Person(GUILD, user_id(place), name) for place, name in enumerate(names, 1)}
    teacher = Person(GUILD, UserId(1_310_000_000_000_099_999), "Ms. Rivera", manages_guild=True)
    articles, prompts = ROOT / "article", ROOT / "prompts"
    async with open_classroom(database, articles=articles, prompts=prompts, now=clock) as room:
        await school_agrees(room, teacher.guild_id)
        begun = await start(room, teacher, CHANNEL, Wanted("china-or-sanctions", format=format_), seed=5)
        yield Lesson(room, database, begun.round, people, teacher, clock)


OXFORD_VOTES: Mapping[str, tuple[StanceId | None, StanceId | None]] = {
    "Amara": (CHINA, SANCTIONS), "Bo": (CHINA, SANCTIONS), "Chen": (BOTH, SANCTIONS), "Dalia": (SANCTIONS, SANCTIONS),
    "Emil": (CHINA, CHINA), "Fatou": (BOTH, BOTH), "Gio": (SANCTIONS, CHINA), "Hana": (BOTH, SANCTIONS),
    "Ivo": (CHINA, None), "Jun": (None, CHINA),
}  # fmt: skip
"""Everybody's two secret votes. Jun and Ivo do nothing else; Kaya, Lena and Mats do not vote."""


async def an_oxford_debate(klass: Lesson) -> None:
    """From the first vote to the end. Who has no stance in the end only listened."""
    for name, (before, _) in OXFORD_VOTES.items():
        if before:
            await klass.vote(name, before)
    await klass.go_on()
    await klass.respond(
        "Amara",
        CHINA,
        claim="Engaging China comes first, because China is the one that North Korea cannot afford to lose.",
        evidence="¶2 calls it the “chief financial and political benefactor”.",
        reasoning="Who pays decides.",
    )
    await klass.respond("Dalia", SANCTIONS)
    await klass.respond("Kaya", BOTH)
    await klass.go_on()
    await klass.reply(
        "Dalia",
        "Amara",
        restated="China pays, so China decides.",
        text="To pay is not to decide: it has paid for years, and the tests went on.",
    )
    await klass.reply("Bo", "Dalia")
    await klass.go_on()
    for name, (_, after) in OXFORD_VOTES.items():
        if after:
            await klass.vote(name, after)
    await klass.go_on()
    await klass.reflect("Amara", "I had not thought of the tests.", moved_by="Dalia")
    await klass.reflect("Chen", "Dalia, since she answered what was said.", moved_by="Dalia")
    await klass.reflect("Emil", "Nothing did.")
    await klass.close()
    await klass.name_everybody()


async def a_controversy(klass: Lesson) -> None:
    """A structured academic controversy of thirteen, with a latecomer, swapped sides and statements of the groups."""
    on_time = [name for name in klass.people if name != "Mats"]
    for name in on_time:
        await klass.side_of(name)
    await klass.go_on()
    for name in on_time[:9]:
        await klass.respond(name)
    await klass.side_of("Mats")
    await klass.go_on()
    sides = {name: await klass.side_of(name) for name in on_time[:9]}
    for name in on_time[:4]:
        other = next(each for each in on_time[:9] if sides[each][0] != sides[name][0])
        await klass.reply(name, other, text="What in the article shows that? I do not find it.")
    await klass.go_on()
    for name in on_time[:5]:
        await klass.respond(name)
    await klass.go_on()
    await klass.go_on()
    group_of = {name: (await klass.side_of(name))[1] for name in klass.people}
    first, second = ([name for name in klass.people if group_of[name] == number] for number in (1, 2))
    await klass.state(first[0], "We agree that nobody can do without China. " * 5)
    await klass.state(first[1], "We agree that nobody can do without China, and that sanctions alone fail. " * 4)
    await klass.state(second[0], "Both are needed; what stays open is who begins, and what that costs. " * 4)
    await klass.go_on()
    for number, name in enumerate(on_time):
        await klass.vote(name, (CHINA, SANCTIONS, BOTH)[number % 3])
    await klass.close()
    await klass.name_everybody()


@contextmanager
def reading(database: Path, scope: Scope) -> Generator[Transcript]:
    """The transcript of the debate on record."""
    with snapshot(database) as tx:
        told = transcript(
            tx, GUILD, SessionId(1), scope=scope, time_zone="Europe/Berlin", exported_at=BEGAN, version="0.1.0"
        )
        assert told is not None
        yield told


def held(database: Path, scope: Scope) -> Told:
    """The same as values, which stay when the database is closed."""
    with reading(database, scope) as told:
        entries = {each.round.id: list(told.entries(each)) for each in told.head.rounds}
        votes = {each.round.id: list(told.votes(each)) for each in told.head.rounds}
        return Told(told.head, entries, votes)


def files_of(database: Path, scope: Scope, folder: Path) -> dict[str, bytes]:
    """Every file that there can be of the debate, by its ending: all formats, with real names the gradebooks too."""
    mapping = folder / "students.csv"
    folder.mkdir(parents=True, exist_ok=True)
    students = [f"{user_id(place)},{name},{place},m{place}\n" for place, name in enumerate(NAMES, 1)]
    mapping.write_text("discord_user_id,name,canvas_id,id_number\n" + "".join(students), encoding="utf-8")
    books = {Format.CANVAS, Format.MOODLE} if scope.names is Names.REAL else set[Format]()
    with reading(database, scope) as told:
        (zipped,) = write_zip(told, {Format.ALL, *books}, folder, students=mapping).files
    with zipfile.ZipFile(zipped) as archive:
        return {name.removeprefix(zipped.stem): archive.read(name) for name in archive.namelist()}


def user_id(place: int) -> UserId:
    """The student at that place in the class, counted from 1."""
    return UserId(1_310_000_000_000_100_000 + 7919 * place)
