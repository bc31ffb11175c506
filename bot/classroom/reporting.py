"""Reporting a response: anybody who can read it may ask a moderator to look at it. Nobody is told who did.

A report is on record with its words: whoever has not agreed to be recorded is asked first.
"""

from bot.classroom.consenting import require
from bot.classroom.moderating import reason_in
from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.discussion.ids import ResponseId
from bot.discussion.values import Response, Source
from bot.storage import Transaction, reports, responses, statements


async def reportable(room: Classroom, person: Person, response_id: ResponseId) -> Response:
    """A response that this person may report, before they write why."""

    def work(tx: Transaction) -> Response:
        require(tx, person)
        found = _reportable(tx, person, response_id)
        if found.withdrawn_at is not None:
            raise Refusal("Its author has withdrawn it: the class does not see it any more.")
        if reports.has_reported(tx, person.guild_id, response_id, person.user_id):
            raise Refusal(_ALREADY)
        return found

    return await room.store.read(work)


async def report(room: Classroom, person: Person, response_id: ResponseId, reason: str) -> None:
    """Ask the moderators to look at it. What its author withdraws meanwhile is reported all the same."""
    now, why = room.now(), reason_in(reason)

    def work(tx: Transaction) -> None:
        require(tx, person)
        _reportable(tx, person, response_id)
        if not reports.add(tx, person.guild_id, response_id, person.user_id, reason=why, at=now):
            raise Refusal(_ALREADY)

    await room.store.write(work)


_ALREADY = "You have reported this response already: a moderator has been told, or has looked at it."


def _reportable(tx: Transaction, person: Person, response_id: ResponseId) -> Response:
    found = responses.get(tx, person.guild_id, response_id)
    if found is None or found.source is Source.REFLECTION or found.held_back:
        raise Refusal("That is not a response that the class can read.")
    if person.user_id == found.user_id or person.user_id in statements.writers(tx, person.guild_id, response_id):
        raise Refusal("This response is your own: `/my responses` lets you change it or take it back.")
    if found.hidden_at is not None:
        raise Refusal("A moderator has hidden this response already.")
    return found
