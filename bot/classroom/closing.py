"""Time: extending a round, closing it by hand or by the clock, ending the session."""

from dataclasses import dataclass

from bot.classroom.finding import the_session
from bot.classroom.people import Person, require_teacher
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.discussion import order, timing
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
    """Give the open round so many more minutes; a round without a limit gets one, from now."""
    now = room.now()

    def work(tx: Transaction) -> Round:
        require_teacher(person, guilds.settings(tx, person.guild_id))
        session = the_session(tx, person.guild_id, channel_id)
        found = rounds.open_in_session(tx, person.guild_id, session.id)
        if found is None:
            raise Refusal("The round is already closed. `/discuss next` poses the next question.")
        rounds.set_deadline(tx, person.guild_id, found.id, timing.extended(found.deadline, now, minutes))
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
            rounds.close(tx, person.guild_id, found.id, now, Closing.CLOSE)
        sessions.close(tx, person.guild_id, session.id, now)
        everything = rounds.of_session(tx, person.guild_id, session.id)
        last = next((closed for closed in everything if found and closed.id == found.id), None)
        return Closed(session, tuple(everything), last)

    return await room.store.write(work)


async def close_due(room: Classroom, due: Round) -> Round | None:
    """Close a round whose time is over, and its session where that was the last question.

    For the bot's own clockwork. None where the round has been closed or extended meanwhile.
    """
    now = room.now()

    def work(tx: Transaction) -> Round | None:
        found = rounds.get(tx, due.guild_id, due.id)
        if found is None or not found.is_open or found.deadline is None or found.deadline > now:
            return None
        rounds.close(tx, due.guild_id, due.id, now, Closing.TIME)
        session = sessions.get(tx, due.guild_id, due.session_id)
        posed = {posed.prompt.id for posed in rounds.of_session(tx, due.guild_id, due.session_id)}
        if session is not None and order.next_prompt(session.prompt_set, posed, found.prompt.id) is None:
            sessions.close(tx, due.guild_id, due.session_id, now)
        return rounds.get(tx, due.guild_id, due.id)

    return await room.store.write(work)
