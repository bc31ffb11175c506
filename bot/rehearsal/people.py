"""Who is in the room: a teacher, students with a link each, and classmates who act by script."""

import secrets
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from bot.discussion.ids import UserId

TEACHER = "Ms. Rivera"
STUDENTS = ("Alex", "Sam", "Noor", "Kim", "Jules", "Toma", "Robin", "Mika", "Ines", "Dara")
"""Names for the first students with a link; whoever comes after them is numbered."""


class Part(StrEnum):
    """What somebody is in the room."""

    TEACHER = "teacher"
    STUDENT = "student"
    CLASSMATE = "classmate"


class Person(BaseModel):
    """One member of the class. The token is the secret of their link; classmates have none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    user_id: UserId
    name: str
    part: Part
    token: str | None = None


class Link(BaseModel):
    """What the console shows: whose link it is and where it leads."""

    model_config = ConfigDict(frozen=True)

    name: str
    part: str
    url: str


def student_names(number: int) -> list[str]:
    """Names for so many students."""
    return [STUDENTS[at] if at < len(STUDENTS) else f"Student {at + 1}" for at in range(number)]


def new_token() -> str:
    """A link's secret: 192 bits, safe in an address."""
    return secrets.token_urlsafe(24)
