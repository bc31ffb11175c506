"""Opening: a new file, an old one, and every file that cannot be opened says why in one sentence."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from bot.storage import (
    DatabaseDamaged,
    DatabaseInUse,
    DatabaseLocked,
    DatabaseReadOnly,
    DatabaseTooNew,
    DiskFull,
    StorageError,
    Store,
    notes,
)

from .samples import another_process, content, seen_from_outside

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file modes")


def a_file(path: Path, junk: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(junk)


def a_folder(path: Path) -> None:
    path.mkdir(parents=True)


async def make(path: Path) -> None:
    async with Store.open(path) as store:
        await store.write(lambda tx: notes.put(tx, "kept", "yes"))


async def refusal(path: Path) -> StorageError:
    with pytest.raises(StorageError) as caught:
        async with Store.open(path, busy_timeout=0.05):
            pass
    assert str(path) in caught.value.sentence
    assert re.fullmatch(r"[A-Z][^\n]*\.", caught.value.sentence)
    return caught.value


async def test_what_was_written_is_there_after_opening_again_and_one_file_holds_it(path: Path) -> None:
    await make(path)
    assert sorted(file.name for file in path.parent.iterdir()) == ["parley.sqlite3", "parley.sqlite3.lock"]
    async with Store.open(path) as store:
        assert await store.read(lambda tx: notes.get(tx, "kept")) == "yes"


async def test_the_connections_are_set_for_durability(path: Path) -> None:
    async with Store.open(path, busy_timeout=1.5) as store:
        asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        told = await store.write(lambda tx: [tx.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in asked])
        assert told == ["wal", 2, 1, 1, 1500]


@posix
async def test_folder_and_file_are_for_their_owner_alone(path: Path) -> None:
    await make(path)
    modes = [oct(file.stat().st_mode & 0o777) for file in (path.parent, path, path.with_name(f"{path.name}.lock"))]
    assert modes == ["0o700", "0o600", "0o600"]


async def test_two_on_one_database_are_refused(path: Path) -> None:
    async with Store.open(path):
        assert isinstance(await refusal(path), DatabaseInUse)
    await make(path)


async def test_the_lock_ends_with_a_killed_process(path: Path) -> None:
    assert another_process("open_and_abort", path).returncode == 9
    await make(path)


async def test_a_later_version_is_left_untouched(path: Path) -> None:
    await make(path)
    with closing(sqlite3.connect(path)) as outside, outside:
        outside.execute("UPDATE alembic_version SET version_num = '9999'")
    before = content(path)
    error = await refusal(path)
    assert isinstance(error, DatabaseTooNew)
    assert "later version of Parley (9999)" in error.sentence
    assert content(path) == before


@pytest.mark.parametrize("junk", [b"not a database, but a letter " * 99, b"SQLite format 3\0" + b"\xff" * 4096])
async def test_what_is_no_database_is_told_and_left(path: Path, junk: bytes) -> None:
    a_file(path, junk)
    assert isinstance(await refusal(path), DatabaseDamaged)
    assert content(path) == junk


async def test_another_programs_database_is_told_and_left(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as outside:
        outside.execute("CREATE TABLE invoices (id)")
    before = content(path)
    error = await refusal(path)
    assert isinstance(error, DatabaseDamaged)
    assert "not one of Parley" in error.sentence
    assert content(path) == before


async def test_a_folder_in_the_files_place_is_told(path: Path) -> None:
    a_folder(path)
    assert isinstance(await refusal(path), DatabaseDamaged | DatabaseReadOnly)


@pytest.mark.parametrize("exists", [True, False])
async def test_a_locked_file_is_told(path: Path, *, exists: bool) -> None:
    path.parent.mkdir()
    if exists:
        await make(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as outside:
        outside.execute("BEGIN EXCLUSIVE")
        assert isinstance(await refusal(path), DatabaseLocked)
        outside.execute("ROLLBACK")
    await make(path)


@contextmanager
def without_privileges() -> Generator[Path]:
    """A folder that everybody may enter, as somebody whom permissions hold."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        try:
            yield folder
        finally:
            if os.geteuid() != os.getuid():
                os.seteuid(os.getuid())


def become_nobody() -> None:
    """Root is held by no permission; the tests may run as root."""
    if os.getuid() == 0:
        os.seteuid(65534)


@posix
@pytest.mark.parametrize("which", ["file", "folder"])
async def test_a_read_only_place_is_told(which: str) -> None:
    with without_privileges() as folder:
        path = folder / "parley.sqlite3"
        await make(path)
        path.chmod(0o444)
        path.with_name("parley.sqlite3.lock").chmod(0o444 if which == "folder" else 0o666)
        folder.chmod(0o555 if which == "folder" else 0o777)
        become_nobody()
        assert isinstance(await refusal(path), DatabaseReadOnly)


@contextmanager
def tiny_disk(folder: Path, size: str) -> Generator[None]:
    """A disk of that size, mounted there, which only root may do."""
    folder.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root may mount a tiny disk")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("size", ["4k", "16k", "32k", "48k", "64k", "96k"])
async def test_a_full_disk_is_told_at_opening_and_leaves_nothing_half(path: Path, size: str) -> None:
    with tiny_disk(path.parent, size):
        error = await refusal(path)
        assert isinstance(error, DiskFull)
        with closing(sqlite3.connect(path)) as outside:
            assert outside.execute("SELECT count(*) FROM sqlite_master").fetchone() in {(0,), (38,)}


def fill(disk: Path) -> Path:
    """A file that takes all the space there is."""
    filler = disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    return filler


async def test_a_disk_that_fills_up_is_told_and_a_freed_one_used_again(path: Path) -> None:
    with tiny_disk(path.parent, "2m"):
        async with Store.open(path) as store:
            filler = fill(path.parent)
            answered: list[int] = []

            async def write_on() -> None:
                for number in range(1000):
                    await store.write(lambda tx, number=number: notes.put(tx, f"{number}", "x" * 4096))
                    answered.append(number)

            with pytest.raises(DiskFull):
                await write_on()
            filler.unlink()
            await store.write(lambda tx: notes.put(tx, "after", ""))
        assert seen_from_outside(path, "SELECT count(*) FROM notes") == [len(answered) + 1]


async def test_a_read_only_disk_is_told(path: Path) -> None:
    with tiny_disk(path.parent, "2m"):
        await make(path)
        remount_read_only(path.parent)
        assert isinstance(await refusal(path), DatabaseReadOnly)


def remount_read_only(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


async def test_an_up_to_date_database_opens_without_alembic(path: Path) -> None:
    await make(path)
    assert another_process("open_and_tell", path).stdout == "sqlalchemy"
