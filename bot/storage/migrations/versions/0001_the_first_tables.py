"""The first tables: settings, sessions, rounds, participants, votes, responses, revisions, notes."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From an empty file."""
    _guild_settings()
    _notes()
    _participants()
    _sessions()
    _rounds()
    _responses()
    _revisions()
    _votes()


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _guild_settings() -> None:
    op.create_table(
        "guild_settings",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("teacher_role_id", sa.BigInteger()),
        sa.Column("moderator_role_id", sa.BigInteger()),
        sa.Column("default_channel_id", sa.BigInteger()),
        sa.PrimaryKeyConstraint("guild_id", name="pk_guild_settings"),
    )


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_notes"),
    )


def _participants() -> None:
    op.create_table(
        "participants",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "user_id", name="pk_participants"),
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("set_slug", sa.String(length=32), nullable=False),
        sa.Column("prompt_set", sa.JSON(), nullable=False),
        sa.Column("article", sa.JSON(), nullable=False),
        sa.Column("minutes", sa.Integer()),
        sa.Column("started_by", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("guild_id", "id", name="uq_sessions_guild_id_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_sessions_open",
        "sessions",
        ["guild_id", "channel_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def _rounds() -> None:
    op.create_table(
        "rounds",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("session_id", _row_id(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("prompt", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True)),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("closing", sa.String(length=16)),
        sa.Column("card_id", sa.BigInteger()),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("tally_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["guild_id", "session_id"], ["sessions.guild_id", "sessions.id"], name="fk_rounds_sessions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
        sa.UniqueConstraint("guild_id", "id", name="uq_rounds_guild_id_id"),
        sa.UniqueConstraint("guild_id", "session_id", "number", name="uq_rounds_guild_id_session_id_number"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rounds_guild_id_thread_id", "rounds", ["guild_id", "thread_id"])
    op.create_index(
        "ix_rounds_untold",
        "rounds",
        ["id"],
        sqlite_where=sa.text("closed_at IS NOT NULL AND tally_id IS NULL"),
        postgresql_where=sa.text("closed_at IS NOT NULL AND tally_id IS NULL"),
    )
    op.create_index(
        "uq_rounds_open",
        "rounds",
        ["guild_id", "session_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def _responses() -> None:
    op.create_table(
        "responses",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", _row_id(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("parent_id", _row_id()),
        sa.Column("stance", sa.String(length=32)),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("message_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["guild_id", "round_id", "parent_id"],
            ["responses.guild_id", "responses.round_id", "responses.id"],
            name="fk_responses_responses",
        ),
        sa.ForeignKeyConstraint(["guild_id", "round_id"], ["rounds.guild_id", "rounds.id"], name="fk_responses_rounds"),
        sa.PrimaryKeyConstraint("id", name="pk_responses"),
        sa.UniqueConstraint("guild_id", "id", name="uq_responses_guild_id_id"),
        sa.UniqueConstraint("guild_id", "message_id", name="uq_responses_guild_id_message_id"),
        sa.UniqueConstraint("guild_id", "round_id", "id", name="uq_responses_guild_id_round_id_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_responses_guild_id_round_id_created_at_id", "responses", ["guild_id", "round_id", "created_at", "id"]
    )
    op.create_index(
        "ix_responses_guild_id_user_id_created_at_id", "responses", ["guild_id", "user_id", "created_at", "id"]
    )
    op.create_index(
        "ix_responses_unposted",
        "responses",
        ["id"],
        sqlite_where=sa.text("message_id IS NULL AND withdrawn_at IS NULL"),
        postgresql_where=sa.text("message_id IS NULL AND withdrawn_at IS NULL"),
    )


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("response_id", _row_id(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("stance", sa.String(length=32)),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "response_id"], ["responses.guild_id", "responses.id"], name="fk_revisions_responses"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_revisions_guild_id_response_id_id", "revisions", ["guild_id", "response_id", "id"])


def _votes() -> None:
    op.create_table(
        "votes",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", _row_id(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("stance", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["guild_id", "round_id"], ["rounds.guild_id", "rounds.id"], name="fk_votes_rounds"),
        sa.PrimaryKeyConstraint("id", name="pk_votes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_votes_guild_id_round_id_user_id_id", "votes", ["guild_id", "round_id", "user_id", "id"])
