"""The lines of a JSON Lines transcript. Their JSON Schema is made of these types, and ships beside this module.

Times are UTC (`…_at`), each with the school's own time beside it (`…_at_local`). Ids of Discord are strings, since many
readers of JSON round large numbers; all of them are null under pseudonyms.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from bot.content.formats import Format, PhaseKind
from bot.content.models import Article, Prompt, PromptSet
from bot.discussion.sides import Reason
from bot.discussion.values import Role, Source

Snowflake = Annotated[str, Field(pattern=r"^[0-9]{1,20}$", description="An id of Discord, as a string of digits.")]
Utc = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", description="Aware UTC, milliseconds.")]
Local = Annotated[
    str,
    Field(
        pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d(:\d\d)?$",
        description="The same moment on the school's clock, with its distance from UTC.",
    ),
]
Count = Annotated[int, Field(ge=0)]

exact = with_config(ConfigDict(extra="forbid"))


@exact
class StudentScope(TypedDict):
    """The one student whose part is told; nulls where they took no part or are not named."""

    key: str | None
    label: str | None
    user_id: Snowflake | None


@exact
class ScopeRecord(TypedDict):
    """What of the session is told. A null: all of it."""

    names: Literal["real", "pseudonym"]
    round: int | None
    student: StudentScope | None
    since: Utc | None


@exact
class SessionLine(TypedDict):
    """The first line: the session, with its article and prompts as they were at the start, and this export."""

    kind: Literal["session"]
    lines: Annotated[
        Literal[2], Field(description="The version of this description of lines. 1 was without formats and phases.")
    ]
    id: int
    guild_id: Snowflake | None
    channel_id: Snowflake | None
    set_slug: str
    prompt_set: PromptSet
    article: Article
    minutes: int | None
    started_by: Snowflake | None
    started_at: Utc
    started_at_local: Local
    closed_at: Utc | None
    closed_at_local: Local | None
    scope: ScopeRecord
    time_zone: str
    exported_at: Utc
    exported_at_local: Local
    version: Annotated[str, Field(description="The version of Parley that wrote this.")]


@exact
class ParticipantLine(TypedDict):
    """Somebody who took part. Responses and votes name them by `key`."""

    kind: Literal["participant"]
    key: str
    label: str
    role: Role
    user_id: Snowflake | None


@exact
class TallyRecord(TypedDict):
    """A stance of a round's prompt and how many took it."""

    stance: str
    label: str
    votes: Count
    percent: Annotated[int, Field(ge=0, le=100)]


PhaseNumber = Annotated[int, Field(ge=1, description="Which phase of the round's format, counted from 1.")]


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


@exact
class RevisionRecord(TypedDict):
    """An earlier wording, and when it was replaced. `author` is whose it was, of what a group wrote together."""

    body: dict[str, str]
    author: str | None
    stance: str | None
    replaced_at: Utc
    replaced_at_local: Local


@exact
class CitationRecord(TypedDict):
    """The passage of the article that a response leans on: in its words, in other words, or by naming the paragraph.

    `exact` is the article's own words, `start` where in the paragraph they begin, in characters; `prefix` and `suffix`
    stand around them. Where only the paragraph was named all three are empty.
    """

    paragraph: int
    kind: Literal["quote", "paraphrase", "chosen"]
    start: Count
    exact: str
    prefix: str
    suffix: str


@exact
class AttachmentRecord(TypedDict):
    """A file that came with a typed message: what it was, never the file itself. Under pseudonyms without its name."""

    name: str
    type: str | None
    size: int


@exact
class TowardRecord(TypedDict):
    """How many took this side."""

    stance: str
    label: str
    people: Count


@exact
class MovedVotesRecord(TypedDict):
    """How many of those whom a response moved changed sides openly since it was written, and which side they took."""

    people: Count
    toward: list[TowardRecord]


@exact
class ResponseLine(TypedDict):
    """A response. A withdrawn one has its place and no words; a hidden one has its words and the time of hiding.

    A reflection is private to its author and the teachers. A statement is its `group`'s: `author` began it, and the
    present wording is `edited_by`'s where that is not null.
    """

    kind: Literal["response"]
    id: int
    round_id: int
    round: int
    author: str
    author_label: str
    role: Role
    source: Source
    phase: PhaseNumber
    phase_name: str
    group: int | None
    held_back: Annotated[bool, Field(description="Does the class not see it yet, or, a reflection, never?")]
    parent_id: int | None
    parent_author: str | None
    depth: Count
    stance: str | None
    stance_label: str | None
    body: dict[str, str]
    words: Count
    created_at: Utc
    created_at_local: Local
    edited_at: Utc | None
    edited_at_local: Local | None
    edited_by: str | None
    withdrawn_at: Utc | None
    withdrawn_at_local: Local | None
    hidden_at: Utc | None
    hidden_at_local: Local | None
    message_id: Snowflake | None
    link: str | None
    revisions: list[RevisionRecord]
    citations: list[CitationRecord]
    attachments: list[AttachmentRecord]
    moved: Annotated[int, Field(ge=0, description="How many people said that it moved them.")]
    moved_votes: Annotated[
        MovedVotesRecord | None,
        Field(description="Null where it moved nobody, and where so few changed sides openly that it would tell who."),
    ]


@exact
class VoteLine(TypedDict):
    """A stance taken openly; `previous` is the side that was left, null for a first vote in the round."""

    kind: Literal["vote"]
    round_id: int
    round: int
    phase: PhaseNumber
    author: str
    author_label: str
    stance: str
    previous: str | None
    at: Utc
    at_local: Local


@exact
class CountsRecord(TypedDict):
    """How many there are of each kind; responses include all replies, reflections, statements, withdrawn and hidden."""

    rounds: Count
    participants: Count
    responses: Count
    replies: Count
    reflections: Count
    statements: Count
    withdrawn: Count
    hidden: Count
    edited: Count
    revisions: Count
    citations: Count
    votes: Count
    changes_of_side: Count
    gaps: Count


@exact
class EndLine(TypedDict):
    """The last line. A file without it is not whole."""

    kind: Literal["end"]
    counts: CountsRecord


Line = Annotated[
    SessionLine | ParticipantLine | RoundLine | PlaceLine | GapLine | ResponseLine | VoteLine | EndLine,
    Field(discriminator="kind"),
]
