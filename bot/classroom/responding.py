"""A student's words: respond, and reply to a classmate. See `rewording` for how they are changed and taken back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bot.classroom.admitting import Gate, require_voice_of
from bot.classroom.ballots import NO_STANCE, Ballot, by_round, cast_in_round, meet, stance_in
from bot.classroom.citing import Look, Misquoted, article_of, choosable
from bot.classroom.coaching import is_coached
from bot.classroom.consenting import ConsentNeeded, agreed, require
from bot.classroom.finding import the_open_round, the_response
from bot.classroom.floor import Floor, assigns_stances
from bot.classroom.following_up import Written, question_back, questions_back
from bot.classroom.naming import seen
from bot.classroom.people import Person, role_of
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.classroom.word_lists import has_listed_word
from bot.content.formats import ArguePhase, Phase, ReplyPhase
from bot.content.models import FollowUp
from bot.discussion.evidence import paragraphs_of
from bot.discussion.ids import ResponseId, RoundId, StanceId, UserId
from bot.discussion.stems import opened_with
from bot.discussion.values import Response, Role, Round, Source
from bot.discussion.wording import REPLY_FIELD, RESTATED, TEXT, Field, WordingError, own_words, worded
from bot.storage import Transaction, guilds, recording, responses
from bot.values import frozen

T = TypeVar("T")


@frozen
class Recorded:
    """A response on record, with its round, and the paragraphs that it cites.

    `follow_up` is what its author is asked back, where there is something.
    """

    round: Round
    response: Response
    follow_up: FollowUp | None = None
    cites: tuple[int, ...] = ()


@frozen
class Invitation:
    """What the form for a response begins with: the round, the stance held, and whether that was assigned.

    `paragraphs` are those of the article that can be chosen, by their numbers.
    """

    round: Round
    stance: StanceId | None
    is_assigned: bool
    paragraphs: Mapping[int, str] = field(default_factory=dict[int, str])


async def invitation(room: Classroom, person: Person, round_id: RoundId) -> Invitation:
    """Ask before a long answer is written: may this person respond now, and for which stance?"""
    now = room.now()

    def work(tx: Transaction) -> Invitation:
        require(tx, person)
        floor = Floor.of(tx, the_open_round(tx, person.guild_id, round_id), now)
        floor.meet(person)
        require_voice_of(tx, floor.round, person)
        floor.require_response(person.user_id)
        assigned = floor.assigned_stance(person.user_id)
        held = assigned or recording.held(tx, person.guild_id, round_id, person.user_id, now)
        choices = choosable(article_of(tx, floor.round), floor.round.prompt)
        return Invitation(floor.round, held, assigned is not None, choices)

    return await _told(room, work)


async def _told(room: Classroom, work: Callable[[Transaction], T]) -> T:
    """What somebody is told who asks. A refusal undoes nothing: where it tells them their side, they keep it."""

    def told(tx: Transaction) -> T | Refusal:
        try:
            return work(tx)
        except Refusal as refusal:
            return refusal

    answer = await room.store.write(told)
    if isinstance(answer, Refusal):
        raise answer
    return answer


async def respond(
    room: Classroom,
    person: Person,
    round_id: RoundId,
    stance_id: StanceId | None,
    body: Mapping[str, str],
    *,
    phase: int | None = None,
    chosen: int | None = None,
    as_it_is: bool = False,
) -> Recorded:
    """Record a claim with its evidence and reasoning, and the stance it is written from, in one transaction.

    `phase` is the one in which the form was opened, `chosen` the paragraph that its author leans on. Where the phase
    lets sides be changed, the stance is also taken. Raises Misquoted unless it is to be recorded `as_it_is`.
    """
    kept = in_words(body)
    listed = await has_listed_word(room, person.guild_id, kept)
    said = _Said(person, round_id, stance_id or NO_STANCE, room.now(), kept, phase, listed, chosen, as_it_is)
    outcome = agreed(await room.store.write_together(_record, said))
    if isinstance(outcome, Misquoted):
        raise outcome
    return outcome


async def reply(
    room: Classroom,
    person: Person,
    parent_id: ResponseId,
    body: Mapping[str, str],
    *,
    stem: str | None = None,
    phase: int | None = None,
    as_it_is: bool = False,
) -> Recorded:
    """Record an answer to a classmate's response, from the side that the author is on now.

    `stem` is the opening that was chosen for it, `phase` the one in which the form was opened. Raises Misquoted unless
    it is to be recorded `as_it_is`.
    """
    now, said = room.now(), in_words(body)
    listed = await has_listed_word(room, person.guild_id, said)

    def work(tx: Transaction) -> Recorded:
        parent = the_response(tx, person.guild_id, parent_id)
        found = the_open_round(tx, person.guild_id, parent.round_id)
        settings = guilds.settings(tx, person.guild_id)
        require(tx, person, settings)
        floor = Floor.of(tx, found, now).when_written_in(phase)
        floor.require_reply(person.user_id, parent)
        floor.require_words(said)
        kept, role = _answer(floor.phase, stem, said), role_of(person, settings)
        asks = not as_it_is and is_coached(tx, found, person.user_id)
        cites = Look(tx, found).into(said, besides=parent.body.values(), asks=asks)
        review = Gate(tx, found).admit(person.user_id, role, now, listed=listed)
        seen(tx, found, person, now)
        response, _ = responses.add(
            tx,
            person.guild_id,
            round_id=found.id,
            user_id=person.user_id,
            role=role,
            source=Source.REPLY,
            parent_id=parent.id,
            stance=floor.stance_of(person.user_id),
            body=kept,
            created_at=now,
            phase=floor.phase_number,
            held_back=floor.holds_back,
            review=review,
            cites=cites,
        )
        question = question_back(tx, found, response, cites, now)
        return Recorded(found, response, question, tuple(paragraphs_of(cites)))

    return await room.store.write(work)


async def answerable(room: Classroom, person: Person, response_id: ResponseId) -> Recorded:
    """A response that this person may reply to now."""
    now = room.now()

    def work(tx: Transaction) -> Recorded:
        response = the_response(tx, person.guild_id, response_id)
        found = the_open_round(tx, person.guild_id, response.round_id)
        require(tx, person)
        floor = Floor.of(tx, found, now)
        floor.meet(person)
        require_voice_of(tx, found, person)
        floor.require_reply(person.user_id, response)
        if response.hidden_at is not None:  # its form would show the words; an answer under way is taken all the same
            raise Refusal("That response was removed.")
        return Recorded(floor.round, response)

    return await _told(room, work)


def in_words(body: Mapping[str, str], text: Field = REPLY_FIELD) -> dict[str, str]:
    """What was written as it is kept, or a refusal that says what is wrong with it."""
    try:
        return worded(body, text)
    except WordingError as error:
        raise Refusal(str(error)) from None


def _answer(phase: Phase, stem: str | None, said: Mapping[str, str]) -> dict[str, str]:
    """An answer as the phase wants it: the classmate's point said again, its opening before it."""
    if not isinstance(phase, ReplyPhase):
        return in_words(own_words(said))
    if phase.restate and RESTATED not in said:
        raise Refusal("In this phase, first say the classmate's point in your own words. Press **Reply** again.")
    opened = {TEXT: opened_with(stem, said[TEXT])} if stem in phase.stems and TEXT in said else {}
    return in_words({**(said if phase.restate else own_words(said)), **opened})


