"""One's own words on record: changed while the round is open, taken back at any time."""

from collections.abc import Mapping
from dataclasses import field

from bot.classroom.admitting import require_voice_of, waits_when_changed
from bot.classroom.ballots import stance_in
from bot.classroom.citing import Look, article_of, choosable
from bot.classroom.coaching import is_coached
from bot.classroom.consenting import require
from bot.classroom.finding import the_open_round, the_response, the_round
from bot.classroom.floor import assigns_stances, refuse
from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.classroom.responding import Recorded, in_words
from bot.classroom.room import Classroom
from bot.classroom.word_lists import has_listed_word
from bot.content.formats import ArguePhase, ReplyPhase
from bot.discussion.allowing import allows_words
from bot.discussion.evidence import paragraphs_of, picked
from bot.discussion.ids import MessageId, ResponseId, StanceId
from bot.discussion.values import Response, Round, Source
from bot.discussion.wording import REFLECTION_FIELD, REPLY_FIELD, RESTATED
from bot.storage import Transaction, altering, citations, endorsements, outdated, responses, statements, votes
from bot.values import frozen


@frozen
class Mine:
    """A response of one's own to be changed, the paragraphs that can be chosen for it, and the one that is."""

    round: Round
    response: Response
    paragraphs: Mapping[int, str] = field(default_factory=dict[int, str])
    chosen: int | None = None


async def own(room: Classroom, person: Person, response_id: ResponseId) -> Mine:
    """A response that this person wrote and may change now. A group's statement is for `stating` to decide on."""

    def work(tx: Transaction) -> Mine:
        response = the_response(tx, person.guild_id, response_id)
        require(tx, person)
        if response.source is Source.STATEMENT:
            return Mine(the_open_round(tx, person.guild_id, response.round_id), response)
        mine = _own(tx, person, response_id)
        article, cited = article_of(tx, mine.round), citations.of_response(tx, person.guild_id, response_id)
        chosen = picked(cited, mine.response.body, len(article.paragraphs))
        return Mine(mine.round, mine.response, choosable(article, mine.round.prompt), chosen)

    return await room.store.read(work)


async def revise(
    room: Classroom,
    person: Person,
    response_id: ResponseId,
    stance_id: StanceId | None,
    body: Mapping[str, str],
    *,
    chosen: int | None = None,
    as_it_is: bool = False,
) -> Recorded:
    """Change one's own response while its round is open; the earlier wording is kept as a revision.

    A stance, where given, is also taken in the round: who rewrites their claim for the other side has changed sides.
    `chosen` is the paragraph that they lean on. Raises Misquoted unless the wording is to be recorded `as_it_is`. A
    group's statement is changed in its own way: see `stating`.
    """
    now, listed = room.now(), await has_listed_word(room, person.guild_id, body)

    def work(tx: Transaction) -> Recorded:
        before = _own(tx, person, response_id)
        require(tx, person)
        found, said = before.round, before.response
        if said.source is not Source.REFLECTION:
            require_voice_of(tx, found, person)
        if said.source is Source.STATEMENT:
            raise Refusal("Your group's text is changed by **Write together**.")
        restated = {RESTATED: said.body[RESTATED]} if RESTATED in said.body else {}
        kept = in_words({**restated, **body}, REFLECTION_FIELD if said.source is Source.REFLECTION else REPLY_FIELD)
        refuse(allows_words(found.format.plan[said.phase], kept))
        parent = responses.get(tx, person.guild_id, said.parent_id) if said.parent_id is not None else None
        besides = parent.body.values() if parent is not None else ()
        asks = not as_it_is and said.source is not Source.REFLECTION and is_coached(tx, found, person.user_id)
        cites = Look(tx, found).into(kept, chosen=chosen, besides=besides, asks=asks)
        assigns = assigns_stances(found) or said.source is Source.REFLECTION
        if stance_id is not None and not assigns:
            stance_in(found, stance_id)
            if isinstance(found.phase, ArguePhase | ReplyPhase) and found.phase.change_sides:
                votes.cast(tx, person.guild_id, found.id, person.user_id, stance_id, now, found.phase_number)
        stance = said.stance if assigns else stance_id or said.stance
        waits = waits_when_changed(found, said, listed=listed)
        here = tx, person.guild_id, response_id
        after = altering.revise(*here, body=kept, stance=stance, at=now, waits=waits, cites=cites)
        return Recorded(found, after or said, cites=tuple(paragraphs_of(cites)))

    return await room.store.write(work)


async def withdraw(room: Classroom, person: Person, response_id: ResponseId) -> Recorded:
    """Take one's own response back, also after the round has closed: its words leave the record, its place stays.

    With somebody's last reflection goes what they have named in it. Whoever has written in a group's statement may take
    it back: their words cannot be told from the others'. Returns the response as it was, so that its message can be
    taken down.
    """
    now = room.now()

    def work(tx: Transaction) -> Recorded:
        response = _authored(tx, person, response_id)
        altering.withdraw(tx, person.guild_id, response_id, now, keep=room.keeps_withdrawn)
        if response.source is Source.MESSAGE:
            outdated.mark_message(tx, response)
        if response.source is Source.REFLECTION and not _reflects_still(tx, response):
            endorsements.remove_all(tx, person.guild_id, response.round_id, person.user_id)
        return Recorded(the_round(tx, person.guild_id, response.round_id), response)

    return await room.store.write(work)


async def of_message(room: Classroom, person: Person, message_id: MessageId) -> Response:
    """The response that a message shows, or that it stands in for, for commands on a message."""

    def work(tx: Transaction) -> Response:
        found = responses.by_message(tx, person.guild_id, message_id)
        found = found or responses.by_stand_in(tx, person.guild_id, message_id)
        if found is None:
            raise Refusal("That message is not a recorded response.")
        return found

    return await room.store.read(work)


def _authored(tx: Transaction, person: Person, response_id: ResponseId) -> Response:
    response = the_response(tx, person.guild_id, response_id)
    if response.user_id == person.user_id or _has_written_in(tx, person, response):
        return response
    if response.source is Source.STATEMENT:
        raise Refusal("Only who has written in a group's text can change it or take it back.")
    raise Refusal("Only its author can change or withdraw a response.")


def _has_written_in(tx: Transaction, person: Person, response: Response) -> bool:
    if response.source is not Source.STATEMENT:
        return False
    return person.user_id in statements.writers(tx, person.guild_id, response.id)


def _own(tx: Transaction, person: Person, response_id: ResponseId) -> Recorded:
    response = _authored(tx, person, response_id)
    if response.source is Source.MESSAGE:
        raise Refusal(
            "You typed this one in the thread: change it there as you change any message; the record follows."
        )
    return Recorded(the_open_round(tx, person.guild_id, response.round_id), response)


def _reflects_still(tx: Transaction, taken_back: Response) -> bool:
    here = tx, taken_back.guild_id, taken_back.round_id, taken_back.user_id
    return responses.counts_by_source(*here).get(Source.REFLECTION, 0) > 0
