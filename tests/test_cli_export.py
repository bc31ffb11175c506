"""`bot.py export`, beside a running bot and without one."""

import asyncio
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from bot.cli.exits import Exit
from tests.chat.doing import respond, start
from tests.conftest import SchoolClass
from tests.test_cli import parley


async def test_an_export_beside_the_running_bot(klass: SchoolClass, tmp_path: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "attack", claim="Ann's claim")
    database, out = klass.room.store.path, tmp_path / "out"

    done = await asyncio.to_thread(
        parley, "export", "--session", "1", "--out", str(out), "--names", "real", PARLEY_DATABASE=str(database)
    )

    assert done.returncode == Exit.OK, done.stderr
    assert done.stdout.splitlines()[-1] == "1 response, 1 vote"
    (zipped,) = out.iterdir()
    with zipfile.ZipFile(zipped) as opened:
        assert json.loads(opened.read("manifest.json"))["counts"]["responses"] == 1
    with closing(sqlite3.connect(database)) as record:
        audited = record.execute("SELECT user_id, action, session_id FROM audits").fetchall()
    assert audited == [(None, "transcript.export", 1)]
    await respond(klass, klass.ann, "attack", claim="The bot goes on writing.")


def test_what_cannot_be_exported_is_said_in_a_sentence(tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nowhere.sqlite3")

    done = parley("export", "--session", "1", "--out", str(tmp_path / "out"), PARLEY_DATABASE=nowhere)

    assert done.returncode == Exit.DATABASE
    assert "There is no database at" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
