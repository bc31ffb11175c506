"""What keeps order: words put aside, what moderators hid, reports, mutes."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, String, Table, UniqueConstraint

from bot.storage.columns import BodyJson, PlainText, RowId, Snowflake, UtcTime
from bot.storage.schema.base import index_where, metadata

kept_words = Table(  # what was withdrawn where it is not erased at once; no view of a class reads it
    "kept_words",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("response_id", RowId, nullable=False),
    Column("body", BodyJson, nullable=False),
    Column("kept_at", UtcTime, nullable=False),
    ForeignKeyConstraint(["guild_id", "response_id"], ["responses.guild_id", "responses.id"]),
    Index(None, "guild_id", "response_id", "id"),
    Index(None, "guild_id", "kept_at"),
    sqlite_autoincrement=True,
)

removals = Table(  # what a moderator has hidden last, and whether its author has been told
    "removals",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("response_id", RowId, primary_key=True, autoincrement=False),
    Column("removed_by", Snowflake),
    Column("reason", PlainText, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("told_at", UtcTime),
    Column("restored_at", UtcTime),
    ForeignKeyConstraint(["guild_id", "response_id"], ["responses.guild_id", "responses.id"]),
)
index_where(
    "ix_removals_untold",
    removals.c.told_at.is_(None) & removals.c.restored_at.is_(None),
    removals.c.guild_id,
    removals.c.response_id,
)

reports = Table(  # what somebody wants a moderator to look at
    "reports",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("response_id", RowId, nullable=False),
    Column("user_id", Snowflake, nullable=False),
    Column("reason", PlainText, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("settled_at", UtcTime),
    Column("settled_by", Snowflake),
    Column("outcome", String(16)),
    UniqueConstraint("guild_id", "response_id", "user_id"),
    ForeignKeyConstraint(["guild_id", "response_id"], ["responses.guild_id", "responses.id"]),
    Index(None, "guild_id", "user_id"),
    sqlite_autoincrement=True,
)
index_where("ix_reports_waiting", reports.c.settled_at.is_(None), reports.c.guild_id, reports.c.id)

mutes = Table(  # who may not speak in a session, from when until when: nobody twice at a time
    "mutes",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("session_id", RowId, nullable=False),
    Column("user_id", Snowflake, nullable=False),
    Column("muted_by", Snowflake),
    Column("reason", PlainText, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    ForeignKeyConstraint(["guild_id", "session_id"], ["sessions.guild_id", "sessions.id"]),
    Index(None, "guild_id", "session_id", "user_id", "id"),
    sqlite_autoincrement=True,
)
