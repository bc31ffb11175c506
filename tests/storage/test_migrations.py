"""Migrations: they lead to the tables of the schema, and a broken one leaves the database as it was."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from bot.content.formats import open_floor
from bot.discussion.ids import GuildId, SessionId
from bot.discussion.transcript import Scope
from bot.storage import DatabaseDamaged, Store, notes, transcripts
from bot.storage.migrate import settings
from bot.storage.schema import metadata
from bot.storage.snapshot import snapshot
from bot.storage.versions import SHIPPED, Steps

from .samples import ARTICLE, PROMPT, PROMPT_SET, another_process, at, seen_from_outside

STEP = """
import os
from alembic import op
import sqlalchemy as sa
revision, down_revision, branch_labels, depends_on = "9999", "{head}", None, None
def upgrade():
    op.create_table("extra", sa.Column("id", sa.Integer, primary_key=True))
    op.add_column("notes", sa.Column("more", sa.Text))
    op.execute("UPDATE notes SET value = 'changed'")
    {last}
"""


def with_another(tmp_path: Path, last: str) -> Steps:
    """The shipped migrations and one more, which ends with that line."""
    folder = tmp_path / "100% steps"
    shutil.copytree(SHIPPED.folder, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_more.py").write_text(STEP.format(head=SHIPPED.head, last=last), encoding="utf-8")
    return Steps(folder, "9999")


async def make(path: Path, steps: Steps = SHIPPED) -> None:
    async with Store.open(path, steps=steps) as store:
        await store.write(lambda tx: notes.put(tx, "key", "kept"))


async def assert_unchanged(path: Path) -> None:
    assert seen_from_outside(path, "PRAGMA integrity_check") == ["ok"]
    assert seen_from_outside(path, "SELECT version_num FROM alembic_version") == [SHIPPED.head]
    assert seen_from_outside(path, "SELECT name FROM sqlite_master WHERE name = 'extra'") == []
    assert seen_from_outside(path, "SELECT name FROM pragma_table_info('notes')") == ["key", "value"]
    async with Store.open(path) as store:
        assert await store.read(lambda tx: notes.get(tx, "key")) == "kept"


@pytest.mark.filterwarnings("ignore:.*expression-based index")
async def test_the_migrations_lead_to_the_tables_of_the_schema(path: Path, tmp_path: Path) -> None:
    await make(path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as migrated:
        assert compare_metadata(MigrationContext.configure(migrated), metadata) == []
    engine.dispose()
    # The comparison sees neither the conditions of indexes nor autoincrement: the statements themselves do.
    straight = tmp_path / "straight.sqlite3"
    engine = create_engine(f"sqlite:///{straight}")
    metadata.create_all(engine)
    engine.dispose()
    assert statements(path) == statements(straight)


def statements(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as outside:
        rows = outside.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT IN ('alembic_version')"
        )
        # Within a statement the order of the constraints may differ; a table that was copied has its name in quotes.
        return {name: "".join(sorted(re.sub('[",]', " ", sql).split())) for name, sql in rows}


def test_the_version_we_open_without_alembic_is_the_last_migration() -> None:
    assert ScriptDirectory.from_config(settings(SHIPPED)).get_heads() == [SHIPPED.head]


def test_the_tables_can_be_made_in_postgresql() -> None:
    for table in metadata.sorted_tables:
        assert f"CREATE TABLE {table.name}" in str(CreateTable(table).compile(dialect=postgresql.dialect()))


async def test_a_good_migration_is_made(path: Path, tmp_path: Path) -> None:
    await make(path)
    steps = with_another(tmp_path, "pass")
    async with Store.open(path, steps=steps) as store:
        assert await store.read(lambda tx: notes.get(tx, "key")) == "changed"
    assert seen_from_outside(path, "SELECT version_num FROM alembic_version") == ["9999"]


async def test_a_migration_that_fails_in_the_middle_leaves_the_old_version(path: Path, tmp_path: Path) -> None:
    await make(path)
    steps = with_another(tmp_path, "raise RuntimeError('on purpose')")
    with pytest.raises(RuntimeError, match="on purpose"):
        async with Store.open(path, steps=steps):
            pass
    await assert_unchanged(path)


async def test_a_migration_that_would_break_records_is_not_made(path: Path, tmp_path: Path) -> None:
    await make(path)
    orphan = "INSERT INTO revisions (guild_id, response_id, body, replaced_at) VALUES (1, 1, '{{}}', '')"
    steps = with_another(tmp_path, f'op.execute("{orphan}")'.replace("{{}}", "x"))
    with pytest.raises(DatabaseDamaged, match="would have broken its records"):
        async with Store.open(path, steps=steps):
            pass
    await assert_unchanged(path)


async def test_a_migration_that_is_killed_in_the_middle_leaves_the_old_version(path: Path, tmp_path: Path) -> None:
    await make(path)
    steps = with_another(tmp_path, "os._exit(9)")
    assert another_process("migrate", path, steps.folder, steps.head).returncode == 9
    await assert_unchanged(path)


FIRST = """
INSERT INTO sessions (id, guild_id, channel_id, set_slug, prompt_set, article, started_by, started_at) VALUES
    (1, 7, 8, 'a-set', '{prompt_set}', '{article}', 9, '2026-03-02 09:00:00.000001');
