"""Nobody is recorded who has not agreed to it: whoever is measured did so before."""

from collections.abc import Iterable
from datetime import timedelta

from bot.classroom.room import Classroom
from bot.discussion.ids import GuildId, UserId
from bot.storage import Transaction, consents

BEFORE = timedelta(days=1)
"""So long ago; who has not been seen for half a year is forgotten."""


async def have_agreed(room: Classroom, guild_id: int, people: Iterable[tuple[int, str]]) -> None:
    """Put on record that these people, by their ids and names, have agreed in that guild."""
    known, then = list(people), room.now() - BEFORE

    def work(tx: Transaction) -> None:
        for user_id, name in known:
            consents.agree(tx, GuildId(guild_id), UserId(user_id), name, then)

    await room.store.write(work)
