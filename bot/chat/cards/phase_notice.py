"""The message that tells the class which phase has begun, what to do in it and until when."""

from collections.abc import Mapping

import discord
from discord import ui

from bot.chat.cards.parts import button, card, row, text
from bot.chat.routing import to
from bot.chat.texts import counted, plain
from bot.classroom.announcing import Notice
from bot.classroom.reading import OF_ROUND
from bot.content.formats import (
    ArguePhase,
    Phase,
    PhaseKind,
    ReflectPhase,
    ReplyPhase,
    StatementPhase,
    Visible,
    VotePhase,
)
from bot.discussion.allowing import allows_vote
from bot.discussion.palette import NEUTRAL, STANCE_COLOURS
from bot.discussion.phase_names import phase_name
from bot.discussion.values import Round

WHO_READS_REFLECTIONS = "You and your teachers and moderators can read what you write; no classmate ever does."

_SAY: Mapping[PhaseKind, str] = {
    PhaseKind.VOTE: "Take a side. Your last choice before the end counts.",
    PhaseKind.ARGUE: "Make your case, with evidence from the article.",
    PhaseKind.REPLY: "Answer a classmate: press **Reply** under a response.",
    PhaseKind.SWAP: "The sides have changed: look up yours, and argue for it from now on.",
    PhaseKind.REFLECT: f"Think back on the debate. {WHO_READS_REFLECTIONS}",
    PhaseKind.STATEMENT: "Write one text together. Anybody in the group may change it; the class reads it at the end.",
    PhaseKind.REVEAL: "This is how the class stands.",
    PhaseKind.READ: "Read the article. The debate begins after that.",
    PhaseKind.PAUSE: "A break. Nothing is to be done.",
}
_HIDDEN: Mapping[Visible, str] = {
    Visible.AFTER_YOURS: "You read what classmates wrote as soon as you have written yourself.",
    Visible.AT_REVEAL: "Nobody reads what classmates wrote before the reveal.",
}


def part_address(found: Round, number: int) -> str:
    """What only the notice of this phase has: the way to one's own part in it."""
    return to("part", found.id, number)


def heading(found: Round, number: int) -> str:
    """A phase's name, and which of how many it is."""
    return f"### {plain(phase_name(found.format.plan[number]))}\n-# Phase {number + 1} of {len(found.format.plan)}"


def what_to_do(phase: Phase) -> str:
    """What the class is told to do in a phase."""
    return plain(phase.say) if phase.say else _SAY[phase.kind]


def phase_line(found: Round) -> str:
    """Where a round is in its format, in one line."""
    return f"Phase {found.phase_number + 1} of {len(found.format.plan)}: **{plain(phase_name(found.phase))}**"


def time_line(found: Round) -> str:
    """Until when the present phase lasts."""
    if found.paused_at is not None:
        return "The clock stands still: your teacher has paused the debate."
    if found.deadline is None:
        return "Until your teacher goes on." if found.has_phases else "Open until your teacher closes it."
    return f"Until {discord.utils.format_dt(found.deadline, 't')}, {discord.utils.format_dt(found.deadline, 'R')}."


def phase_notice(notice: Notice) -> ui.LayoutView:
    """The notice of a phase as it stands now, with the buttons of the phase; without them once it is over."""
    found, number = notice.standing.round, notice.log.number
    phase = found.format.plan[number]
    told = [
        heading(found, number),
        what_to_do(phase),
        *asked_in(phase),
    ]
    if notice.is_over:
        told.append("This phase is over.")
    elif not phase.is_instant:
        told.append(time_line(found))
    stances = [] if notice.is_over else stance_buttons(found, phase)
    actions = [] if notice.is_over else phase_actions(found, number)
    rests = phase.kind is PhaseKind.PAUSE or (notice.is_over and not phase.is_instant)
    return card(
        *[text(words) for words in told],
        *([row(stances)] if stances else []),
        row([*actions, button("My part", part_address(found, number))]),
        colour=NEUTRAL if rests else STANCE_COLOURS[0],
    )


def stance_buttons(found: Round, phase: Phase) -> list[ui.Button[ui.LayoutView]]:
    """A button for each stance, where the phase lets sides be taken. On a notice counts would age: it has none."""
    if allows_vote(phase) is not None:
        return []
    return [
        button(stance.label, to("vote", found.id, stance.id), emoji=stance.emoji) for stance in found.prompt.stances
    ]


def asked_in(phase: Phase) -> list[str]:
    """What exactly the phase asks for."""
    if isinstance(phase, VotePhase) and phase.secret:
        return ["-# This vote is secret: nobody is told who voted how, now or later. Only the counts are, at the end."]
    lines = [f"**{plain(phase.ask)}**"] if isinstance(phase, ReflectPhase | StatementPhase) else []
    least = phase.at_least_words if isinstance(phase, ArguePhase | ReplyPhase | StatementPhase) else None
    if least is not None:
        lines.append(f"-# At least {counted(least, 'word')}.")
    if isinstance(phase, ArguePhase) and phase.visible in _HIDDEN and _HIDDEN[phase.visible] not in (phase.say or ""):
        lines.append(f"-# {_HIDDEN[phase.visible]}")
    return ["\n".join(lines)] if lines else []


def phase_actions(found: Round, number: int) -> list[ui.Button[ui.LayoutView]]:
    """The buttons by which somebody does what a phase asks for; it has none where they press those of others."""
    primary, phase = discord.ButtonStyle.primary, found.format.plan[number]
    match phase.kind:
        case PhaseKind.ARGUE:
            return [button("Respond", to("respond", found.id), style=primary), *_reading(found, number)]
        case PhaseKind.REFLECT:
            return [button("Reflect", to("reflect", found.id), style=primary)]
        case PhaseKind.STATEMENT:
            return [button("Write together", to("statement", found.id, number), style=primary)]
        case PhaseKind.READ:
            return [button("Read the article", to("read", f"{OF_ROUND}{found.id}"), style=primary)]
        case _:
            return []


def is_after_yours(phase: Phase) -> bool:
    """Do classmates read what somebody wrote in it once they have written themselves?"""
    return isinstance(phase, ArguePhase) and phase.visible is Visible.AFTER_YOURS


def _reading(found: Round, number: int) -> list[ui.Button[ui.LayoutView]]:
    if not is_after_yours(found.format.plan[number]):
        return []
    return [button("Read classmates", to("classmates", found.id, number))]
