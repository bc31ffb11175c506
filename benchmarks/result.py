"""What a benchmark has to say."""

from dataclasses import dataclass


class Skipped(Exception):  # noqa: N818 - not an error: something is not installed here
    """The benchmark cannot run here; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Result:
    """A ratio (or another number that machines agree on) beside its target."""

    what: str
    value: float
    target: float
    at_least: bool
    unit: str = "×"
    details: str = ""

    @property
    def is_met(self) -> bool:
        """Is the target reached?"""
        return self.value >= self.target if self.at_least else self.value <= self.target

    def __str__(self) -> str:
        bound = "at least" if self.at_least else "at most"
        verdict = "met" if self.is_met else "MISSED"
        behind = f" ({self.details})" if self.details else ""
        return (
            f"{self.what}: {self.value:.3g} {self.unit}, target {bound} {self.target:g} {self.unit}: {verdict}{behind}"
        )
