"""The tables. Every key that leads from one to another carries the guild: the database itself keeps guilds apart.

A change here needs a migration in migrations/versions; a test holds the two equal.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    func,
    text,
)

from bot.content.formats import Format
from bot.content.models import Article, Prompt, PromptSet
from bot.storage.columns import AttachmentsJson, BodyJson, ModelJson, PlainText, RowId, Snowflake, UtcTime

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _index_where(name: str, condition: ColumnElement[bool], *columns: Column[int], unique: bool = False) -> None:
    """An index over those rows only that fulfil a condition.

    The migrations, which make it, name the condition for PostgreSQL too. Naming it here would import all that
    SQLAlchemy knows of PostgreSQL, at every start.
    """
    Index(name, *columns, unique=unique, sqlite_where=condition)


guild_settings = Table(
    "guild_settings",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("teacher_role_id", Snowflake),
    Column("moderator_role_id", Snowflake),
    Column("default_channel_id", Snowflake),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("channel_id", Snowflake, nullable=False),
    Column("set_slug", String(64), nullable=False),
    Column("prompt_set", ModelJson(PromptSet), nullable=False),
    Column("article", ModelJson(Article), nullable=False),
    Column("minutes", Integer),
    Column("started_by", Snowflake, nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("closed_at", UtcTime),
    UniqueConstraint("guild_id", "id"),
    sqlite_autoincrement=True,  # an id is never given twice: a button of an erased session must not find another
)
_index_where(
    "uq_sessions_open", sessions.c.closed_at.is_(None), sessions.c.guild_id, sessions.c.channel_id, unique=True
)

rounds = Table(
    "rounds",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("session_id", RowId, nullable=False),
    Column("channel_id", Snowflake, nullable=False),
    Column("number", Integer, nullable=False),
    Column("prompt", ModelJson(Prompt), nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("deadline", UtcTime),
    Column("closed_at", UtcTime),
    Column("closing", String(16)),
    Column("card_id", Snowflake),
    Column("thread_id", Snowflake),
    Column("tally_id", Snowflake),
    Column("lost", String(16)),
    Column("format", ModelJson(Format)),  # none: before there were formats every debate was an open floor
    Column("phase", Integer, nullable=False, server_default=text("0")),
    Column("paused_at", UtcTime),
    Column("seed", Integer, nullable=False, server_default=text("0")),
    UniqueConstraint("guild_id", "id"),
    UniqueConstraint("guild_id", "session_id", "number"),
    ForeignKeyConstraint(["guild_id", "session_id"], ["sessions.guild_id", "sessions.id"]),
    Index(None, "guild_id", "thread_id"),
    sqlite_autoincrement=True,
)
_index_where("uq_rounds_open", rounds.c.closed_at.is_(None), rounds.c.guild_id, rounds.c.session_id, unique=True)
_index_where("ix_rounds_untold", rounds.c.closed_at.is_not(None) & rounds.c.tally_id.is_(None), rounds.c.id)

phases = Table(  # those that have begun, each with the message that told the class so
    "phases",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("round_id", RowId, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("began_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("notice_id", Snowflake),
    ForeignKeyConstraint(["guild_id", "round_id"], ["rounds.guild_id", "rounds.id"]),
)

places = Table(  # every change of somebody's assigned side or group is a row
    "places",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("round_id", RowId, nullable=False),
    Column("user_id", Snowflake, nullable=False),
    Column("side", String(64), nullable=False),
    Column("group_number", Integer),
    Column("at", UtcTime, nullable=False),
    Column("reason", String(16), nullable=False),
    ForeignKeyConstraint(["guild_id", "round_id"], ["rounds.guild_id", "rounds.id"]),
    Index(None, "guild_id", "round_id", "user_id", "id"),
    sqlite_autoincrement=True,
)

participants = Table(
    "participants",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("user_id", Snowflake, primary_key=True, autoincrement=False),
    Column("display_name", PlainText, nullable=False),
    Column("first_seen_at", UtcTime, nullable=False),
    Column("last_seen_at", UtcTime, nullable=False),
)

votes = Table(
    "votes",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("round_id", RowId, nullable=False),
    Column("user_id", Snowflake, nullable=False),
    Column("stance", String(64), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("phase", Integer, nullable=False, server_default=text("0")),
    Column("secret", Boolean, nullable=False, server_default=false()),
    ForeignKeyConstraint(["guild_id", "round_id"], ["rounds.guild_id", "rounds.id"]),
    Index(None, "guild_id", "round_id", "user_id", "id"),
    sqlite_autoincrement=True,
)

responses = Table(
    "responses",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("round_id", RowId, nullable=False),
    Column("user_id", Snowflake, nullable=False),
    Column("role", String(16), nullable=False),
    Column("source", String(16), nullable=False),
    Column("parent_id", RowId),
    Column("stance", String(64)),
    Column("body", BodyJson, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("edited_at", UtcTime),
    Column("withdrawn_at", UtcTime),
    Column("message_id", Snowflake),
    Column(
        "root_id", RowId
    ),  # the first response of its thread of answers; none where the response is itself the first
    Column("hidden_at", UtcTime),
    Column("attachments", AttachmentsJson),
    Column("phase", Integer, nullable=False, server_default=text("0")),
    Column("group_number", Integer),
    Column("held_back", Boolean, nullable=False, server_default=false()),
    Column("edited_by", Snowflake),  # whose the present wording is, of what several write; none: its author's
    UniqueConstraint("guild_id", "id"),
    UniqueConstraint("guild_id", "round_id", "id"),
    UniqueConstraint("guild_id", "message_id"),
    ForeignKeyConstraint(["guild_id", "round_id"], ["rounds.guild_id", "rounds.id"]),
    ForeignKeyConstraint(
        ["guild_id", "round_id", "parent_id"], ["responses.guild_id", "responses.round_id", "responses.id"]
    ),
    Index(None, "guild_id", "round_id", "created_at", "id"),
    Index(None, "guild_id", "user_id", "created_at", "id"),
    Index(None, "guild_id", "round_id", "user_id", "role", "created_at", "id"),  # who spoke, without reading the words
    sqlite_autoincrement=True,
)
THREAD = func.coalesce(responses.c.root_id, responses.c.id)
"""Responses in this order, and by id within it, stand thread by thread: each before all that was said under it.

