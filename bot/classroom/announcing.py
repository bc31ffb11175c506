"""Which phases the class must still be told of, and which it was told of.

The record says it: of a phase that began and has no notice the class is still to be told.
"""

from dataclasses import dataclass

from bot.classroom.room import Classroom
from bot.classroom.voting import Standing, standing_in
from bot.discussion.ids import MessageId
from bot.discussion.values import PhaseLog, Round
from bot.storage import Transaction, phases, rounds


@dataclass(frozen=True, slots=True)
class Notice:
    """A phase to be told of, with the round as it stands now."""

    standing: Standing
    log: PhaseLog

    @property
    def is_over(self) -> bool:
        """Has the phase ended?"""
        return self.log.ended_at is not None


async def untold(room: Classroom, found: Round) -> list[Notice]:
    """The notices that wait for a round, in the order of its phases.

    Rounds of one phase need none: their card says it all. A phase that was over before anybody could be told of it is
    passed over, unless it is one that takes no time: its result stays.
    """

    def work(tx: Transaction) -> list[Notice]:
        now = rounds.get(tx, found.guild_id, found.id)
        if now is None or not now.has_phases or now.lost is not None:
            return []
        standing = standing_in(tx, found.guild_id, now)
        return [
            Notice(standing, log)
            for log in phases.of_round(tx, found.guild_id, found.id)
            if log.notice_id is None and _is_news(now, log)
        ]

    return await room.store.read(work)


async def told_so_far(room: Classroom, found: Round) -> list[Notice]:
    """The notices that the class has of a round's phases, but of those that take no time: they never change."""

    def work(tx: Transaction) -> list[Notice]:
        now = rounds.get(tx, found.guild_id, found.id)
        if now is None or not now.has_phases:
            return []
        standing = standing_in(tx, found.guild_id, now)
        return [
            Notice(standing, log)
            for log in phases.of_round(tx, found.guild_id, found.id)
            if log.notice_id is not None and not now.format.plan[log.number].is_instant
        ]

    return await room.store.read(work)


async def rounds_with_news(room: Classroom) -> list[Round]:
    """Every guild's rounds that may have a phase to be told of: for the bot's own clockwork."""

    def work(tx: Transaction) -> list[Round]:
        found = [rounds.get(tx, guild_id, round_id) for guild_id, round_id in phases.untold(tx)]
        return [each for each in found if each is not None and each.has_phases]

    return await room.store.read(work)


async def told(room: Classroom, notice: Notice, message_id: MessageId) -> None:
    """That message tells the class of the phase."""
    found = notice.standing.round
    await room.store.write(lambda tx: phases.set_notice(tx, found.guild_id, found.id, notice.log.number, message_id))


def _is_news(found: Round, log: PhaseLog) -> bool:
    return found.format.plan[log.number].is_instant or (found.is_open and log.number == found.phase_number)
