"""A student's words: respond, reply, change, take back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.classroom.ballots import Ballot, by_round, cast_in_round, stance_in
from bot.classroom.finding import the_open_round, the_response, the_round
from bot.classroom.people import Person, role_of
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
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


async def respond(
    room: Classroom, person: Person, round_id: RoundId, stance_id: StanceId, body: Mapping[str, str]
) -> Recorded:
    """Record a claim with its evidence and reasoning, and the stance it is written from, in one transaction."""
    said = _Said(person, round_id, stance_id, room.now(), _worded(body))
    return await room.store.write_together(_record, said)


async def reply(room: Classroom, person: Person, parent_id: ResponseId, body: Mapping[str, str]) -> Recorded:
    """Record an answer to a classmate's response, from the stance that the author holds now."""
    now, kept = room.now(), _worded(body)

    def work(tx: Transaction) -> Recorded:
        parent = the_response(tx, person.guild_id, parent_id)
        found = the_open_round(tx, person.guild_id, parent.round_id)
        participants.seen(tx, person.guild_id, person.user_id, person.name, now)
        response, _ = responses.add(
            tx,
            person.guild_id,
            round_id=found.id,
            user_id=person.user_id,
            role=role_of(person, guilds.settings(tx, person.guild_id)),
            source=Source.REPLY,
            parent_id=parent.id,
            stance=recording.held(tx, person.guild_id, found.id, person.user_id, now),
            body=kept,
            created_at=now,
        )
        return Recorded(found, response)

    return await room.store.write(work)


async def answerable(room: Classroom, person: Person, response_id: ResponseId) -> Recorded:
    """A response that this person may reply to now."""

    def work(tx: Transaction) -> Recorded:
        response = the_response(tx, person.guild_id, response_id)
        return Recorded(the_open_round(tx, person.guild_id, response.round_id), response)

    return await room.store.read(work)


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
        if stance_id is not None:
            stance_in(before.round, stance_id)
            votes.cast(tx, person.guild_id, before.round.id, person.user_id, stance_id, now)
        stance = stance_id or before.response.stance
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
    """A submitted response: a ballot with words."""

    body: Mapping[str, str]


def _record(tx: Transaction, said: Sequence[_Said]) -> list[Recorded]:
    """Record responses, with the stances that they are written from, in their order."""
    recorded: dict[int, Recorded] = {}
    for guild_id, numbers in by_round(said):
        mine = [said[number] for number in numbers]
        voted, settings = cast_in_round(tx, mine), guilds.settings(tx, guild_id)
        new = [_new(each, settings) for each in mine]
        ids = recording.add_responses(tx, guild_id, new)
        for number, vote, response_id, entry in zip(numbers, voted, ids, new, strict=True):
            follow_up = _follow_up(vote.round, vote.responses)
            recorded[number] = Recorded(vote.round, entry.recorded(guild_id, response_id), follow_up)
    return [recorded[number] for number in range(len(said))]


def _new(said: _Said, settings: GuildSettings) -> recording.NewResponse:
    return recording.NewResponse(
        round_id=said.round_id,
        user_id=said.person.user_id,
        role=role_of(said.person, settings),
        source=Source.MODAL,
        parent_id=None,
        stance=said.stance_id,
        body=said.body,
        created_at=said.now,
    )


def _follow_up(found: Round, earlier: int) -> str | None:
    """The question for somebody with so many earlier responses: each in turn."""
    questions = found.prompt.follow_ups
    return questions[earlier % len(questions)] if questions else None
