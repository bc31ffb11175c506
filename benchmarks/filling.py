"""A record with any number of responses on file, made from one by SQL: a million through the bot takes hours."""

import sqlite3
from contextlib import closing
from pathlib import Path

A_ROUND = 1000
"""Responses in each round."""
A_SESSION = 10
"""Rounds in each session."""

_NUMBERS = "WITH RECURSIVE numbers (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < :count)"
_FAST = ("journal_mode = OFF", "synchronous = OFF", "cache_size = -500000")


def multiply(database: Path, responses: int) -> None:
    """Add so many responses like the only one on file: the last thousand to its own round, the others to closed ones.

    The database must be closed. Its participants wrote them in turn.
    """
    with closing(sqlite3.connect(database)) as connection:
        for pragma in _FAST:
            connection.execute(f"PRAGMA {pragma}")
        with connection:
            _multiply(connection, responses)
        connection.execute("PRAGMA journal_mode = WAL")


def _multiply(connection: sqlite3.Connection, responses: int) -> None:
    [(open_round, session)] = connection.execute("SELECT id, session_id FROM rounds")
    closed = responses // A_ROUND - 1
    sessions = -(-closed // A_SESSION)
    _copy(connection, "sessions", sessions, id=f"{session} + 1 + i", closed_at="started_at")
    _copy(
        connection, "rounds", closed, id=f"{open_round} + 1 + i", session_id=f"{session} + 1 + i / {A_SESSION}",
        number=f"1 + i % {A_SESSION}", closed_at="opened_at", closing="'close'", card_id="NULL", thread_id="NULL",
        tally_id="1 + i",
    )  # fmt: skip
    people = [user_id for (user_id,) in connection.execute("SELECT user_id FROM participants")]
    writer = " ".join(f"WHEN {place} THEN {user_id}" for place, user_id in enumerate(people))
    _copy(
        connection, "responses", responses, id="NULL",
        round_id=f"CASE i / {A_ROUND} WHEN {closed} THEN {open_round} ELSE {open_round} + 1 + i / {A_ROUND} END",
        user_id=f"CASE i % {len(people)} {writer} END", message_id="1 + i", cites_known="1",
    )  # fmt: skip


def _copy(connection: sqlite3.Connection, table: str, count: int, **changed: str) -> None:
    """Add so many rows like the table's first one, but for columns given as SQL, in which `i` counts from 0."""
    columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(changed.get(name, name) for name in columns)
    connection.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) {_NUMBERS} "  # noqa: S608 - the names are ours
        f"SELECT {values} FROM numbers, (SELECT * FROM {table} ORDER BY id LIMIT 1)",
        {"count": count},
    )
