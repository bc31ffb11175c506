"""A moderator's hand on what is said: look at a response, hide it, let it be seen again, decide on reports; and, where
they read first, approve or reject it.

The record keeps the words of what is hidden. In a debate under pseudonyms moderators too read the pseudonym alone.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.classroom.finding import the_round
from bot.classroom.naming import SOMEBODY, names_in
from bot.classroom.people import Person, require_moderator
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.discussion.ids import MessageId, ResponseId
from bot.discussion.moderation import LONGEST_REASON, Mute, Removal, Report, Review, Settled
from bot.discussion.values import Response, Round, Source
from bot.discussion.wording import TEXT, typed
from bot.storage import (
    Transaction,
    altering,
    audits,
    guilds,
    keeping,
    mutes,
    outdated,
    removals,
    reports,
    responses,
    reviews,
    statements,
)
from bot.values import frozen

HIDDEN, RESTORED, DISMISSED = "response.hide", "response.restore", "report.dismiss"
APPROVED, REJECTED = "response.approve", "response.reject"
"""The actions under which it stands on the audit."""

PAGE = 4
"""How many responses of the queue are shown at a time."""


@frozen
class Case:
    """A response as a moderator looks at it, with what was reported of it and its latest hiding, if there was one.

    `kept` are the words of a withdrawn response, where the school keeps those for its moderators. `wording` numbers its
    present wording. `mute` is why its author may not speak in the debate now; under pseudonyms that is not told.
    """

    round: Round
    response: Response
    author: str
    reports: tuple[Report, ...]
    removal: Removal | None
    kept: Mapping[str, str]
    wording: int
    mute: Mute | None = None

    @property
    def is_unread(self) -> bool:
        """Does it wait for a moderator who reads before the class does?"""
        return self.response.review is Review.WAITING and self.response.withdrawn_at is None

    @property
    def words(self) -> Mapping[str, str]:
        """What it says, or said."""
        return self.response.body or self.kept

    @property
    def waiting(self) -> tuple[Report, ...]:
        """The reports that nobody has settled."""
        return tuple(report for report in self.reports if report.settled is None)


@frozen
class Queue:
    """One page of what waits for a moderator, the longest first; pages count from 0. `total` counts responses."""

    cases: tuple[Case, ...]
    page: int
    pages: int
    total: int


async def case(room: Classroom, person: Person, response_id: ResponseId) -> Case:
    """A response of the person's guild, withdrawn or not, for its moderators."""
    return await room.store.read(lambda tx: _case(tx, response_in_hand(tx, person, response_id)))


async def case_of_message(room: Classroom, person: Person, message_id: MessageId) -> Case:
    """The response that a message shows or was, or that it stands in for."""

    def work(tx: Transaction) -> Case:
        require_moderator(person, guilds.settings(tx, person.guild_id))
        found = responses.by_message(tx, person.guild_id, message_id)
        found = found or responses.by_stand_in(tx, person.guild_id, message_id)
        if found is None:
            raise Refusal("That message is not a recorded response.")
        return _case(tx, response_in_hand(tx, person, found.id))

    return await room.store.read(work)


