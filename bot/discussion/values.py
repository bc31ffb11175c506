"""What a debate is made of, as immutable values. Times are aware UTC."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.content.formats import AnyPhase, Format, open_floor
from bot.content.models import Article, Prompt, PromptSet
from bot.discussion.ids import (
    AskingId,
    ChannelId,
    GuildId,
    MessageId,
    ResponseId,
    RoleId,
    RoundId,
    SessionId,
    StanceId,
    UserId,
)
from bot.discussion.moderation import Review
from bot.discussion.retention import RETENTION_DAYS
from bot.values import frozen


class Role(StrEnum):
    """Who somebody was in the guild when they spoke. The later includes the rights of none of the earlier."""

    STUDENT = "student"
    TEACHER = "teacher"
    MODERATOR = "moderator"


class Source(StrEnum):
    """How a response came: by the Respond modal, by the Reply modal, or typed in the thread.

    A reflection is private to its author and the teachers. A statement belongs to a group, in its first writer's name.
    """

    MODAL = "modal"
    REPLY = "reply"
    MESSAGE = "message"
    REFLECTION = "reflection"
    STATEMENT = "statement"


class Loss(StrEnum):
    """What somebody deleted on Discord that a round needs and that is not made anew: its thread, or its channel."""

    THREAD = "thread"
    CHANNEL = "channel"


class Consent(StrEnum):
    """How a guild comes by its members' consent: each is asked, or the school has it, and each is informed."""

    ASK = "ask"
    SCHOOL = "school"


class Closing(StrEnum):
    """What ended a round."""

    TIME = "time"
    NEXT = "next"
    CLOSE = "close"


@frozen
class GuildSettings:
    """What `/setup` keeps for one guild. None: the default of the product applies."""

    guild_id: GuildId
    teacher_role_id: RoleId | None = None
    moderator_role_id: RoleId | None = None
    default_channel_id: ChannelId | None = None
    consent: Consent = Consent.ASK
    retention_days: int | None = None

    @property
    def retention(self) -> timedelta:
        """How long a debate is kept after its close."""
        return timedelta(days=self.retention_days or RETENTION_DAYS)


SLOWEST = 600
"""Seconds that a slow session may ask for between two responses."""


@frozen
class Conduct:
    """How a session is kept in order, chosen at its start.

    `pseudonymous`: everybody speaks under a pseudonym. `approve_first`: a moderator reads what students write before
    the class does. `slow_seconds`: the least time between two responses of one student.
    `coached`: the coach asks back, of whoever has not switched it off for themselves.
    """

    pseudonymous: bool = False
    approve_first: bool = False
    slow_seconds: int = 0
    coached: bool = True


@frozen
class Session:
    """One `/discuss start` in one channel. It keeps the article and the whole prompt set as they were at the start."""

    id: SessionId
    guild_id: GuildId
    channel_id: ChannelId
    set_slug: str
    prompt_set: PromptSet
    article: Article
    minutes: int | None
    started_by: UserId
    started_at: datetime
    closed_at: datetime | None
    conduct: Conduct = field(default_factory=Conduct)


@frozen
class Round:
    """One prompt posed in a session, with its own card and thread. Message ids are None until they are posted.

    `format` is how it is debated, as it was when the round was opened, `phase_number` the phase that it is in, counted
    from 0; `deadline` is that phase's end, and while `paused_at` is set it stands still. `seed` decides all lots.
    `lost` says what of it is gone from Discord: what would have to be posted there is given up. `conduct` is its
    session's.
    """

    id: RoundId
    guild_id: GuildId
    session_id: SessionId
    channel_id: ChannelId
    number: int
    prompt: Prompt
    opened_at: datetime
    deadline: datetime | None
    closed_at: datetime | None
    closing: Closing | None
    card_id: MessageId | None
    thread_id: ChannelId | None
    tally_id: MessageId | None
    lost: Loss | None = None
    format: Format = field(default_factory=open_floor)
    phase_number: int = 0
    paused_at: datetime | None = None
    seed: int = 0
    conduct: Conduct = field(default_factory=Conduct)

    @property
    def is_open(self) -> bool:
        """Does the debate go on?"""
        return self.closed_at is None

    @property
    def phase(self) -> AnyPhase:
        """The phase that the round is in; of a closed round the one that it ended in."""
        return self.format.plan[self.phase_number]

    @property
    def is_in_last_phase(self) -> bool:
        """Does the round end when this phase ends?"""
        return self.phase_number == len(self.format.plan) - 1

    @property
    def has_phases(self) -> bool:
        """Is there more than one phase, so that the class must be told which it is?"""
        return len(self.format.plan) > 1


