"""`/audit`: who did what with the record, and when, for those who keep order."""

from bot.classroom.people import Person, may_moderate, require_moderator
from bot.classroom.room import Classroom
from bot.discussion.ids import SessionId
from bot.discussion.values import Audit
from bot.storage import Transaction, audits, guilds
from bot.values import frozen

PAGE = 10
"""How many entries are shown at a time."""


@frozen
class Filter:
    """Which entries are meant: those of an action, those of a debate; None: of every action, of all debates."""

    action: str | None = None
    session_id: SessionId | None = None


@frozen
class AuditLog:
    """One page of a guild's audit, the newest first; pages count from 0."""

    entries: tuple[Audit, ...]
    filter: Filter
    page: int
    pages: int
    total: int


async def audit(room: Classroom, person: Person, wanted: Filter, page: int) -> AuditLog:
    """A page of the audit of the person's guild, for its moderators and teachers."""

    def work(tx: Transaction) -> AuditLog:
        require_moderator(person, guilds.settings(tx, person.guild_id))
        total = audits.count(tx, person.guild_id, action=wanted.action, session_id=wanted.session_id)
        pages = max(1, -(-total // PAGE))
        shown = min(max(page, 0), pages - 1)
        found = audits.page(
            tx,
            person.guild_id,
            action=wanted.action,
            session_id=wanted.session_id,
            limit=PAGE,
            offset=shown * PAGE,
        )
        return AuditLog(tuple(found), wanted, shown, pages, total)

    return await room.store.read(work)


async def actions(room: Classroom, person: Person) -> list[str]:
    """What has been done so far in the person's guild; nothing for who may not know."""

    def work(tx: Transaction) -> list[str]:
        may = may_moderate(person, guilds.settings(tx, person.guild_id))
        return audits.actions(tx, person.guild_id) if may else []

    return await room.store.read(work)
