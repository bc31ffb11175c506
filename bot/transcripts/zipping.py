"""Files as one zip, the same bytes for the same content."""

import zipfile
from collections.abc import Callable, Sequence
from typing import BinaryIO

from bot.transcripts.files import Draft, Hashed

_PIECE = 1 << 18


def zip_drafts(drafts: Sequence[Draft], target: BinaryIO, look_up: Callable[[], None]) -> None:
    """Put drafts into a zip, each under its name. Times and owners say nothing: all are the format's first day."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for draft in drafts:
            draft.out.flush()
            draft.file.flush()
            _copy(draft.file, archive, draft.path.name, draft.out, look_up)


def _copy(file: BinaryIO, archive: zipfile.ZipFile, name: str, out: Hashed, look_up: Callable[[], None]) -> None:
    member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    member.create_system = 3
    member.external_attr = 0o600 << 16
    member.compress_type = zipfile.ZIP_DEFLATED
    member.file_size = out.length
    file.seek(0)
    with archive.open(member, "w") as into:
        while piece := file.read(_PIECE):
            into.write(piece)
            look_up()
