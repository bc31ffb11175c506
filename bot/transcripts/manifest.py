"""What an export says about itself: its scope, its counts, and a checksum of each of its files."""

import json
from dataclasses import dataclass
from typing import Any

from bot.discussion.transcript import Head
from bot.transcripts.clock import Clock
from bot.transcripts.formats import Format
from bot.transcripts.jsonl import student_scope
from bot.transcripts.ledger import Counts


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the export: its name, what it is written as (None: words on the export), bytes, SHA-256 in hex."""

    name: str
    format: Format | None
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files, in the order of writing, and what is in them."""

    files: tuple[Part, ...]
    counts: Counts
    head: Head
    warnings: tuple[str, ...] = ()

    def as_json(self) -> bytes:
        """As the file manifest.json."""
        return (json.dumps(self._content(), indent=2) + "\n").encode()

    def _content(self) -> dict[str, Any]:
        head = self.head
        clock = Clock(head.time_zone)
        return {
            "parley": head.version,
            "session": int(head.session.id),
            "title": head.session.prompt_set.title,
            "scope": {
                "names": head.scope.names.value,
                "round": head.scope.round_number,
                "student": student_scope(head),
                "since": clock.utc_or_none(head.scope.since),
            },
            "exported_at": clock.utc(head.exported_at),
            "exported_at_local": clock.local(head.exported_at),
            "time_zone": head.time_zone,
            "counts": self.counts.as_dict(),
            "files": [
                {"name": part.name, "format": part.format, "bytes": part.bytes, "sha256": part.sha256}
                for part in self.files
            ],
            "warnings": list(self.warnings),
        }
