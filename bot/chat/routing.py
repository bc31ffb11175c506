"""Where a click or a submitted modal goes: its custom_id is an address, and the address survives a restart.

One way for buttons and modals alike: nothing is kept in memory between the card and the click, so a card of last week
and a modal opened before a restart still find their handler. discord.py's own view store is left out on purpose: it
forgets modals at a restart and swallows the errors of dynamic items.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

import discord

from bot.classroom.refusals import Refusal
from bot.patterns import pattern
from bot.values import frozen

if TYPE_CHECKING:
    from bot.chat.client import Parley

PREFIX = "parley"

_ADDRESS = pattern(r"parley:([a-z-]+)((?::[a-z0-9~-]+)*)")


@frozen
class Address:
    """A verb and its arguments, written `parley:verb:argument:…` in a custom_id (100 characters at most)."""

    verb: str
    arguments: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ":".join([PREFIX, self.verb, *self.arguments])

    @classmethod
    def read(cls, custom_id: str) -> "Address | None":
        """The address in a custom_id; None where it is not one of ours."""
        match = _ADDRESS.fullmatch(custom_id)
        return cls(match[1], tuple(match[2].split(":")[1:])) if match else None

    def number(self, place: int) -> int:
        """An argument that must be an id. A forged or garbled one is refused, never an error."""
        argument = self.word(place)
        if not argument.isascii() or not argument.isdecimal() or len(argument) > 18:
            raise Refusal(UNKNOWN)
        return int(argument)

    def word(self, place: int) -> str:
        """An argument as it stands."""
        if place >= len(self.arguments):
            raise Refusal(UNKNOWN)
        return self.arguments[place]


UNKNOWN = "This button is not known any more. Ask your teacher for a fresh card."


def to(verb: str, *arguments: object) -> str:
    """The custom_id that leads to a handler."""
    return str(Address(verb, tuple(str(argument) for argument in arguments)))


Handler = Callable[["Parley", discord.Interaction, Address], Awaitable[None]]


async def route(bot: "Parley", handlers: Mapping[str, Handler], interaction: discord.Interaction) -> None:
    """Hand a component click or a submitted modal to the handler of its verb; leave everything else alone.

    Whoever clicks faster than a person can mean it is refused here, before anything is looked up or written.
    """
    if interaction.type not in (discord.InteractionType.component, discord.InteractionType.modal_submit):
        return
    data: Mapping[str, object] = dict(interaction.data or {})
    address = Address.read(str(data.get("custom_id", "")))
    bot.pacing.require_for_click(interaction, address.verb if address else "", bot.room.now())
    if address is None or address.verb not in handlers:
        raise Refusal(UNKNOWN)
    await handlers[address.verb](bot, interaction, address)
