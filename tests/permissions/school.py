"""A school with everybody that the table knows: two servers, a debate of each kind, words that nobody else may see."""

import re
import shutil
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import discord
from simcord import ChannelHandle, MemberActor, RoleHandle

from bot.chat.permission_table import Who
from bot.rehearsal.simulation.environment import SteppedEnv
from tests.conftest import ROOT, school_class
from tests.permissions.using import Somebody

SECRET = "zanzibar"
"""In every word of the classmate, and in their name."""

FORMATS = {
    "open": "title: Open\nrequires: {responses: 1}\nphases:\n  - argue: {replies: true}\n",
    "together": (
        "title: Together\nsides: {assign: stances}\ngroups: {size: 9}\n"
        'phases:\n  - statement: {ask: "What do you agree on?"}\n  - argue: {}\n'
    ),
    "think": "title: Think\nphases:\n  - argue: {visible: after-yours}\n  - argue: {}\n",
    "reflect": 'title: Reflect\nphases:\n  - reflect: {ask: "What moved you?"}\n  - argue: {}\n',
}
KEPT_APART = ("notes", "alembic_version")
"""Tables of the bot's own clockwork: nothing that anybody has done."""


@dataclass(frozen=True, slots=True)
class Debate:
    """An open debate: where it is, and its numbers."""

    guild_id: int
    channel: ChannelHandle
    session: int
    round: int

    @property
    def thread(self) -> int:
        """Its thread's id."""
        return self.channel.threads[-1].id


class School:
    """The two servers and the record."""

    def __init__(self, env: SteppedEnv, database: Path) -> None:
        self.env = env
        self.database = database
        self.guild = env.create_guild("Class 7B")
        self.elsewhere = env.create_guild("Class 8C")
        self.yard = self.guild.create_text_channel("yard")
        self.far = self.elsewhere.create_text_channel("far")
        self.roles = {who: self.guild.create_role(who) for who in (Who.TEACHER, Who.MODERATOR)}
        manager = discord.Permissions(manage_guild=True)
        head = self.guild.create_role("head", permissions=manager)
        theirs = self.elsewhere.create_role("head", permissions=manager | discord.Permissions(manage_messages=True))
        self.people = {
            Who.STUDENT: self._member("Ann"),
            Who.TEACHER: self._member("Ken", self.roles[Who.TEACHER]),
            Who.MODERATOR: self._member("Mo", self.roles[Who.MODERATOR]),
            Who.ADMIN: self._member("Ms. Rivera", head),
            Who.STRANGER: self.elsewhere.add_member(env.create_user("Zoe"), roles=[theirs]),
        }
        self.classmate = self._member(f"Quentin {SECRET}")
        self.loud = self._member("Lou")
        self.heard = 0
        """A response of the loud student's, who is muted now and then."""
        self.nobody = env.create_user("Nobody")
        self.debates: dict[str, Debate] = {}
        self._names = (f"room-{number}" for number in count(1))

    def _member(self, name: str, *roles: RoleHandle) -> MemberActor:
        return self.guild.add_member(self.env.create_user(name), roles=list(roles))

    def somebody(self, who: Who) -> Somebody:
        """A person of that kind, where the main debate is: a stranger in their own, nobody in a direct message."""
        if who is Who.NOBODY:
            return Somebody(self.env, self.nobody.id, None, self.nobody.dm_channel.id)
        debate = self.debates["far" if who is Who.STRANGER else "open"]
        return self.member(self.people[who]).at(debate.channel.id)

    def member(self, actor: MemberActor) -> Somebody:
        """A member in their server's first channel."""
        guild = self.guild if actor.guild.id == self.guild.id else self.elsewhere
        return Somebody(self.env, actor.id, guild.id, (self.yard if guild is self.guild else self.far).id)

    @property
    def admin(self) -> Somebody:
        """Who sets things up for the others."""
        return self.member(self.people[Who.ADMIN])

    @property
    def moderator(self) -> Somebody:
        """Who keeps order."""
        return self.member(self.people[Who.MODERATOR])

    def name(self) -> str:
        """A name that nothing has yet."""
        return next(self._names)

    def room(self) -> ChannelHandle:
        """A channel without a debate."""
        return self.guild.create_text_channel(self.name())

    async def begin(self, plan: str | None = "open", *, far: bool = False, **options: Any) -> Debate:
        """A new debate in a channel of its own."""
        owner = self.member(self.people[Who.STRANGER]) if far else self.admin
        channel = self.elsewhere.create_text_channel(self.name()) if far else self.room()
        chosen = {"prompts": "single-lesson", **({"format": plan} if plan else {}), **options}
        told = await owner.at(channel.id).command("discuss start", **chosen)
        assert not told.is_refused, told.shown
        ((session, posed),) = self.rows("select session_id, id from rounds order by id desc limit 1")
        assert owner.guild_id is not None
        return Debate(owner.guild_id, channel, session, posed)

    async def said(self, author: Somebody, debate: Debate, words: str = "As I see it.") -> int:
        """A new response of somebody, by its id."""
        told = await author.submit(f"parley:responded:{debate.round}:0", {"stance": "defend", "claim": words})
        assert not told.is_refused, told.shown
        ((found,),) = self.rows("select max(id) from responses where user_id = ?", author.user_id)
        return found

    def message_of(self, response: int) -> int:
        """The message of a response."""
        ((message,),) = self.rows("select message_id from responses where id = ?", response)
        return message

    async def previewed(self, by: Somebody) -> int:
        """The number of a new preview."""
        told = await by.at(self.room().id).command("discuss start", prompts="single-lesson", preview=True)
        found = re.search(r"parley:start:(\d+)", told.shown)
        assert found, told.shown
        return int(found[1])

    async def uploaded(self, by: Somebody) -> str:
        """A new prompt set of the server's own, by its slug."""
        slug = self.name()
        told = await by.command("prompts upload", file=prompt_set(slug))
        assert "problem" not in told.shown, told.shown
        return slug

    async def planned(self) -> int:
        """A new schedule, by its id."""
        told = await self.admin.at(self.room().id).command(
            "discuss schedule", when="in 2 hours", prompts="single-lesson"
        )
        assert not told.is_refused, told.shown
        ((found,),) = self.rows("select max(id) from schedules")
        return found

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the record says."""
        with closing(sqlite3.connect(self.database)) as record:
            return record.execute(query, values).fetchall()

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that is on record of this guild, table by table."""
        with closing(sqlite3.connect(self.database)) as record:
            tables = [name for (name,) in record.execute("select name from sqlite_master where type = 'table'")]
            return {
                table: record.execute(f"select * from {table} where guild_id = ?", (self.guild.id,)).fetchall()
                for table in tables
                if table not in KEPT_APART and not table.startswith("sqlite_")
            }


