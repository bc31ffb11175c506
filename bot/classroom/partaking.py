"""A student's own part in a round of phases: their side, what they still have to do, reflections, group statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.classroom.finding import the_open_round, the_response, the_round
from bot.classroom.floor import Floor, refuse
from bot.classroom.people import Person, role_of
from bot.classroom.refusals import Refusal
from bot.classroom.responding import Recorded
from bot.classroom.room import Classroom
from bot.content.formats import ReflectPhase
from bot.discussion import allowing
from bot.discussion.ids import ResponseId, RoundId, StanceId, UserId
from bot.discussion.requirements import Progress, progress
from bot.discussion.sides import Place
from bot.discussion.values import Response, Round, Source
from bot.discussion.wording import REPLY_FIELD, TEXT, WordingError, worded
from bot.storage import Transaction, endorsements, guilds, participants, recording, responses, statements


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part in a round: their assigned place, their group, the stance they hold openly, their progress.

    `group` has everybody in the same group, themselves included, by name. `voted` says whether they have voted in the
    present phase, never how.
    """

    round: Round
    place: Place | None
    group: tuple[str, ...]
    stance: StanceId | None
    progress: Progress
    voted: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A group's statement as it is now: who writes it, and its words so far."""

    round: Round
    group: int
    members: tuple[str, ...]
    text: str


async def part_of(room: Classroom, person: Person, round_id: RoundId) -> Part:
    """Somebody's part in a round. In an open round where sides are assigned, whoever asks gets theirs."""
    now = room.now()

    def work(tx: Transaction) -> Part:
        found = the_round(tx, person.guild_id, round_id)
        participants.seen(tx, person.guild_id, person.user_id, person.name, now)
        floor = Floor.of(tx, found, now)
        place = floor.place_of(person.user_id) if found.is_open else floor.places.get(person.user_id)
        voted = recording.held_in(tx, person.guild_id, round_id, found.phase_number, [person.user_id])
        return Part(
            found,
            place,
            _members(floor, place.group if place else None),
            recording.held(tx, person.guild_id, round_id, person.user_id, now),
            progress_of(tx, found, person.user_id),
            bool(voted),
        )

    return await room.store.write(work)


def progress_of(tx: Transaction, found: Round, user_id: UserId) -> Progress:
    """How far somebody is with what the round's format requires."""
    if found.format.requires is None:
        return Progress(())
    done = responses.counts_by_source(tx, found.guild_id, found.id, user_id)
    own, replies = done.get(Source.MODAL, 0) + done.get(Source.MESSAGE, 0), done.get(Source.REPLY, 0)
    return progress(found.format.requires, own, replies)


async def classmates(room: Classroom, person: Person, round_id: RoundId) -> list[tuple[str, Response]]:
    """What classmates wrote in the present phase, for whoever may read it already; the newest last."""

    def work(tx: Transaction) -> list[tuple[str, Response]]:
        found = the_open_round(tx, person.guild_id, round_id)
        written = responses.of_phase(tx, person.guild_id, round_id, found.phase_number)
        has_responded = any(entry.user_id == person.user_id for entry in written)
        if not allowing.may_read(found.phase, has_responded=has_responded, is_revealed=False):
            raise Refusal("You read what classmates wrote as soon as you have written yourself: press **Respond**.")
        names = participants.names(tx, person.guild_id)
        others = [entry for entry in written if entry.user_id != person.user_id and entry.source is Source.MODAL]
        return [(names.get(entry.user_id, "Somebody"), entry) for entry in others]

    return await room.store.read(work)


async def points_to_name(room: Classroom, person: Person, round_id: RoundId) -> list[tuple[str, Response]]:
    """Classmates' responses of which one may say that it moved oneself, newest first; none where nobody is asked."""

    def work(tx: Transaction) -> list[tuple[str, Response]]:
        found = the_open_round(tx, person.guild_id, round_id)
        refuse(allowing.allows_reflection(found.phase))
        if not isinstance(found.phase, ReflectPhase) or not found.phase.names_a_point:
            return []
        names = participants.names(tx, person.guild_id)
        shown = [
            entry
            for entry in responses.of_round(tx, person.guild_id, round_id)
            if entry.user_id != person.user_id
            and entry.withdrawn_at is None
            and entry.hidden_at is None
            and not entry.held_back
            and entry.source in {Source.MODAL, Source.REPLY, Source.MESSAGE}
        ]
        return [(names.get(entry.user_id, "Somebody"), entry) for entry in reversed(shown)]

    return await room.store.read(work)


