"""What somebody sees in a message: its text, its buttons."""

from collections.abc import Iterator, Mapping
from typing import Any

import discord
from simcord import ChannelHandle, InteractionResult, ResponseMessage

from tests.conftest import SchoolClass

Component = Mapping[str, Any]


def components_of(message: discord.Message | ResponseMessage) -> Iterator[Component]:
    """All components of a message, outer before inner."""
    yield from _walk(
        message.components
        if isinstance(message, ResponseMessage)
        else [component.to_dict() for component in message.components]
    )


def text_of(message: discord.Message | ResponseMessage) -> str:
    """All text that a message shows, line under line."""
    return "\n".join([message.content, *(part["content"] for part in components_of(message) if part["type"] == 10)])


def buttons_of(message: discord.Message | ResponseMessage) -> list[str]:
    """The labels of the buttons that can be pressed."""
    return [part["label"] for part in components_of(message) if part["type"] == 2 and not part.get("disabled")]


def answer(result: InteractionResult) -> str:
    """The text that somebody gets back, which must be private."""
    assert result.response is not None, "the interaction was not answered"
    assert result.response.ephemeral
    return text_of(result.response)


def card_in(klass: SchoolClass) -> discord.Message:
    """The newest card of the debate's channel."""
    return max((m for m in klass.channel.history() if m.components), key=lambda message: message.id)


def thread_in(klass: SchoolClass) -> ChannelHandle:
    """The newest thread of the debate's channel."""
    return klass.channel.threads[-1]


def _walk(components: Any) -> Iterator[Component]:
    for component in components:
        yield component
        yield from _walk(component.get("components") or [])
        if component.get("accessory"):
            yield component["accessory"]
