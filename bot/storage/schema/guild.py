"""What a guild has set, and what it has brought along."""

from sqlalchemy import Column, Integer, String, Table, UniqueConstraint, text

from bot.storage.columns import PlainText, RowId, Snowflake, UtcTime
from bot.storage.schema.base import metadata

guild_settings = Table(
    "guild_settings",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("teacher_role_id", Snowflake),
    Column("moderator_role_id", Snowflake),
    Column("default_channel_id", Snowflake),
    Column("consent", String(16), nullable=False, server_default=text("'ask'")),
    Column("retention_days", Integer),
)

listed_words = Table(  # what may not be posted in a guild without a moderator's look at it
    "listed_words",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("word", String(64), primary_key=True),
    Column("added_by", Snowflake),
    Column("added_at", UtcTime, nullable=False),
)

uploads = Table(  # prompt sets of a guild's own; each new one of a slug is a version
    "uploads",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("slug", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("source", PlainText, nullable=False),
    Column("uploaded_by", Snowflake),
    Column("uploaded_at", UtcTime, nullable=False),
    Column("removed_at", UtcTime),
    UniqueConstraint("guild_id", "slug", "version"),
    sqlite_autoincrement=True,
)
