"""Who is in the room: a teacher, students with a link each, and classmates who act by script."""

import secrets
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from bot.discussion.ids import UserId

TEACHER = "Ms. Rivera"
STUDENTS = ("Alex", "Sam", "Noor", "Kim", "Jules", "Toma")
"""Names for the people with a link. The first few are used."""


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


def new_token() -> str:
    """A link's secret: 192 bits, safe in an address."""
    return secrets.token_urlsafe(24)
