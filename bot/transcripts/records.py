"""The lines of a JSON Lines transcript. Their JSON Schema is made of these types, and ships beside this module.

Times are UTC (`…_at`), each with the school's own time beside it (`…_at_local`). Ids of Discord are strings, since many
readers of JSON round large numbers; all of them are null under pseudonyms.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from bot.content.models import Article, Prompt, PromptSet
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
    lines: Annotated[Literal[1], Field(description="The version of this description of lines.")]
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
    """A stance of a round's prompt and how many held it last."""

    stance: str
    label: str
    votes: Count
    percent: Annotated[int, Field(ge=0, le=100)]


@exact
class RoundLine(TypedDict):
    """A round with the prompt as it was posed. Its gaps, responses and votes follow."""

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
    tally: list[TallyRecord]
    tally_responses: Count
    responses: Annotated[int, Field(ge=0, description="How many responses of it are told here.")]
    votes: Annotated[int, Field(ge=0, description="How many votes of it are told here.")]


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
    """An earlier wording, and when it was replaced."""

    body: dict[str, str]
    stance: str | None
    replaced_at: Utc
    replaced_at_local: Local


@exact
class CitationRecord(TypedDict):
    """The passage of the article that a response leans on."""

    paragraph: int
    quote: str


@exact
class AttachmentRecord(TypedDict):
    """A file that came with a typed message: what it was, never the file itself. Under pseudonyms without its name."""

    name: str
    type: str | None
    size: int


@exact
class ResponseLine(TypedDict):
    """A response. A withdrawn one has its place and no words; a hidden one has its words and the time of hiding."""

    kind: Literal["response"]
    id: int
    round_id: int
    round: int
    author: str
    author_label: str
    role: Role
    source: Source
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
    withdrawn_at: Utc | None
    withdrawn_at_local: Local | None
    hidden_at: Utc | None
    hidden_at_local: Local | None
    message_id: Snowflake | None
    link: str | None
    revisions: list[RevisionRecord]
    citations: list[CitationRecord]
    attachments: list[AttachmentRecord]


@exact
class VoteLine(TypedDict):
    """A stance taken; `previous` is the side that was left, null for a first vote in the round."""

    kind: Literal["vote"]
    round_id: int
    round: int
    author: str
    author_label: str
    stance: str
    previous: str | None
    at: Utc
    at_local: Local


@exact
class CountsRecord(TypedDict):
    """How many there are of each kind; responses include replies, withdrawn and hidden ones."""

    rounds: Count
    participants: Count
    responses: Count
    replies: Count
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
    SessionLine | ParticipantLine | RoundLine | GapLine | ResponseLine | VoteLine | EndLine, Field(discriminator="kind")
]
