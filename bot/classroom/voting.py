"""Taking a stance, and how a round stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.classroom.ballots import Ballot, Voted, cast
from bot.classroom.finding import the_round
from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.content.formats import RevealPhase, VotePhase
from bot.discussion.ids import GuildId, RoundId, StanceId, UserId
from bot.discussion.tally import Tally, tally
from bot.discussion.values import Round, Session
from bot.storage import Transaction, responses, rounds, sessions, votes


@dataclass(frozen=True, slots=True)
class Standing:
    """A round with its session and its count at one moment: all that its card shows.

    `tally` counts open votes while the debate goes on, and the last vote of a format once it is revealed or closed.
    `voted` is how many have voted in the present phase, where it is a vote.
    """

    session: Session
    round: Round
    tally: Tally
    voted: int = 0


async def vote(room: Classroom, person: Person, round_id: RoundId, stance_id: StanceId) -> Voted:
    """Record a stance in an open round. It may be changed as often as one likes; every change is kept."""
    return await room.store.write_together(cast, Ballot(person, round_id, stance_id, room.now()))


async def standing(room: Classroom, guild_id: GuildId, round_id: RoundId) -> Standing:
    """How a round stands now, open or closed."""
    return await room.store.read(lambda tx: standing_in(tx, guild_id, the_round(tx, guild_id, round_id)))


def standing_in(tx: Transaction, guild_id: GuildId, found: Round) -> Standing:
    """How a round stands within a transaction."""
    session = sessions.get(tx, guild_id, found.session_id)
    if session is None:
        raise Refusal("This debate is not on record in this server.")
    voted = len(votes.of_phase(tx, found.guild_id, found.id, found.phase_number)) if _votes_now(found) else 0
    count = responses.counts(tx, found.guild_id, found.id)
    return Standing(session, found, tally(found.prompt, counted_votes(tx, found), count), voted)


def counted_votes(tx: Transaction, found: Round) -> Mapping[UserId, StanceId]:
    """The votes that a round's count may tell now. Who cast them may be told only where all of them were open."""
    number = revealed_vote(found)
    if number is None:
        return votes.current(tx, found.guild_id, found.id)
    return votes.of_phase(tx, found.guild_id, found.id, number)


def revealed_vote(found: Round) -> int | None:
    """The number of the last vote whose count may be told: revealed since, or of a round that is closed."""
    plan = found.format.plan
    reached = range(found.phase_number + 1) if not found.is_open else range(_last_reveal(found))
    return max((number for number in reached if isinstance(plan[number], VotePhase)), default=None)


def _last_reveal(found: Round) -> int:
    """The number of the last reveal that has begun; 0 where there was none."""
    begun = found.format.plan[: found.phase_number + 1]
    return max((number for number, phase in enumerate(begun) if isinstance(phase, RevealPhase)), default=0)


def _votes_now(found: Round) -> bool:
    return found.is_open and isinstance(found.phase, VotePhase)


async def open_rounds(room: Classroom) -> list[Round]:
    """Every open round of every guild: for the bot's own clockwork, never for a person."""
    return await room.store.read(rounds.all_open)
