"""What holds students' words or the token belongs to its owner alone: which files those are, and making them so."""

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

log = logging.getLogger(__name__)

FILE, FOLDER = 0o600, 0o700


def kept(database: Path, log_file: Path | Literal["none"] = "none") -> Iterator[Path]:
    """The record with all that lies beside it, and the logs: those that there are. Backups elsewhere are not known."""
    beside = (f"{database.name}*", f"{database.stem}.before-restore-*", f"{database.stem}.world.json*")
    for pattern in beside:
        yield from sorted(database.parent.glob(pattern))
    if not isinstance(log_file, str):
        yield from sorted(log_file.parent.glob(f"{log_file.name}*"))


def folders(database: Path, log_file: Path | Literal["none"] = "none") -> Iterator[Path]:
    """The folders in which nothing else lies: a folder that is also for something else is its owner's business."""
    ours = set(kept(database, log_file))
    theirs = {database.parent} | (set[Path]() if isinstance(log_file, str) else {log_file.parent})
    for folder in sorted(theirs):
        if folder.resolve() != Path.cwd() and folder.is_dir() and ours.issuperset(folder.iterdir()):
            yield folder


def others_get_at(path: Path, mode: int) -> int | None:
    """The mode of what is there, if it lets others in; None where it does not, or where there are no such modes."""
    if os.name != "posix":
        return None
    found = stat.S_IMODE(path.stat().st_mode)
    return found if found & ~mode & 0o077 else None


def narrow(database: Path, log_file: Path | Literal["none"] = "none") -> None:
    """At a start: what an earlier version, another program or a hand has left open is closed, and the log tells so."""
    wanted = [(path, FILE) for path in kept(database, log_file) if path.is_file() and not path.is_symlink()]
    for path, mode in [*wanted, *((folder, FOLDER) for folder in folders(database, log_file))]:
        try:
            found = others_get_at(path, mode)
            if found is not None:
                path.chmod(found & mode)
                log.warning("others could get at %s (mode %04o); it is private now", path, found)
        except OSError as error:
            log.warning("%s cannot be made private: %s", path, error.strerror or error)
