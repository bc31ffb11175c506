"""Everything on record of one person in one guild, for that person alone."""

from collections.abc import Mapping
from datetime import datetime

from bot.values import frozen


@frozen
class Where:
    """The debate that something belongs to: its number and title; of a round also its number, question and phase."""

    debate: int
    title: str
    question_number: int | None = None
    question: str | None = None
    phase: str | None = None


@frozen
class Membership:
    """Under which name somebody was seen last, when, and what they have said to being recorded, coached, reminded."""

    user_id: str
    guild_id: str
    name: str
    first_seen_at: datetime
    last_seen_at: datetime
    agreed_at: datetime | None
    informed_at: datetime | None
    declined_at: datetime | None
    uncoached_at: datetime | None
    reminded_since: datetime | None


@frozen
class OwnWording:
    """An earlier wording of their own."""

    body: Mapping[str, str]
    stance: str | None
    replaced_at: datetime


@frozen
class OwnFile:
    """A file that came with a message: its name, media type and size in bytes, which is all that is kept of it."""

    name: str
    type: str | None
    size: int


@frozen
class OwnResponse:
    """A response of theirs, or a text that they wrote with a group; `source` is how it came.

    `kept` are withdrawn wordings that are put aside for moderators, `hidden_because` a moderator's reason.
    """

    id: int
    where: Where
    source: str
    role: str
    created_at: datetime
    stance: str | None
    body: Mapping[str, str]
    answers: int | None = None
    edited_at: datetime | None = None
    withdrawn_at: datetime | None = None
    hidden_at: datetime | None = None
    hidden_because: str | None = None
    review: str | None = None
    group: int | None = None
    link: str | None = None
    files: tuple[OwnFile, ...] = ()
    citations: tuple[str, ...] = ()
    earlier: tuple[OwnWording, ...] = ()
    kept: tuple[Mapping[str, str], ...] = ()


@frozen
class OwnVote:
    """A side that they took; `secret` ones are told to nobody else."""

    where: Where
    stance: str
    at: datetime
    secret: bool


@frozen
class OwnPlace:
    """A side, and where there are groups the group, that they were assigned, and why."""

    where: Where
    side: str
    group: int | None
    at: datetime
    reason: str


@frozen
class OwnNote:
    """Anything else, in words: `kind` is moved, report, mute, asked, pseudonym or act; `response` is which it is of.

    An act is what they did with the record, such as an export.
    """

    kind: str
    at: datetime | None
    text: str
    where: Where | None = None
    response: int | None = None


@frozen
class OwnData:
    """All of it, each part in the order of time."""

    member: Membership | None
    responses: tuple[OwnResponse, ...] = ()
    votes: tuple[OwnVote, ...] = ()
    places: tuple[OwnPlace, ...] = ()
    notes: tuple[OwnNote, ...] = ()

    def __bool__(self) -> bool:
        """Is there anything?"""
        return self.member is not None or bool(self.responses or self.votes or self.places or self.notes)
