"""Whom the coach may say something to: the teacher has a switch for a debate, and everybody has one for themselves."""

from bot.classroom.consenting import require
from bot.classroom.people import Person
from bot.classroom.room import Classroom
from bot.discussion.ids import UserId
from bot.discussion.values import Round
from bot.storage import Transaction, participants


def is_coached(tx: Transaction, found: Round, user_id: UserId) -> bool:
    """May the coach speak to somebody in this round?"""
    return found.conduct.coached and not participants.is_uncoached(tx, found.guild_id, user_id)


async def switch(room: Classroom, person: Person, *, on: bool) -> None:
    """Switch the coach on or off for oneself, in all debates of the server."""
    now = room.now()

    def work(tx: Transaction) -> None:
        require(tx, person)
        participants.seen(tx, person.guild_id, person.user_id, person.name, now)
        participants.set_uncoached(tx, person.guild_id, person.user_id, None if on else now)

    await room.store.write(work)
