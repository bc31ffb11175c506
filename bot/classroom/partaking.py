"""A student's own part in a round: their side, what they still have to do, what classmates wrote, reminders."""

from bot.classroom.consenting import require
from bot.classroom.finding import the_round
from bot.classroom.floor import Floor, assigns_stances
from bot.classroom.naming import SOMEBODY, names_in, seen
from bot.classroom.people import Person, role_of
from bot.classroom.room import Classroom
from bot.content.formats import VotePhase
from bot.discussion.ids import RoundId, SideId, StanceId, UserId
from bot.discussion.requirements import Progress, progress
from bot.discussion.sides import Place
from bot.discussion.values import Role, Round, Source
from bot.storage import Transaction, guilds, participants, recording, reminders, responses
from bot.values import frozen


@frozen
class Member:
    """Somebody in a group: their name, the side that they are on, and whether it is whoever asks."""

    name: str
    side: SideId
    is_me: bool


@frozen
class Part:
    """Somebody's part in a round: their assigned place, their group, the stance they hold openly, their progress.

    `group` has everybody in the same group, themselves included. `has_voted` says whether they have voted
    in the present phase, where it is a vote, never how; `written` is how much they have written in it. `teaches`: is it
    a teacher's, who is assigned no side for looking? `pseudonym` is theirs, in a debate under pseudonyms.
    """

    round: Round
    place: Place | None
    group: tuple[Member, ...]
    stance: StanceId | None
    progress: Progress
    has_voted: bool
    written: int
    is_reminded: bool
    teaches: bool
    pseudonym: str | None = None


async def part_of(room: Classroom, person: Person, round_id: RoundId) -> Part:
    """Somebody's part in a round. In an open round where sides are assigned, every student who asks gets theirs."""
    now = room.now()

    def work(tx: Transaction) -> Part:
        found = the_round(tx, person.guild_id, round_id)
        if found.is_open:
            require(tx, person)
            seen(tx, found, person, now)
        floor = Floor.of(tx, found, now)
        teaches = role_of(person, guilds.settings(tx, person.guild_id)) is Role.TEACHER
        gets_one = found.is_open and not teaches
        place = floor.place_of(person.user_id) if gets_one else floor.places.get(person.user_id)
        return Part(
            found,
            place,
            members_of(floor, place.group if place else None, person.user_id),
            _stance(floor, person.user_id),
            progress_of(tx, found, person.user_id),
            _has_voted(floor, person.user_id),
            _written(floor, person.user_id),
            reminders.is_wanted(tx, person.guild_id, person.user_id),
            teaches,
            names_in(tx, found).get(person.user_id) if found.conduct.pseudonymous else None,
        )

    return await room.store.write(work)


def progress_of(tx: Transaction, found: Round, user_id: UserId) -> Progress:
    """How far somebody is with what the round's format requires."""
    if found.format.requires is None:
        return Progress(())
    done = responses.counts_by_source(tx, found.guild_id, found.id, user_id)
    own, replies = done.get(Source.MODAL, 0) + done.get(Source.MESSAGE, 0), done.get(Source.REPLY, 0)
    return progress(found.format.requires, own, replies)


async def remind(room: Classroom, person: Person, *, wanted: bool) -> None:
    """Let somebody be reminded from now on of what they still have to do, or not any more."""
    now = room.now()

    def work(tx: Transaction) -> None:
        if wanted:
            require(tx, person)
            participants.seen(tx, person.guild_id, person.user_id, person.name, now)
        reminders.put(tx, person.guild_id, person.user_id, now, wanted=wanted)

    await room.store.write(work)


def members_of(floor: Floor, group: int | None, me: UserId | None = None) -> tuple[Member, ...]:
    """Everybody in a group of a round, by name."""
    if group is None:
        return ()
    names = names_in(floor.tx, floor.round)
    mine = [place for place in floor.places.values() if place.group == group]
    found = [Member(names.get(place.user_id, SOMEBODY), place.side, place.user_id == me) for place in mine]
    return tuple(sorted(found, key=lambda member: (member.name.casefold(), member.is_me)))


def _stance(floor: Floor, user_id: UserId) -> StanceId | None:
    if assigns_stances(floor.round):  # what somebody says there is not what they hold, but what they vote openly is
        return recording.held(floor.tx, floor.round.guild_id, floor.round.id, user_id, floor.now)
    return floor.open_stance_of(user_id)


def _has_voted(floor: Floor, user_id: UserId) -> bool:
    found = floor.round
    if not isinstance(found.phase, VotePhase):
        return False
    return bool(recording.held_in(floor.tx, found.guild_id, found.id, found.phase_number, [user_id]))


def _written(floor: Floor, user_id: UserId) -> int:
    found = floor.round
    written = responses.of_phase(floor.tx, found.guild_id, found.id, found.phase_number)
    return sum(entry.user_id == user_id and entry.source is not Source.STATEMENT for entry in written)
