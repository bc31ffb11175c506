"""Time: extending a round by hand, and ending the session."""

from bot.classroom.advancing import conclude, run_of
from bot.classroom.in_hand import Seen, note_act, round_in_hand, session_in_hand
from bot.classroom.people import Person
from bot.classroom.room import Classroom
from bot.discussion import phasing
from bot.discussion.ids import ChannelId
from bot.discussion.values import Closing, Round, Session
from bot.storage import Transaction, outdated, reviews, rounds, sessions
from bot.values import frozen


@frozen
class Closed:
    """A session that has ended, all its rounds, and the one that was closed with it (None: none was open).

    `to_approve` is how many of its responses still wait for a moderator who reads first.
    """

    session: Session
    rounds: tuple[Round, ...]
    last: Round | None
    to_approve: int = 0


async def extend(
    room: Classroom, person: Person, channel_id: ChannelId, minutes: int, *, seen: Seen | None = None
) -> Round:
    """Give the present phase so many more minutes; one without a limit gets one, from now."""
    now = room.now()

    def work(tx: Transaction) -> Round:
        found = round_in_hand(tx, person, channel_id, seen)
        run = phasing.extended(run_of(found), now, minutes)
        note_act(tx, person, found, "extend", now, minutes=str(minutes))
        rounds.set_clock(tx, person.guild_id, found.id, run.deadline, run.paused_at)
        outdated.mark_round(tx, person.guild_id, found.id)
        return rounds.get(tx, person.guild_id, found.id) or found

    return await room.store.write(work)


async def close(room: Classroom, person: Person, channel_id: ChannelId, *, seen: Seen | None = None) -> Closed:
    """End the channel's session and the round that is open in it.

    A session whose last round is over may be ended too, unless somebody means the round that they have `seen`.
    """
    now = room.now()

    def work(tx: Transaction) -> Closed:
        session = session_in_hand(tx, person, channel_id)
        found = rounds.open_in_session(tx, person.guild_id, session.id)
        if seen is not None:
            found = round_in_hand(tx, person, channel_id, seen)
        if found is not None:
            note_act(tx, person, found, "close", now)
            conclude(tx, found, now, Closing.CLOSE)
        sessions.close(tx, person.guild_id, session.id, now)
        everything = rounds.of_session(tx, person.guild_id, session.id)
        last = next((closed for closed in everything if found and closed.id == found.id), None)
        return Closed(session, tuple(everything), last, reviews.count_waiting(tx, person.guild_id, session.id))

    return await room.store.write(work)
