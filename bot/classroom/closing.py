"""Time: extending a round by hand, and ending the session."""

from dataclasses import dataclass

from bot.classroom.advancing import conclude, run_of
from bot.classroom.finding import the_session
from bot.classroom.people import Person, require_teacher
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.discussion import phasing
from bot.discussion.ids import ChannelId
from bot.discussion.values import Closing, Round, Session
from bot.storage import Transaction, guilds, rounds, sessions


@dataclass(frozen=True, slots=True)
class Closed:
    """A session that has ended, all its rounds, and the one that was closed with it (None: none was open)."""

    session: Session
    rounds: tuple[Round, ...]
    last: Round | None


async def extend(room: Classroom, person: Person, channel_id: ChannelId, minutes: int) -> Round:
    """Give the present phase so many more minutes; one without a limit gets one, from now."""
    now = room.now()

    def work(tx: Transaction) -> Round:
        require_teacher(person, guilds.settings(tx, person.guild_id))
        session = the_session(tx, person.guild_id, channel_id)
        found = rounds.open_in_session(tx, person.guild_id, session.id)
        if found is None:
            raise Refusal("The round is already closed. `/discuss next` poses the next question.")
        run = phasing.extended(run_of(found), now, minutes)
        rounds.set_clock(tx, person.guild_id, found.id, run.deadline, run.paused_at)
        return rounds.get(tx, person.guild_id, found.id) or found

    return await room.store.write(work)


async def close(room: Classroom, person: Person, channel_id: ChannelId) -> Closed:
    """End the channel's session and the round that is open in it."""
    now = room.now()

    def work(tx: Transaction) -> Closed:
        require_teacher(person, guilds.settings(tx, person.guild_id))
        session = the_session(tx, person.guild_id, channel_id)
        found = rounds.open_in_session(tx, person.guild_id, session.id)
        if found is not None:
            conclude(tx, found, now, Closing.CLOSE)
        sessions.close(tx, person.guild_id, session.id, now)
        everything = rounds.of_session(tx, person.guild_id, session.id)
        last = next((closed for closed in everything if found and closed.id == found.id), None)
        return Closed(session, tuple(everything), last)

    return await room.store.write(work)
