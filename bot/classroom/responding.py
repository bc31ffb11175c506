"""A student's words: respond, reply, change, take back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.classroom.ballots import NO_STANCE, Ballot, by_round, cast_in_round, meet, stance_in
from bot.classroom.finding import the_open_round, the_response, the_round
from bot.classroom.floor import Floor, assigns_stances
from bot.classroom.people import Person, role_of
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.content.formats import ArguePhase, ReplyPhase
from bot.discussion import allowing
from bot.discussion.ids import MessageId, ResponseId, RoundId, StanceId
from bot.discussion.values import GuildSettings, Response, Round, Source
from bot.discussion.wording import WordingError, worded
from bot.storage import Transaction, guilds, outdated, participants, recording, responses, votes


@dataclass(frozen=True, slots=True)
class Recorded:
    """A response on record, with its round; `follow_up` is a question to think on with, where the prompt has one."""

    round: Round
    response: Response
    follow_up: str | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the form for a response begins with: the round, the stance held, and whether that was assigned."""

    round: Round
    stance: StanceId | None
    is_assigned: bool


async def invitation(room: Classroom, person: Person, round_id: RoundId) -> Invitation:
    """Ask before a long answer is written: may this person respond now, and for which stance?"""
    now = room.now()

    def work(tx: Transaction) -> Invitation:
        floor = Floor.of(tx, the_open_round(tx, person.guild_id, round_id), now)
        floor.require_response(person.user_id)
        assigned = floor.assigned_stance(person.user_id)
        held = assigned or recording.held(tx, person.guild_id, round_id, person.user_id, now)
        return Invitation(floor.round, held, assigned is not None)

    return await room.store.write(work)


async def respond(
    room: Classroom,
    person: Person,
    round_id: RoundId,
    stance_id: StanceId | None,
    body: Mapping[str, str],
    *,
    phase: int | None = None,
) -> Recorded:
    """Record a claim with its evidence and reasoning, and the stance it is written from, in one transaction.

    `phase` is the one in which the form was opened. Where the phase lets sides be changed, the stance is also taken.
    """
    said = _Said(person, round_id, stance_id or NO_STANCE, room.now(), _worded(body), phase)
    return await room.store.write_together(_record, said)


async def reply(
    room: Classroom, person: Person, parent_id: ResponseId, body: Mapping[str, str], *, phase: int | None = None
) -> Recorded:
    """Record an answer to a classmate's response, from the side that the author is on now."""
    now, kept = room.now(), _worded(body)

    def work(tx: Transaction) -> Recorded:
        parent = the_response(tx, person.guild_id, parent_id)
        found = the_open_round(tx, person.guild_id, parent.round_id)
        floor = Floor.of(tx, found, now).when_written_in(phase)
        floor.require_reply(person.user_id, parent)
        floor.require_words(kept)
        participants.seen(tx, person.guild_id, person.user_id, person.name, now)
        response, _ = responses.add(
            tx,
            person.guild_id,
            round_id=found.id,
            user_id=person.user_id,
            role=role_of(person, guilds.settings(tx, person.guild_id)),
            source=Source.REPLY,
            parent_id=parent.id,
            stance=floor.stance_of(person.user_id),
            body=kept,
            created_at=now,
            phase=floor.phase_number,
            held_back=not allowing.shows_at_once(floor.phase),
        )
        return Recorded(found, response)

    return await room.store.write(work)


async def answerable(room: Classroom, person: Person, response_id: ResponseId) -> Recorded:
    """A response that this person may reply to now."""
    now = room.now()

    def work(tx: Transaction) -> Recorded:
        response = the_response(tx, person.guild_id, response_id)
        floor = Floor.of(tx, the_open_round(tx, person.guild_id, response.round_id), now)
        floor.require_reply(person.user_id, response)
        return Recorded(floor.round, response)

    return await room.store.write(work)


async def own(room: Classroom, person: Person, response_id: ResponseId) -> Recorded:
    """A response that this person wrote and may change now."""
    return await room.store.read(lambda tx: _own(tx, person, response_id))