Kept as an expression, so that recording a response is one statement: only the database knows the new one's own id.
"""

Index("ix_responses_told", responses.c.guild_id, responses.c.round_id, THREAD, responses.c.id)
_index_where(
    "ix_responses_unposted", responses.c.message_id.is_(None) & responses.c.withdrawn_at.is_(None), responses.c.id
)

_index_where("ix_responses_edited_by", responses.c.edited_by.is_not(None), responses.c.guild_id, responses.c.edited_by)

revisions = Table(
    "revisions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("response_id", RowId, nullable=False),
    Column("body", BodyJson, nullable=False),
    Column("stance", String(64)),
    Column("replaced_at", UtcTime, nullable=False),
    Column("user_id", Snowflake),  # whose wording it was, as of the response
    ForeignKeyConstraint(["guild_id", "response_id"], ["responses.guild_id", "responses.id"]),
    Index(None, "guild_id", "response_id", "id"),
    sqlite_autoincrement=True,
)

_index_where("ix_revisions_user_id", revisions.c.user_id.is_not(None), revisions.c.guild_id, revisions.c.user_id)

endorsements = Table(  # whom a response has moved
    "endorsements",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("response_id", RowId, primary_key=True, autoincrement=False),
    Column("user_id", Snowflake, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    ForeignKeyConstraint(["guild_id", "response_id"], ["responses.guild_id", "responses.id"]),
)

reminders = Table(  # who wants to be reminded of what they still have to do
    "reminders",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("user_id", Snowflake, primary_key=True, autoincrement=False),
    Column("since", UtcTime, nullable=False),
)

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
_index_where("ix_schedules_waiting", schedules.c.ending.is_(None), schedules.c.starts_at, schedules.c.id)
