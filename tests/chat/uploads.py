"""What teachers do with a server's own prompt sets."""

from dataclasses import replace

import discord
from simcord import InteractionResult, MemberActor

from tests.chat.seeing import answer
from tests.conftest import SchoolClass

OWN = """\
article: north-korea-ballistic-missile-tests
title: {title}
prompts:
  - id: first
    question: {question}
    excerpts:
      - paragraph: 1
        quote: North Korean representatives claim these missile tests are solely for defensive purposes.
    stances:
      - {{id: agree, label: I agree, emoji: 👍}}
      - {{id: disagree, label: I do not, emoji: 👎}}
"""


def own_set(title: str = "Our own words", question: str = "Is that so?") -> bytes:
    """A set in order."""
    return OWN.format(title=title, question=question).encode()


async def upload(
    klass: SchoolClass, data: bytes | None = None, *, name: str = "ours.yaml", actor: MemberActor | None = None
) -> str:
    """Somebody sends a file; what they are told."""
    return answer(await sent(klass, data, name=name, actor=actor))


async def sent(
    klass: SchoolClass, data: bytes | None = None, *, name: str = "ours.yaml", actor: MemberActor | None = None
) -> InteractionResult:
    """The same, with all that comes back."""
    teacher = actor or klass.teacher
    return await teacher.slash(klass.channel, "prompts upload", file=(name, own_set() if data is None else data))


async def library(klass: SchoolClass, actor: MemberActor | None = None) -> str:
    """What `/prompts list` shows."""
    return answer(await (actor or klass.teacher).slash(klass.channel, "prompts list"))


async def offered(
    klass: SchoolClass, command: str, option: str, actor: MemberActor | None = None, **options: str
) -> list[str]:
    """What is offered while somebody types that option, before its first letter."""
    found = await (actor or klass.teacher).autocomplete(klass.channel, command, option, "", **options)
    return [choice["value"] for choice in found]


async def file_in(result: InteractionResult) -> tuple[str, bytes]:
    """The one file that somebody was handed, privately."""
    assert result.response is not None
    assert result.response.ephemeral
    messages = {message.id: message for message in [result.response, *result.followups]}
    (found,) = [file for message in messages.values() for file in message.attachments]
    return found.filename, await found.read()


def elsewhere(klass: SchoolClass) -> SchoolClass:
    """Another school's server with a teacher of its own, and the same bot in it."""
    env = klass.env
    guild = env.create_guild("Class 8A, another school")
    role = guild.create_role("Teacher", permissions=discord.Permissions(manage_guild=True))
    teacher = guild.add_member(env.create_user("Mr. Okafor"), roles=[role])
    return replace(
        klass, guild=guild, channel=guild.create_text_channel("debate"), teacher_role=role, teacher=teacher, students=[]
    )
