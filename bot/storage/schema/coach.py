"""What responses cite of the article, and what was asked back, of whom and why."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, String, Table

from bot.storage.columns import PlainText, RowId, Snowflake, UtcTime
from bot.storage.schema.base import metadata

citations = Table(  # the article's own words, so that they are found again: as they stand, and what is around them
    "citations",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("response_id", RowId, nullable=False),
    Column("paragraph", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("exact", PlainText, nullable=False),
    Column("prefix", PlainText, nullable=False),
    Column("suffix", PlainText, nullable=False),
    Column("kind", String(16), nullable=False),
    ForeignKeyConstraint(["guild_id", "response_id"], ["responses.guild_id", "responses.id"]),
    Index(None, "guild_id", "response_id", "id"),
    sqlite_autoincrement=True,
)

askings = Table(  # of one person, or without one: of the thread, where `message_id` is what was posted
    "askings",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("round_id", RowId, nullable=False),
    Column("user_id", Snowflake),
    Column("response_id", RowId),
    Column("reason", String(32), nullable=False),
    Column("question", PlainText, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("message_id", Snowflake),
    ForeignKeyConstraint(["guild_id", "round_id"], ["rounds.guild_id", "rounds.id"]),
    ForeignKeyConstraint(
        ["guild_id", "round_id", "response_id"], ["responses.guild_id", "responses.round_id", "responses.id"]
    ),
    Index(None, "guild_id", "round_id", "user_id", "id"),
    Index(None, "guild_id", "round_id", "response_id"),
    sqlite_autoincrement=True,
)
