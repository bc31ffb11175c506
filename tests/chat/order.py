"""What people do to keep order: report, hide, restore, look at what waits."""

import discord
from simcord import InteractionResult, MemberActor, ResponseMessage

from bot.rehearsal.simulation.environment import record_of
from tests.chat.doing import newest_in, posts_in, press, respond, start
from tests.chat.panels import again
from tests.chat.phases import seen_by
from tests.chat.seeing import text_of, thread_in
from tests.conftest import SchoolClass

HIDDEN = "A moderator has hidden this response."
WORDS = "What I should not have said."


async def debate(klass: SchoolClass) -> discord.Message:
    """A debate in which Ann has said something; its post."""
    await start(klass)
    await respond(klass, klass.ann, "defend", claim=WORDS)
    return newest_in(klass)


def moderator(klass: SchoolClass) -> MemberActor:
    """Somebody with Manage Messages, who teaches nothing."""
    role = klass.guild.create_role("Order", permissions=discord.Permissions(manage_messages=True))
    return klass.guild.add_member(klass.env.create_user("Mo"), roles=[role])


async def menu(klass: SchoolClass, actor: MemberActor, name: str, message: discord.Message) -> InteractionResult:
    """Use a command on a message of the thread."""
    return await actor.context_menu(thread_in(klass), name, message)


async def report(klass: SchoolClass, actor: MemberActor, message: discord.Message, why: str = "") -> str:
    """Report a response; what one is told."""
    opened = await menu(klass, actor, "Report this response", message)
    if opened.modal is None:
        return told(opened)
    return told(await actor.submit_modal(opened, {"reason": why}))


async def case(klass: SchoolClass, actor: MemberActor, message: discord.Message) -> ResponseMessage:
    """The page of a response."""
    result = await menu(klass, actor, "Moderate this response", message)
    return seen_by(result)[0]


async def hide(klass: SchoolClass, actor: MemberActor, message: discord.Message, why: str = "Rude.") -> str:
    """Hide a response by its page; the page as it is then."""
    page = await case(klass, actor, message)
    await actor.submit_modal(await press(actor, page, "Hide"), {"reason": why})
    return text_of(again(klass, page))


async def restore(klass: SchoolClass, actor: MemberActor, message: discord.Message) -> str:
    """Restore a response by its page; the page as it is then."""
    page = await case(klass, actor, message)
    await press(actor, page, "Restore")
    return text_of(again(klass, page))


def told(result: InteractionResult) -> str:
    """All that somebody is told in answer, privately."""
    return "\n".join(text_of(message) for message in seen_by(result))


def in_thread(klass: SchoolClass) -> list[str]:
    """What stands in the thread, post by post."""
    return [text_of(post).strip() for post in posts_in(thread_in(klass))]


async def typed(klass: SchoolClass, actor: MemberActor, words: str = WORDS) -> discord.Message:
    """Somebody types something in the thread."""
    return await actor.send(thread_in(klass), words)


def renamed(opened: InteractionResult, name: str) -> None:
    """Let the last field of a form have another name, as somebody could forge it."""
    modal = record_of(opened).modal
    assert modal is not None
    modal["components"][-1]["component"]["custom_id"] = name
