"""What holds students' words or the token is its owner's alone, whatever the umask, and however it was before."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.exits import Exit
from bot.cli.private import narrow
from bot.discussion.values import Source
from bot.rehearsal.keeping import write_private
from bot.storage import Store, Transaction
from bot.storage.backup import back_up
from bot.storage.restore import restore
from bot.transcripts.files import drafts_in
from tests.conftest import ROOT
from tests.operating.fake_discord import FakeDiscord, fake_discord
from tests.operating.processes import Place, done, parley
from tests.storage.samples import a_debate, a_response

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows knows no such modes")


@contextmanager
def umask(mask: int) -> Generator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncGenerator[Place]:
    async with fake_discord(FakeDiscord()) as listening:
        yield Place(tmp_path, listening.port)


def modes(folder: Path) -> dict[str, str]:
    """The mode of the folder and of all that is in it and below."""
    return {str(path): oct(stat.S_IMODE(path.stat().st_mode)) for path in [folder, *folder.rglob("*")]}


def assert_private(folder: Path) -> None:
    found = modes(folder)
    assert found
    assert {path: mode for path, mode in found.items() if mode != ("0o700" if Path(path).is_dir() else "0o600")} == {}


def _fill(tx: Transaction) -> None:
    a_response(tx, a_debate(tx).id, source=Source.MODAL)


async def test_what_the_processes_make_is_private(place: Place) -> None:
    data, copy, out = place.database.parent, place.folder / "copy.sqlite3", place.folder / "out"
    with umask(0o000):
        async with parley(place, "run") as running:
            await running.says("connected as Parley")
            there = {path.name for path in data.iterdir()}
            assert {"parley.log", *(f"parley.sqlite3{end}" for end in ("", "-wal", "-shm", ".lock"))} <= there
            assert_private(data)
            await running.told_to_stop(signal.SIGTERM)
        async with Store.open(place.database) as store:
            await store.write(_fill)
        exported = await done(place, "export", "--session", "1", "--out", str(out))
        saved = await done(place, "backup", str(copy))
    for told in (exported, saved):
        assert told.status == Exit.OK, told.said
    assert len(list(out.iterdir())) == 1
    assert_private(data)
    assert_private(out)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


@pytest.mark.parametrize("mask", [0o000, 0o022])
async def test_what_is_made_is_private_under_any_umask(tmp_path: Path, mask: int) -> None:
    database, copy, out = tmp_path / "data" / "parley.sqlite3", tmp_path / "copy.sqlite3", tmp_path / "out"
    with umask(mask):
        async with Store.open(database) as store:
            await store.write(_fill)
            assert_private(database.parent)
        back_up(database, copy, on_progress=lambda _done, _total: None)
        restored = restore(
            copy, database, now=datetime(2026, 11, 22, tzinfo=UTC), on_progress=lambda _done, _total: None
        )
        write_private(tmp_path / "room" / "parley.world.json", b"{}")
        with drafts_in(out) as drafts:
            drafts.open("transcript.txt").out.write(b"words")
            drafts.publish()
    assert restored.aside is not None
    for folder in (database.parent, out, tmp_path / "room"):
        assert_private(folder)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


async def test_what_was_open_is_closed_at_a_start_and_the_log_tells(place: Place) -> None:
    data = place.database.parent
    async with Store.open(place.database):
        pass
    (data / "parley.log").write_text("", encoding="utf-8")
    (data / "parley.log.1").write_text("", encoding="utf-8")
    aside = data / "parley.before-restore-20261122T173000Z.sqlite3"
    aside.write_bytes(b"")
    data.chmod(0o755)
    for path in data.iterdir():
        path.chmod(0o644)

    before = await done(place, "doctor")
    async with parley(place, "run") as running:
        await running.says("connected as Parley")
        assert_private(data)
        ended = await running.told_to_stop(signal.SIGTERM)
    after = await done(place, "doctor")

    for path, mode in ((data, "0755"), (place.database, "0644"), (aside, "0644"), (data / "parley.log.1", "0644")):
        assert f"DO   files: others may get at {path} (mode {mode})" in before.said
        assert f"others could get at {path} (mode {mode}); it is private now" in ended.said
    assert "others may get at" not in after.said
    assert "could get at" in place.log.read_text("utf-8")


def test_a_folder_that_is_also_for_something_else_is_left(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    database, theirs = tmp_path / "parley.sqlite3", tmp_path / "holiday.jpg"
    for path in (database, theirs):
        path.write_bytes(b"")
        path.chmod(0o644)
    tmp_path.chmod(0o755)

    narrow(database)

    found = [stat.S_IMODE(path.stat().st_mode) for path in (database, theirs, tmp_path)]
    assert found == [0o600, 0o644, 0o755]
    assert caplog.text.count("could get at") == 1
    theirs.unlink()
    narrow(database)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_the_doctor_warns_of_an_env_that_others_can_read(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("PARLEY_LOG_LEVEL=INFO\n", encoding="utf-8")
    env.chmod(0o640)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PARLEY_", "DISCORD_"))}
    command = [sys.executable, str(ROOT / "bot.py"), "doctor"]

    told = subprocess.run(command, cwd=tmp_path, env=clean, capture_output=True, text=True, check=False).stdout

    assert "DO   files: others may get at .env (mode 0640); chmod 600 .env" in told
