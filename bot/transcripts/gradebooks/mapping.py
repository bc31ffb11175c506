"""The file that says who is who in the school's learning platform: a CSV with a line for each student.

Columns, in any order, with a header: `discord_user_id` and `name`, and of `canvas_id`, `sis_user_id`, `sis_login_id`,
`section`, `email`, `id_number` those that the platform needs. Commas, semicolons or tabs between them.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from bot.discussion.ids import UserId
from bot.transcripts.errors import TranscriptError

_USER_ID = "discord_user_id"
_OTHERS = ("name", "canvas_id", "sis_user_id", "sis_login_id", "section", "email", "id_number")
_MOST_BYTES = 5_000_000
_ROUNDED = re.compile(r"\d[.,]\d+e\+?\d+", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_RUNNABLE = ("=", "+", "-", "@", "\t", "\r")
_MOST_PROBLEMS = 20


class MappingError(TranscriptError):
    """The mapping cannot be used. The text has a line for each problem, with the line of the file."""


@dataclass(frozen=True, slots=True)
class MappedStudent:
    """A student as the learning platform knows them; what is not known is empty."""

    user_id: UserId
    name: str
    canvas_id: str
    sis_user_id: str
    sis_login_id: str
    section: str
    email: str
    id_number: str


def read_mapping(path: Path) -> tuple[MappedStudent, ...]:
    """Read and check a mapping. Raises MappingError, which names every problem with its line."""
    text = _text(path)
    rows = _rows(path, text)
    try:
        first = next(rows)
    except StopIteration:
        raise MappingError(f"{path.name} is empty. Its first line must name the columns.") from None
    columns = _columns(path, first[1])
    students: list[MappedStudent] = []
    problems: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        student = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
        found = [*_problems(student, len(cells), len(columns)), *_doubles(student, line, seen)]
        problems += [f"{path.name}, line {line}: {problem}" for problem in found]
        if not found:
            others = {name: student.get(name, "") for name in _OTHERS}
            students.append(MappedStudent(user_id=UserId(int(student[_USER_ID])), **others))
    if problems:
        more = len(problems) - _MOST_PROBLEMS
        told = [*problems[:_MOST_PROBLEMS], *([f"… and {more} more."] if more > 0 else [])]
        raise MappingError("\n".join(told))
    if not students:
        raise MappingError(f"{path.name} has no student below its first line.")
    return tuple(students)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise MappingError(f"{path.name} cannot be read: {error.strerror}.") from error
    if len(raw) > _MOST_BYTES:
        raise MappingError(f"{path.name} is far too large for a list of students.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise MappingError(f"{path.name}, line {line}: this is not UTF-8. Save the file as “CSV UTF-8”.") from error


def _rows(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line on which it begins."""
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise MappingError(f"{path.name}, line {line}: a quotation mark is out of place ({error}).") from error


def _columns(path: Path, header: list[str]) -> list[str]:
    columns = [re.sub(r"[\s-]+", "_", name.strip().lower()) for name in header]
    known = {_USER_ID, *_OTHERS}
    listed = ", ".join((_USER_ID, *_OTHERS))
    if unknown := [name for name in columns if name not in known]:
        raise MappingError(f"{path.name}, line 1: there is no column called “{unknown[0]}”. The columns are {listed}.")
    if doubled := [name for name in columns if columns.count(name) > 1]:
        raise MappingError(f"{path.name}, line 1: the column {doubled[0]} is there twice.")
    if _USER_ID not in columns:
        raise MappingError(f"{path.name}, line 1: the column {_USER_ID} is missing. The columns are {listed}.")
    return columns


def _problems(student: dict[str, str], cells: int, columns: int) -> Iterator[str]:
    if cells != columns:
        yield f"there are {cells} cells, but the first line names {columns} columns."
        return
    user_id = student[_USER_ID]
    if _ROUNDED.fullmatch(user_id):
        yield f"the id {user_id} was rounded by a spreadsheet. Format that column as text and paste the ids again."
    elif not re.fullmatch(r"[0-9]{1,20}", user_id):
        yield f"“{user_id}” is no Discord user id: that is a number of 17 to 20 digits."
    if student.get("email") and not _EMAIL.fullmatch(student["email"]):
        yield f"“{student['email']}” is no e-mail address."
    for name in _OTHERS[1:]:
        if student.get(name, "").startswith(_RUNNABLE):
            yield f"{name} begins with “{student[name][0]}”, which a spreadsheet would take for a formula."


def _doubles(student: dict[str, str], line: int, seen: dict[tuple[str, str], int]) -> Iterator[str]:
    for name in (_USER_ID, "canvas_id", "sis_user_id", "sis_login_id", "email", "id_number"):
        value = student.get(name, "")
        if value and (before := seen.setdefault((name, value.casefold()), line)) != line:
            yield f"{name} {value} stands on line {before} already."
