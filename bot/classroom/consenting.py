"""Whether somebody may be recorded at all: asked before their first word or vote, and theirs to take back."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.discussion.consent import Agreement, may_record
from bot.discussion.ids import GuildId, UserId
from bot.discussion.values import Consent, GuildSettings
from bot.storage import Transaction, consents, guilds

T = TypeVar("T")


class ConsentNeeded(Refusal):
    """Nothing was recorded: this person has not agreed to it, or has taken it back."""

    def __init__(self) -> None:
        super().__init__("Nothing was recorded: you have not agreed to that yet. `/privacy agree` asks you.")


def require(tx: Transaction, person: Person, settings: GuildSettings | None = None) -> None:
    """Let those pass who may be recorded now. Raises ConsentNeeded."""
    if not may_be_recorded(tx, person, settings):
        raise ConsentNeeded


def may_be_recorded(tx: Transaction, person: Person, settings: GuildSettings | None = None) -> bool:
    """May what this person says now go on record?"""
    found = settings or guilds.settings(tx, person.guild_id)
    word = consents.of(tx, person.guild_id, person.user_id)
    return may_record(found.consent, word.agreed_at, word.declined_at)


def agreed(outcome: T | ConsentNeeded) -> T:
    """What became of something that is done together with others'. Raises ConsentNeeded."""
    if isinstance(outcome, ConsentNeeded):
        raise outcome
    return outcome


async def agree(room: Classroom, person: Person) -> None:
    """From now on they are recorded."""
    await _put(room, person, consents.agree)


async def decline(room: Classroom, person: Person) -> None:
    """They take it back, or never gave it: from now on nothing of theirs is recorded.

    What is on record stays until they withdraw or erase it.
    """
    await _put(room, person, consents.decline)


async def word_of(room: Classroom, person: Person) -> tuple[GuildSettings, Agreement]:
    """What the guild has set, and this person's own word."""

    def work(tx: Transaction) -> tuple[GuildSettings, Agreement]:
        return guilds.settings(tx, person.guild_id), consents.of(tx, person.guild_id, person.user_id)

    return await room.store.read(work)


async def must_be_told(room: Classroom, person: Person) -> bool:
    """Has the school consented for this person, and nobody told them yet what is recorded?"""
    settings, word = await word_of(room, person)
    return settings.consent is Consent.SCHOOL and word.informed_at is None


async def told(room: Classroom, person: Person) -> None:
    """They have been told."""
    await _put(room, person, consents.inform)


async def _put(
    room: Classroom, person: Person, put: Callable[[Transaction, GuildId, UserId, str, datetime], None]
) -> None:
    now = room.now()
    await room.store.write(lambda tx: put(tx, person.guild_id, person.user_id, person.name, now))
