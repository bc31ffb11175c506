"""The course of a round in words: its phases, the sides that were assigned, and what is to be known of a response.

What is said here is not safe for a file yet: see signs.py.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.content.formats import ArguePhase, ReplyPhase
from bot.content.models import Prompt
from bot.discussion.allowing import shows_at_once
from bot.discussion.ids import SideId
from bot.discussion.sides import Reason
from bot.discussion.swaying import Swayed
from bot.discussion.transcript import Entry, ToldPhase, ToldPlace, ToldRound
from bot.discussion.values import Closing, Round, Source
from bot.transcripts.clock import Clock
from bot.transcripts.phrases import counted, named_phase, role, stance_words
from bot.transcripts.standing import votes_told

_CLOSINGS: Mapping[Closing, str] = {
    Closing.TIME: "its time was over",
    Closing.NEXT: "the next question was posed",
    Closing.CLOSE: "the debate was closed",
}
_REASONS: Mapping[Reason, str] = {
    Reason.LOT: "by lot",
    Reason.LATE: "by lot, having come later",
    Reason.SWAP: "the sides were swapped",
    Reason.GROUP: "the groups were mended",
    Reason.TEACHER: "the teacher decided",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be known of who may read a response: in a word, and in a sentence."""

    word: str
    sentence: str


PRIVATE = Mark("Private", "Private: only its author and the teachers read it.")
NOT_SHOWN = Mark("Not shown yet", "Not shown to the class yet.")


def round_facts(told: ToldRound, clock: Clock) -> str:
    """When a round was, and how much there is of it, as one line."""
    posed = told.round
    parts = [posed.format.title] if posed.has_phases else []
    parts.append(f"Posed {clock.minute(posed.opened_at)}")
    if posed.deadline and not posed.has_phases:
        parts.append(f"time until {clock.until(posed.opened_at, posed.deadline)}")
    if posed.closed_at:
        why = f", when {_CLOSINGS[posed.closing]}" if posed.closing else ""
        parts.append(f"closed {clock.until(posed.opened_at, posed.closed_at)}{why}")
    else:
        parts.append("still open when this was written")
    parts += [counted(told.entries, "response"), *([votes] if (votes := votes_told(told)) else [])]
    if told.gaps:
        parts.append(counted(len(told.gaps), "gap"))
    return " · ".join(parts)


def circumstances(entry: Entry, clock: Clock, escaped: Callable[[str], str]) -> list[str]:
    """What stands behind a name, escaped as told: role, side, phase, whom it answers, when it was written."""
    response = entry.response
    parts = [known] if (known := role(response.role)) else []
    if by := writers(entry):
        parts.append(f"written by {escaped(', '.join(by))}")
    if response.stance:
        parts.append(escaped(stance_words(entry.round.prompt, response.stance)))
    if phase := written_in(entry):
        parts.append(escaped(phase))
    if response.parent_id is not None:
        parts.append(f"answers {escaped(entry.parent_speaker.label) if entry.parent_speaker else 'somebody'}")
    parts.append(clock.minute(response.created_at))
    if response.edited_at:
        parts.append(f"edited {clock.minute(response.edited_at)}")
    if whom := moved(entry):
        parts.append(escaped(whom))
    return parts


def is_plain(posed: Round) -> bool:
    """Is there nothing to tell of its responses but what every debate has: no phases, nothing private or held back?"""
    phase = posed.format.plan[0]
    return not posed.has_phases and isinstance(phase, ArguePhase | ReplyPhase) and shows_at_once(phase)


def written_in(entry: Entry) -> str | None:
    """The phase in which a response was written; None where there is only one."""
    return named_phase(entry.round.format.plan[entry.response.phase]) if entry.round.has_phases else None


def times(told: ToldRound, phase: ToldPhase, clock: Clock) -> str:
    """When a phase was, on the school's clock: 10:32 – 10:44."""
    opened = told.round.opened_at
    began = clock.until(opened, phase.began_at)
    if phase.ended_at is None:
        return f"since {began}"
    ended = clock.until(phase.began_at, phase.ended_at)
    return began if ended == began or phase.phase.is_instant else f"{began} – {ended}"


def marks(entry: Entry) -> list[Mark]:
    """What is to be known of who may read a response."""
    if entry.response.source is Source.REFLECTION:
        return [PRIVATE]
    return [NOT_SHOWN] if entry.response.held_back else []


def moved(entry: Entry) -> str | None:
    """Whom it moved, by their numbers alone: moved 3 people (2 of them changed sides: 2 to 🛡️ Sanctions first)."""
    if not entry.moved:
        return None
    people = f"moved {counted(entry.moved, 'person', 'people')}"
    return people if entry.swayed is None else f"{people} ({_swayed(entry.round.prompt, entry.moved, entry.swayed)})"


def toward(entry: Entry) -> Iterator[str]:
    """Which sides those took whom it moved, for a cell: Sanctions first: 2. Nothing where that is not told."""
    for stance, people in entry.swayed.toward.items() if entry.swayed else ():
        label = entry.round.prompt.stance(stance)
        yield f"{label.label if label else stance}: {people}"


def _swayed(prompt: Prompt, moved: int, swayed: Swayed) -> str:
    if not swayed.people:
        return f"none of them changed {'their side' if moved == 1 else 'sides'}"
    sides = ", ".join(f"{people} to {stance_words(prompt, stance)}" for stance, people in swayed.toward.items())
    return f"{swayed.people} of them changed {'their side' if swayed.people == 1 else 'sides'}: {sides}"


def author(entry: Entry) -> str:
    """In whose name a response stands: a person's, or a group's."""
    return entry.speaker.label if entry.response.group is None else f"Group {entry.response.group}"


def writers(entry: Entry) -> list[str]:
    """Who wrote what stands in a group's name, each once, whoever began first; nobody for words of one person."""
    if entry.response.group is None:
        return []
    return list(dict.fromkeys(writer.label for writer in (entry.speaker, *entry.writers)))


def of_revision(entry: Entry, place: int) -> str:
    """What tells the earlier wording at that place apart: whose it was, where several wrote, or the side then taken."""
    if entry.writers:
        return entry.writers[place].label
    return stance_words(entry.round.prompt, entry.revisions[place].stance)


def side_words(prompt: Prompt, side: SideId) -> str:
    """An assigned side: a stance with its emoji, or a circle."""
    return stance_words(prompt, side) if prompt.stance(side) else f"{side} circle"


def why(place: ToldPlace) -> str:
    """Why somebody has this place."""
    return _REASONS[place.reason]
