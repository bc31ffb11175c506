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

from bot.storage import DatabaseDamaged, Store, notes
from bot.storage.migrate import settings
from bot.storage.schema import metadata
from bot.storage.versions import SHIPPED, Steps

from .samples import another_process, seen_from_outside

STEP = """
import os
from alembic import op
import sqlalchemy as sa
revision, down_revision, branch_labels, depends_on = "9999", "0002", None, None
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
    (folder / "versions" / "9999_more.py").write_text(STEP.format(last=last), encoding="utf-8")
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
