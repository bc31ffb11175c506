"""What is counted while a debate is told: per kind for the manifest, per person for lists and gradebooks."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from bot.discussion.transcript import Entry, Head, Speaker, ToldPhase, ToldRound, ToldVote
from bot.discussion.values import Source

_REFLECTION, _STATEMENT = Source.REFLECTION, Source.STATEMENT
"""Looked up once: in an enumeration that takes longer than all else that is done for a response here."""


@dataclass(slots=True)
class Counts:
    """How many there are of each kind. `responses` are all that are told, withdrawn and hidden ones included."""

    rounds: int = 0
    participants: int = 0
    responses: int = 0
    replies: int = 0
    reflections: int = 0
    statements: int = 0
    withdrawn: int = 0
    hidden: int = 0
    edited: int = 0
    revisions: int = 0
    citations: int = 0
    votes: int = 0
    changes_of_side: int = 0
    gaps: int = 0

    def as_dict(self) -> dict[str, int]:
        """By name, for files."""
        return asdict(self)


@dataclass(slots=True)
class Part:
    """What one person did. Withdrawn and hidden responses are counted as such and nowhere else.

    `responses` are points of one's own, `replies` answers to somebody; `words` and `on_time` are of both. On time is
    what was written up to the deadline of the round, or of the phase where it has several; without one nothing is late.
    `reflections` are for oneself; `statements` are those of groups of which a wording is theirs. Who voted in secret
    has no vote here.
    """

    speaker: Speaker
    responses: int = 0
    replies: int = 0
    reflections: int = 0
    statements: int = 0
    words: int = 0
    on_time: int = 0
    withdrawn: int = 0
    hidden: int = 0
    votes: int = 0
    changes_of_side: int = 0


@dataclass(slots=True)
class Ledger:
    """The count of a telling: as many entries as there are people, whatever the length of the debate."""

    counts: Counts = field(default_factory=Counts)
    parts: dict[str, Part] = field(default_factory=dict[str, Part])
    has_secret_votes: bool = False
    """Did anybody vote in secret? Then there are people of whom nothing is told."""
    _deadlines: Sequence[datetime | None] = ()

    @classmethod
    def of(cls, head: Head) -> "Ledger":
        """An empty ledger with everybody in it, by name."""
        people = sorted(head.speakers.values(), key=lambda speaker: (speaker.label.casefold(), speaker.key))
        return cls(Counts(participants=len(people)), {speaker.key: Part(speaker) for speaker in people})

    def begin_round(self, told: ToldRound) -> None:
        """Count a round and its gaps."""
        self.counts.rounds += 1
        self.counts.gaps += len(told.gaps)
        self.has_secret_votes |= any(phase.is_secret for phase in told.phases)
        self._deadlines = _deadlines(told)

    def entry(self, entry: Entry, words: int) -> None:
        """Count a response of so many words."""
        counts, response = self.counts, entry.response
        counts.responses += 1
        if response.parent_id is not None:
            counts.replies += 1
        elif response.source is _REFLECTION:
            counts.reflections += 1
        elif response.source is _STATEMENT:
            counts.statements += 1
        if response.edited_at is not None:
            counts.edited += 1
        if entry.revisions:
            counts.revisions += len(entry.revisions)
        if entry.citations:
            counts.citations += len(entry.citations)
        self._credit(entry, words)

    def _credit(self, entry: Entry, words: int) -> None:
        """Count it for whoever wrote it."""
        response, part = entry.response, self.parts.get(entry.speaker.key) or self._part(entry.speaker)
        if response.withdrawn_at is not None:
            self.counts.withdrawn += 1
            part.withdrawn += 1
        elif entry.hidden_at is not None:
            self.counts.hidden += 1
            part.hidden += 1
        elif response.source is _REFLECTION:
            part.reflections += 1
        elif response.source is _STATEMENT:
            for writer in {speaker.key: speaker for speaker in (entry.speaker, *entry.writers)}.values():
                (self.parts.get(writer.key) or self._part(writer)).statements += 1
        else:
            if response.parent_id is None:
                part.responses += 1
            else:
                part.replies += 1
            part.words += words
            deadline = self._deadlines[response.phase]
            if deadline is None or response.created_at <= deadline:
                part.on_time += 1

    def vote(self, vote: ToldVote) -> None:
        """Count a vote."""
        part = self._part(vote.speaker)
        self.counts.votes += 1
        part.votes += 1
        if vote.previous is not None and vote.previous != vote.stance:
            self.counts.changes_of_side += 1
            part.changes_of_side += 1

    def _part(self, speaker: Speaker) -> Part:
        part = self.parts.get(speaker.key)
        if part is None:
            part = self.parts[speaker.key] = Part(speaker)
            self.counts.participants += 1
        return part


def _deadlines(told: ToldRound) -> list[datetime | None]:
    """When the time of each phase of a round was over, as the class was told."""
    posed, begun = told.round, {phase.number: phase for phase in told.phases}
    if not posed.has_phases:
        return [posed.deadline]
    return [_deadline(told, begun.get(number)) for number in range(len(posed.format.plan))]


def _deadline(told: ToldRound, phase: ToldPhase | None) -> datetime | None:
    """The end of a phase; of one that the teacher ended early the end that it was to have. None where it had none."""
    if phase is None or phase.phase.minutes is None:
        return None
    if phase.ended_at is None:
        return None if told.round.paused_at else told.round.deadline
    return max(phase.ended_at, phase.began_at + timedelta(minutes=phase.phase.minutes))
