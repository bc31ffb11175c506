"""What is counted while a debate is told: per kind for the manifest, per person for lists and gradebooks."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from bot.discussion.transcript import Entry, Head, Speaker, ToldRound, ToldVote


@dataclass(slots=True)
class Counts:
    """How many there are of each kind. `responses` are all that are told, withdrawn and hidden ones included."""

    rounds: int = 0
    participants: int = 0
    responses: int = 0
    replies: int = 0
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
    what was written up to the round's deadline; a round without one has no late responses.
    """

    speaker: Speaker
    responses: int = 0
    replies: int = 0
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

    @classmethod
    def of(cls, head: Head) -> "Ledger":
        """An empty ledger with everybody in it, by name."""
        people = sorted(head.speakers.values(), key=lambda speaker: (speaker.label.casefold(), speaker.key))
        return cls(Counts(participants=len(people)), {speaker.key: Part(speaker) for speaker in people})

    def begin_round(self, told: ToldRound) -> None:
        """Count a round and its gaps."""
        self.counts.rounds += 1
        self.counts.gaps += len(told.gaps)

    def entry(self, entry: Entry) -> None:
        """Count a response."""
        counts, response = self.counts, entry.response
        part = self.parts.get(entry.speaker.key) or self._part(entry.speaker)
        counts.responses += 1
        if response.parent_id is not None:
            counts.replies += 1
        if response.edited_at is not None:
            counts.edited += 1
        if entry.revisions:
            counts.revisions += len(entry.revisions)
        if entry.citations:
            counts.citations += len(entry.citations)
        if response.withdrawn_at is not None:
            counts.withdrawn += 1
            part.withdrawn += 1
        elif entry.hidden_at is not None:
            counts.hidden += 1
            part.hidden += 1
        else:
            if response.parent_id is None:
                part.responses += 1
            else:
                part.replies += 1
            part.words += words(response.body)
            deadline = entry.round.deadline
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


def words(body: Mapping[str, str]) -> int:
    """How many words there are in a response: runs of anything but white space."""
    count = 0
    for text in body.values():  # a loop, since a sum would take twice the time, and this is done for every response
        count += len(text.split())
    return count
