"""How far a student has come in a debate: what they have said and cited, and what the format still asks for."""

from bot.classroom.finding import the_latest_round
from bot.classroom.partaking import progress_of
from bot.classroom.people import Person
from bot.classroom.room import Classroom
from bot.discussion.counting import words_in
from bot.discussion.evidence import paragraphs_of
from bot.discussion.ids import ChannelId
from bot.discussion.moderation import Review
from bot.discussion.requirements import Progress
from bot.discussion.values import Response, Round, Source
from bot.storage import Transaction, citations, responses, rounds
from bot.values import frozen


@frozen
class Way:
    """One round of it: how far somebody is with what its format requires."""

    round: Round
    progress: Progress


@frozen
class OwnWay:
    """What somebody has done since a session began. Withdrawn words do not count, nor those that a moderator hid.

    `paragraphs` are those that their responses lean on, `words` those of responses and replies.
    """

    title: str
    responses: int
    replies: int
    reflections: int
    words: int
    paragraphs: tuple[int, ...]
    ways: tuple[Way, ...]


async def my_progress(room: Classroom, person: Person, channel_id: ChannelId, thread_id: ChannelId | None) -> OwnWay:
    """A person's own way through the channel's latest debate, open or closed."""

    def work(tx: Transaction) -> OwnWay:
        latest = the_latest_round(tx, person.guild_id, channel_id, thread_id)
        posed = rounds.of_session(tx, person.guild_id, latest.session_id)
        written = [entry for each in posed for entry in _own(tx, person, each)]
        own = [entry for entry in written if entry.source in {Source.MODAL, Source.MESSAGE, Source.REPLY}]
        cited = citations.of_responses(tx, person.guild_id, [entry.id for entry in own])
        return OwnWay(
            latest.prompt.question,
            sum(entry.parent_id is None for entry in own),
            sum(entry.parent_id is not None for entry in own),
            sum(entry.source is Source.REFLECTION for entry in written),
            sum(words_in(entry.body) for entry in own),
            tuple(paragraphs_of(each for passages in cited.values() for each in passages)),
            tuple(Way(each, progress_of(tx, each, person.user_id)) for each in posed),
        )

    return await room.store.read(work)


def _own(tx: Transaction, person: Person, found: Round) -> list[Response]:
    written = responses.of_round(tx, found.guild_id, found.id)
    return [entry for entry in written if entry.user_id == person.user_id and _counts(entry)]


def _counts(entry: Response) -> bool:
    return entry.withdrawn_at is None and (entry.hidden_at is None or entry.review is Review.WAITING)
