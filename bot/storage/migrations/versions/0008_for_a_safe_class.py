"""For consent, retention, pseudonymous sessions, moderation, and a guild's own prompt sets.

Who took part before there was consent is asked before their next word, like everybody else.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the table for schedules."""
    _add_columns()
    _make_tables_of_guilds()
    _make_removals_and_mutes()
    _make_reports()


def _add_columns() -> None:
    columns = {
        "guild_settings": (
            sa.Column("consent", sa.String(length=16), nullable=False, server_default=sa.text("'ask'")),
            sa.Column("retention_days", sa.Integer()),
        ),
        "participants": (
            sa.Column("agreed_at", sa.DateTime(timezone=True)),
            sa.Column("informed_at", sa.DateTime(timezone=True)),
            sa.Column("declined_at", sa.DateTime(timezone=True)),
        ),
        "sessions": (
            sa.Column("pseudonymous", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("approve_first", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("slow_seconds", sa.Integer(), nullable=False, server_default=sa.text("0")),
        ),
        "rounds": (
            sa.Column("pseudonymous", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("approve_first", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("slow_seconds", sa.Integer(), nullable=False, server_default=sa.text("0")),
        ),
        "responses": (
            sa.Column("review", sa.String(length=16)),
            sa.Column("stand_in_id", sa.BigInteger()),
        ),
    }
    for table, added in columns.items():
        for column in added:
            op.add_column(table, column)
    stands_in = sa.text("stand_in_id IS NOT NULL")
    op.create_index(
        "uq_responses_stand_in",
        "responses",
        ["guild_id", "stand_in_id"],
        unique=True,
        sqlite_where=stands_in,
        postgresql_where=stands_in,
    )
    answers = sa.text("parent_id IS NOT NULL")
    reviewed = sa.text("review IS NOT NULL")
    op.create_index(
        "ix_responses_review",
        "responses",
        ["guild_id", "review", "id"],
        sqlite_where=reviewed,
        postgresql_where=reviewed,
    )
    op.create_index(
        "ix_responses_answers",
        "responses",
        ["guild_id", "round_id", "parent_id"],
        sqlite_where=answers,
        postgresql_where=answers,
    )


def _make_tables_of_guilds() -> None:
    op.create_table(
        "listed_words",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("word", sa.String(length=64), nullable=False),
        sa.Column("added_by", sa.BigInteger()),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "word", name="pk_listed_words"),
    )
    op.create_table(
        "uploads",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("uploaded_by", sa.BigInteger()),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_uploads"),
        sa.UniqueConstraint("guild_id", "slug", "version", name="uq_uploads_guild_id_slug_version"),
        sqlite_autoincrement=True,
    )


def _make_removals_and_mutes() -> None:
    op.create_table(
        "removals",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("response_id", _row_id(), autoincrement=False, nullable=False),
        sa.Column("removed_by", sa.BigInteger()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.Column("restored_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["guild_id", "response_id"], ["responses.guild_id", "responses.id"], name="fk_removals_responses"
        ),
        sa.PrimaryKeyConstraint("guild_id", "response_id", name="pk_removals"),
    )
    untold = sa.text("told_at IS NULL AND restored_at IS NULL")
    op.create_index(
        "ix_removals_untold",
        "removals",
        ["guild_id", "response_id"],
        sqlite_where=untold,
        postgresql_where=untold,
    )
    op.create_table(
        "mutes",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("session_id", _row_id(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("muted_by", sa.BigInteger()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["guild_id", "session_id"], ["sessions.guild_id", "sessions.id"], name="fk_mutes_sessions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mutes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mutes_guild_id_session_id_user_id_id", "mutes", ["guild_id", "session_id", "user_id", "id"])


def _make_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("response_id", _row_id(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("settled_by", sa.BigInteger()),
        sa.Column("outcome", sa.String(length=16)),
        sa.ForeignKeyConstraint(
            ["guild_id", "response_id"], ["responses.guild_id", "responses.id"], name="fk_reports_responses"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
        sa.UniqueConstraint("guild_id", "response_id", "user_id", name="uq_reports_guild_id_response_id_user_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reports_guild_id_user_id", "reports", ["guild_id", "user_id"])
    waiting = sa.text("settled_at IS NULL")
    op.create_index("ix_reports_waiting", "reports", ["guild_id", "id"], sqlite_where=waiting, postgresql_where=waiting)


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
