"""Listed words: what a guild does not let be posted without a moderator's look at it."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from bot.discussion.ids import GuildId, UserId
from bot.storage.schema import listed_words as table
from bot.storage.transaction import Transaction


def add(tx: Transaction, guild_id: GuildId, word: str, *, added_by: UserId, at: datetime) -> None:
    """List a word, of at most 64 letters, that is not listed yet."""
    tx.execute(insert(table).values(guild_id=guild_id, word=word, added_by=added_by, added_at=at))


def remove(tx: Transaction, guild_id: GuildId, word: str) -> bool:
    """List it no longer; False where it was not."""
    return tx.execute(delete(table).where(table.c.guild_id == guild_id, table.c.word == word)).rowcount > 0


def of_guild(tx: Transaction, guild_id: GuildId) -> list[str]:
    """A guild's words, in order."""
    return list(tx.execute(select(table.c.word).where(table.c.guild_id == guild_id).order_by(table.c.word)).scalars())