async def queue(room: Classroom, person: Person, page: int) -> Queue:
    """What waits for a moderator in the person's guild: responses that the class is not to see before, and those of
    which reports are not settled.
    """

    def work(tx: Transaction) -> Queue:
        require_moderator(person, guilds.settings(tx, person.guild_id))
        guild_id = person.guild_id
        waiting = list(dict.fromkeys([*reviews.waiting(tx, guild_id), *reports.waiting(tx, guild_id)]))
        pages = max(1, -(-len(waiting) // PAGE))
        shown = min(max(page, 0), pages - 1)
        found = [responses.get(tx, person.guild_id, id_) for id_ in waiting[shown * PAGE : (shown + 1) * PAGE]]
        cases = tuple(_case(tx, response) for response in found if response is not None)
        return Queue(cases, shown, pages, len(waiting))

    return await room.store.read(work)


async def hide(room: Classroom, person: Person, response_id: ResponseId, reason: str) -> Case:
    """Let the class see that something was hidden instead of the response; that settles what was reported of it.

    Its author is told the reason when they next do something. What they typed themselves is to be deleted: the record
    says so until it is.
    """
    now, why = room.now(), reason_in(reason)
    if not why:
        raise Refusal("Say why: its author is told the reason.")

    def work(tx: Transaction) -> Case:
        found = response_in_hand(tx, person, response_id)
        if found.withdrawn_at is not None:
            raise Refusal("Its author has withdrawn it: the class does not see it any more.")
        if not altering.hide(tx, person.guild_id, response_id, now):
            raise Refusal("It is hidden already.")
        if found.source is Source.MESSAGE:
            outdated.mark_message(tx, found)
        removals.put(tx, person.guild_id, response_id, removed_by=person.user_id, reason=why, at=now)
        settled = _settle(tx, person, response_id, Settled.HIDDEN, now)
        _enter(tx, person, found, HIDDEN, now, reports=settled)
        return _case(tx, responses.get(tx, person.guild_id, response_id) or found)

    return await room.store.write(work)


async def restore(room: Classroom, person: Person, response_id: ResponseId) -> Case:
    """Let the class see it again. If its author has not been told yet, they are not told any more."""
    now = room.now()

    def work(tx: Transaction) -> Case:
        found = response_in_hand(tx, person, response_id)
        if found.withdrawn_at is not None:
            raise Refusal("Its author has withdrawn it: it is not shown again.")
        if found.review is Review.WAITING:
            raise Refusal("It waits for approval: approve it, and the class sees it.")
        if not altering.restore(tx, person.guild_id, response_id):
            raise Refusal("It is not hidden: the class can see it.")
        if found.source is Source.MESSAGE:
            outdated.mark_message(tx, found)
        removals.restore(tx, person.guild_id, response_id, now)
        _enter(tx, person, found, RESTORED, now)
        return _case(tx, responses.get(tx, person.guild_id, response_id) or found)

    return await room.store.write(work)


async def dismiss(room: Classroom, person: Person, response_id: ResponseId) -> int:
    """Find nothing wrong with what was reported; how many reports that settles."""
    now = room.now()

    def work(tx: Transaction) -> int:
        found = response_in_hand(tx, person, response_id)
        settled = _settle(tx, person, response_id, Settled.DISMISSED, now)
        if not settled:
            raise Refusal("No report of it waits any more.")
        _enter(tx, person, found, DISMISSED, now, reports=settled)
        return settled

    return await room.store.write(work)


async def approve(room: Classroom, person: Person, response_id: ResponseId, wording: int) -> Case:
    """Let the class see what waited for it, in the wording of that number, which the moderator has read."""
    now = room.now()

    def work(tx: Transaction) -> Case:
        found = _unread(tx, person, response_id, wording)
        altering.restore(tx, person.guild_id, response_id)
        if found.source is Source.MESSAGE:
            outdated.mark_message(tx, found)
        removals.restore(tx, person.guild_id, response_id, now)
        _enter(tx, person, found, APPROVED, now)
        return _case(tx, responses.get(tx, person.guild_id, response_id) or found)

    return await room.store.write(work)


async def reject(room: Classroom, person: Person, response_id: ResponseId, wording: int, reason: str) -> Case:
    """Let the class not see it. Its author is told the reason when they next do something, and may change it."""
    now, why = room.now(), reason_in(reason)
    if not why:
        raise Refusal("Say why: its author is told the reason.")

    def work(tx: Transaction) -> Case:
        found = _unread(tx, person, response_id, wording)
        reviews.reject(tx, person.guild_id, response_id)
        removals.put(tx, person.guild_id, response_id, removed_by=person.user_id, reason=why, at=now)
        settled = _settle(tx, person, response_id, Settled.HIDDEN, now)
        _enter(tx, person, found, REJECTED, now, reports=settled)
        return _case(tx, responses.get(tx, person.guild_id, response_id) or found)

    return await room.store.write(work)


def _unread(tx: Transaction, person: Person, response_id: ResponseId, wording: int) -> Response:
    found = response_in_hand(tx, person, response_id)
    if found.withdrawn_at is not None:
        raise Refusal("Its author has withdrawn it: nothing waits any more.")
    if found.review is not Review.WAITING:
        raise Refusal("It does not wait any more: a moderator has decided on it.")
    if statements.wording(tx, person.guild_id, response_id) != wording:
        raise Refusal("It has been changed since you read it. `/review` shows how it stands now.")
    return found


def response_in_hand(tx: Transaction, person: Person, response_id: ResponseId) -> Response:
    """A response of the person's guild, for its moderators alone. Reflections are not for a class to see."""
    require_moderator(person, guilds.settings(tx, person.guild_id))
    found = responses.get(tx, person.guild_id, response_id)
    if found is None or found.source is Source.REFLECTION:
        raise Refusal("That is not a recorded response.")
    return found


def reason_in(written: str) -> str:
    """A reason as it is kept; nothing where nobody could see it."""
    words = (typed(written) or {}).get(TEXT, "")
    if len(words) > LONGEST_REASON:
        raise Refusal(f"The reason has {len(words)} characters; {LONGEST_REASON} fit.")
    return words


def _case(tx: Transaction, found: Response) -> Case:
    of, posed = (tx, found.guild_id, found.id), the_round(tx, found.guild_id, found.round_id)
    kept: Sequence[Mapping[str, str]] = keeping.of_response(*of) if found.withdrawn_at is not None else ()
    author = names_in(tx, posed).get(found.user_id, SOMEBODY) if found.group is None else f"Group {found.group}"
    told = not posed.conduct.pseudonymous
    mute = mutes.get(tx, found.guild_id, posed.session_id, found.user_id) if told else None
    return Case(
        posed,
        found,
        author,
        tuple(reports.of_response(*of)),
        removals.get(*of),
        kept[-1] if kept else {},
        statements.wording(*of),
        mute,
    )


def _settle(tx: Transaction, person: Person, response_id: ResponseId, outcome: Settled, now: datetime) -> int:
    return reports.settle(tx, person.guild_id, response_id, by=person.user_id, at=now, outcome=outcome)


def _enter(tx: Transaction, person: Person, found: Response, action: str, now: datetime, *, reports: int = 0) -> None:
    """Put it on the audit: whose words they are, and what they say, stands there not."""
    posed = the_round(tx, found.guild_id, found.round_id)
    details = {"response": str(found.id), "question": str(posed.number)}
    if reports:
        details["reports"] = str(reports)
    audits.add(
        tx,
        found.guild_id,
        user_id=person.user_id,
        at=now,
        action=action,
        session_id=posed.session_id,
        details=details,
    )