@dataclass(slots=True)
class _Said(Ballot):
    """A submitted response: a ballot with words, the phase in which its form was opened, whether a listed word stands
    in it, the paragraph that was chosen for it, and whether its author has been told what is wrong with its quotes.
    """

    body: Mapping[str, str]
    phase: int | None
    listed: bool
    chosen: int | None
    as_it_is: bool


def _record(tx: Transaction, said: Sequence[_Said]) -> list[Recorded | ConsentNeeded | Misquoted]:
    """Record responses, with the stances that they are written from, in their order; of nobody who has not agreed."""
    outcomes: dict[int, Recorded | Misquoted] = {}
    for guild_id, round_id, everybodys in by_round(said):
        settings, found = guilds.settings(tx, guild_id), the_open_round(tx, guild_id, round_id)
        standing = meet(tx, found, [said[number] for number in everybodys], settings)
        floor, gate, look = Floor.of(tx, found, said[everybodys[-1]].now), Gate(tx, found), Look(tx, found)
        new: dict[int, recording.NewResponse] = {}
        for number in everybodys:
            each, known = said[number], standing.get(said[number].person.user_id)
            if known is None:
                continue
            entry = _new(floor, each, gate, role_of(each.person, settings), known)
            try:
                asks = found.conduct.coached and not known.is_uncoached and not each.as_it_is
                entry.cites = look.into(each.body, chosen=each.chosen, asks=asks)
            except Misquoted as misquoted:
                outcomes[number] = misquoted
            else:
                new[number] = entry
        outcomes |= _kept(floor, said, new, standing)
    return [outcomes.get(number) or ConsentNeeded() for number in range(len(said))]


def _kept(
    floor: Floor,
    said: Sequence[_Said],
    new: Mapping[int, recording.NewResponse],
    standing: Mapping[UserId, recording.Standing],
) -> dict[int, Recorded]:
    """Put new responses of a round on record, by their numbers among all that was said."""
    tx, found = floor.tx, floor.round
    cast_in_round(tx, found, [said[number] for number in new if _takes_side(floor, said[number])], standing)
    entries = list(new.values())
    ids = recording.add_responses(tx, found.guild_id, entries)
    written = [
        Written(entry.recorded(found.guild_id, response_id), entry.cites, standing[entry.user_id])
        for response_id, entry in zip(ids, entries, strict=True)
    ]
    questions = questions_back(tx, found, written, floor.now)
    return {
        number: Recorded(found, each.response, question, tuple(paragraphs_of(each.cites or ())))
        for number, each, question in zip(new, written, questions, strict=True)
    }


def _new(present: Floor, said: _Said, gate: Gate, role: Role, known: recording.Standing) -> recording.NewResponse:
    floor, user_id = present.when_written_in(said.phase), said.person.user_id
    floor.require_response(user_id)
    floor.require_words(said.body)
    stance = floor.assigned_stance(user_id) or said.stance_id
    if stance == NO_STANCE:
        raise Refusal("Choose your side first.")
    stance_in(floor.round, stance)
    muted = known.is_muted(said.now)
    review = gate.admit(user_id, role, said.now, listed=said.listed, muted=muted)
    return recording.NewResponse(
        round_id=said.round_id,
        user_id=user_id,
        role=role,
        source=Source.MODAL,
        parent_id=None,
        stance=stance,
        body=said.body,
        created_at=said.now,
        phase=floor.phase_number,
        held_back=floor.holds_back,
        review=review,
    )


def _takes_side(floor: Floor, said: _Said) -> bool:
    """Is the stance of a response also taken in the round? Not that of one from a phase that is over: what would count
    now may be another vote, and a secret one.
    """
    phase = floor.phase
    if not isinstance(phase, ArguePhase) or not phase.change_sides or assigns_stances(floor.round):
        return False
    return floor.when_written_in(said.phase).phase_number == floor.phase_number