async def reflect(
    room: Classroom,
    person: Person,
    round_id: RoundId,
    body: Mapping[str, str],
    *,
    moved_by: ResponseId | None = None,
    phase: int | None = None,
) -> Recorded:
    """Record a reflection, which no classmate ever reads, and whose point it names."""
    now, kept = room.now(), _worded(body)

    def work(tx: Transaction) -> Recorded:
        floor = Floor.of(tx, the_open_round(tx, person.guild_id, round_id), now).when_written_in(phase)
        refuse(allowing.allows_reflection(floor.phase))
        if moved_by is not None:
            moving = the_response(tx, person.guild_id, moved_by)
            if moving.round_id != round_id or moving.user_id == person.user_id:
                raise Refusal("Name a classmate's response in this debate.")
            endorsements.add(tx, person.guild_id, moved_by, person.user_id, now)
        return _recorded(tx, floor, person, Source.REFLECTION, kept, now)

    return await room.store.write(work)


async def statement_so_far(room: Classroom, person: Person, round_id: RoundId) -> Draft:
    """What one's group has written so far, to go on with."""
    now = room.now()

    def work(tx: Transaction) -> Draft:
        floor = Floor.of(tx, the_open_round(tx, person.guild_id, round_id), now)
        group = _group(floor, person)
        known = _statement(floor, group)
        return Draft(floor.round, group, _members(floor, group), known.body.get(TEXT, "") if known else "")

    return await room.store.write(work)


async def state(
    room: Classroom, person: Person, round_id: RoundId, body: Mapping[str, str], *, phase: int | None = None
) -> Recorded:
    """Record the group's statement, or its next wording: the last one counts, the earlier ones become revisions."""
    now, kept = room.now(), _worded(body)

    def work(tx: Transaction) -> Recorded:
        floor = Floor.of(tx, the_open_round(tx, person.guild_id, round_id), now).when_written_in(phase)
        group = _group(floor, person)
        floor.require_words(kept)
        known = _statement(floor, group)
        if known is None:
            return _recorded(tx, floor, person, Source.STATEMENT, kept, now, group)
        after = responses.revise(tx, person.guild_id, known.id, body=kept, stance=None, at=now)
        return Recorded(floor.round, after or known)

    return await room.store.write(work)


def _recorded(
    tx: Transaction,
    floor: Floor,
    person: Person,
    source: Source,
    body: Mapping[str, str],
    now: datetime,
    group: int | None = None,
) -> Recorded:
    participants.seen(tx, person.guild_id, person.user_id, person.name, now)
    response, _ = responses.add(
        tx,
        person.guild_id,
        round_id=floor.round.id,
        user_id=person.user_id,
        role=role_of(person, guilds.settings(tx, person.guild_id)),
        source=source,
        parent_id=None,
        stance=None,
        body=body,
        created_at=now,
        phase=floor.phase_number,
        group=group,
        held_back=source is Source.REFLECTION or floor.phase_number == floor.round.phase_number,
    )
    return Recorded(floor.round, response)


def _statement(floor: Floor, group: int) -> Response | None:
    here = floor.tx, floor.round.guild_id
    known = statements.of_group(*here, floor.round.id, floor.phase_number, group)
    return responses.get(*here, known) if known is not None else None


def _group(floor: Floor, person: Person) -> int:
    place = floor.place_of(person.user_id)
    group = place.group if place is not None else None
    refuse(allowing.allows_statement(floor.phase, group))
    return group or 0


def _members(floor: Floor, group: int | None) -> tuple[str, ...]:
    if group is None:
        return ()
    names = participants.names(floor.tx, floor.round.guild_id)
    mine = [place.user_id for place in floor.places.values() if place.group == group]
    return tuple(sorted(names.get(user, "Somebody") for user in mine))


def _worded(body: Mapping[str, str]) -> dict[str, str]:
    try:
        return worded({REPLY_FIELD.name: body.get(REPLY_FIELD.name, "")})
    except WordingError as error:
        raise Refusal(str(error)) from None
