"""JSON Lines from a real database, read back: the same rows."""

import asyncio
import json
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discussion.ids import SessionId
from bot.discussion.transcript import Names, Scope
from bot.storage import Store
from bot.storage.snapshot import snapshot
from bot.transcripts import Format
from bot.transcripts.writing import write
from tests.storage.test_transcripts import Class, classes, record, tell
from tests.transcripts.reading import Back, read_back


def as_recorded(database: Path) -> tuple[list[Any], list[Any], list[Any]]:
    """Responses, votes and revisions as the file itself has them."""
    with closing(sqlite3.connect(database)) as rows:
        said = rows.execute(
            "SELECT id, user_id, role, source, parent_id, stance, body, message_id, edited_at IS NOT NULL, "
            "withdrawn_at IS NOT NULL FROM responses ORDER BY id"
        ).fetchall()
        cast = rows.execute("SELECT round_id, user_id, stance FROM votes ORDER BY round_id, id").fetchall()
        earlier = rows.execute(
            "SELECT v.response_id, v.body, v.stance FROM revisions v JOIN responses r ON r.id = v.response_id "
            "WHERE r.withdrawn_at IS NULL ORDER BY v.id"
        ).fetchall()
    return (
        [(*row[:6], json.loads(row[6]), *row[7:]) for row in said],
        sorted(cast),
        sorted((row[0], json.loads(row[1]).get("text"), row[2]) for row in earlier),
    )


def as_told(back: Back) -> tuple[list[Any], list[Any], list[Any]]:
    """The same of what was read back."""
    told = sorted((entry.response for entry in back.entries), key=lambda response: response.id)
    return (
        [
            (
                each.id,
                each.user_id,
                each.role.value,
                each.source.value,
                each.parent_id,
                each.stance,
                dict(each.body),
                each.message_id,
                each.edited_at is not None,
                each.withdrawn_at is not None,
            )
            for each in told
        ],
        sorted((vote.round.id, vote.speaker.user_id, vote.stance) for vote in back.votes),
        sorted(
            (revision.response_id, revision.body.get("text"), revision.stance)
            for entry in back.entries
            for revision in entry.revisions
        ),
    )


def test_json_lines_read_back_are_the_rows_of_the_database(tmp_path: Path) -> None:
    empty = tmp_path / "empty.sqlite3"

    async def make(path: Path, lessons: list[Class]) -> None:
        async with Store.open(path) as store:
            if lessons:
                await store.write(lambda tx: record(tx, lessons))

    asyncio.run(make(empty, []))

    @settings(max_examples=8, deadline=None)
    @given(st.lists(classes, min_size=1, max_size=3))
    def run(lessons: list[Class]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            database = Path(folder) / "parley.sqlite3"
            database.write_bytes(empty.read_bytes())
            asyncio.run(make(database, lessons))
            with snapshot(database) as tx:
                (path,) = write(tell(tx, SessionId(1), Scope(Names.REAL)), Format.JSONL, Path(folder) / "out").files
            with path.open(encoding="utf-8") as lines:
                assert as_told(read_back(lines)) == as_recorded(database)

    run()
