"""What all tables share."""

from sqlalchemy import Column, ColumnElement, Index, MetaData

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def index_where(name: str, condition: ColumnElement[bool], *columns: Column[int], unique: bool = False) -> None:
    """An index over those rows only that fulfil a condition.

    The migrations, which make it, name the condition for PostgreSQL too. Naming it here would import all that
    SQLAlchemy knows of PostgreSQL, at every start.
    """
    Index(name, *columns, unique=unique, sqlite_where=condition)
