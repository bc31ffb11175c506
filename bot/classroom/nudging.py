"""Reminding students, in private, of what they still have to do: only who has asked for it, and not often."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from pydantic import AwareDatetime, ConfigDict, TypeAdapter

from bot.classroom.in_hand import Seen, note_act, roster_of, round_in_hand
from bot.classroom.partaking import progress_of
from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.discussion.ids import ChannelId, GuildId, UserId
from bot.discussion.requirements import Progress
from bot.discussion.values import Round
from bot.storage import Transaction, notes, reminders
from bot.values import frozen

SELDOM = timedelta(minutes=10)
"""Nobody is reminded twice within so long, whoever presses the button and however often."""


@frozen
class Reminder:
    """What somebody is to be reminded of."""

    user_id: UserId
    progress: Progress


@frozen
class Nudge:
    """Whom to remind now, of those who have something left: `not_asked` never asked, `too_soon` were a moment ago."""

    round: Round
    reminders: tuple[Reminder, ...]
    unfinished: int
    not_asked: int
    too_soon: int


async def nudge(
    room: Classroom,
    person: Person,
    channel_id: ChannelId,
    members: Sequence[Person] | None = None,
    *,
    seen: Seen | None = None,
) -> Nudge:
    """Find whom to remind. They count as reminded from now on, whether or not Discord takes the message.

    `members`: see `roster_of`.
    """
    now = room.now()

    def work(tx: Transaction) -> Nudge:
        found = round_in_hand(tx, person, channel_id, seen)
        if found.format.requires is None:
            raise Refusal(f"“{found.format.title}” requires nothing, so there is nothing to remind anybody of.")
        roster = roster_of(tx, found, person, members)
        progress = {user: progress_of(tx, found, user) for user in roster.students}
        left = [user for user in roster.students if not progress[user].is_met]
        asked = reminders.wanted_by(tx, found.guild_id)
        lately = _lately(tx, found.guild_id, now)
        due = [user for user in left if user in asked and user not in lately]
        _keep(tx, found.guild_id, lately | dict.fromkeys(due, now))
        note_act(tx, person, found, "nudge", now, reminded=str(len(due)), unfinished=str(len(left)))
        return Nudge(
            found,
            tuple(Reminder(user, progress[user]) for user in due),
            len(left),
            not_asked=sum(user not in asked for user in left),
            too_soon=sum(user in asked and user in lately for user in left),
        )

    return await room.store.write(work)


_LATELY = TypeAdapter(dict[UserId, AwareDatetime], config=ConfigDict(defer_build=True))


def _lately(tx: Transaction, guild_id: GuildId, now: datetime) -> dict[UserId, datetime]:
    """Who was reminded a moment ago, and when."""
    kept = notes.get(tx, _key(guild_id))
    known = _LATELY.validate_json(kept) if kept else {}
    return {user: at for user, at in known.items() if now - at < SELDOM}


def forget(tx: Transaction, guild_id: GuildId, user_id: UserId) -> bool:
    """Remember no more when somebody was reminded who is erased; False where that was not remembered."""
    kept = notes.get(tx, _key(guild_id))
    known = _LATELY.validate_json(kept) if kept else {}
    if user_id not in known:
        return False
    _keep(tx, guild_id, {user: at for user, at in known.items() if user != user_id})
    return True


def _keep(tx: Transaction, guild_id: GuildId, lately: Mapping[UserId, datetime]) -> None:
    """Remember the latest, and nobody any longer than it matters."""
    notes.put(tx, _key(guild_id), _LATELY.dump_json(dict(lately)).decode())


def _key(guild_id: GuildId) -> str:
    return f"reminded-lately:{guild_id}"
