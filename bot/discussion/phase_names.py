"""What phases are called."""

from collections.abc import Mapping

from bot.content.formats import Phase, PhaseKind

_NAMES: Mapping[PhaseKind, str] = {
    PhaseKind.VOTE: "Vote",
    PhaseKind.ARGUE: "Argue",
    PhaseKind.REPLY: "Reply",
    PhaseKind.SWAP: "Swap sides",
    PhaseKind.REFLECT: "Reflect",
    PhaseKind.STATEMENT: "Write a statement",
    PhaseKind.REVEAL: "The count",
    PhaseKind.READ: "Read",
    PhaseKind.PAUSE: "Break",
}


def phase_name(phase: Phase) -> str:
    """What a phase is called for the class: as its format has it, or by its kind."""
    return phase.name or _NAMES[phase.kind]
