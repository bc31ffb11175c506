"""What is told of responses and votes, of which a large transcript has the most."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from bot.discussion.values import Role, Source
from bot.transcripts.records.values import Count, Local, PhaseNumber, Snowflake, Utc, exact


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
