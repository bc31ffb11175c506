"""Uploads: the prompt sets of a guild's own, in versions. Of a removed one nothing stays but its last number."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from bot.discussion.ids import GuildId, UserId
from bot.discussion.uploads import Upload
from bot.storage import erasure
from bot.storage.schema import uploads as table
from bot.storage.transaction import Transaction

MOST_REMOVED = 50
"""So many removed sets of a guild are remembered by their number, so that one sent again goes on counting."""

_KEPT = table.c.removed_at.is_(None)


def add(
    tx: Transaction, guild_id: GuildId, *, slug: str, source: str, uploaded_by: UserId, uploaded_at: datetime
) -> Upload:
    """Keep a text as the next version of the guild's set of that slug (at most 64 characters)."""
    of_slug = (table.c.guild_id == guild_id, table.c.slug == slug)
    last = tx.execute(select(func.max(table.c.version)).where(*of_slug)).scalar_one() or 0
    added = tx.execute(
        insert(table)
        .values(
            guild_id=guild_id,
            slug=slug,
            version=last + 1,
            source=source,
            uploaded_by=uploaded_by,
            uploaded_at=uploaded_at,
        )
        .returning(table)
    ).one()
    tx.execute(delete(table).where(*of_slug, ~_KEPT))  # its number is not needed any more: it goes on counting
    return _upload(added)


def current(tx: Transaction, guild_id: GuildId) -> list[Upload]:
    """The latest version of each of the guild's sets, by slug."""
    latest = (
        select(func.max(table.c.id)).where(table.c.guild_id == guild_id, _KEPT).group_by(table.c.slug).scalar_subquery()
    )
    found = select(table).where(table.c.guild_id == guild_id, table.c.id.in_(latest))
    return [_upload(row) for row in tx.execute(found.order_by(table.c.slug))]


def get(tx: Transaction, guild_id: GuildId, slug: str, version: int | None = None) -> Upload | None:
    """That version of the guild's set, or its latest; None where it is not kept."""
    found = select(table).where(table.c.guild_id == guild_id, table.c.slug == slug, _KEPT)
    if version is not None:
        found = found.where(table.c.version == version)
    row = tx.execute(found.order_by(table.c.version.desc()).limit(1)).one_or_none()
    return None if row is None else _upload(row)


def versions(tx: Transaction, guild_id: GuildId) -> list[tuple[str, int, int]]:
    """Slug, version and size (characters) of all that the guild keeps, the oldest first."""
    found = select(table.c.slug, table.c.version, func.length(table.c.source).label("size"))
    rows = tx.execute(found.where(table.c.guild_id == guild_id, _KEPT).order_by(table.c.id))
    return [(row.slug, row.version, row.size) for row in rows]


def forget(tx: Transaction, guild_id: GuildId, slug: str, version: int) -> bool:
    """Keep one version no longer; False where it was not kept."""
    gone = tx.execute(
        delete(table).where(table.c.guild_id == guild_id, table.c.slug == slug, table.c.version == version, _KEPT)
    )
    if gone.rowcount:
        erasure.mark(tx)
    return gone.rowcount > 0


def remove(tx: Transaction, guild_id: GuildId, slug: str, at: datetime) -> bool:
    """Take the guild's set away in all its versions, with their texts; False where it has none of that slug."""
    latest = get(tx, guild_id, slug)
    if latest is None:
        return False
    of_slug = (table.c.guild_id == guild_id, table.c.slug == slug)
    tx.execute(delete(table).where(*of_slug, table.c.version != latest.version))
    tx.execute(update(table).where(*of_slug).values(source="", removed_at=at, uploaded_by=None))
    remembered = (
        select(table.c.id)
        .where(table.c.guild_id == guild_id, ~_KEPT)
        .order_by(table.c.removed_at.desc(), table.c.id.desc())
        .limit(MOST_REMOVED)
    )
    tx.execute(delete(table).where(table.c.guild_id == guild_id, ~_KEPT, table.c.id.not_in(remembered)))
    erasure.mark(tx)
    return True


def _upload(row: Row[Any]) -> Upload:
    return Upload(GuildId(row.guild_id), row.slug, row.version, row.source, row.uploaded_at)
