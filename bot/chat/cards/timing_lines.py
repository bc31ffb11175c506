"""Lengths and times in words, and what the class is told when its teacher holds the clock."""

from datetime import timedelta

import discord

from bot.chat.texts import counted, plain
from bot.content.formats import Format
from bot.discussion.phase_names import phase_name
from bot.discussion.values import Round


def how_long(debate: Format, minutes: int | None) -> str:
    """How many phases a format has and how long they take. `minutes` are those of a round of one phase."""
    phases = [phase for phase in debate.plan if not phase.is_instant]
    if len(debate.plan) == 1:
        return counted(minutes, "minute") if minutes is not None else "open until you close it"
    told = counted(len(debate.plan), "phase")
    if debate.minutes_in_all is not None:
        return f"{told}, {counted(debate.minutes_in_all, 'minute')}"
    endless = sum(phase.minutes is None for phase in phases)
    if endless == len(phases):
        return f"{told}, each until you go on"
    others = counted(sum(phase.minutes or 0 for phase in phases), "minute")
    return f"{told}, {others} and {'one' if endless == 1 else endless} until you go on"


def lasting(left: timedelta) -> str:
    """A length to the second, such as “4 minutes 30 seconds”; of a long one days and hours, hours and minutes."""
    rest, told = max(round(left.total_seconds()), 0), list[str]()
    for unit, seconds in (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)):
        count, rest = divmod(rest, seconds)
        if count:
            told.append(counted(count, unit))
    return " ".join(told[:2]) or "0 seconds"


def until(found: Round) -> str:
    """When the present phase ends, by the clock and from now."""
    if found.deadline is None:
        return "until your teacher goes on"
    return f"until {discord.utils.format_dt(found.deadline, 't')}, {discord.utils.format_dt(found.deadline, 'R')}"


def in_short(found: Round) -> str:
    """The present phase by its name; a round of one phase is the question."""
    return f"“{plain(phase_name(found.phase))}”" if found.has_phases else "The question"


def paused_line(_found: Round) -> str:
    """The clock has stopped."""
    return "⏸️ The clock stands still: your teacher has paused the debate."


def resumed_line(found: Round) -> str:
    """It goes on."""
    return f"▶️ The clock goes on. {in_short(found)} lasts {until(found)}."


def extended_line(found: Round, minutes: int) -> str:
    """There is more time."""
    if found.paused_at is not None:
        return f"⏱️ {counted(minutes, 'minute')} more, once the clock goes on."
    return f"⏱️ {counted(minutes, 'minute')} more: {in_short(found)} lasts {until(found)}."


def slowed_line(seconds: int, *, typed: bool) -> str:
    """What a teacher is told who has set how long each student waits; `typed`: does that hold in the thread too?"""
    if not seconds:
        return "Slow mode is off: nobody waits between two responses."
    there = "" if typed else " In the thread it does not hold: Parley may not set that there (it lacks Manage Threads)."
    return f"Slow mode: each student waits {counted(seconds, 'second')} between two responses.{there}"
