"""Files that are there whole or not at all: a temporary name in the same folder, fsync, rename."""

import hashlib
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

_BUFFER = 1 << 18


class Hashed:
    """A file object that reckons the SHA-256 and the length of what is written to it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self._waiting: list[bytes] = []
        self._length_waiting = 0
        self.length = 0

    def write(self, data: bytes, /) -> int:
        """Take some bytes; they reach the file in large pieces."""
        self._waiting.append(data)
        self._length_waiting += len(data)
        if self._length_waiting >= _BUFFER:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Hand over what is waiting."""
        piece = b"".join(self._waiting)
        self._waiting.clear()
        self._length_waiting = 0
        self._hash.update(piece)
        self.length += len(piece)
        self._file.write(piece)

    @property
    def sha256(self) -> str:
        """Of all that reached the file, in hexadecimal."""
        return self._hash.hexdigest()


@dataclass(slots=True)
class Draft:
    """A file that is being written: its final path, the temporary one, and where its bytes go."""

    path: Path
    temporary: Path
    file: BinaryIO
    out: Hashed


@dataclass(slots=True)
class Drafts:
    """Files that appear together at the end, or not at all."""

    folder: Path
    drafts: list[Draft] = field(default_factory=list[Draft])

    def open(self, name: str) -> Draft:
        """Begin a file. It is readable for its owner only: it holds what students wrote."""
        handle, temporary = tempfile.mkstemp(prefix=".parley-", suffix=".tmp", dir=self.folder)
        file = os.fdopen(handle, "w+b")
        draft = Draft(self.folder / name, Path(temporary), file, Hashed(file))
        self.drafts.append(draft)
        return draft

    def publish(self) -> tuple[Path, ...]:
        """Put every file on the disk for good and give it its name."""
        for draft in self.drafts:
            draft.out.flush()
            draft.file.flush()
            os.fsync(draft.file.fileno())
            draft.file.close()
        for draft in self.drafts:
            draft.temporary.replace(draft.path)
        _sync_folder(self.folder)
        return tuple(draft.path for draft in self.drafts)

    def discard(self) -> None:
        """Close and remove what has not got its name yet."""
        for draft in self.drafts:
            with suppress(OSError):
                draft.file.close()
            draft.temporary.unlink(missing_ok=True)


@contextmanager
def drafts_in(folder: Path) -> Generator[Drafts]:
    """Files to write in a folder, made for its owner alone where it is missing. Unless published nothing stays."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    drafts = Drafts(folder)
    try:
        yield drafts
    finally:
        drafts.discard()


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot open a folder; its renames are on the disk by themselves
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
