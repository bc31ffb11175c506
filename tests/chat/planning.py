"""What a teacher does with debates that are planned ahead, and what then stands where."""

from pathlib import Path
from typing import Any

import discord
from simcord import InteractionResult, MemberActor, ResponseMessage
from simcord.backend.models import ScheduledEvent

from tests.chat.doing import SET, press, rows
from tests.chat.seeing import answer, text_of
from tests.conftest import SchoolClass

TITLE = "One lesson: threat, talks or pressure?"


async def schedule(klass: SchoolClass, when: str = "in 3 minutes", prompts: str = SET, **options: Any) -> str:
    """The teacher plans a debate; what the teacher is told."""
    return answer(await klass.teacher.slash(klass.channel, "discuss schedule", when=when, prompts=prompts, **options))


async def listed(klass: SchoolClass, actor: MemberActor | None = None) -> ResponseMessage:
    """The private page of what is scheduled."""
    result = await (actor or klass.teacher).slash(klass.channel, "discuss scheduled")
    answer(result)
    assert result.response is not None
    return result.response


async def move(klass: SchoolClass, when: str) -> InteractionResult:
    """Give the next debate another time."""
    form = await press(klass.teacher, await listed(klass), "Move")
    return await klass.teacher.submit_modal(form, {"when": when})


async def cancel(klass: SchoolClass) -> InteractionResult:
    """Cancel the next debate, and mean it."""
    asked = await press(klass.teacher, await listed(klass), "Cancel")
    assert asked.response is not None
    return await press(klass.teacher, asked.response, "Cancel the debate")


def events_of(klass: SchoolClass) -> list[ScheduledEvent]:
    """The server's own list of events."""
    return list(klass.env.backend.guilds[klass.guild.id].scheduled_events.values())


def cards_in(klass: SchoolClass) -> list[discord.Message]:
    """The debates' cards in the channel, the oldest first."""
    return [message for message in posts_of(klass) if "Question 1 of" in text_of(message)]


def notices_in(klass: SchoolClass) -> list[str]:
    """What the class was told in the channel of debates that did not start on time."""
    return [text_of(message).strip() for message in posts_of(klass) if "was to start" in text_of(message)]


def posts_of(klass: SchoolClass) -> list[discord.Message]:
    """What the bot has posted in the channel, the oldest first."""
    return sorted((m for m in klass.channel.history() if m.components), key=lambda message: message.id)


def endings(database: Path) -> list[str | None]:
    """What became of each schedule."""
    return [ending for (ending,) in rows(database, "select ending from schedules order by id")]
