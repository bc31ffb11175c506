"""For posts that are out of date: what was changed or taken back, and is not yet so to be seen on Discord."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the tables for what is lost on Discord."""
    op.create_table(
        "outdated",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", _row_id(), nullable=False),
        sa.Column("response_id", _row_id()),
        sa.ForeignKeyConstraint(["guild_id", "round_id"], ["rounds.guild_id", "rounds.id"], name="fk_outdated_rounds"),
        sa.ForeignKeyConstraint(
            ["guild_id", "round_id", "response_id"],
            ["responses.guild_id", "responses.round_id", "responses.id"],
            name="fk_outdated_responses",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outdated"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_outdated_guild_id_round_id_response_id_id", "outdated", ["guild_id", "round_id", "response_id", "id"]
    )


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
