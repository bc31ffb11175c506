"""What a whole class is asked in its thread: by the bot when the talk stalls or leans to one side, or by a teacher."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from bot.classroom.advancing import run_of
from bot.classroom.in_hand import MovedOn, Seen, note_act, round_in_hand
from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.content.models import FollowUp
from bot.discussion import phasing
from bot.discussion.coaching import LATEST, Talk, is_time_for_all, next_openly, question_for_all, reason
from bot.discussion.ids import AskingId, ChannelId, GuildId, MessageId, RoundId
from bot.discussion.values import Asking, Round
from bot.storage import Transaction, askings, phases, responses, rounds, sessions
from bot.storage.askings import NewAsking
from bot.values import frozen

BY_TEACHER = "teacher"
"""The reason for a question that the teacher put to the class."""


INVITED = "invited"
"""The reason for an invitation, which the teacher chose too: see `inviting`."""


@frozen
class OpenQuestion:
    """A question for a whole class, with its round as it stands now, and the message that it is about, if it is."""

    asking: Asking
    round: Round
    about: MessageId | None = None


def may_stall(found: Round) -> bool:
    """Is there anything that its class might be asked now, as far as the round itself tells?"""
    return (
        found.conduct.coached
        and found.thread_id is not None
        and found.paused_at is None
        and found.lost is None
        and any(each.is_of_thread for each in found.prompt.follow_ups)
    )


async def ask_where_due(room: Classroom, among: Iterable[Round]) -> bool:
    """Put on record what the classes of these rounds are to be asked now; is there anything? For the clockwork."""
    now, keys = room.now(), [(found.guild_id, found.id) for found in among]
    due = await room.store.read(lambda tx: [key for key in keys if _due(tx, *key, now) is not None])
    if not due:
        return False

    def work(tx: Transaction) -> bool:
        asked = [_ask(tx, key, question, now) for key in due if (question := _due(tx, *key, now)) is not None]
        return bool(asked)

    return await room.store.write(work)


def _due(tx: Transaction, guild_id: GuildId, round_id: RoundId, now: datetime) -> FollowUp | None:
    """What a round's class is to be asked now."""
    found = rounds.get(tx, guild_id, round_id)
    if found is None or not found.is_open or not may_stall(found):
        return None
    before = askings.openly(tx, guild_id, round_id)
    since = now - before[-1].at if before else None
    if not is_time_for_all(found.phase, phasing.remaining(run_of(found), now), since=since):
        return None
    talk = Talk(_quiet(tx, found, now), responses.latest_stances(tx, guild_id, round_id, LATEST))
    return question_for_all(found.prompt.follow_ups, talk, {each.question for each in before})


def _quiet(tx: Transaction, found: Round, now: datetime) -> timedelta:
    """How long nobody has said anything since the phase began."""
    here = tx, found.guild_id, found.id
    began = [log.began_at for log in phases.of_round(*here) if log.number == found.phase_number]
    return now - max(*began, found.opened_at, responses.last_said(*here) or found.opened_at)


def _ask(tx: Transaction, key: tuple[GuildId, RoundId], question: FollowUp, now: datetime) -> None:
    guild_id, round_id = key
    askings.add(tx, guild_id, [NewAsking(round_id, reason(question), question.ask, now)])


async def to_post(room: Classroom) -> list[OpenQuestion]:
    """Every guild's questions that are still to be posted, as far as this is a time for them."""
    now = room.now()

    def work(tx: Transaction) -> list[OpenQuestion]:
        waiting = [(each, rounds.get(tx, each.guild_id, each.round_id)) for each in askings.unposted(tx)]
        return [
            OpenQuestion(each, found, _message_of(tx, each))
            for each, found in waiting
            if found is not None and _may_post(each, found, now)
        ]

    return await room.store.read(work)


def _message_of(tx: Transaction, asking: Asking) -> MessageId | None:
    about = responses.get(tx, asking.guild_id, asking.response_id) if asking.response_id is not None else None
    return about.stand_in_id or about.message_id if about is not None else None


def _may_post(asking: Asking, found: Round, now: datetime) -> bool:
    """What the teacher asks is posted at any time; what the bot asks, not where it may not ask any more."""
    if not found.is_open or found.thread_id is None:
        return False
    if asking.reason in {BY_TEACHER, INVITED}:
        return True
    is_time = is_time_for_all(found.phase, phasing.remaining(run_of(found), now), since=None)
    return is_time and found.paused_at is None and found.conduct.coached


async def posted(room: Classroom, asking: Asking, message_id: MessageId) -> None:
    """That message asks the class."""
    await room.store.write(lambda tx: askings.set_message(tx, asking.guild_id, asking.id, message_id))


def next_question(tx: Transaction, found: Round) -> int | None:
    """The place among the prompt's follow-ups of the one that the teacher can ask next; None where all are asked."""
    follow_ups = found.prompt.follow_ups
    coming = next_openly(follow_ups, _asked(tx, found))
    return None if coming is None else follow_ups.index(coming)


def _asked(tx: Transaction, found: Round) -> Collection[str]:
    return {each.question for each in askings.openly(tx, found.guild_id, found.id)}


async def ask_next(
    room: Classroom, person: Person, channel_id: ChannelId, number: int, *, seen: Seen | None = None
) -> AskingId:
    """Put the next question to the class, if it is the one that the teacher saw, by its place; its id."""
    now = room.now()

    def work(tx: Transaction) -> AskingId:
        found = round_in_hand(tx, person, channel_id, seen)
        if found.lost is not None:
            raise Refusal("The thread was deleted, so there is nowhere to ask the class.")
        if next_question(tx, found) != number:
            raise MovedOn
        question = found.prompt.follow_ups[number]
        note_act(tx, person, found, "ask", now)
        askings.add(tx, found.guild_id, [NewAsking(found.id, BY_TEACHER, question.ask, now)])
        return askings.openly(tx, found.guild_id, found.id)[-1].id

    return await room.store.write(work)


async def switch(
    room: Classroom, person: Person, channel_id: ChannelId, *, on: bool, seen: Seen | None = None
) -> Round:
    """Let the coach ask back in this debate from now on, students and the class, or no more."""
    now = room.now()

    def work(tx: Transaction) -> Round:
        found = round_in_hand(tx, person, channel_id, seen)
        if found.conduct.coached is not on:
            note_act(tx, person, found, "coach-on" if on else "coach-off", now)
            sessions.set_coached(tx, found.guild_id, found.session_id, coached=on)
        return rounds.get(tx, found.guild_id, found.id) or found

    return await room.store.write(work)
