"""Debates: sessions, rounds, phases, and what is said and voted in them."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    false,
    func,
    text,
    true,
)

from bot.content.formats import Format
from bot.content.models import Article, Prompt, PromptSet
from bot.storage.columns import AttachmentsJson, BodyJson, ModelJson, RowId, Snowflake, UtcTime
from bot.storage.schema.base import index_where, metadata

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
    Column("pseudonymous", Boolean, nullable=False, server_default=false()),
    Column("approve_first", Boolean, nullable=False, server_default=false()),
    Column("slow_seconds", Integer, nullable=False, server_default=text("0")),
    Column("coached", Boolean, nullable=False, server_default=true()),
    UniqueConstraint("guild_id", "id"),
    sqlite_autoincrement=True,  # an id is never given twice: a button of an erased session must not find another
)
index_where("uq_sessions_open", sessions.c.closed_at.is_(None), sessions.c.guild_id, sessions.c.channel_id, unique=True)

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
    Column("pseudonymous", Boolean, nullable=False, server_default=false()),  # these four as its session has them:
    Column("approve_first", Boolean, nullable=False, server_default=false()),  # whoever records a word reads the round
    Column("slow_seconds", Integer, nullable=False, server_default=text("0")),  # and not all of the session too
    Column("coached", Boolean, nullable=False, server_default=true()),
    UniqueConstraint("guild_id", "id"),
    UniqueConstraint("guild_id", "session_id", "number"),
    ForeignKeyConstraint(["guild_id", "session_id"], ["sessions.guild_id", "sessions.id"]),
    Index(None, "guild_id", "thread_id"),
    sqlite_autoincrement=True,
)
index_where("uq_rounds_open", rounds.c.closed_at.is_(None), rounds.c.guild_id, rounds.c.session_id, unique=True)
index_where("ix_rounds_untold", rounds.c.closed_at.is_not(None) & rounds.c.tally_id.is_(None), rounds.c.id)

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
    Column("review", String(16)),  # where a moderator reads first: what became of it
    Column("edited_by", Snowflake),  # whose the present wording is, of what several write; none: its author's
    Column("stand_in_id", Snowflake),  # the bot's own message where a typed one stood that a moderator has hidden
    Column("cites_known", Boolean, nullable=False, server_default=false()),  # has its wording been looked into?
    UniqueConstraint("guild_id", "id"),
    UniqueConstraint("guild_id", "round_id", "id"),
    UniqueConstraint("guild_id", "message_id"),
    ForeignKeyConstraint(["guild_id", "round_id"], ["rounds.guild_id", "rounds.id"]),
    ForeignKeyConstraint(
        ["guild_id", "round_id", "parent_id"], ["responses.guild_id", "responses.round_id", "responses.id"]
    ),
    Index(None, "guild_id", "round_id", "created_at", "id"),
    Index(None, "guild_id", "round_id", "user_id", "role", "created_at", "id"),  # who spoke, without reading the words
    sqlite_autoincrement=True,
)
THREAD = func.coalesce(responses.c.root_id, responses.c.id)
"""Responses in this order, and by id within it, stand thread by thread: each before all that was said under it.

Kept as an expression, so that recording a response is one statement: only the database knows the new one's own id.
"""

Index("ix_responses_told", responses.c.guild_id, responses.c.round_id, THREAD, responses.c.id)
index_where(
    "ix_responses_unposted", responses.c.message_id.is_(None) & responses.c.withdrawn_at.is_(None), responses.c.id
)

index_where("ix_responses_edited_by", responses.c.edited_by.is_not(None), responses.c.guild_id, responses.c.edited_by)
index_where(  # else whoever deletes a round looks through all of it for the answers to each of its responses
    "ix_responses_answers",
    responses.c.parent_id.is_not(None),
    responses.c.guild_id,
    responses.c.round_id,
    responses.c.parent_id,
)
index_where("ix_responses_cites_unknown", responses.c.cites_known.is_(False), responses.c.id)
index_where(
    "ix_responses_review",
    responses.c.review.is_not(None),
    responses.c.guild_id,
    responses.c.review,
    responses.c.id,
)
index_where(
    "uq_responses_stand_in",
    responses.c.stand_in_id.is_not(None),
    responses.c.guild_id,
    responses.c.stand_in_id,
    unique=True,
)

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

index_where("ix_revisions_user_id", revisions.c.user_id.is_not(None), revisions.c.guild_id, revisions.c.user_id)

endorsements = Table(  # whom a response has moved: named in a reflection, said by its button, or both
    "endorsements",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("response_id", RowId, primary_key=True, autoincrement=False),
    Column("user_id", Snowflake, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("reflected", Boolean, nullable=False, server_default=true()),
    Column("pressed", Boolean, nullable=False, server_default=false()),
    ForeignKeyConstraint(["guild_id", "response_id"], ["responses.guild_id", "responses.id"]),
)