def prompt_set(slug: str) -> tuple[str, bytes]:
    """A file to upload, with a title of its own."""
    shipped = (ROOT / "prompts" / "single-lesson.yaml").read_text(encoding="utf-8")
    return f"{slug}.yaml", re.sub("(?m)^title: .*", f"title: Set {slug}", shipped).encode()


@asynccontextmanager
async def school(database: Path) -> AsyncGenerator[School]:
    """Open it: the roles are set, four kinds of debates are on, and everybody has their part in them."""
    folder = database.parent / "prompts"
    (folder / "formats").mkdir(parents=True)
    shutil.copy(ROOT / "prompts" / "single-lesson.yaml", folder)
    for name, words in FORMATS.items():
        (folder / "formats" / f"{name}.yaml").write_text(words, encoding="utf-8")
    async with school_class(database, prompts=folder) as klass:
        made = School(klass.env, database)
        roles = {f"{who}_role": str(role.id) for who, role in made.roles.items()}
        change = "insert into guild_settings (guild_id, teacher_role_id, moderator_role_id) values (?, ?, ?)"
        with closing(sqlite3.connect(database)) as record, record:
            record.execute(change, (made.guild.id, roles["teacher_role"], roles["moderator_role"]))
        for plan in FORMATS:
            made.debates[plan] = await made.begin(plan)
        made.debates["floor"], made.debates["drawn"] = await made.begin(None), await made.begin()
        made.debates["masked"] = await made.begin(pseudonyms=True)
        made.debates["checked"] = await made.begin(approve_first=True)
        made.debates["far"] = await made.begin(far=True)
        await _take_part(made)
        yield made


async def _take_part(made: School) -> None:
    members = [made.classmate, *(actor for who, actor in made.people.items() if who is not Who.STRANGER)]
    for actor in members:
        somebody = made.member(actor)
        await made.said(somebody, made.debates["think"], f"My thoughts, {SECRET if actor is made.classmate else ''}.")
        await made.said(somebody, made.debates["drawn"])
    await made.said(made.member(made.classmate), made.debates["open"], f"I have been to {SECRET}.")
    await made.said(made.member(made.classmate), made.debates["masked"], f"Back from {SECRET}.")
    await made.moderator.command("words add", word="horrid")
    made.heard = await made.said(made.member(made.loud), made.debates["open"])
    for somebody in (made.admin, made.member(made.people[Who.STRANGER])):
        await made.uploaded(somebody)
