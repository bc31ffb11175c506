"""Taking a stance, and how a round stands."""

from dataclasses import dataclass

from bot.classroom.ballots import Ballot, Voted, cast
from bot.classroom.finding import the_open_round, the_round
from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.discussion.ids import GuildId, RoundId, StanceId
from bot.discussion.tally import Tally, tally
from bot.discussion.values import Round, Session
from bot.storage import Transaction, recording, responses, rounds, sessions, votes


@dataclass(frozen=True, slots=True)
class Standing:
    """A round with its session and its count at one moment: all that its card shows."""

    session: Session
    round: Round
    tally: Tally


async def vote(room: Classroom, person: Person, round_id: RoundId, stance_id: StanceId) -> Voted:
    """Record a stance in an open round. It may be changed as often as one likes; every change is kept."""
    return await room.store.write_together(cast, Ballot(person, round_id, stance_id, room.now()))


async def present_stance(room: Classroom, person: Person, round_id: RoundId) -> tuple[Round, StanceId | None]:
    """An open round and where this person stands in it: what the Respond modal begins with."""
    now = room.now()

    def work(tx: Transaction) -> tuple[Round, StanceId | None]:
        found = the_open_round(tx, person.guild_id, round_id)
        return found, recording.held(tx, person.guild_id, round_id, person.user_id, now)

    return await room.store.read(work)


async def standing(room: Classroom, guild_id: GuildId, round_id: RoundId) -> Standing:
    """How a round stands now, open or closed."""
    return await room.store.read(lambda tx: standing_in(tx, guild_id, the_round(tx, guild_id, round_id)))


def standing_in(tx: Transaction, guild_id: GuildId, found: Round) -> Standing:
    """How a round stands within a transaction."""
    session = sessions.get(tx, guild_id, found.session_id)
    if session is None:
        raise Refusal("This debate is not on record in this server.")
    current = votes.current(tx, guild_id, found.id)
    return Standing(session, found, tally(found.prompt, current, responses.counts(tx, guild_id, found.id)))


async def open_rounds(room: Classroom) -> list[Round]:
    """Every open round of every guild: for the bot's own clockwork, never for a person."""
    return await room.store.read(rounds.all_open)