@frozen
class Vote:
    """A stance taken by one person at one time. Every change is a vote of its own; the last one counts.

    `phase` is the number of the phase in which it was taken.
    """

    round_id: RoundId
    user_id: UserId
    stance: StanceId
    at: datetime
    phase: int = 0


@frozen
class Attachment:
    """A file that came with a typed message: its name, its media type where Discord knows it, its size in bytes."""

    name: str
    type: str | None
    size: int


@frozen
class Response:
    """A student's words. `body` maps a field (claim, evidence, reasoning; or text) to what was written in it.

    `stance` is the author's stance at the time; `message_id` the message that shows it, None until it is posted.
    A withdrawn response keeps its row and its place, never its words. A hidden one keeps its words, for moderators.
    A message that was nothing but attachments has an empty body without being withdrawn. `phase` is the number of the
    phase in which it was written, `group` that of the group whose statement it is. While `held_back` the class does not
    see it yet. `edited_by` is whose the present wording is, where others than the author may write; None: the author's.
    `stand_in_id` is the bot's own message where a typed one stood that a moderator has hidden. `review` is what a
    moderator who reads first has made of it: what waits for that, or is rejected, is hidden. None: nobody reads first.
    """

    id: ResponseId
    guild_id: GuildId
    round_id: RoundId
    user_id: UserId
    role: Role
    source: Source
    parent_id: ResponseId | None
    stance: StanceId | None
    body: Mapping[str, str]
    created_at: datetime
    edited_at: datetime | None
    withdrawn_at: datetime | None
    message_id: MessageId | None
    hidden_at: datetime | None = None
    attachments: tuple[Attachment, ...] = ()
    phase: int = 0
    group: int | None = None
    held_back: bool = False
    edited_by: UserId | None = None
    stand_in_id: MessageId | None = None
    review: Review | None = None

    @property
    def written_by(self) -> UserId:
        """Whose the present wording is."""
        return self.edited_by or self.user_id


@frozen
class PhaseLog:
    """A phase that has begun: when, when it ended, and the message that told the class of it."""

    number: int
    began_at: datetime
    ended_at: datetime | None
    notice_id: MessageId | None


@frozen
class Revision:
    """An earlier wording of a response, and when it was replaced. `user_id`: whose it was; None: the author's."""

    response_id: ResponseId
    body: Mapping[str, str]
    stance: StanceId | None
    replaced_at: datetime
    user_id: UserId | None = None


@frozen
class Audit:
    """Who did something with the record that others must be able to look up. `user_id` None: the operator's own shell.

    `action` is one of the classroom's words for what was done; `details` its particulars, such as the format.
    """

    guild_id: GuildId
    user_id: UserId | None
    at: datetime
    action: str
    session_id: SessionId | None
    details: Mapping[str, str]


@frozen
class Asking:
    """A question that a round's whole class was asked, in its thread: why, and the message that asks it.

    `response_id` is the response that it is about, where it is about one.
    """

    id: AskingId
    guild_id: GuildId
    round_id: RoundId
    reason: str
    question: str
    at: datetime
    message_id: MessageId | None
    response_id: ResponseId | None = None


@frozen
class Outdated:
    """What is to be seen on Discord otherwise than on record: a response's post, or a closed round's card and tally.

    `response_id` is None for those of the round itself.
    """

    guild_id: GuildId
    round_id: RoundId
    response_id: ResponseId | None