INSERT INTO rounds (id, guild_id, session_id, channel_id, number, prompt, opened_at, closed_at) VALUES
    (1, 7, 1, 8, 1, '{prompt}', '2026-03-02 09:00:00.000001', '2026-03-02 09:05:00.000000'),
    (2, 7, 1, 8, 2, '{prompt}', '2026-03-02 09:00:00.000001', NULL);
INSERT INTO participants (guild_id, user_id, display_name, first_seen_at, last_seen_at) VALUES
    (7, 9, 'Mina', '2026-03-02 09:00:00.000001', '2026-03-02 09:00:00.000001');
INSERT INTO votes (id, guild_id, round_id, user_id, stance, at) VALUES
    (1, 7, 1, 9, 'yes', '2026-03-02 09:00:00.000001');
INSERT INTO revisions (id, guild_id, response_id, body, stance, replaced_at) VALUES
    (1, 7, 2, '{"claim":"was"}', 'no', '2026-03-02 09:00:00.000001');
INSERT INTO guild_settings (guild_id, teacher_role_id, moderator_role_id, default_channel_id) VALUES (7, 1, 2, 3);
INSERT INTO notes VALUES ('tree', 'hash');
"""
SECOND = """
INSERT INTO gaps VALUES (1, 7, 1, '2026-03-02 09:00:00.000001', '2026-03-02 09:01:00.000000', 'Stopped.');
INSERT INTO audits VALUES (1, 7, 9, '2026-03-02 09:00:00.000001', 'transcript.export', 1, '{"format":"html"}');
INSERT INTO pseudonyms VALUES (7, 1, 9, 'Azure Otter');
UPDATE responses SET hidden_at = '2026-03-02 09:00:00.000001' WHERE id = 3;
"""
THIRD = """
INSERT INTO kept_words VALUES (1, 7, 3, '{"claim":"was"}', '2026-03-02 09:00:00.000001');
UPDATE rounds SET lost = 'thread' WHERE id = 2;
UPDATE responses SET attachments = '[{"name":"map.png","type":"image/png","size":5}]' WHERE id = 3;
"""
SAID = (
    "INSERT INTO responses (id, guild_id, round_id, user_id, role, source, parent_id, stance, body, created_at,"
    " message_id) VALUES (?, 7, ?, 9, 'student', 'modal', ?, 'yes', '{\"claim\":\"한\"}', ?, ?)"
)
CHAIN = 3000


def fill_the_first(database: sqlite3.Connection) -> None:
    """Threads side by side in two rounds, one of them a chain of answers, and an erased response behind them all."""
    database.executescript(
        FIRST.replace("{prompt_set}", PROMPT_SET.model_dump_json(by_alias=True))
        .replace("{prompt}", PROMPT.model_dump_json(by_alias=True))
        .replace("{article}", ARTICLE.model_dump_json())
    )
    said = [(1, 1, None), (2, 2, None), (3, 1, 1), (4, 1, None), (5, 1, 3), (6, 1, 4), (7, 2, 2)]
    said += [(number, 1, number - 1 if number > 8 else 6) for number in range(8, CHAIN)]
    database.executemany(SAID, [(*one, "2026-03-02 09:00:00.000001", one[0]) for one in (*said, (9999, 1, None))])
    database.execute("DELETE FROM responses WHERE id = 9999")


def fill_the_second(database: sqlite3.Connection) -> None:
    """The same with all that the second version added."""
    fill_the_first(database)
    database.executescript(SECOND)


def fill_the_third(database: sqlite3.Connection) -> None:
    """And with all that the third added."""
    fill_the_second(database)
    database.executescript(THIRD)


FOURTH = """
INSERT INTO outdated VALUES (1, 7, 1, 3);
"""


def fill_the_fourth(database: sqlite3.Connection) -> None:
    """And with all that the fourth added."""
    fill_the_third(database)
    database.executescript(FOURTH)


FIFTH = """
UPDATE rounds SET format = '{format}', phase = 1, seed = 5, paused_at = '2026-03-02 09:00:00.000001' WHERE id = 2;
UPDATE phases SET ended_at = '2026-03-02 09:00:00.000001', notice_id = 77 WHERE round_id = 2;
INSERT INTO phases VALUES (7, 2, 1, '2026-03-02 09:00:00.000001', NULL, NULL);
INSERT INTO places VALUES (1, 7, 2, 9, 'yes', 1, '2026-03-02 09:00:00.000001', 'lot');
INSERT INTO endorsements (guild_id, response_id, user_id, at) VALUES (7, 3, 9, '2026-03-02 09:00:00.000001');
INSERT INTO votes VALUES (2, 7, 2, 9, 'no', '2026-03-02 09:00:00.000001', 1, 1);
UPDATE responses SET source = 'statement', phase = 1, group_number = 1, held_back = 1 WHERE id = 3;
"""


def fill_the_fifth(database: sqlite3.Connection) -> None:
    """And with all that the fifth added."""
    fill_the_fourth(database)
    database.executescript(FIFTH.replace("{format}", open_floor().model_dump_json(by_alias=True)))


SIXTH = """
UPDATE responses SET edited_by = 9 WHERE id = 3;
UPDATE revisions SET user_id = 9 WHERE id = 1;
INSERT INTO reminders VALUES (7, 9, '2026-03-02 09:00:00.000001');
"""


def fill_the_sixth(database: sqlite3.Connection) -> None:
    """And with all that the sixth added."""
    fill_the_fifth(database)
    database.executescript(SIXTH)


SEVENTH = """
INSERT INTO schedules VALUES (
    1, 7, 70, '2026-03-05 09:00:00.000000', 'Engage or sanction?', 'single-lesson', 'tests', 'oxford-debate', 10, 9,
    '2026-03-02 09:00:00.000001', 'refused', '2026-03-05 09:00:01.000000', 'No such set.', 1, 1, 700,
    '2026-03-05 09:00:00.000000'
);
"""


def fill_the_seventh(database: sqlite3.Connection) -> None:
    """And with all that the seventh added."""
    fill_the_sixth(database)
    database.executescript(SEVENTH)


EIGHTH = """
UPDATE guild_settings SET consent = 'school', retention_days = 30;
UPDATE participants SET agreed_at = '2026-03-02 09:00:00.000001', informed_at = '2026-03-02 09:00:00.000001';
UPDATE sessions SET pseudonymous = 1, approve_first = 1, slow_seconds = 20 WHERE id = 1;
UPDATE rounds SET pseudonymous = 1, approve_first = 1, slow_seconds = 20 WHERE session_id = 1;
UPDATE responses SET review = 'waiting' WHERE id = 3;
INSERT INTO listed_words VALUES (7, 'nonsense', 9, '2026-03-02 09:00:00.000001');
INSERT INTO uploads VALUES (1, 7, 'ours', 1, 'title: Ours', 9, '2026-03-02 09:00:00.000001', NULL);
INSERT INTO removals (guild_id, response_id, removed_by, reason, at) VALUES (
    7, 3, 9, 'Not here.', '2026-03-02 09:00:00.000001'
);
INSERT INTO reports (guild_id, response_id, user_id, reason, at) VALUES (
    7, 3, 8, 'Rude.', '2026-03-02 09:00:00.000001'
);
"""


def fill_the_eighth(database: sqlite3.Connection) -> None:
    """And with all that the eighth added."""
    fill_the_seventh(database)
    database.executescript(EIGHTH)


NINTH = """
UPDATE sessions SET coached = 0 WHERE id = 1;
UPDATE rounds SET coached = 0 WHERE session_id = 1;
UPDATE participants SET uncoached_at = '2026-03-02 09:00:00.000001';
UPDATE responses SET cites_known = 1 WHERE id = 3;
INSERT INTO citations VALUES (1, 7, 3, 2, 14, 'word for word', 'before ', ' behind', 'quote');
INSERT INTO askings
    SELECT 1, 7, round_id, 9, id, 'no-evidence', 'Where?', '2026-03-02 09:00:00.000001', NULL
    FROM responses WHERE id = 3;
