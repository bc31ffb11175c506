"""A debate before it goes live, for its teacher alone: the card as the class will see it, the phases, and Start."""

from datetime import timedelta

import discord
from discord import ui

from bot.chat.cards.parts import button, card, row, text
from bot.chat.cards.phase_notice import asked_in, what_to_do
from bot.chat.cards.requirement_lines import required
from bot.chat.cards.round_card import round_card
from bot.chat.cards.timing_lines import how_long
from bot.chat.routing import to
from bot.chat.texts import CARD_TEXT, counted, plain, shared
from bot.classroom.floor import assigns_stances
from bot.classroom.previewing import Preview
from bot.content.formats import AnyPhase
from bot.discussion.palette import NEUTRAL
from bot.discussion.phase_names import phase_name
from bot.discussion.values import Round


def card_to_be(preview: Preview, *, hears_thread: bool) -> ui.LayoutView:
    """The card that the class will see first. Nothing on it can be pressed yet."""
    view = round_card(preview.standing, hears_thread=hears_thread)
    for item in view.walk_children():
        if isinstance(item, ui.Button):
            item.disabled = True
    return view


def plan_page(preview: Preview) -> ui.LayoutView:
    """The phases with what the class is told in each, how long it takes in all, and the button that starts it."""
    found = preview.standing.round
    head = "\n".join(
        [
            "### Only you see this yet",
            f"**{plain(found.format.title)}**: {_length(found)}",
            *_rules(found),
        ]
    )
    tail = f"**Start** posts the card in <#{preview.channel_id}> and begins at once. {_end(found)}"
    phases = [_phase(number, phase) for number, phase in enumerate(found.format.plan, 1)] if found.has_phases else []
    told = "\n".join(shared(phases, CARD_TEXT - len(head) - len(tail) - len(phases)))
    return card(
        text(head),
        *([text(told)] if told else []),
        text(tail),
        row([button("Start", to("start", preview.number), style=discord.ButtonStyle.success)]),
        colour=NEUTRAL,
    )


def _length(found: Round) -> str:
    return f"{how_long(found.format, _minutes(found))}."


def _minutes(found: Round) -> int | None:
    """How long the first phase lasts."""
    return None if found.deadline is None else round((found.deadline - found.opened_at) / timedelta(minutes=1))


def _rules(found: Round) -> list[str]:
    """What holds for the whole debate."""
    told: list[str] = []
    if found.format.sides is not None:
        sides = "a side to argue for" if assigns_stances(found) else "the inner or the outer circle"
        groups = found.format.groups
        size = f", in groups of {groups.size}" if groups is not None else ""
        told.append(f"-# Everybody is assigned {sides} by lot{size}. `/discuss assign` changes it for one student.")
    if wanted := required(found.format.requires):
        told.append(f"-# Required of everybody: {wanted}.")
    return told


def _phase(number: int, phase: AnyPhase) -> str:
    if phase.is_instant:
        length = "takes no time"
    else:
        length = counted(phase.minutes, "minute") if phase.minutes is not None else "until you go on"
    return "\n".join([f"**{number}. {plain(phase_name(phase))}** · {length}", what_to_do(phase), *asked_in(phase)])


def _end(found: Round) -> str:
    minutes = found.format.minutes_in_all if found.has_phases else _minutes(found)
    if minutes is None:
        return "When it ends is up to you."
    end = discord.utils.format_dt(found.opened_at + timedelta(minutes=minutes), "t")
    return f"Started at {discord.utils.format_dt(found.opened_at, 't')}, it ends at {end}."
