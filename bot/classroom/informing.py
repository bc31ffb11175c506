"""Authors are told what a moderator has hidden of theirs: privately, with the reason, once."""

from collections.abc import Sequence

from bot.classroom.room import Classroom
from bot.discussion.ids import GuildId, UserId
from bot.discussion.moderation import Removal
from bot.discussion.values import Response, Round
from bot.storage import Transaction, removals, responses, rounds
from bot.values import frozen

AT_ONCE = 3
"""Of so many hidden responses somebody is told at a time; of the others when they next do something."""


@frozen
class Hidden:
    """A hidden response of somebody's, of which they have not been told."""

    removal: Removal
    response: Response
    round: Round


@frozen
class Untold:
    """What somebody is to be told now, the oldest first, and how much more there is."""

    hidden: tuple[Hidden, ...]
    more: int


async def to_be_told(room: Classroom) -> set[tuple[GuildId, UserId]]:
    """Everybody in every guild who is to be told of something: for the bot's own memory."""
    return await room.store.read(removals.people_untold)


async def untold(room: Classroom, guild_id: GuildId, user_id: UserId) -> Untold:
    """What of somebody's is hidden without their having been told."""

    def work(tx: Transaction) -> Untold:
        found = removals.untold(tx, guild_id, user_id)
        told = [_hidden(tx, guild_id, each) for each in found[:AT_ONCE]]
        return Untold(tuple(each for each in told if each is not None), max(0, len(found) - AT_ONCE))

    return await room.store.read(work)


async def told(room: Classroom, guild_id: GuildId, hidden: Sequence[Hidden]) -> None:
    """They have been told."""
    now = room.now()
    await room.store.write(lambda tx: removals.tell(tx, guild_id, [each.removal for each in hidden], now))


def _hidden(tx: Transaction, guild_id: GuildId, removal: Removal) -> Hidden | None:
    response = responses.get(tx, guild_id, removal.response_id)
    posed = rounds.get(tx, guild_id, response.round_id) if response is not None else None
    return Hidden(removal, response, posed) if response is not None and posed is not None else None
