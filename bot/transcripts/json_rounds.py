"""What a line of JSON has of a round's course: its phases, its counts, and how minds moved."""

from collections.abc import Mapping

from bot.content.models import Prompt
from bot.discussion.evidence.values import Citation
from bot.discussion.ids import StanceId
from bot.discussion.swaying import Swayed
from bot.discussion.swing import Swing
from bot.discussion.tally import Tally
from bot.discussion.transcript import ToldPhase
from bot.transcripts.clock import Clock
from bot.transcripts.records.responses import CitationRecord, MovedVotesRecord, TowardRecord
from bot.transcripts.records.rounds import MoveRecord, PhaseRecord, StanceSwingRecord, SwingRecord, TallyRecord

_DECIMALS = 4


def tally_records(prompt: Prompt, votes: Mapping[StanceId, int]) -> list[TallyRecord]:
    """A count, in the order of the prompt's stances."""
    counted = Tally(votes, 0)
    return [
        TallyRecord(
            stance=stance.id,
            label=stance.label,
            votes=votes.get(StanceId(stance.id), 0),
            percent=counted.percent(StanceId(stance.id)) if stance.id in votes else 0,
        )
        for stance in prompt.stances
    ]


def phase_record(prompt: Prompt, phase: ToldPhase, clock: Clock) -> PhaseRecord:
    """A phase with its times, and a vote with its count where that may be told."""
    votes = phase.votes
    return PhaseRecord(
        number=phase.number + 1,
        name=phase.name,
        kind=phase.phase.kind,
        secret=phase.is_secret,
        began_at=clock.utc(phase.began_at),
        began_at_local=clock.local(phase.began_at),
        ended_at=clock.utc_or_none(phase.ended_at),
        ended_at_local=clock.local_or_none(phase.ended_at),
        voters=None if votes is None else sum(votes.values()),
        tally=None if votes is None else tally_records(prompt, votes),
        left_out=phase.left_out,
    )


def citation_record(cited: Citation) -> CitationRecord:
    """A passage, with what is around it, so that it is found again."""
    return CitationRecord(
        paragraph=cited.paragraph,
        kind=cited.kind.value,
        start=cited.start,
        exact=cited.exact,
        prefix=cited.prefix,
        suffix=cited.suffix,
    )


def moved_record(prompt: Prompt, swayed: Swayed) -> MovedVotesRecord:
    """How many of those whom a response moved changed sides, and to which."""
    return MovedVotesRecord(
        people=swayed.people,
        toward=[
            TowardRecord(stance=stance.id, label=stance.label, people=people)
            for stance in prompt.stances
            if (people := swayed.toward.get(StanceId(stance.id), 0))
        ],
    )


def swing_record(prompt: Prompt, moved: Swing) -> SwingRecord:
    """How minds moved; of who moved where only what may be told."""
    stances = [(StanceId(stance.id), stance.label) for stance in prompt.stances]
    return SwingRecord(
        both=moved.both,
        stances=[
            StanceSwingRecord(
                stance=stance,
                label=label,
                before=moved.before[stance],
                after=moved.after[stance],
                points=round(float(moved.points(stance)), _DECIMALS),
            )
            for stance, label in stances
        ],
        winner=moved.winner,
        dead_heat=moved.is_dead_heat,
        moves=None
        if moved.flow is None
        else [MoveRecord(before=was, after=now, people=people) for (was, now), people in moved.flow.items()],
    )
