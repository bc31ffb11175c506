"""How the class stood and how minds moved, in words. What is said here is not safe for a file yet: see signs.py."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.content.formats import VotePhase
from bot.content.models import Prompt
from bot.discussion.allowing import allows_vote
from bot.discussion.ids import StanceId
from bot.discussion.outcome import outcome, points_of
from bot.discussion.swing import Swing
from bot.discussion.tally import Tally
from bot.discussion.transcript import ToldPhase, ToldRound
from bot.discussion.values import Round
from bot.transcripts.phrases import counted, named_phase, stance_words

NO_VOTES = "In this format nobody votes."
UNREVEALED = "No vote has been revealed."
SECRET_VOTES = "The class voted in secret: only the counts are told."  # noqa: S105 - a sentence
UNTOLD_MOVES = "Who moved where is not told: so few voted in secret."


@dataclass(frozen=True, slots=True)
class Share:
    """A stance in a count: its words, its votes, and their share in whole per cent."""

    stance: str
    votes: int
    percent: int


@dataclass(frozen=True, slots=True)
class Count:
    """A count with its head and a share for each stance; `note` says what is not in it."""

    head: str
    shares: tuple[Share, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SwingRow:
    """A stance in the swing: its words, its votes in the first vote and in the last, and what it gained."""

    stance: str
    before: int
    after: int
    points: str


def asks_for_sides(posed: Round) -> bool:
    """Is there a phase in which the class may take sides?"""
    return any(allows_vote(phase) is None for phase in posed.format.plan)


def has_secret_votes(posed: Round) -> bool:
    """Is there a phase in which it votes in secret?"""
    return any(isinstance(phase, VotePhase) and phase.secret for phase in posed.format.plan)


def votes_told(told: ToldRound) -> str | None:
    """How many votes are told, in words; None where there are only secret ones."""
    if not has_secret_votes(told.round):
        return counted(told.votes, "vote")
    return counted(told.votes, "open vote") if told.votes else None


def unlisted(told: ToldRound) -> str | None:
    """Why votes are missing in the list of them; None where all stand there."""
    if has_secret_votes(told.round):
        return SECRET_VOTES
    if told.votes:
        return None
    return "Nobody voted." if asks_for_sides(told.round) else NO_VOTES


def counts(told: ToldRound) -> list[Count]:
    """How the class stood: in each vote that may be told, or by the stances held last. None: see `uncounted`."""
    held = told.tally.counts
    ballots = [phase for phase in told.phases if phase.votes is not None]
    counted_votes = [
        Count(_ballot(phase, phase.votes or {}), _shares(told.round.prompt, phase.votes or {}), _left_out(phase))
        for phase in ballots
    ]
    if told.counted is not None:
        return counted_votes
    if not told.tally.voters and (not asks_for_sides(told.round) or has_secret_votes(told.round)):
        return counted_votes
    last = f"{counted(told.tally.voters, 'voter')}, each by their last vote"
    return [*counted_votes, Count(last, _shares(told.round.prompt, held))]


def uncounted(told: ToldRound) -> str:
    """Why there is no count."""
    return UNREVEALED if asks_for_sides(told.round) else NO_VOTES


def has_ballots(told: ToldRound) -> bool:
    """Are there votes among the phases whose counts are told?"""
    return any(phase.votes is not None for phase in told.phases)


def _shares(prompt: Prompt, votes: Mapping[StanceId, int]) -> tuple[Share, ...]:
    standing = Tally(votes, 0)
    return tuple(
        Share(stance_words(prompt, stance), votes.get(stance, 0), standing.percent(stance) if stance in votes else 0)
        for stance in map(StanceId, (stance.id for stance in prompt.stances))
    )


def _ballot(phase: ToldPhase, votes: Mapping[StanceId, int]) -> str:
    """A vote as the head of its count: before (secret vote): 14 voters."""
    return f"{named_phase(phase.phase)}: {counted(sum(votes.values()), 'voter')}"


def _left_out(phase: ToldPhase) -> str | None:
    """That some votes are not in a count, and why."""
    if not phase.left_out:
        return None
    they = "it" if phase.left_out == 1 else "they"
    are = counted(phase.left_out, "vote is", "votes are")
    return f"{are} left out of this count: beside who voted both times {they} would not stay secret."


def swing_rows(told: ToldRound, moved: Swing) -> list[SwingRow]:
    """The swing, a row for each stance."""
    prompt = told.round.prompt
    return [
        SwingRow(stance_words(prompt, stance), moved.before[stance], moved.after[stance], points_of(moved, stance))
        for stance in map(StanceId, (stance.id for stance in prompt.stances))
    ]


def swing_names(told: ToldRound) -> tuple[str, str]:
    """What the first vote of the swing and the last are called."""
    names = [phase.name for phase in told.phases if phase.votes is not None and phase.number <= (told.counted or 0)]
    return names[0], names[-1]


def swing_head(told: ToldRound, moved: Swing) -> str:
    """Whom the swing counts."""
    before, after = swing_names(told)
    return f"From “{before}” to “{after}”: {counted(moved.both, 'person', 'people')} voted both times"


def swing_sentences(told: ToldRound, moved: Swing) -> Iterator[str]:
    """Who moved the most minds, and who moved where."""
    if moved.both:
        yield outcome(moved, told.round.prompt)
        yield UNTOLD_MOVES if moved.flow is None else f"{counted(_stayed(moved), 'person', 'people')} stayed."
        for people, was, now in _moves(moved):
            then, there = (stance_words(told.round.prompt, stance) for stance in (was, now))
            yield f"{counted(people, 'person', 'people')} moved from {then} to {there}."


def in_points(told: ToldRound, moved: Swing) -> Iterator[str]:
    """What each stance gained, for a cell: Sanctions first: +12.5."""
    for stance in told.round.prompt.stances:
        yield f"{stance.label}: {points_of(moved, StanceId(stance.id))}"


def moves(told: ToldRound, moved: Swing) -> Iterator[str]:
    """Who moved where, for a cell: Engage China first → Sanctions first: 3. Nothing where that is not told."""
    labels = {StanceId(stance.id): stance.label for stance in told.round.prompt.stances}
    for people, was, now in _moves(moved):
        yield f"{labels[was]} → {labels[now]}: {people}"


def _moves(moved: Swing) -> list[tuple[int, StanceId, StanceId]]:
    """How many went from where to where, the most first."""
    went = [(people, was, now) for (was, now), people in (moved.flow or {}).items() if people and was != now]
    return sorted(went, key=lambda move: -move[0])


def _stayed(moved: Swing) -> int:
    return sum(people for (was, now), people in (moved.flow or {}).items() if was == now)
