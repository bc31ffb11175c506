"""The one gate before words are for a class to see: refused, or waiting for a moderator who reads first, or let go.

Whether somebody may be recorded at all is decided before: see `consenting`. Only students are held up.
"""

from dataclasses import dataclass, field
from datetime import datetime

from bot.classroom.people import Person, role_of
from bot.classroom.refusals import Refusal
from bot.discussion.ids import UserId
from bot.discussion.moderation import Review
from bot.discussion.slowness import wait_left
from bot.discussion.values import GuildSettings, Response, Role, Round, Source
from bot.storage import Transaction, guilds, mutes, recording

UNREAD = frozenset({Review.WAITING, Review.REJECTED})
"""What no moderator has let the class see."""


class Muted(Refusal):
    """A moderator lets this person not speak in this debate for now; `reason` is as the moderator wrote it."""

    def __init__(self, reason: str) -> None:
        super().__init__("A moderator has muted you in this debate. You can read on and vote.")
        self.reason = reason


@dataclass(slots=True)
class Gate:
    """The gate of a round. Good within one transaction."""

    tx: Transaction
    round: Round
    _spoke: dict[UserId, datetime] = field(default_factory=dict[UserId, datetime])
    """When somebody spoke last, of those whom the gate has let through."""

    def admit(
        self, user_id: UserId, role: Role, now: datetime, *, listed: bool, muted: bool | None = None
    ) -> Review | None:
        """Let a new response or reply pass; does it wait? `listed`: does a listed word stand in it?

        `muted` is whether they are, where that is known already. Raises Muted, or a Refusal with the seconds to wait.
        """
        if role is Role.STUDENT:
            if muted is not False:
                require_voice(self.tx, self.round, user_id, role)
            self._take_turn(user_id, now)
        return review_of(self.round, role, listed=listed)

    def _take_turn(self, user_id: UserId, now: datetime) -> None:
        slow, found = self.round.conduct.slow_seconds, self.round
        if not slow:
            return
        if user_id not in self._spoke:
            self._spoke |= recording.last_spoke(self.tx, found.guild_id, found.id, [user_id])
        left = wait_left(slow, self._spoke.get(user_id), now)
        if left:
            seconds = "1 second" if left == 1 else f"{left} seconds"
            raise Refusal(
                f"This debate is in slow mode: {slow} seconds lie between two responses. You can send yours in "
                f"{seconds}."
            )
        self._spoke[user_id] = now


def review_of(found: Round, role: Role, *, listed: bool) -> Review | None:
    """Does something new of somebody in this role wait for a moderator?"""
    return Review.WAITING if role is Role.STUDENT and (listed or found.conduct.approve_first) else None


def waits_when_changed(found: Round, before: Response, *, listed: bool) -> bool:
    """Is a new wording to be read by a moderator before the class sees it?

    What was rejected is looked at again. What a moderator has hidden stays so.
    """
    is_unread = before.review in UNREAD
    if before.source is Source.REFLECTION or (before.hidden_at is not None and not is_unread):
        return False
    return is_unread or review_of(found, before.role, listed=listed) is not None


def require_voice(tx: Transaction, found: Round, user_id: UserId, role: Role) -> None:
    """Let those pass who may speak in a round's session. Raises Muted."""
    mute = mutes.get(tx, found.guild_id, found.session_id, user_id) if role is Role.STUDENT else None
    if mute is not None:
        raise Muted(mute.reason)


def require_voice_of(tx: Transaction, found: Round, person: Person, settings: GuildSettings | None = None) -> None:
    """The same for somebody as Discord describes them now."""
    known = settings or guilds.settings(tx, person.guild_id)
    require_voice(tx, found, person.user_id, role_of(person, known))
