"""Why a typed time cannot be taken."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WhenProblem:
    """A sentence for the person who typed it."""

    sentence: str
