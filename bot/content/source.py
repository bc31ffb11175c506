"""A file's text with its places: what turns an offset into a line and a column, and a finding into a problem."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from bot.content.library import Problem
from bot.values import frozen

SIZE_LIMIT = 1024 * 1024
"""Bytes. What a teacher writes by hand is a hundred times smaller."""

MOST_PROBLEMS = 100
"""So many problems of one file are told; nobody reads more before mending some."""

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UTF16 = re.compile(rb"(?:[^\0]\0){4}|(?:\0[^\0]){4}")
"""UTF-16 without its mark: of Latin letters every other byte is nothing."""
_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_MOST_UNPRINTABLE = 20


@frozen
class Finding:
    """Something wrong at one offset (in characters from 0) of a text: what it is and how to mend it."""

    start: int
    what: str
    mend: str


@dataclass(frozen=True)
class Source:
    """A file's path and its text, without a byte-order mark."""

    path: Path
    text: str

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of each line's first character. Lines end as editors end them: LF, CRLF or CR."""
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]

    def place(self, start: int) -> tuple[int, int]:
        """Line and column, both from 1, of an offset; an offset outside the text is moved to its nearer end."""
        offset = min(max(start, 0), len(self.text))
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, start: int) -> int:
        """The number of the line that an offset is in, from 1."""
        return self.place(start)[0]

    def problem(self, finding: Finding) -> Problem:
        """The finding with its place in this file."""
        line, column = self.place(finding.start)
        return Problem(self.path, line, column, finding.what, finding.mend)

    def problems(self, findings: list[Finding]) -> list[Problem]:
        """The findings as problems, from the top of the file to its end. Of very many the rest are only counted."""
        ordered = sorted(findings, key=lambda finding: finding.start)
        told, rest = ordered[:MOST_PROBLEMS], ordered[MOST_PROBLEMS:]
        if rest:
            told.append(Finding(rest[0].start, f"there are {len(rest):,} more problems", "mend those above first"))
        return [self.problem(finding) for finding in told]


def open_source(path: Path) -> Source | list[Problem]:
    """Reads and decodes one file, or tells why that cannot be done. Never reads more than the size limit."""
    try:
        if not path.is_file():
            return [_at_top(path, *_no_file(path))]
        with path.open("rb") as file:
            return decode(path, file.read(SIZE_LIMIT + 1))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return [_at_top(path, f"this file cannot be read ({reason})", "check that it exists and that you may read it")]


def decode(path: Path, data: bytes | str) -> Source | list[Problem]:
    """A text from a file's bytes (UTF-8, with or without a byte-order mark), or the problems that forbid it."""
    if len(data) > SIZE_LIMIT:
        return [_at_top(path, "this file is larger than 1 MiB", "split it into smaller files")]
    if isinstance(data, str):
        text = data
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")) or _UTF16.match(data):
        return [_at_top(path, "this file is saved as UTF-16", "save it again with the encoding UTF-8")]
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            return [_not_utf8(path, data, error.start)]
    source = Source(path, text.removeprefix("\ufeff"))
    findings = [_unprintable(match) for match in islice(_UNPRINTABLE.finditer(source.text), _MOST_UNPRINTABLE)]
    return source.problems(findings) if findings else source


def unprintable(text: str) -> str | None:
    """The first character of a text that no file and no message may hold, as U+XXXX; None where there is none."""
    match = _UNPRINTABLE.search(text)
    return f"U+{ord(match.group()):04X}" if match else None


def _unprintable(match: re.Match[str]) -> Finding:
    return Finding(
        match.start(),
        f"the invisible control character U+{ord(match.group()):04X} stands here",
        "delete it, or type the word again",
    )


def _not_utf8(path: Path, data: bytes, start: int) -> Problem:
    before = Source(path, data[:start].decode("utf-8").removeprefix("\ufeff"))
    line, column = before.place(len(before.text))
    guess = data[start : start + 1].decode("cp1252", errors="ignore")
    meant = f" (an old Windows encoding reads it as {guess})" if guess and guess.isprintable() else ""
    what = f"this file is not UTF-8: the byte 0x{data[start]:02X} has no meaning here{meant}"
    return Problem(path, line, column, what, "save the file again with the encoding UTF-8")


def _no_file(path: Path) -> tuple[str, str]:
    if not path.exists():
        return "there is no such file", "check its name and its folder"
    return "this is not a file", "give the file itself"


def _at_top(path: Path, what: str, mend: str) -> Problem:
    return Problem(path, 1, 1, what, mend)
