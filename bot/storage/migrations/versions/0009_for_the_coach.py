"""For the coach: what responses cite, what was asked back and why, and what moved somebody by its button."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the tables for a safe class."""
    op.add_column("participants", sa.Column("uncoached_at", sa.DateTime(timezone=True)))
    for table in ("sessions", "rounds"):
        op.add_column(table, sa.Column("coached", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("endorsements", sa.Column("reflected", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("endorsements", sa.Column("pressed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("responses", sa.Column("cites_known", sa.Boolean(), nullable=False, server_default=sa.false()))
    unknown = sa.text("cites_known IS 0")
    op.create_index(
        "ix_responses_cites_unknown",
        "responses",
        ["id"],
        sqlite_where=unknown,
        postgresql_where=sa.text("NOT cites_known"),
    )
    op.create_table(
        "citations",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("response_id", _row_id(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "response_id"], ["responses.guild_id", "responses.id"], name="fk_citations_responses"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_citations"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_citations_guild_id_response_id_id", "citations", ["guild_id", "response_id", "id"])
    op.create_table(
        "askings",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", _row_id(), nullable=False),
        sa.Column("user_id", sa.BigInteger()),
        sa.Column("response_id", _row_id()),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(["guild_id", "round_id"], ["rounds.guild_id", "rounds.id"], name="fk_askings_rounds"),
        sa.ForeignKeyConstraint(
            ["guild_id", "round_id", "response_id"],
            ["responses.guild_id", "responses.round_id", "responses.id"],
            name="fk_askings_responses",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_askings"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_askings_guild_id_round_id_user_id_id", "askings", ["guild_id", "round_id", "user_id", "id"])
    op.create_index("ix_askings_guild_id_round_id_response_id", "askings", ["guild_id", "round_id", "response_id"])


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
