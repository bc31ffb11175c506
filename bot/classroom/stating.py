"""A group's statement: one text that several write, without anybody's wording being lost on the way."""

from collections.abc import Mapping
from dataclasses import replace

from bot.classroom.admitting import require_voice_of, review_of, waits_when_changed
from bot.classroom.citing import Look
from bot.classroom.coaching import is_coached
from bot.classroom.consenting import require
from bot.classroom.finding import the_open_round
from bot.classroom.floor import Floor, refuse
from bot.classroom.naming import SOMEBODY, names_in, seen
from bot.classroom.partaking import Member, members_of
from bot.classroom.people import Person, role_of
from bot.classroom.refusals import Refusal
from bot.classroom.responding import Recorded, in_words
from bot.classroom.room import Classroom
from bot.classroom.word_lists import has_listed_word
from bot.content.formats import StatementPhase
from bot.discussion import allowing
from bot.discussion.evidence import Citation, paragraphs_of
from bot.discussion.ids import RoundId, UserId
from bot.discussion.values import Response, Role, Round, Source
from bot.discussion.wording import STATEMENT_FIELD, TEXT
from bot.storage import Transaction, altering, guilds, responses, statements
from bot.values import frozen

NOTHING_YET = "0"
"""The mark of a text that nobody has begun."""


@frozen
class Draft:
    """A group's statement as it is now: its phase, who writes it, its words so far and whose they are.

    `mark` tells this wording from any other: who goes on from it hands it back.
    """

    round: Round
    phase_number: int
    ask: str
    group: int
    members: tuple[Member, ...]
    text: str
    written_by: str | None
    mark: str


class Overtaken(Refusal):
    """The text has changed since somebody began to go on from it: theirs is not recorded over it."""

    def __init__(self, now: Draft) -> None:
        super().__init__(_overtaken(now))
        self.now = now


@frozen
class Stated:
    """A group's statement on record, and whose wording it replaces, where that is somebody else's."""

    recorded: Recorded
    draft: Draft
    replaces: str | None


async def statement_so_far(room: Classroom, person: Person, round_id: RoundId, phase: int | None = None) -> Draft:
    """What one's group has written so far, to go on with: now, or in the phase of that number, if it has."""
    now = room.now()

    def work(tx: Transaction) -> Draft:
        floor, group = _desk(Floor.of(tx, the_open_round(tx, person.guild_id, round_id), now), person, phase)
        return _draft(floor, group, person.user_id, _statement(floor, group))

    return await room.store.write(work)


async def state(
    room: Classroom,
    person: Person,
    round_id: RoundId,
    body: Mapping[str, str],
    *,
    mark: str,
    phase: int | None = None,
    as_it_is: bool = False,
) -> Stated:
    """Record the group's statement, or its next wording: the last one counts, the earlier ones become revisions.

    `mark` is that of the wording gone on from, `phase` the one in which the form was opened. Raises Overtaken where
    somebody else was faster: both have to agree on a text; and Misquoted unless it is to be recorded `as_it_is`.
    """
    now, kept = room.now(), in_words(body, STATEMENT_FIELD)
    listed = await has_listed_word(room, person.guild_id, kept)

    def work(tx: Transaction) -> Stated:
        floor, group = _desk(Floor.of(tx, the_open_round(tx, person.guild_id, round_id), now), person, phase)
        known = _statement(floor, group)
        present = _draft(floor, group, person.user_id, known)
        if known is not None and known.body == kept:
            return Stated(Recorded(floor.round, known), present, None)
        if mark != present.mark:
            raise Overtaken(present)
        floor.require_words(kept)
        asks = not as_it_is and is_coached(tx, floor.round, person.user_id)
        cites = Look(tx, floor.round).into(kept, asks=asks)
        cited = tuple(paragraphs_of(cites))
        seen(tx, floor.round, person, now)
        if known is None:
            begun = _begun(floor, person, group, kept, listed=listed, cites=cites)
            return Stated(Recorded(floor.round, begun, cites=cited), present, None)
        here, waits = (tx, person.guild_id, known.id), waits_when_changed(floor.round, known, listed=listed)
        by = person.user_id
        after = altering.revise(*here, body=kept, stance=None, at=now, by=by, waits=waits, cites=cites) or known
        replaces = present.written_by if known.written_by != person.user_id else None
        return Stated(Recorded(floor.round, after, cites=cited), present, replaces)

    return await room.store.write(work)


def _desk(floor: Floor, person: Person, phase: int | None) -> tuple[Floor, int]:
    """Where somebody writes with their group: the present phase, or one that has just ended.

    What the group has written it may go on changing while the round is open, as everybody their own words.
    """
    require(floor.tx, person)
    require_voice_of(floor.tx, floor.round, person)
    plan = floor.round.format.plan
    floor.meet(person)
    if phase is not None and phase < floor.round.phase_number and isinstance(plan[phase], StatementPhase):
        earlier = replace(floor, phase_number=phase)
        group = _group(earlier, person)
        if group is not None and _statement(earlier, group) is not None:
            return earlier, group
    then = floor.when_written_in(phase)
    group = _group(then, person)
    refuse(allowing.allows_statement(then.phase, group))
    return then, group or 0


def _group(floor: Floor, person: Person) -> int | None:
    """The group of whoever has written in its text already; else the one that they are in."""
    found = floor.round
    for entry in responses.of_phase(floor.tx, found.guild_id, found.id, floor.phase_number):
        is_statement = entry.source is Source.STATEMENT
        if is_statement and person.user_id in statements.writers(floor.tx, found.guild_id, entry.id):
            return entry.group
    teaches = role_of(person, guilds.settings(floor.tx, found.guild_id)) is Role.TEACHER
    place = floor.places.get(person.user_id) if teaches else floor.place_of(person.user_id)
    return place.group if place is not None else None


def _statement(floor: Floor, group: int) -> Response | None:
    here = floor.tx, floor.round.guild_id
    known = statements.of_group(*here, floor.round.id, floor.phase_number, group)
    return responses.get(*here, known) if known is not None else None


def _draft(floor: Floor, group: int, me: UserId, known: Response | None) -> Draft:
    phase = floor.phase
    names = names_in(floor.tx, floor.round)
    number = statements.wording(floor.tx, floor.round.guild_id, known.id) if known is not None else 0
    return Draft(
        floor.round,
        floor.phase_number,
        phase.ask if isinstance(phase, StatementPhase) else "",
        group,
        members_of(floor, group, me),
        known.body.get(TEXT, "") if known is not None else "",
        names.get(known.written_by, SOMEBODY) if known is not None else None,
        f"{known.id}-{number}" if known is not None else NOTHING_YET,
    )


def _begun(
    floor: Floor, person: Person, group: int, body: Mapping[str, str], *, listed: bool, cites: tuple[Citation, ...]
) -> Response:
    role = role_of(person, guilds.settings(floor.tx, person.guild_id))
    response, _ = responses.add(
        floor.tx,
        person.guild_id,
        round_id=floor.round.id,
        user_id=person.user_id,
        role=role,
        source=Source.STATEMENT,
        parent_id=None,
        stance=None,
        body=body,
        created_at=floor.now,
        phase=floor.phase_number,
        group=group,
        held_back=floor.holds_back,
        review=review_of(floor.round, role, listed=listed),
        cites=cites,
    )
    return response


def _overtaken(now: Draft) -> str:
    if now.written_by is None:
        return "Your group's text was taken back since you opened the form, so yours is not recorded over it."
    return (
        f"{now.written_by} has written in your group's text since you opened the form, so yours is not recorded over "
        "it. Read how it stands now, and put the two together."
    )
