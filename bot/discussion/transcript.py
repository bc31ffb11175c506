"""A recorded session as a transcript tells it: a head, and streams of what was said and voted.

The head is small and held whole. Entries and votes come as iterators, in the order in which they are told, so that a
transcript of a million responses needs no more memory than one of ten.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.content.formats import AnyPhase, VotePhase
from bot.discussion.evidence.values import Citation
from bot.discussion.ids import RoundId, SideId, StanceId, UserId
from bot.discussion.phase_names import phase_name
from bot.discussion.sides import Reason
from bot.discussion.swaying import Swayed
from bot.discussion.swing import Swing
from bot.discussion.tally import Tally
from bot.discussion.values import Response, Revision, Role, Round, Session
from bot.values import frozen


class Names(StrEnum):
    """How a transcript names the speakers."""

    REAL = "real"
    PSEUDONYM = "pseudonym"


@frozen
class Scope:
    """What of a session is told; None: all of it. `since` is aware UTC and compared with the time of writing."""

    names: Names = Names.PSEUDONYM
    round_number: int | None = None
    student: UserId | None = None
    since: datetime | None = None


@frozen
class Speaker:
    """Somebody who took part. `label` is the name to print: the display name, or the pseudonym of this session.

    `key` tells speakers apart within one transcript and says nothing else ("s1", "s2", … in no telling order).
    `user_id` is None under pseudonyms: then nothing in the transcript leads to the person.
    """

    key: str
    label: str
    role: Role
    user_id: UserId | None


@frozen
class Gap:
    """A time in which the bot could not listen to a round, and why. Words typed meanwhile may be missing."""

    round_id: RoundId
    began_at: datetime
    ended_at: datetime
    reason: str


@frozen
class ToldPhase:
    """A phase that has begun: the how manieth of its format, counted from 0, and its times.

    `votes` are those of a vote, for each stance, where they may be told; `left_out` is how many people they are told
    without, since beside the swing they would tell how single people voted.
    """

    number: int
    phase: AnyPhase
    began_at: datetime
    ended_at: datetime | None
    votes: Mapping[StanceId, int] | None = None
    left_out: int = 0

    @property
    def name(self) -> str:
        """What the class was told that it is called."""
        return phase_name(self.phase)

    @property
    def is_secret(self) -> bool:
        """Is it a vote of which only counts are told?"""
        return isinstance(self.phase, VotePhase) and self.phase.secret


@frozen
class ToldPlace:
    """A side, and where there are groups the group, that somebody was assigned at a time, and why."""

    speaker: Speaker
    side: SideId
    group: int | None
    at: datetime
    reason: Reason


@frozen
class ToldRound:
    """A round with its final count and the gaps in it, and the numbers of what is told of it within the scope.

    `phases` are those that have begun, `places` all that were assigned within the scope, in the order of the lots.
    `counted` is the number of the vote phase whose votes are in the count; None: the stances that are held openly.
    `swing` says how minds moved between the first vote and the last, where there are two that may be told.
    """

    round: Round
    tally: Tally
    gaps: tuple[Gap, ...]
    entries: int
    votes: int
    phases: tuple[ToldPhase, ...] = ()
    places: tuple[ToldPlace, ...] = ()
    counted: int | None = None
    swing: Swing | None = None


@frozen
class Head:
    """All that a transcript begins with. Speakers are keyed by their user id, for lookups only: never print the key."""

    session: Session
    rounds: tuple[ToldRound, ...]
    speakers: Mapping[UserId, Speaker]
    scope: Scope
    time_zone: str
    exported_at: datetime
    version: str

    @property
    def entries(self) -> int:
        """How many responses are told, withdrawn and hidden ones included."""
        return sum(told.entries for told in self.rounds)

    @property
    def votes(self) -> int:
        """How many votes are told, every change of side being one."""
        return sum(told.votes for told in self.rounds)


@frozen
class Entry:
    """A response as it is told: with its author, whom it answers, its earlier wordings, and how deep it stands.

    Entries come round by round, and within a round thread by thread: a response, then everything said under it, by
    time. `depth` is 0 for a response, 1 for an answer to it, and so on. `hidden_at` is set where a moderator has hidden
    it: a transcript for moderators still has its words, marked, and so it has what the class does not see yet and what
    it never will. A withdrawn response has no words. `moved` is how many people said that it moved them, `swayed` how
    many of those changed sides openly, where that may be told; who they are is never told. `writers` are, of what a
    group wrote together, whose each wording is: those of the revisions in their order, then the present one's.
    """

    response: Response
    round: Round
    speaker: Speaker
    parent_speaker: Speaker | None
    depth: int
    revisions: tuple[Revision, ...]
    citations: tuple[Citation, ...]
    hidden_at: datetime | None
    moved: int = 0
    writers: tuple[Speaker, ...] = ()
    swayed: Swayed | None = None


@frozen
class ToldVote:
    """A stance taken openly, in the phase of that number: `previous` is None for a first vote in the round."""

    round: Round
    speaker: Speaker
    stance: StanceId
    previous: StanceId | None
    at: datetime
    phase: int = 0


class Transcript(Protocol):
    """One consistent snapshot of a session. Each stream may be walked more than once and always tells the same."""

    @property
    def head(self) -> Head:
        """What the transcript begins with."""
        ...

    def entries(self, told: ToldRound) -> Iterator[Entry]:
        """The round's responses within the scope, in the order in which they are told."""
        ...

    def votes(self, told: ToldRound) -> Iterator[ToldVote]:
        """The round's votes within the scope, by time."""
        ...
