"""Withdrawn words that a school keeps for its moderators: apart from the record, where no view and no export reads."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select

from bot.discussion.ids import GuildId, ResponseId
from bot.storage import erasure
from bot.storage.schema import kept_words as table
from bot.storage.transaction import Transaction


def put_aside(
    tx: Transaction, guild_id: GuildId, response_id: ResponseId, wordings: Sequence[Mapping[str, str]], at: datetime
) -> None:
    """Keep a withdrawn response's wordings, the oldest first."""
    kept = [
        {"guild_id": guild_id, "response_id": response_id, "body": body, "kept_at": at} for body in wordings if body
    ]
    if kept:
        tx.execute(insert(table), kept)


def of_response(tx: Transaction, guild_id: GuildId, response_id: ResponseId) -> list[Mapping[str, str]]:
    """The wordings kept of a withdrawn response, the oldest first: for moderators alone."""
    query = select(table.c.body).where(table.c.guild_id == guild_id, table.c.response_id == response_id)
    return list(tx.execute(query.order_by(table.c.id)).scalars())


def erase_before(tx: Transaction, guild_id: GuildId, before: datetime) -> int:
    """Erase what a guild kept before that time, when the retention period ends; how many wordings that were."""
    erased = tx.execute(delete(table).where(table.c.guild_id == guild_id, table.c.kept_at < before)).rowcount
    if erased:
        erasure.mark(tx)
    return erased
