"""Who takes part, under which name, and what they wish."""

from sqlalchemy import Column, ForeignKeyConstraint, String, Table, UniqueConstraint

from bot.storage.columns import PlainText, RowId, Snowflake, UtcTime
from bot.storage.schema.base import metadata

participants = Table(
    "participants",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("user_id", Snowflake, primary_key=True, autoincrement=False),
    Column("display_name", PlainText, nullable=False),
    Column("first_seen_at", UtcTime, nullable=False),
    Column("last_seen_at", UtcTime, nullable=False),
    Column("agreed_at", UtcTime),  # since when their words may be recorded
    Column("informed_at", UtcTime),  # when they were told what is recorded, where their school has consented for them
    Column("declined_at", UtcTime),  # when they took it back
    Column("uncoached_at", UtcTime),  # since when the coach leaves them alone
)

reminders = Table(  # who wants to be reminded of what they still have to do
    "reminders",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("user_id", Snowflake, primary_key=True, autoincrement=False),
    Column("since", UtcTime, nullable=False),
)

pseudonyms = Table(  # without a key of its own: a number counted up would tell who came first
    "pseudonyms",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("session_id", RowId, primary_key=True, autoincrement=False),
    Column("user_id", Snowflake, primary_key=True, autoincrement=False),
    Column("pseudonym", String(64), nullable=False),
    UniqueConstraint("guild_id", "session_id", "pseudonym"),
    ForeignKeyConstraint(["guild_id", "session_id"], ["sessions.guild_id", "sessions.id"]),
)
