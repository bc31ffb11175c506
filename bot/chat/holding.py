"""Forms that were sent and wait while their author is asked something, and how they go on afterwards.

In memory alone, and the words hang as a file on the page that asks: after a restart their author still has them.
"""

import io
import secrets
from collections import OrderedDict
from dataclasses import replace

import discord

from bot.chat.modals import FORM_HELD, submitted, words_in
from bot.chat.people import person_of
from bot.chat.routing import UNKNOWN, Address
from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.discussion.ids import GuildId, UserId
from bot.values import frozen

MOST_HELD = 500
"""Forms kept for people who are being asked. The oldest is let go first; its words hang on the page all the same."""

WORDS = "your-words.txt"
"""The file with what somebody has written."""

AGAIN = "again"
"""Behind it an address names the form that was held before: whoever sends that one anew has been told already."""

_AS_IT_IS, _LEADS_TO = "parley.as-it-is", "parley.leads-to"


@frozen
class HeldForm:
    """A form that waits for its author's word: who sent it, where it leads, and what was written in it."""

    guild_id: GuildId
    user_id: UserId
    address: Address
    fields: dict[str, str]

    def address_again(self, key: str) -> Address:
        """Where the same form leads when it is filled in once more."""
        return replace(self.address, arguments=(*_without_key(self.address), AGAIN, key))


class Holding:
    """The forms that wait, each under a key that its page's buttons carry."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, HeldForm] = OrderedDict()

    def keep(self, interaction: discord.Interaction, address: Address) -> str:
        """Keep what was submitted; its key."""
        person, key = person_of(interaction), secrets.token_hex(8)
        self._held[key] = HeldForm(person.guild_id, person.user_id, address, submitted(interaction))
        while len(self._held) > MOST_HELD:
            self._held.popitem(last=False)
        return key

    def look(self, key: str, person: Person) -> HeldForm | None:
        """The form that this person had sent; None where it is not known any more."""
        form = self._held.get(key)
        is_theirs = form is not None and (form.guild_id, form.user_id) == (person.guild_id, person.user_id)
        return form if is_theirs else None

    def take(self, key: str, person: Person) -> HeldForm | None:
        """The same, handed out once."""
        form = self.look(key, person)
        if form is not None:
            del self._held[key]
        return form


def file_of(interaction: discord.Interaction) -> discord.File | None:
    """What somebody has written, as a file; None where they have written nothing."""
    words = words_in(interaction)
    return discord.File(io.BytesIO(words.encode(errors="replace")), filename=WORDS) if words else None


def go_on_with(interaction: discord.Interaction, form: HeldForm, *, as_it_is: bool = False) -> None:
    """From here on this interaction stands for the form that was held; `as_it_is`: its author has been told of it."""
    interaction.extras[FORM_HELD] = dict(form.fields)
    interaction.extras[_AS_IT_IS] = as_it_is
    interaction.extras[_LEADS_TO] = str(form.address)


def goes_as_it_is(interaction: discord.Interaction, address: Address) -> bool:
    """Is a form to be recorded as it is: has its author been told of what is in it?"""
    return bool(interaction.extras.get(_AS_IT_IS)) or key_of(address) is not None


def key_of(address: Address) -> str | None:
    """The key of the form that was held before this one, which is the same anew."""
    return address.arguments[-1] if AGAIN in address.arguments[-2:-1] else None


def submitted_address(interaction: discord.Interaction) -> Address:
    """Where a submitted form, or the one that this interaction stands for, leads."""
    pressed = str(dict(interaction.data or {}).get("custom_id", ""))
    address = Address.read(str(interaction.extras.get(_LEADS_TO, pressed)))
    if address is None:
        raise Refusal(UNKNOWN)
    return address


def _without_key(address: Address) -> tuple[str, ...]:
    return address.arguments[:-2] if key_of(address) is not None else address.arguments
