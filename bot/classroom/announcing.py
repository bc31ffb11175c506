"""Which phases the class must still be told of, and which it was told of.

The record says it: of a phase that began and has no notice the class is still to be told.
"""

from bot.charts.values import Chart
from bot.classroom.charting import Charting
from bot.classroom.room import Classroom
from bot.classroom.voting import Standing, standing_in, votes_told
from bot.content.formats import AnyPhase, RevealPhase
from bot.discussion.disclosing import last_revealed
from bot.discussion.ids import MessageId
from bot.discussion.values import PhaseLog, Round
from bot.storage import Transaction, phases, rounds
from bot.values import frozen


@frozen
class Notice:
    """A phase to be told of, with the round as it stands now.

    At a reveal `chart` is what it shows, if it may be told, and `left_out` says how many secret votes are not counted.
    """

    standing: Standing
    log: PhaseLog
    chart: Chart | None = None
    left_out: int = 0

    @property
    def phase(self) -> AnyPhase:
        """The phase itself."""
        return self.standing.round.format.plan[self.log.number]

    @property
    def is_over(self) -> bool:
        """Has the phase ended?"""
        return self.log.ended_at is not None


async def untold(room: Classroom, found: Round) -> list[Notice]:
    """The notices that wait for a round, in the order of its phases.

    Rounds of one phase need none: their card says it all. A phase that was over before anybody could be told of it is
    passed over, unless it is one that takes no time: its result stays.
    """
    time = room.now()

    def work(tx: Transaction) -> list[Notice]:
        now = rounds.get(tx, found.guild_id, found.id)
        if now is None or not now.has_phases or now.lost is not None:
            return []
        standing = standing_in(tx, found.guild_id, now)
        return [
            _notice(Charting(tx, room.zone, time, until=log.number), standing, log)
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


def _notice(charting: Charting, standing: Standing, log: PhaseLog) -> Notice:
    found = standing.round
    phase = found.format.plan[log.number]
    if not isinstance(phase, RevealPhase):
        return Notice(standing, log)
    told = last_revealed(found, votes_told(charting.tx, found))
    chart = charting.chart(phase.chart, standing.session, found) if phase.chart is not None else None
    return Notice(standing, log, chart, told.left_out if told is not None else 0)


def _is_news(found: Round, log: PhaseLog) -> bool:
    return found.format.plan[log.number].is_instant or (found.is_open and log.number == found.phase_number)
