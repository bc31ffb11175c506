"""Taking a stance, and how a round stands."""

from collections.abc import Mapping
from functools import partial

from bot.classroom.ballots import Ballot, Voted, cast
from bot.classroom.consenting import agreed
from bot.classroom.finding import the_round
from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.content.formats import VotePhase
from bot.discussion.disclosing import Disclosed, disclosed, last_revealed
from bot.discussion.ids import GuildId, RoundId, StanceId, UserId
from bot.discussion.tally import Tally, tally
from bot.discussion.values import Round, Session
from bot.storage import Transaction, responses, rounds, sessions, votes
from bot.values import frozen


@frozen
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
    return agreed(await room.store.write_together(cast, Ballot(person, round_id, stance_id, room.now())))


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
    revealed = last_revealed(found, votes_told(tx, found))
    return votes.current(tx, found.guild_id, found.id) if revealed is None else revealed.votes


def votes_told(tx: Transaction, found: Round, until: int | None = None) -> tuple[Disclosed, ...]:
    """What may be told of each vote of a round; see `disclosing`."""
    return disclosed(found, partial(votes.of_phase, tx, found.guild_id, found.id), until)


def _votes_now(found: Round) -> bool:
    return found.is_open and isinstance(found.phase, VotePhase)


async def open_rounds(room: Classroom) -> list[Round]:
    """Every open round of every guild: for the bot's own clockwork, never for a person."""
    return await room.store.read(rounds.all_open)
