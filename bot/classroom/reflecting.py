"""Reflections, which no classmate ever reads, and whose point moved somebody."""

from collections.abc import Mapping

from bot.classroom.consenting import require
from bot.classroom.finding import the_open_round, the_response
from bot.classroom.floor import Floor, refuse
from bot.classroom.naming import SOMEBODY, names_in, seen
from bot.classroom.people import Person, role_of
from bot.classroom.refusals import Refusal
from bot.classroom.responding import Recorded, in_words
from bot.classroom.room import Classroom
from bot.content.formats import Phase, ReflectPhase
from bot.discussion import allowing
from bot.discussion.ids import ResponseId, RoundId, UserId
from bot.discussion.swaying import is_point
from bot.discussion.values import Response, Round, Source
from bot.discussion.wording import REFLECTION_FIELD
from bot.storage import Transaction, endorsements, guilds, responses
from bot.values import frozen


@frozen
class Question:
    """What a phase asks everybody to think about, and the points that may have moved one, with their authors' names.

    The newest point first; none where nobody is asked for one, or nobody has made one.
    """

    round: Round
    phase_number: int
    ask: str
    points: tuple[tuple[str, Response], ...]


async def question(room: Classroom, person: Person, round_id: RoundId) -> Question:
    """What is to be thought about now."""

    def work(tx: Transaction) -> Question:
        found = the_open_round(tx, person.guild_id, round_id)
        require(tx, person)
        refuse(allowing.allows_reflection(found.phase))
        phase = found.phase
        ask = phase.ask if isinstance(phase, ReflectPhase) else ""
        points = _points(tx, found, person.user_id) if _names_a_point(phase) else ()
        return Question(found, found.phase_number, ask, points)

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
    """Record a reflection and whose point it names. `phase` is the one in which its form was opened."""
    now, kept = room.now(), in_words(body, REFLECTION_FIELD)

    def work(tx: Transaction) -> Recorded:
        require(tx, person)
        floor = Floor.of(tx, the_open_round(tx, person.guild_id, round_id), now).when_written_in(phase)
        refuse(allowing.allows_reflection(floor.phase))
        if moved_by is not None:
            point = the_response(tx, person.guild_id, moved_by)
            if not _names_a_point(floor.phase) or point.round_id != round_id or not is_point(point, person.user_id):
                raise Refusal("Name a classmate's response in this debate.")
            endorsements.add(tx, person.guild_id, moved_by, person.user_id, now)
        seen(tx, floor.round, person, now)
        response, _ = responses.add(
            tx,
            person.guild_id,
            round_id=round_id,
            user_id=person.user_id,
            role=role_of(person, guilds.settings(tx, person.guild_id)),
            source=Source.REFLECTION,
            parent_id=None,
            stance=None,
            body=kept,
            created_at=now,
            phase=floor.phase_number,
            held_back=True,
        )
        return Recorded(floor.round, response)

    return await room.store.write(work)


def _points(tx: Transaction, found: Round, user_id: UserId) -> tuple[tuple[str, Response], ...]:
    names = names_in(tx, found)
    written = responses.of_round(tx, found.guild_id, found.id)
    mine = [entry for entry in reversed(written) if entry.withdrawn_at is None and is_point(entry, user_id)]
    return tuple((names.get(entry.user_id, SOMEBODY), entry) for entry in mine)


def _names_a_point(phase: Phase) -> bool:
    return isinstance(phase, ReflectPhase) and phase.names_a_point
