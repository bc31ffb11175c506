"""Whose voice is missing, for the teacher alone; and invitations to the class, which name nobody."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.classroom.asking_openly import INVITED
from bot.classroom.charting import evenness
from bot.classroom.finding import the_latest_round, the_open_round
from bot.classroom.in_hand import note_act, roster_of
from bot.classroom.people import Person, require_teacher
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.classroom.speech import Speech, speech_of
from bot.discussion import inviting
from bot.discussion.ids import AskingId, ChannelId, ResponseId, RoundId, SideId, UserId
from bot.discussion.inviting import Invitation, Kind
from bot.discussion.values import Asking, Response, Round
from bot.discussion.voices import Voice
from bot.storage import Transaction, askings, guilds, places, sessions
from bot.storage.askings import NewAsking
from bot.values import frozen

AGAIN = timedelta(minutes=3)
"""The least time between two of the same invitation."""


@frozen
class Voices:
    """Who spoke in a round: the silent, the others by their words, the points that nobody answered.

    `invitations` are those that can be posted now. Of whom no name may be told, `names` has none. `knows_members`:
    does Discord tell who is in the class?
    """

    round: Round
    silent: tuple[UserId, ...]
    speakers: tuple[Voice, ...]
    unanswered: tuple[Response, ...]
    invitations: tuple[Invitation, ...]
    names: Mapping[UserId, str]
    evenness: str | None
    knows_members: bool

    @property
    def words(self) -> int:
        """All words that were said."""
        return sum(voice.words for voice in self.speakers)


async def voices(
    room: Classroom,
    person: Person,
    channel_id: ChannelId,
    thread_id: ChannelId | None,
    members: Sequence[Person] | None,
) -> Voices:
    """Who has spoken in the thread's round, or in the channel's latest; for teachers."""

    def work(tx: Transaction) -> Voices:
        require_teacher(person, guilds.settings(tx, person.guild_id))
        found = the_latest_round(tx, person.guild_id, channel_id, thread_id)
        roster, speech = roster_of(tx, found, person, members), _speech(tx, found)
        spoke = {voice.user_id: voice for voice in speech.voices if voice.responses or voice.replies}
        return Voices(
            found,
            tuple(user for user in roster.students if user not in spoke),
            tuple(sorted(spoke.values(), key=lambda voice: (-voice.words, roster.names.get(voice.user_id, "")))),
            tuple(inviting.unanswered(speech.said)),
            _invitations(tx, found, speech) if found.is_open and found.thread_id is not None else (),
            roster.names,
            evenness(speech),
            roster.is_known,
        )

    return await room.store.read(work)


async def invite(room: Classroom, person: Person, round_id: RoundId, kind: str, about: str) -> AskingId:
    """Put an invitation to a round's class on record, if it still holds; it is posted from there."""
    now = room.now()

    def work(tx: Transaction) -> AskingId:
        require_teacher(person, guilds.settings(tx, person.guild_id))
        found = the_open_round(tx, person.guild_id, round_id)
        if found.lost is not None or found.thread_id is None:
            raise Refusal("There is no thread in which the class could be invited.")
        wanted = [
            each for each in _invitations(tx, found, _speech(tx, found)) if (each.kind, each.about) == (kind, about)
        ]
        if not wanted:
            raise Refusal("That has happened meanwhile: there is nobody to invite to it any more.")
        response_id = ResponseId(int(about)) if wanted[0].kind is Kind.POINT else None
        _require_time(askings.openly(tx, found.guild_id, found.id), wanted[0], response_id, now)
        note_act(tx, person, found, "invite", now)
        new = NewAsking(found.id, INVITED, wanted[0].sentence, now, response_id=response_id)
        askings.add(tx, found.guild_id, [new])
        return askings.openly(tx, found.guild_id, found.id)[-1].id

    return await room.store.write(work)


def _require_time(before: Sequence[Asking], wanted: Invitation, response_id: ResponseId | None, now: datetime) -> None:
    same = [each.at for each in before if (each.question, each.response_id) == (wanted.sentence, response_id)]
    if same and now - same[-1] < AGAIN:
        minutes = int(AGAIN.total_seconds() // 60)
        raise Refusal(f"The class has just been invited to that. It can be said again {minutes} minutes after.")


def _invitations(tx: Transaction, found: Round, speech: Speech) -> tuple[Invitation, ...]:
    seats = places.of_round(tx, found.guild_id, found.id)

    def circle_of(user_id: UserId) -> SideId | None:
        return seats[user_id].side if user_id in seats else None

    return inviting.invitations(found, speech.said, circle_of)


def _speech(tx: Transaction, found: Round) -> Speech:
    session = sessions.get(tx, found.guild_id, found.session_id)
    if session is None:
        raise Refusal("This debate is not on record in this server.")
    return speech_of(tx, session, found)
