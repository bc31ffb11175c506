"""What classmates wrote in a phase that shows it only to those who have written themselves."""

from bot.classroom.citing import cited_paragraphs
from bot.classroom.finding import the_round
from bot.classroom.floor import Floor
from bot.classroom.naming import SOMEBODY, names_in
from bot.classroom.people import Person, role_of
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.content.formats import ArguePhase, Visible
from bot.discussion.ids import RoundId
from bot.discussion.values import Response, Role, Round, Source
from bot.storage import Transaction, guilds, responses
from bot.values import frozen

PAGE = 3
"""How many responses are read at a time."""


_WRITTEN = {Source.MODAL, Source.REPLY}


@frozen
class Said:
    """A classmate's response with their name and that of whom they answer; `cites` are the paragraphs that it cites."""

    author: str
    response: Response
    answers: str | None
    may_be_answered: bool
    cites: tuple[int, ...] = ()


@frozen
class Classmates:
    """One page of what classmates wrote in a phase, the oldest first; pages count from 0."""

    round: Round
    phase_number: int
    said: tuple[Said, ...]
    page: int
    pages: int
    total: int


async def classmates(room: Classroom, person: Person, round_id: RoundId, phase: int, page: int) -> Classmates:
    """A page of what classmates wrote in a phase, for whoever may read it by now; for teachers at any time."""
    now = room.now()

    def work(tx: Transaction) -> Classmates:
        found = the_round(tx, person.guild_id, round_id)
        if phase >= len(found.format.plan):
            raise Refusal("This debate has no such phase.")
        floor = Floor.of(tx, found, now)
        teaches = role_of(person, guilds.settings(tx, person.guild_id)) is Role.TEACHER
        others = [
            entry
            for entry in responses.of_phase(tx, person.guild_id, round_id, phase)
            if entry.user_id != person.user_id and entry.hidden_at is None and entry.source in _WRITTEN
        ]
        written = [entry for entry in others if teaches or floor.may_read(person.user_id, entry)]
        if not written:
            raise Refusal(_nothing(found, phase) if others else "None of your classmates has written here yet.")
        pages = -(-len(written) // PAGE)
        shown = min(page, pages - 1)
        replies = found.is_open and not teaches
        said = [_said(floor, person, entry, replies=replies) for entry in written[shown * PAGE : (shown + 1) * PAGE]]
        return Classmates(found, phase, tuple(said), shown, pages, len(written))

    return await room.store.write(work)  # who looks whom they may answer gets their own side, if none was assigned yet


def _nothing(found: Round, number: int) -> str:
    phase = found.format.plan[number]
    if isinstance(phase, ArguePhase) and phase.visible is Visible.AT_REVEAL:
        return "Nobody reads what classmates wrote before the reveal."
    return "You read what classmates wrote as soon as you have written yourself: press **Respond**."


def _said(floor: Floor, person: Person, entry: Response, *, replies: bool) -> Said:
    names = names_in(floor.tx, floor.round)
    parent = responses.get(floor.tx, entry.guild_id, entry.parent_id) if entry.parent_id is not None else None
    answers = names.get(parent.user_id, SOMEBODY) if parent is not None else None
    may_be_answered = replies and floor.may_reply(person.user_id, entry)
    cites = cited_paragraphs(floor.tx, entry.guild_id, [entry.id]).get(entry.id, ())
    return Said(names.get(entry.user_id, SOMEBODY), entry, answers, may_be_answered, cites)
