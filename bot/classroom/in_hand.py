"""A round in its teacher's hand: found, known to be as they saw it, and whatever they do with it put on the audit."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.classroom.finding import the_session
from bot.classroom.naming import in_order, names_in_sight, took_part_openly
from bot.classroom.people import Person, require_teacher, role_of
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.discussion.ids import ChannelId, RoundId, UserId
from bot.discussion.values import GuildSettings, Role, Round, Session
from bot.storage import Transaction, audits, guilds, responses, rounds
from bot.values import frozen

CONTROLLED = "discuss.control"
"""The action under which what a teacher does with a round stands on the audit."""


@frozen
class Seen:
    """The round and the phase that somebody saw when they decided what to do."""

    round_id: RoundId
    phase_number: int


class MovedOn(Refusal):
    """The round is in another phase by now than the one that somebody acted on: nothing was done."""

    def __init__(self) -> None:
        super().__init__("Nothing was changed: the debate had gone on meanwhile. This is how it stands now.")


@frozen
class Roster:
    """The students of a debate, and the names by which they may be listed. `is_known`: does Discord tell who they are?

    Where it does not, they are those who have taken part in the session for all to see.
    """

    students: tuple[UserId, ...]
    names: Mapping[UserId, str]
    is_known: bool


async def channel_of_debate(room: Classroom, person: Person, here: ChannelId) -> ChannelId:
    """The channel of the debate that a teacher means who asks from here."""

    def work(tx: Transaction) -> ChannelId:
        require_teacher(person, guilds.settings(tx, person.guild_id))
        return the_session(tx, person.guild_id, here).channel_id

    return await room.store.read(work)


def session_in_hand(tx: Transaction, person: Person, channel_id: ChannelId) -> Session:
    """The channel's session, for its teacher alone."""
    require_teacher(person, guilds.settings(tx, person.guild_id))
    return the_session(tx, person.guild_id, channel_id)


def round_in_hand(tx: Transaction, person: Person, channel_id: ChannelId, seen: Seen | None = None) -> Round:
    """The open round of the channel's session, for its teacher alone; MovedOn where it is not as it was seen."""
    session = session_in_hand(tx, person, channel_id)
    found = rounds.open_in_session(tx, person.guild_id, session.id)
    if found is None:
        raise Refusal("The round is already closed. `/discuss next` poses the next question.")
    if seen is not None and seen != Seen(found.id, found.phase_number):
        raise MovedOn
    return found


def note_act(tx: Transaction, person: Person, found: Round, what: str, now: datetime, **particulars: str) -> None:
    """Put on the audit what a teacher did with a round."""
    details = {"what": what, "round": str(found.id), "phase": str(found.phase_number), **particulars}
    audits.add(
        tx,
        found.guild_id,
        user_id=person.user_id,
        at=now,
        action=CONTROLLED,
        session_id=found.session_id,
        details=details,
    )


def roster_of(tx: Transaction, found: Round, person: Person, members: Sequence[Person] | None) -> Roster:
    """Who debates: those of the members who do not teach or moderate; without members, who has taken part so far.

    Who has only voted in secret is not told, and so not counted.
    """
    settings, names = guilds.settings(tx, found.guild_id), names_in_sight(tx, found, members or ())
    if members is not None:
        students = [member.user_id for member in members if _is_student(member, settings)]
        return Roster(
            in_order(found, [user for user in students if user != person.user_id], names), names, is_known=True
        )
    staff = {person.user_id}
    for posed in rounds.of_session(tx, found.guild_id, found.session_id):
        said = responses.of_round(tx, found.guild_id, posed.id)
        staff |= {entry.user_id for entry in said if entry.role is not Role.STUDENT}
    students = sorted(took_part_openly(tx, found) - staff)
    return Roster(in_order(found, students, names), names, is_known=False)


def _is_student(member: Person, settings: GuildSettings) -> bool:
    return role_of(member, settings) is Role.STUDENT
