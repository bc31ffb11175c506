"""For what is lost on Discord: attachments by name, rounds without thread or channel, withdrawn words that are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the tables for transcripts."""
    op.add_column("rounds", sa.Column("lost", sa.String(length=16)))
    op.add_column("responses", sa.Column("attachments", sa.JSON()))
    _kept_words()


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _kept_words() -> None:
    op.create_table(
        "kept_words",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("response_id", _row_id(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "response_id"], ["responses.guild_id", "responses.id"], name="fk_kept_words_responses"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_kept_words"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_kept_words_guild_id_response_id_id", "kept_words", ["guild_id", "response_id", "id"])
    op.create_index("ix_kept_words_guild_id_kept_at", "kept_words", ["guild_id", "kept_at"])
