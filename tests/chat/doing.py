"""What the people of a class do, and what the record then says."""

import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import discord
from discord.utils import utcnow
from simcord import ChannelHandle, InteractionResult, MemberActor, ResponseMessage
from simcord._dpy_internals import install_http  # as the room itself does; simcord is pinned for it
from simcord.types import HttpLogEntry

from bot.chat.client import Parley
from bot.classroom.room import open_classroom
from bot.rehearsal.simulation.environment import SteppedEnv
from tests.chat.seeing import card_in, components_of, thread_in
from tests.conftest import ROOT, SchoolClass, school_class

SET = "single-lesson"
CLAIM = {"claim": "Talk now.", "evidence": "¶3 says so.", "reasoning": "Silence has not helped."}


async def start(
    klass: SchoolClass, prompts: str = SET, *, channel: ChannelHandle | None = None, **options: Any
) -> InteractionResult:
    """The teacher starts a debate."""
    return await klass.teacher.slash(channel or klass.channel, "discuss start", prompts=prompts, **options)


def button(message: discord.Message | ResponseMessage, label: str) -> str:
    """The custom_id of the button whose label begins so."""
    return next(
        part["custom_id"] for part in components_of(message) if part["type"] == 2 and part["label"].startswith(label)
    )


async def press(actor: MemberActor, message: discord.Message | ResponseMessage, label: str) -> InteractionResult:
    """Press the button whose label begins so; its count may be anything."""
    return await actor.click(message, custom_id=button(message, label))


async def side(klass: SchoolClass, actor: MemberActor, label: str) -> InteractionResult:
    """Take a stance on the newest card."""
    return await press(actor, card_in(klass), label)


async def respond(klass: SchoolClass, actor: MemberActor, stance: str, **fields: str) -> InteractionResult:
    """Respond under the newest card: open the modal, fill it in, submit it."""
    shown = await press(actor, card_in(klass), "Respond")
    return await actor.submit_modal(shown, {"stance": stance, **(fields or CLAIM)})


async def reply(actor: MemberActor, message: discord.Message | ResponseMessage, text: str) -> InteractionResult:
    """Reply by the button under a response."""
    return await actor.submit_modal(await press(actor, message, "Reply"), {"text": text})


def posts_in(thread: ChannelHandle) -> list[discord.Message]:
    """What stands in a thread, the oldest first."""
    return sorted(
        (m for m in thread.history() if m.type in (discord.MessageType.default, discord.MessageType.reply)),
        key=lambda message: message.id,
    )


def newest_in(klass: SchoolClass) -> discord.Message:
    """The newest message of the newest thread."""
    return posts_in(thread_in(klass))[-1]


def rows(database: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What the database file says, read beside the running bot."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query, values).fetchall()


def change(database: Path, statement: str) -> None:
    """Change the database file beside the running bot."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(statement)
        connection.commit()


def fail_on(database: Path, name: str, what: str) -> None:
    """Let the database refuse one kind of change, such as `INSERT ON votes`, until `mend`."""
    change(database, f"CREATE TRIGGER {name} BEFORE {what} BEGIN SELECT RAISE(ABORT, 'broken on purpose'); END")


def mend(database: Path, name: str) -> None:
    """Let the database take the change again."""
    change(database, f"DROP TRIGGER {name}")


def watch(klass: SchoolClass) -> list[HttpLogEntry]:
    """From here on, the bot's REST calls, as they come."""
    seen: list[HttpLogEntry] = []
    klass.env.backend.http_requests = seen
    return seen


def bodies_of(seen: list[HttpLogEntry], method: str, path: str) -> list[dict[str, Any]]:
    """What the bot sent with a method to the paths that fit a pattern."""
    return [entry.json for entry in seen if entry.method == method and entry.json and fnmatch(entry.path, path)]


def edits_of(seen: list[HttpLogEntry], message_id: int) -> int:
    """How often a message was edited."""
    return sum(entry.method == "PATCH" and entry.path.endswith(f"/messages/{message_id}") for entry in seen)


@asynccontextmanager
async def restarting(database: Path, **options: Any) -> AsyncGenerator["Restarting"]:
    """A class whose bot can be stopped and started again over the same world and the same database file."""
    async with school_class(database, **options) as klass:
        yield Restarting(klass, database)


class Restarting:
    """See `restarting`."""

    def __init__(self, klass: SchoolClass, database: Path) -> None:
        self.klass = klass
        self._database = database

    @asynccontextmanager
    async def restart(self, *, mending: str | None = None) -> AsyncGenerator[SchoolClass]:
        """A new bot over a copy of the record as a crash leaves it, in the world as it stands.

        The first store stays open until the end, unused: what a stopped process holds in memory is lost all the same.
        """
        copy = self._database.with_name(f"again-{self._database.name}")
        with closing(sqlite3.connect(self._database)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        if mending is not None:
            mend(copy, mending)
        env = self.klass.env
        async with open_classroom(copy, articles=ROOT / "article", prompts=ROOT / "prompts", now=utcnow) as room:
            again = _SameDiscord(room, self.klass.env.bot.intents, env)
            await env.restart_bot(again)
            yield replace(self.klass, room=room)

    @property
    def database(self) -> Path:
        """The file that the restarted bot writes to."""
        return self._database.with_name(f"again-{self._database.name}")


class _SameDiscord(Parley):
    """Parley on the Discord that the bot before it was on: it remembers the nonces and the threads.

    simcord gives every new bot a REST client of its own, without the room's behaviours and without that memory.
    """

    def __init__(self, room: Any, intents: discord.Intents, env: SteppedEnv) -> None:
        super().__init__(room, intents)
        self._rest = env.bot.http

    async def setup_hook(self) -> None:
        install_http(self, self._rest)
        await super().setup_hook()


async def forge(klass: SchoolClass, actor: MemberActor, custom_id: str) -> InteractionResult:
    """A click on a button that no card of ours has: somebody made it up, or it is older than this version."""
    card = card_in(klass)
    kept = [dict(part) for part in klass.env.backend.get_message(card.channel.id, card.id).components]
    row = {"type": 2, "id": 2, "style": 2, "label": "x", "custom_id": custom_id}
    klass.env.backend.edit_message(
        card.channel.id, card.id, {"components": [{"type": 1, "id": 1, "components": [row]}]}
    )
    try:
        return await actor.click(card, custom_id=custom_id)
    finally:
        klass.env.backend.edit_message(card.channel.id, card.id, {"components": kept})
