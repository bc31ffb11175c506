"""What tests share: a class on a simulated Discord, over a real database file, with time that moves only by hand."""

import asyncio
import logging
import os
import shutil
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import discord
import pytest
from discord.utils import utcnow
from hypothesis import settings
from simcord import ChannelHandle, GuildHandle, MemberActor, RoleHandle

from bot.chat.client import Parley
from bot.chat.connecting import plain_intents
from bot.classroom.room import Classroom, open_classroom
from bot.rehearsal.simulation.environment import SteppedEnv
from bot.storage import Store
from tests.agreeing import everybody_agrees

ROOT = Path(__file__).parent.parent


def pytest_configure() -> None:
    """In CI the same examples are tried each time: what fails there can be played again; surprises are for desks."""
    settings.register_profile("ci", derandomize=True)
    if os.environ.get("CI"):
        settings.load_profile("ci")


@dataclass(slots=True)
class SchoolClass:
    """A guild with a teacher and students, the bot in it, and the record under it."""

    env: SteppedEnv
    room: Classroom
    guild: GuildHandle
    channel: ChannelHandle
    teacher_role: RoleHandle
    teacher: MemberActor
    students: list[MemberActor]

    @property
    def ann(self) -> MemberActor:
        """The first student."""
        return self.students[0]

    @property
    def ben(self) -> MemberActor:
        """The second student."""
        return self.students[1]


MakeClass = Callable[..., AbstractAsyncContextManager[SchoolClass]]


def all_intents() -> discord.Intents:
    """With the privileged ones granted."""
    intents = plain_intents()
    intents.message_content = intents.members = True
    return intents


@asynccontextmanager
async def school_class(
    database: Path,
    *,
    intents: discord.Intents | None = None,
    students: int = 2,
    articles: Path = ROOT / "article",
    prompts: Path = ROOT / "prompts",
    agreed: bool = True,
) -> AsyncGenerator[SchoolClass]:
    """Open the classroom on a database file and seat a class, in which everybody has agreed to be recorded."""
    async with open_classroom(database, articles=articles, prompts=prompts, now=utcnow) as room:
        env = SteppedEnv(Parley(room, intents or all_intents()))
        if agreed:
            everybody_agrees(env, database)
        await env.start()
        try:
            yield _seat(env, room, students)
        finally:
            await env.shutdown()


def _seat(env: SteppedEnv, room: Classroom, students: int) -> SchoolClass:
    guild = env.create_guild("Class 7B")
    channel = guild.create_text_channel("debate")
    teachers = guild.create_role("Teacher", permissions=discord.Permissions(manage_guild=True))
    teacher = guild.add_member(env.create_user("Ms. Rivera"), roles=[teachers])
    names = ["Ann", "Ben", *(f"Student {number}" for number in range(3, students + 1))][:students]
    return SchoolClass(
        env, room, guild, channel, teachers, teacher, [guild.add_member(env.create_user(name)) for name in names]
    )


@pytest.fixture(scope="session")
def empty_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables and nothing in them, made once: making one takes longer than most tests."""
    path = tmp_path_factory.mktemp("record") / "empty.sqlite3"

    async def make() -> None:
        async with Store.open(path):
            pass

    asyncio.run(make())
    return path


@pytest.fixture
def database(tmp_path: Path, empty_record: Path) -> Path:
    """Where the record of a test lies."""
    return Path(shutil.copy(empty_record, tmp_path / "parley.sqlite3"))


@pytest.fixture
async def klass(database: Path) -> AsyncGenerator[SchoolClass]:
    """A teacher and two students, with the bot in their guild and all intents granted."""
    async with school_class(database) as seated:
        yield seated


@pytest.fixture(autouse=True)
def no_errors_in_the_log(caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest) -> Generator[None]:
    """Fail a test in which the bot or discord.py logged an error, unless it is marked `logs_errors`."""
    yield
    if request.node.get_closest_marker("logs_errors") is None:
        errors = [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
        assert not errors, [f"{record.name}: {record.getMessage()} {record.exc_text or ''}" for record in errors]
