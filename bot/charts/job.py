"""What passes between the bot and the process that draws: a Job in, one answer out, both as JSON."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from bot.charts.values import Chart, Theme


class _Line(BaseModel):
    """Built at its first use, which a bot may never come to."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64", defer_build=True
    )


class Job(_Line):
    """A chart to be drawn."""

    chart: Chart
    theme: Theme


class Drawn(_Line):
    """The parts of a Picture."""

    kind: Literal["drawn"] = "drawn"
    png: bytes
    alt: str
    table: str


class Failed(_Line):
    """What went wrong, without a word of what was to be drawn: the error's name, and where it happened."""

    kind: Literal["failed"] = "failed"
    error: str
    place: str


def answer_of(line: bytes) -> Drawn | Failed:
    """Read an answer. Raises ValueError when it is none."""
    either = TypeAdapter[Drawn | Failed](Annotated[Drawn | Failed, Field(discriminator="kind")])
    return either.validate_json(line)
