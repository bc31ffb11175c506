"""Looking at the record: a teacher at the class, a student at their own words."""

from collections.abc import Mapping, Sequence
from dataclasses import field

from bot.classroom.citing import cited_paragraphs
from bot.classroom.finding import the_session
from bot.classroom.library import guild_library
from bot.classroom.losing import Change, changes_of
from bot.classroom.naming import in_order, names_in_sight
from bot.classroom.people import Person, require_teacher, role_of
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.classroom.shelves import GuildLibrary
from bot.classroom.voting import Standing, standing_in
from bot.discussion.attendance import Attendance, attendance
from bot.discussion.ids import ChannelId, ResponseId, UserId
from bot.discussion.transcript import Gap
from bot.discussion.values import Response, Role, Round, Session
from bot.storage import Transaction, endorsements, gaps, guilds, reports, responses, reviews, rounds, sessions, votes
from bot.values import frozen

OWN_PAGE = 4
"""How many of one's own responses are shown at a time."""


@frozen
class Status:
    """How the latest round of a session stands, who did what in it, and their names, where they have any to be told.

    And what a teacher should know beside it: gaps, what was deleted on Discord, responses that wait to be posted, how
    many reports wait for a moderator of the server, and how many responses of the session wait for one's approval.
    """

    standing: Standing
    attendance: Attendance
    changes: int
    names: Mapping[UserId, str]
    gaps: tuple[Gap, ...] = ()
    deleted: tuple[Change, ...] = ()
    waiting: int = 0
    reports: int = 0
    to_approve: int = 0


@frozen
class OwnResponses:
    """One page of a person's own responses, newest first, each with its round; pages count from 0.

    `moved` is how many classmates each has moved, told once its round is closed; `cites` which paragraphs each cites.
    """

    responses: tuple[tuple[Response, Round], ...]
    page: int
    pages: int
    total: int
    moved: Mapping[ResponseId, int] = field(default_factory=dict[ResponseId, int])
    cites: Mapping[ResponseId, Sequence[int]] = field(default_factory=dict[ResponseId, Sequence[int]])


async def status(room: Classroom, person: Person, channel_id: ChannelId, members: Sequence[Person] | None) -> Status:
    """Who answered, who only voted and who is silent in the session's latest round.

    `members` are the people who can see the channel. None where Discord does not tell the bot: then the silent are
    those on record in this guild who have not taken part in this round.
    """

    def work(tx: Transaction) -> Status:
        settings = guilds.settings(tx, person.guild_id)
        require_teacher(person, settings)
        session = the_session(tx, person.guild_id, channel_id)
        found = rounds.of_session(tx, person.guild_id, session.id)[-1]
        names = names_in_sight(tx, found, members or ())
        said = responses.of_round(tx, person.guild_id, found.id)
        staff = {entry.user_id for entry in said if entry.role is not Role.STUDENT} | {person.user_id}
        if members is not None:
            staff |= {member.user_id for member in members if role_of(member, settings) is not Role.STUDENT}
        roster = [user for user in (names if members is None else _ids(members)) if user not in staff]
        responded = {entry.user_id for entry in said if entry.withdrawn_at is None} - staff
        voted = votes.current(tx, person.guild_id, found.id)
        history = votes.history(tx, person.guild_id, found.id)
        return Status(
            standing_in(tx, person.guild_id, found),
            attendance(
                in_order(found, roster, names),
                {user: stance for user, stance in voted.items() if user not in staff},
                responded,
            ),
            changes=len(history) - len(voted),
            names=names,
            gaps=tuple(gaps.of_round(tx, person.guild_id, found.id)),
            deleted=changes_of(tx, found),
            waiting=sum(entry.message_id is None and _is_to_be_seen(entry) for entry in said),
            reports=reports.count_waiting(tx, person.guild_id),
            to_approve=reviews.count_waiting(tx, person.guild_id, session.id),
        )

    return await room.store.read(work)


def _is_to_be_seen(entry: Response) -> bool:
    return entry.withdrawn_at is None and entry.hidden_at is None


def _ids(members: Sequence[Person]) -> list[UserId]:
    return [member.user_id for member in members]


async def listing(room: Classroom, person: Person, limit: int) -> list[tuple[Session, tuple[Round, ...]]]:
    """The guild's latest sessions with their rounds, newest first, for teachers."""

    def work(tx: Transaction) -> list[tuple[Session, tuple[Round, ...]]]:
        require_teacher(person, guilds.settings(tx, person.guild_id))
        found = sessions.recent(tx, person.guild_id, limit)
        return [(session, tuple(rounds.of_session(tx, person.guild_id, session.id))) for session in found]

    return await room.store.read(work)


async def my_responses(room: Classroom, person: Person, page: int) -> OwnResponses:
    """One page of what this person has on record in this guild, withdrawn responses left out."""

    def work(tx: Transaction) -> OwnResponses:
        total = responses.count_of_user(tx, person.guild_id, person.user_id)
        if total == 0:
            raise Refusal("Nothing of yours is on record here yet. **Respond** under a debate's card adds the first.")
        pages = -(-total // OWN_PAGE)
        shown = min(max(page, 0), pages - 1)
        found = responses.of_user(tx, person.guild_id, person.user_id, OWN_PAGE, shown * OWN_PAGE)
        posed = {entry.round_id: rounds.get(tx, person.guild_id, entry.round_id) for entry in found}
        paired = [(entry, its) for entry in found if (its := posed[entry.round_id]) is not None]
        moved: dict[ResponseId, int] = {}
        for its in posed.values():
            if its is not None and not its.is_open:
                moved |= endorsements.of_round(tx, person.guild_id, its.id)
        cites = cited_paragraphs(tx, person.guild_id, [entry.id for entry in found])
        return OwnResponses(tuple(paired), shown, pages, total, moved, cites)

    return await room.store.read(work)


async def library(room: Classroom, person: Person) -> GuildLibrary:
    """What can be debated in the guild, and what is wrong with the rest, for teachers."""
    await room.store.read(lambda tx: require_teacher(person, guilds.settings(tx, person.guild_id)))
    return await guild_library(room, person.guild_id)


async def reloaded(room: Classroom, person: Person) -> GuildLibrary:
    """The same, with the files read again."""
    await library(room, person)
    await room.reload()
    return await guild_library(room, person.guild_id)
