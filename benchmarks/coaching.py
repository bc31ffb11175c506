"""What the coach adds to recording a response: finding what it cites, and what to ask back."""

import asyncio
import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from discord.utils import utcnow

from benchmarks.agreeing import have_agreed
from benchmarks.debate import ROOT, STUDENTS, TEXTS
from benchmarks.result import Result
from bot.classroom import responding
from bot.classroom.citing import Look
from bot.classroom.people import Person
from bot.classroom.room import Classroom, open_classroom
from bot.classroom.starting import Wanted, start
from bot.discussion.evidence import Citation
from bot.discussion.ids import ChannelId, GuildId, StanceId, UserId
from bot.discussion.values import Conduct, Round
from bot.discussion.wording import FIELDS

WARM_UP = 20
RESPONSES = 400
RUNS = 3
MOST_MORE = 10.0
"""Milliseconds that coaching may add to recording, of a hundred responses the slowest but one left out."""

_GUILD, _TEACHER = GuildId(1), Person(GuildId(1), UserId(1), "Ms. Rivera", manages_guild=True, manages_messages=True)


class Blind(Look):
    """A look that sees nothing: what recording takes by itself."""

    def into(
        self, body: Mapping[str, str], *, chosen: int | None = None, besides: Collection[str] = (), asks: bool
    ) -> tuple[Citation, ...]:
        """Nothing."""
        del body, chosen, besides, asks
        return ()


def measure() -> Result:
    """One response after the other, each as long as a form lets it be: first one alone, then one with the coach.

    The middle one of a few runs: at the 99th percentile what else the machine does tells most.
    """
    alone, coached = sorted((_run() for _ in range(RUNS)), key=lambda run: run[1] - run[0])[RUNS // 2]
    return Result(
        f"Coaching a response of {sum(map(len, _body(0).values())):,} characters adds to recording it, at the 99th "
        "percentile", coached - alone, MOST_MORE, False, "ms", f"{coached:.1f} ms with the coach, {alone:.1f} without",
    )  # fmt: skip


def _run() -> tuple[float, float]:
    """The 99th percentiles without the coach, and with it."""
    with TemporaryDirectory() as folder:
        alone, coached = asyncio.run(_taken(Path(folder) / "parley.sqlite3"))
    return _slowest(alone), _slowest(coached)


async def _taken(database: Path) -> tuple[list[float], list[float]]:
    """Milliseconds for each response without the coach, and with it."""
    articles, prompts = ROOT / "article", ROOT / "prompts"
    async with open_classroom(database, articles=articles, prompts=prompts, now=utcnow) as room:
        plain = await _posed(room, ChannelId(2), Conduct(coached=False))
        coached = await _posed(room, ChannelId(3), Conduct())
        people = [Person(_GUILD, UserId(10 + number), f"Student {number}") for number in range(STUDENTS)]
        await have_agreed(room, _GUILD, ((person.user_id, person.name) for person in people))
        taken: tuple[list[float], list[float]] = ([], [])
        for number in range(WARM_UP + RESPONSES):
            person = people[number % len(people)]
            for found, times, look in ((plain, taken[0], Blind), (coached, taken[1], Look)):
                responding.Look = look  # what is asked of the coach at all is this look, and a question back
                times.append(await _timed(room, person, found, _body(number)))
        responding.Look = Look
        return taken[0][WARM_UP:], taken[1][WARM_UP:]


async def _posed(room: Classroom, channel: ChannelId, conduct: Conduct) -> Round:
    return (await start(room, _TEACHER, channel, Wanted("single-lesson", conduct=conduct))).round


async def _timed(room: Classroom, person: Person, found: Round, body: Mapping[str, str]) -> float:
    stance = StanceId(found.prompt.stances[0].id)
    began = time.perf_counter()
    await responding.respond(room, person, found.id, stance, body)
    return (time.perf_counter() - began) * 1000


def _body(number: int) -> dict[str, str]:
    """What fills a form, in other words each time."""
    texts = [TEXTS[(number + place) % len(TEXTS)] for place in range(len(TEXTS))]
    words = f"{number}: {' '.join(texts * 4)}"
    return {field.name: words[: field.most].strip() for field in FIELDS}


def _slowest(times: Sequence[float]) -> float:
    """The 99th percentile."""
    return sorted(times)[int(len(times) * 0.99)]


if __name__ == "__main__":
    print(measure())  # noqa: T201 - a benchmark's purpose