"""


def fill_the_ninth(database: sqlite3.Connection) -> None:
    """And with all that the ninth added."""
    fill_the_eighth(database)
    database.executescript(NINTH)


FILLED = {
    "0001": fill_the_first,
    "0002": fill_the_second,
    "0003": fill_the_third,
    "0004": fill_the_fourth,
    "0005": fill_the_fifth,
    "0006": fill_the_sixth,
    "0007": fill_the_seventh,
    "0008": fill_the_eighth,
    "0009": fill_the_ninth,
}


def rows(path: Path) -> dict[str, list[dict[str, object]]]:
    with closing(sqlite3.connect(path)) as outside:
        outside.row_factory = sqlite3.Row
        tables = [row["name"] for row in outside.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: [dict(row) for row in outside.execute(f"SELECT * FROM {table}")]
            for table in tables
            if table != "alembic_version"
        }


@pytest.mark.parametrize("version", FILLED)
async def test_every_earlier_version_is_upgraded_with_its_records(path: Path, tmp_path: Path, version: str) -> None:
    async with Store.open(path, steps=Steps(SHIPPED.folder, version)):
        pass
    with closing(sqlite3.connect(path)) as outside, outside:
        FILLED[version](outside)
    before = rows(path)
    await make(path)
    after = rows(path)
    for table, kept in before.items():
        names = kept[0].keys() if kept else ()
        assert [{name: row[name] for name in names} for row in after[table] if kept and row.get("key") != "key"] == kept
    await make(tmp_path / "new.sqlite3")
    assert statements(path) == statements(tmp_path / "new.sqlite3")


def test_every_earlier_version_is_tried() -> None:
    shipped = ScriptDirectory.from_config(settings(SHIPPED)).walk_revisions()
    assert {step.revision for step in shipped} - {SHIPPED.head} == FILLED.keys()


async def test_answers_of_an_earlier_version_find_their_threads(path: Path) -> None:
    async with Store.open(path, steps=Steps(SHIPPED.folder, "0001")):
        pass
    with closing(sqlite3.connect(path)) as outside, outside:
        fill_the_first(outside)
    async with Store.open(path):
        pass
    told = seen_from_outside(path, "SELECT root_id FROM responses ORDER BY id")
    assert told[:7] == [None, None, 1, None, 1, 4, 2]
    assert set(told[7:]) == {4}
    assert len(told) == CHAIN - 1
    with snapshot(path) as tx:
        found = transcripts.transcript(
            tx, GuildId(7), SessionId(1), scope=Scope(), time_zone="UTC", exported_at=at(0), version="1"
        )
        assert found is not None
        first, second = (
            [(entry.response.id, entry.depth) for entry in found.entries(one)] for one in found.head.rounds
        )
    assert first[:5] == [(1, 0), (3, 1), (5, 2), (4, 0), (6, 1)]
    assert first[-1] == (CHAIN - 1, CHAIN - 7)
    assert second == [(2, 0), (7, 1)]
