"""One Parley for each database: the operating system's lock on a file beside it, which ends with the process."""

import errno
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from bot.storage import errors

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def only_one(path: Path) -> Generator[None]:
    """Keep every other Parley off the database while the block runs. DatabaseInUse where one is there already.

    Makes the folder (for its owner alone), the database file (likewise) and the lock file, `<name>.lock`, where they
    are missing. The lock file stays: removing it would let two processes lock two files of one name.
    """
    with _told(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(lock_file(path), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _take(descriptor)
        except OSError as error:
            sentence = f"Another Parley is running on the database {path}; stop it first."
            raise errors.DatabaseInUse(sentence) from error
        with _told(path):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        yield
    finally:
        os.close(descriptor)


def lock_file(path: Path) -> Path:
    """The file beside the database whose lock is the right to run on it."""
    return path.with_name(f"{path.name}.lock")


def is_running(path: Path) -> bool:
    """Does a Parley run on the database at this moment? Makes no file."""
    try:
        descriptor = os.open(lock_file(path), os.O_RDWR)
    except OSError:
        return False
    try:
        _take(descriptor)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


@contextmanager
def _told(path: Path) -> Generator[None]:
    """Say what an operating system's refusal means."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise errors.disk_full(path) from error
        if error.errno == errno.EISDIR:
            raise errors.damaged(path) from error
        raise errors.read_only(path) from error
