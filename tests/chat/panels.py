"""The teacher's panel as tests use it: open it, read it, press its buttons."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import discord
from simcord import InteractionResult, MemberActor, ResponseMessage

from tests.chat.doing import posts_in, press, rows, start
from tests.chat.seeing import components_of, text_of, thread_in
from tests.conftest import SchoolClass

LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
TWENTY = {"claim": LONG, "evidence": "eighteen nineteen", "reasoning": "twenty twenty-one"}
"""A response with as many words as the Oxford debate asks for."""


async def begin(klass: SchoolClass, debate: str = "oxford-debate", **options: Any) -> InteractionResult:
    """The teacher starts a debate by a format."""
    return await start(klass, format=debate, **options)


async def open_panel(klass: SchoolClass) -> ResponseMessage:
    """The teacher's panel, as it is shown to them alone."""
    return shown(await klass.teacher.slash(klass.channel, "discuss control"))


def shown(result: InteractionResult) -> ResponseMessage:
    """The private message that answers somebody. It is read anew whenever it is looked at."""
    assert result.response is not None
    assert result.response.ephemeral
    return result.response


def again(klass: SchoolClass, message: ResponseMessage) -> ResponseMessage:
    """The same private message as it is now."""
    return ResponseMessage(klass.env, klass.env.backend.get_message(message.channel_id, message.id))


async def act(
    klass: SchoolClass, panel: ResponseMessage, label: str, actor: MemberActor | None = None
) -> ResponseMessage:
    """Press a button of the panel; the panel as it is then."""
    result = await press(actor or klass.teacher, panel, label)
    assert result.acknowledged
    assert not result.followups
    return again(klass, panel)


def addresses(message: ResponseMessage) -> dict[str, str]:
    """The custom_id of each button that can be pressed, by its label."""
    parts = [part for part in components_of(message) if part["type"] == 2 and not part.get("disabled")]
    return {part["label"]: part["custom_id"] for part in parts}


def notices(klass: SchoolClass) -> list[discord.Message]:
    """The notices of the phases so far, in their order."""
    return [post for post in posts_in(thread_in(klass)) if "-# Phase" in text_of(post)]


def said_in_thread(klass: SchoolClass) -> list[str]:
    """What the bot has said in the thread without a card."""
    return [post.content for post in posts_in(thread_in(klass)) if post.content and post.author.bot]


def phase(database: Path) -> int:
    """The number of the phase that the round is in, counted from 0."""
    ((number,),) = rows(database, "select phase from rounds order by id desc limit 1")
    return number


def deadline(database: Path) -> datetime:
    """When the present phase ends."""
    ((at,),) = rows(database, "select deadline from rounds order by id desc limit 1")
    return datetime.fromisoformat(at).replace(tzinfo=UTC)


def clock(at: datetime) -> str:
    """A time as a message tells it."""
    return f"<t:{int(at.timestamp())}:t>"


def acts_on_audit(database: Path) -> list[str]:
    """What the teacher has done, in the order in which it is on the audit."""
    query = "select json_extract(details, '$.what') from audits where action = 'discuss.control' order by id"
    return [what for (what,) in rows(database, query)]
