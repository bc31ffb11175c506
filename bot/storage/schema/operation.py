"""What the bot itself needs to go on: posts out of date, notes, gaps, audits, schedules."""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Integer, String, Table, Text, false

from bot.storage.columns import BodyJson, PlainText, RowId, Snowflake, UtcTime
from bot.storage.schema.base import index_where, metadata

outdated = Table(  # posts on Discord that the record has changed under; without a word of it
    "outdated",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("round_id", RowId, nullable=False),
    Column("response_id", RowId),  # whose post it is; none: the card and the tally of the round itself
    ForeignKeyConstraint(["guild_id", "round_id"], ["rounds.guild_id", "rounds.id"]),
    ForeignKeyConstraint(
        ["guild_id", "round_id", "response_id"], ["responses.guild_id", "responses.round_id", "responses.id"]
    ),
    Index(None, "guild_id", "round_id", "response_id", "id"),
    sqlite_autoincrement=True,  # an id is never given twice: it says up to which change a post is true
)

notes = Table(
    "notes",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

gaps = Table(
    "gaps",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("round_id", RowId, nullable=False),
    Column("began_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime, nullable=False),
    Column("reason", PlainText, nullable=False),
    ForeignKeyConstraint(["guild_id", "round_id"], ["rounds.guild_id", "rounds.id"]),
    Index(None, "guild_id", "round_id", "began_at", "id"),
    sqlite_autoincrement=True,
)

audits = Table(
    "audits",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("user_id", Snowflake),
    Column("at", UtcTime, nullable=False),
    Column("action", String(32), nullable=False),
    Column("session_id", RowId),
    Column("details", BodyJson, nullable=False),
    ForeignKeyConstraint(["guild_id", "session_id"], ["sessions.guild_id", "sessions.id"]),
    Index(None, "guild_id", "action", "id"),
    sqlite_autoincrement=True,
)

schedules = Table(  # debates that wait for their time, and what became of them
    "schedules",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("channel_id", Snowflake, nullable=False),
    Column("starts_at", UtcTime, nullable=False),
    Column("title", PlainText, nullable=False),
    Column("set_slug", String(64), nullable=False),
    Column("prompt_id", String(64)),
    Column("format", String(64)),
    Column("minutes", Integer),
    Column("scheduled_by", Snowflake, nullable=False),
    Column("scheduled_at", UtcTime, nullable=False),
    Column("ending", String(16)),
    Column("ended_at", UtcTime),
    Column("reason", PlainText),
    Column("session_id", RowId),
    Column("to_tell", Boolean, nullable=False, server_default=false()),
    Column("event_id", Snowflake),
    Column("event_at", UtcTime),
    ForeignKeyConstraint(["guild_id", "session_id"], ["sessions.guild_id", "sessions.id"]),
    Index(None, "guild_id", "starts_at", "id"),
    sqlite_autoincrement=True,  # an id is never given twice: the button of an old list must not cancel another debate
)
index_where("ix_schedules_waiting", schedules.c.ending.is_(None), schedules.c.starts_at, schedules.c.id)
