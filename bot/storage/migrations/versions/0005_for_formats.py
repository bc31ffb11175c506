"""For formats: how each round is debated, its phases, assigned places, secret votes, words that wait to be shown."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the tables for posts that are out of date."""
    none, no = sa.text("0"), sa.false()
    op.add_column("rounds", sa.Column("format", sa.JSON()))
    op.add_column("rounds", sa.Column("phase", sa.Integer(), nullable=False, server_default=none))
    op.add_column("rounds", sa.Column("paused_at", sa.DateTime(timezone=True)))
    op.add_column("rounds", sa.Column("seed", sa.Integer(), nullable=False, server_default=none))
    op.add_column("votes", sa.Column("phase", sa.Integer(), nullable=False, server_default=none))
    op.add_column("votes", sa.Column("secret", sa.Boolean(), nullable=False, server_default=no))
    op.add_column("responses", sa.Column("phase", sa.Integer(), nullable=False, server_default=none))
    op.add_column("responses", sa.Column("group_number", sa.Integer()))
    op.add_column("responses", sa.Column("held_back", sa.Boolean(), nullable=False, server_default=no))
    _phases()
    _places()
    _endorsements()


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _phases() -> None:
    op.create_table(
        "phases",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round_id", _row_id(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("notice_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(["guild_id", "round_id"], ["rounds.guild_id", "rounds.id"], name="fk_phases_rounds"),
        sa.PrimaryKeyConstraint("guild_id", "round_id", "number", name="pk_phases"),
    )
    op.execute(
        "INSERT INTO phases (guild_id, round_id, number, began_at, ended_at)"
        " SELECT guild_id, id, 0, opened_at, closed_at FROM rounds"
    )


def _places() -> None:
    op.create_table(
        "places",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", _row_id(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("side", sa.String(length=64), nullable=False),
        sa.Column("group_number", sa.Integer()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["guild_id", "round_id"], ["rounds.guild_id", "rounds.id"], name="fk_places_rounds"),
        sa.PrimaryKeyConstraint("id", name="pk_places"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_places_guild_id_round_id_user_id_id", "places", ["guild_id", "round_id", "user_id", "id"])


def _endorsements() -> None:
    op.create_table(
        "endorsements",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("response_id", _row_id(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild_id", "response_id"], ["responses.guild_id", "responses.id"], name="fk_endorsements_responses"
        ),
        sa.PrimaryKeyConstraint("guild_id", "response_id", "user_id", name="pk_endorsements"),
    )
