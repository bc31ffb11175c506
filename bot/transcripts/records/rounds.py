"""What is told of a round: as it was posed, how it went, who was put where, and when the bot could not listen."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from bot.content.formats import Format, PhaseKind
from bot.content.models import Prompt
from bot.discussion.sides import Reason
from bot.transcripts.records.values import Count, Local, PhaseNumber, Snowflake, Utc, exact


@exact
class TallyRecord(TypedDict):
    """A stance of a round's prompt and how many took it."""

    stance: str
    label: str
    votes: Count
    percent: Annotated[int, Field(ge=0, le=100)]


@exact
class PhaseRecord(TypedDict):
    """A phase that has begun. `voters` and `tally` are those of a vote, once they may be told."""

    number: PhaseNumber
    name: str
    kind: PhaseKind
    secret: Annotated[bool, Field(description="Is it a vote of which only the counts are told?")]
    began_at: Utc
    began_at_local: Local
    ended_at: Utc | None
    ended_at_local: Local | None
    voters: Count | None
    tally: list[TallyRecord] | None
    left_out: Annotated[
        int, Field(ge=0, description="Votes that are not in the count: beside the swing they would not stay secret.")
    ]


@exact
class MoveRecord(TypedDict):
    """How many people took one stance in the first vote and another, or the same, in the last."""

    before: str
    after: str
    people: Count


@exact
class StanceSwingRecord(TypedDict):
    """A stance in the swing. `points` are percentage points, gained or lost."""

    stance: str
    label: str
    before: Count
    after: Count
    points: float


@exact
class SwingRecord(TypedDict):
    """How minds moved from the first vote to the last, of those alone who voted both times."""

    both: Annotated[int, Field(ge=0, description="How many people voted both times.")]
    stances: list[StanceSwingRecord]
    winner: Annotated[str | None, Field(description="The stance that gained most; null in a dead heat or a tie.")]
    dead_heat: Annotated[bool, Field(description="Did no stance gain five points?")]
    moves: Annotated[
        list[MoveRecord] | None, Field(description="Null where they could tell how somebody voted in secret.")
    ]


@exact
class RoundLine(TypedDict):
    """A round with the prompt as it was posed. Its places, gaps, responses and votes follow.

    `tally` counts the votes of the phase `counted`, or where that is null the stances that are held openly.
    """

    kind: Literal["round"]
    id: int
    number: Annotated[int, Field(ge=1)]
    prompt: Prompt
    opened_at: Utc
    opened_at_local: Local
    deadline_at: Utc | None
    deadline_at_local: Local | None
    closed_at: Utc | None
    closed_at_local: Local | None
    closing: Literal["time", "next", "close"] | None
    channel_id: Snowflake | None
    card_id: Snowflake | None
    thread_id: Snowflake | None
    tally_id: Snowflake | None
    format: Format
    phase: Annotated[int, Field(ge=1, description="The phase that it is in, or ended in, counted from 1.")]
    phases: list[PhaseRecord]
    tally: list[TallyRecord]
    counted: PhaseNumber | None
    tally_responses: Count
    swing: SwingRecord | None
    responses: Annotated[int, Field(ge=0, description="How many responses of it are told here.")]
    votes: Annotated[int, Field(ge=0, description="How many votes of it are told here.")]


@exact
class PlaceLine(TypedDict):
    """A side, and where there are groups the group, that somebody was assigned, and why."""

    kind: Literal["place"]
    round_id: int
    round: int
    author: str
    author_label: str
    side: Annotated[str, Field(description="The id of a stance, or inner or outer for the circles of a fishbowl.")]
    group: int | None
    at: Utc
    at_local: Local
    reason: Reason


@exact
class GapLine(TypedDict):
    """A time in which the bot could not listen. It stands before the first thread that began after it."""

    kind: Literal["gap"]
    round_id: int
    began_at: Utc
    began_at_local: Local
    ended_at: Utc
    ended_at_local: Local
    reason: str
