"""For schedules: the debates that wait for their time."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the columns for reminders and common texts."""
    op.create_table(
        "schedules",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("set_slug", sa.String(length=64), nullable=False),
        sa.Column("prompt_id", sa.String(length=64)),
        sa.Column("format", sa.String(length=64)),
        sa.Column("minutes", sa.Integer()),
        sa.Column("scheduled_by", sa.BigInteger(), nullable=False),
        sa.Column("scheduled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ending", sa.String(length=16)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.Text()),
        sa.Column("session_id", _row_id()),
        sa.Column("to_tell", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("event_id", sa.BigInteger()),
        sa.Column("event_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["guild_id", "session_id"], ["sessions.guild_id", "sessions.id"], name="fk_schedules_sessions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_schedules"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_schedules_guild_id_starts_at_id", "schedules", ["guild_id", "starts_at", "id"])
    waiting = sa.text("ending IS NULL")
    op.create_index(
        "ix_schedules_waiting", "schedules", ["starts_at", "id"], sqlite_where=waiting, postgresql_where=waiting
    )


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