async def revise(
    room: Classroom, person: Person, response_id: ResponseId, stance_id: StanceId | None, body: Mapping[str, str]
) -> Recorded:
    """Change one's own response while its round is open; the earlier wording is kept as a revision.

    A stance, where given, is also taken in the round: who rewrites their claim for the other side has changed sides.
    """
    now, kept = room.now(), _worded(body)

    def work(tx: Transaction) -> Recorded:
        before = _own(tx, person, response_id)
        found, assigns = before.round, assigns_stances(before.round)
        if stance_id is not None and not assigns:
            stance_in(found, stance_id)
            if isinstance(found.phase, ArguePhase | ReplyPhase) and found.phase.change_sides:
                votes.cast(tx, person.guild_id, found.id, person.user_id, stance_id, now, found.phase_number)
        stance = before.response.stance if assigns else stance_id or before.response.stance
        after = responses.revise(tx, person.guild_id, response_id, body=kept, stance=stance, at=now)
        return Recorded(before.round, after or before.response)

    return await room.store.write(work)


async def withdraw(room: Classroom, person: Person, response_id: ResponseId) -> Recorded:
    """Take one's own response back, also after the round has closed: its words leave the record, its place stays.

    Returns the response as it was, so that its message can be taken down.
    """
    now = room.now()

    def work(tx: Transaction) -> Recorded:
        response = _authored(tx, person, response_id)
        responses.withdraw(tx, person.guild_id, response_id, now, keep=room.keeps_withdrawn)
        if response.source is Source.MESSAGE:
            outdated.mark_message(tx, response)
        return Recorded(the_round(tx, person.guild_id, response.round_id), response)

    return await room.store.write(work)


async def of_message(room: Classroom, person: Person, message_id: MessageId) -> Response:
    """The response that a message shows, for commands on a message."""

    def work(tx: Transaction) -> Response:
        found = responses.by_message(tx, person.guild_id, message_id)
        if found is None:
            raise Refusal("That message is not a recorded response.")
        return found

    return await room.store.read(work)


def _authored(tx: Transaction, person: Person, response_id: ResponseId) -> Response:
    response = the_response(tx, person.guild_id, response_id)
    if response.user_id != person.user_id:
        raise Refusal("Only its author can change or withdraw a response.")
    return response


def _own(tx: Transaction, person: Person, response_id: ResponseId) -> Recorded:
    response = _authored(tx, person, response_id)
    if response.source is Source.MESSAGE:
        raise Refusal(
            "You typed this one in the thread: change it there as you change any message; the record follows."
        )
    return Recorded(the_open_round(tx, person.guild_id, response.round_id), response)


def _worded(body: Mapping[str, str]) -> dict[str, str]:
    try:
        return worded(body)
    except WordingError as error:
        raise Refusal(str(error)) from None


@dataclass(slots=True)
class _Said(Ballot):
    """A submitted response: a ballot with words, and the phase in which its form was opened."""

    body: Mapping[str, str]
    phase: int | None


def _record(tx: Transaction, said: Sequence[_Said]) -> list[Recorded]:
    """Record responses, with the stances that they are written from, in their order."""
    recorded: dict[int, Recorded] = {}
    for guild_id, round_id, numbers in by_round(said):
        mine, settings = [said[number] for number in numbers], guilds.settings(tx, guild_id)
        floor = Floor.of(tx, the_open_round(tx, guild_id, round_id), mine[-1].now)
        new = [_new(floor, each, settings) for each in mine]
        standing = meet(tx, floor.round, mine)
        if allowing.allows_vote(floor.phase) is None:
            cast_in_round(tx, floor.round, mine, standing)
        ids = recording.add_responses(tx, guild_id, new)
        for number, response_id, entry in zip(numbers, ids, new, strict=True):
            follow_up = _follow_up(floor.round, standing[entry.user_id].responses)
            recorded[number] = Recorded(floor.round, entry.recorded(guild_id, response_id), follow_up)
    return [recorded[number] for number in range(len(said))]


def _new(present: Floor, said: _Said, settings: GuildSettings) -> recording.NewResponse:
    floor, user_id = present.when_written_in(said.phase), said.person.user_id
    floor.require_response(user_id)
    floor.require_words(said.body)
    stance = floor.assigned_stance(user_id) or said.stance_id
    if stance == NO_STANCE:
        raise Refusal("Choose your side first.")
    stance_in(floor.round, stance)
    return recording.NewResponse(
        round_id=said.round_id,
        user_id=user_id,
        role=role_of(said.person, settings),
        source=Source.MODAL,
        parent_id=None,
        stance=stance,
        body=said.body,
        created_at=said.now,
        phase=floor.phase_number,
        held_back=not allowing.shows_at_once(floor.phase),
    )


def _follow_up(found: Round, earlier: int) -> str | None:
    """The question for somebody with so many earlier responses: each in turn."""
    questions = found.prompt.follow_ups
    return questions[earlier % len(questions)] if questions else None
