"""What the first lines and the last one tell: the session, who took part, and what was counted."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from bot.content.models import Article, PromptSet
from bot.discussion.values import Role
from bot.transcripts.records.values import Count, Local, Snowflake, Utc, exact


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
