"""Planning debates ahead: a teacher schedules one, looks at what waits, moves it or cancels it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.classroom.library import library_of
from bot.classroom.people import Person, require_teacher
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.classroom.starting import Wanted, planned
from bot.content.library import Library
from bot.discussion.ids import ChannelId, ScheduleId
from bot.discussion.schedule import Ending, Schedule
from bot.discussion.when import WhenProblem, in_words, read_when, suggest_when
from bot.storage import Transaction, audits, guilds, schedules
from bot.values import frozen

SCHEDULED = "discuss.schedule"
"""The action under which it stands on the audit who scheduled, moved or cancelled a debate."""

MOST_WAITING = 50
"""How many debates may wait in a guild."""

PAGE = 5
"""How many of them are shown at a time."""

_KEPT_IN_SIGHT = timedelta(days=14)
_MOST_NOT_STARTED = 5

_GONE = (
    "That debate does not wait any more: it was started, missed or cancelled. `/discuss scheduled` lists what waits."
)


@frozen
class Entry:
    """A debate that waits, with the title of its format and the question it begins with, where they were chosen."""

    schedule: Schedule
    format: str | None
    question: str | None


@frozen
class Timetable:
    """One page of what waits in a guild, the next debate first; pages count from 0.

    `not_started` are the latest that could not be started, on the first page alone; `zone` is the school's.
    """

    waiting: tuple[Entry, ...]
    not_started: tuple[Schedule, ...]
    page: int
    pages: int
    total: int
    zone: ZoneInfo


async def schedule(room: Classroom, person: Person, channel_id: ChannelId, when: str, wanted: Wanted) -> Schedule:
    """Have a debate started in a channel at a time. What is wanted must be there now, and is read again then."""
    plan = await planned(room, person.guild_id, wanted)
    chosen = next((slug for slug, found in room.library.formats.items() if found == plan.format), None)
    now, at = room.now(), _moment(room, when)

    def work(tx: Transaction) -> Schedule:
        require_teacher(person, guilds.settings(tx, person.guild_id))
        waiting = schedules.waiting_in(tx, person.guild_id)
        if len(waiting) >= MOST_WAITING:
            raise Refusal(
                f"{MOST_WAITING} debates wait for their time in this server already, and more Parley does not keep. "
                "`/discuss scheduled` shows them: cancel one that is not needed any more."
            )
        _require_free(waiting, channel_id, at, room.zone)
        added = schedules.add(
            tx,
            person.guild_id,
            channel_id=channel_id,
            starts_at=at,
            title=plan.prompt_set.title,
            set_slug=plan.slug,
            prompt_id=plan.prompt.id if wanted.question else None,
            format=chosen if wanted.format else None,
            minutes=wanted.minutes,
            scheduled_by=person.user_id,
            scheduled_at=now,
        )
        _enter(tx, person, added, "add", now)
        return added

    return await room.store.write(work)


async def timetable(room: Classroom, person: Person, page: int) -> Timetable:
    """What waits, for the guild's teachers."""
    since, library = room.now() - _KEPT_IN_SIGHT, await library_of(room, person.guild_id)

    def work(tx: Transaction) -> Timetable:
        require_teacher(person, guilds.settings(tx, person.guild_id))
        waiting = schedules.waiting_in(tx, person.guild_id)
        pages = max(1, -(-len(waiting) // PAGE))
        shown = min(max(page, 0), pages - 1)
        lost = schedules.not_started(tx, person.guild_id, since, _MOST_NOT_STARTED) if shown == 0 else []
        here = tuple(_entry(library, found) for found in waiting[shown * PAGE : (shown + 1) * PAGE])
        return Timetable(here, tuple(lost), shown, pages, len(waiting), room.zone)

    return await room.store.read(work)


async def the_entry(room: Classroom, person: Person, schedule_id: ScheduleId) -> Entry:
    """A debate that waits in the person's guild, for its teachers."""
    found = await room.store.read(lambda tx: _waiting(tx, person, schedule_id))
    return _entry(await library_of(room, person.guild_id), found)


async def move(room: Classroom, person: Person, schedule_id: ScheduleId, when: str) -> Schedule:
    """Have it started at another time."""
    at = _moment(room, when)

    def change(tx: Transaction, found: Schedule, _now: datetime) -> None:
        _require_free(schedules.waiting_in(tx, found.guild_id), found.channel_id, at, room.zone, except_for=found.id)
        schedules.move(tx, found.guild_id, found.id, at)

    return await _change(room, person, schedule_id, "move", change)


async def cancel(room: Classroom, person: Person, schedule_id: ScheduleId) -> Schedule:
    """Have it not started at all."""

    def change(tx: Transaction, found: Schedule, now: datetime) -> None:
        schedules.end(tx, found.guild_id, found.id, Ending.CANCELLED, now)

    return await _change(room, person, schedule_id, "cancel", change)


def choices_of_times(room: Classroom, typed: str) -> list[tuple[str, str]]:
    """What the words that are being typed may come to mean, for autocomplete: as it is shown, and as an ISO time."""
    return [(suggested.label, suggested.iso) for suggested in suggest_when(typed, room.now(), room.zone)]


async def _change(
    room: Classroom,
    person: Person,
    schedule_id: ScheduleId,
    what: str,
    change: Callable[[Transaction, Schedule, datetime], None],
) -> Schedule:
    now = room.now()

    def work(tx: Transaction) -> Schedule:
        found = _waiting(tx, person, schedule_id)
        change(tx, found, now)
        _enter(tx, person, found, what, now)
        return schedules.get(tx, found.guild_id, found.id) or found

    return await room.store.write(work)


def _entry(library: Library, found: Schedule) -> Entry:
    """In the words of the library as it is now; what it has no more is named by its slug."""
    format = library.formats.get(found.format or "")  # noqa: A001 - what a debate's format is called
    prompt_set = library.prompt_sets.get(found.set_slug)
    asked = (
        next((prompt for prompt in prompt_set.prompts if prompt.id == found.prompt_id), None) if prompt_set else None
    )
    return Entry(found, format.title if format else found.format, asked.question if asked else found.prompt_id)


def _moment(room: Classroom, when: str) -> datetime:
    read = read_when(when, room.now(), room.zone)
    if isinstance(read, WhenProblem):
        raise Refusal(read.sentence)
    return read


def _waiting(tx: Transaction, person: Person, schedule_id: ScheduleId) -> Schedule:
    require_teacher(person, guilds.settings(tx, person.guild_id))
    found = schedules.get(tx, person.guild_id, schedule_id)
    if found is None or not found.is_waiting:
        raise Refusal(_GONE)
    return found


def _require_free(
    waiting: list[Schedule],
    channel_id: ChannelId,
    at: datetime,
    zone: ZoneInfo,
    *,
    except_for: ScheduleId | None = None,
) -> None:
    """One channel can hold one debate at a time: two that start at the same moment are a slip."""
    for other in waiting:
        if other.id != except_for and (other.channel_id, other.starts_at) == (channel_id, at):
            raise Refusal(
                f"“{other.title}” is to start in <#{channel_id}> at that very time already: "
                f"{in_words(at.astimezone(zone))}. Choose another time, or another channel."
            )


def _enter(tx: Transaction, person: Person, found: Schedule, what: str, now: datetime) -> None:
    details = {"what": what, "schedule": str(found.id)}
    guild_id, user_id = person.guild_id, person.user_id
    audits.add(tx, guild_id, user_id=user_id, at=now, action=SCHEDULED, session_id=None, details=details)
