"""Reminders: who in a guild wants to be reminded of what they still have to do. Nobody does who has not said so."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from bot.discussion.ids import GuildId, UserId
from bot.storage.schema import reminders as table
from bot.storage.transaction import Transaction


def put(tx: Transaction, guild_id: GuildId, user_id: UserId, at: datetime, *, wanted: bool) -> bool:
    """Somebody wants to be reminded from now on, or does not any more; False if that was known."""
    if wanted == is_wanted(tx, guild_id, user_id):
        return False
    if wanted:
        tx.execute(insert(table).values(guild_id=guild_id, user_id=user_id, since=at))
    else:
        tx.execute(delete(table).where(table.c.guild_id == guild_id, table.c.user_id == user_id))
    return True


def is_wanted(tx: Transaction, guild_id: GuildId, user_id: UserId) -> bool:
    """Does this person want to be reminded in this guild?"""
    return user_id in wanted_by(tx, guild_id)


def wanted_by(tx: Transaction, guild_id: GuildId) -> set[UserId]:
    """Everybody in the guild who wants to be reminded."""
    query = select(table.c.user_id).where(table.c.guild_id == guild_id)
    return {UserId(user_id) for user_id in tx.execute(query).scalars()}
