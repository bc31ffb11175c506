"""Nobody is recorded who has not agreed to it: whoever is measured did so long before."""

from collections.abc import Iterable

from benchmarks.debate import BEGAN
from bot.classroom.room import Classroom
from bot.discussion.ids import GuildId, UserId
from bot.storage import Transaction, consents

LONG_BEFORE = BEGAN.replace(year=2020)


async def have_agreed(room: Classroom, guild_id: int, people: Iterable[tuple[int, str]]) -> None:
    """Put on record that these people, by their ids and names, have agreed in that guild."""
    known = list(people)

    def work(tx: Transaction) -> None:
        for user_id, name in known:
            consents.agree(tx, GuildId(guild_id), UserId(user_id), name, LONG_BEFORE)

    await room.store.write(work)
