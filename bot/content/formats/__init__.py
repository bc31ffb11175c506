"""How a class debates, as a teacher writes it: the values here; how a file is read and checked in the modules."""

from bot.content.formats.choices import Assign, ChartKind, FieldName, PhaseKind, ReplyTo, Stem, Visible, Who
from bot.content.formats.phases import (
    AnyPhase,
    ArguePhase,
    InstantPhase,
    PausePhase,
    Phase,
    ReadPhase,
    ReflectPhase,
    ReplyPhase,
    RevealPhase,
    StatementPhase,
    SwapPhase,
    VotePhase,
)
from bot.content.formats.values import OPEN_FLOOR, Format, Groups, Requirements, Sides, Step, open_floor

__all__ = [
    "OPEN_FLOOR",
    "AnyPhase",
    "ArguePhase",
    "Assign",
    "ChartKind",
    "FieldName",
    "Format",
    "Groups",
    "InstantPhase",
    "PausePhase",
    "Phase",
    "PhaseKind",
    "ReadPhase",
    "ReflectPhase",
    "ReplyPhase",
    "ReplyTo",
    "Requirements",
    "RevealPhase",
    "Sides",
    "StatementPhase",
    "Stem",
    "Step",
    "SwapPhase",
    "Visible",
    "VotePhase",
    "Who",
    "open_floor",
]
