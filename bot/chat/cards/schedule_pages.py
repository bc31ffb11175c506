"""Scheduled debates: what teachers see of them, and what the class is told of one that did not start on time."""

from zoneinfo import ZoneInfo

import discord
from discord import ui

from bot.chat.cards.parts import button, card, line, mention, row, text
from bot.chat.routing import to
from bot.chat.texts import counted, fitted, plain, shared
from bot.classroom.scheduling import Entry, Timetable
from bot.discussion.ids import ScheduleId
from bot.discussion.palette import NEUTRAL
from bot.discussion.schedule import LATEST, Ending, Schedule
from bot.discussion.when import in_words

_MARK = 1_500_000_000
"""Added to a schedule's id it marks its notice, as tallies are marked: further up, so that the two never meet."""

_REASON = 1000


def notice_mark(schedule_id: ScheduleId) -> int:
    """The number of the frame of this schedule's notice, by which it is known again. It has 32 bits."""
    return _MARK + schedule_id


def scheduled_page(timetable: Timetable, news: str | None = None) -> ui.LayoutView:
    """One page of what waits, each with its buttons; on the first page also what could not be started."""
    zone = timetable.zone
    items: list[ui.Item[ui.LayoutView]] = [text(news)] if news else []
    items.append(text(_heading(timetable)))
    for entry in timetable.waiting:
        items += [line(), text(_entry(entry, zone)), row(_buttons(entry.schedule))]
    if timetable.not_started:
        lost = shared([_not_started(found, zone) for found in timetable.not_started], 1200)
        items += [line(), text("\n".join(["### Not started", *lost]))]
    if timetable.pages > 1:
        before, behind = max(timetable.page - 1, 0), timetable.page + 1
        turning = [
            button("Earlier", to("scheduled", before, "back"), disabled=timetable.page == 0),
            button("Later", to("scheduled", behind, "on"), disabled=behind >= timetable.pages),
        ]
        items += [line(), text(f"-# Page {timetable.page + 1} of {timetable.pages}"), row(turning)]
    return card(*items, colour=NEUTRAL)


def cancel_page(entry: Entry, zone: ZoneInfo) -> ui.LayoutView:
    """Is it really to be cancelled?"""
    return card(
        text(f"**Cancel this debate?** Nothing has been posted of it yet.\n{_entry(entry, zone)}"),
        row(
            [
                button("Cancel the debate", to("unscheduled", entry.schedule.id), style=discord.ButtonStyle.danger),
                button("Keep it", to("scheduled", 0)),
            ]
        ),
        colour=NEUTRAL,
    )


def notice_card(found: Schedule) -> ui.LayoutView:
    """What the class is told, in the channel, of a debate that was started late or not at all."""
    title, then = _title(found), discord.utils.format_dt(found.starts_at, "f")
    at = f" {discord.utils.format_dt(found.ended_at, 't')}" if found.ended_at else ""
    match found.ending:
        case Ending.STARTED:
            told = f"“{title}” was to start at {then}. Parley was away then, and has started it at{at}."
        case Ending.MISSED:
            late = counted(int(LATEST.total_seconds() // 60), "minute")
            told = (
                f"“{title}” was to start at {then} and has not been started: Parley was away, and came back more than "
                f"{late} later. A teacher starts it now with `/discuss start`."
            )
        case _:
            why = fitted(found.reason or "", _REASON)
            told = f"“{title}” was to start at {then} and has not been started. {why}"
    return card(text(told), colour=NEUTRAL, mark=notice_mark(found.id))


def in_short(found: Schedule, zone: ZoneInfo) -> str:
    """What starts where and when, in one line."""
    return f"“{_title(found)}” in <#{found.channel_id}>, {moment_in_words(found, zone)}"


def moment_in_words(found: Schedule, zone: ZoneInfo) -> str:
    """When it starts: on the school's clock, and as Discord shows it on each reader's own."""
    here = in_words(found.starts_at.astimezone(zone))
    return f"**{here}** ({zone.key}) · {discord.utils.format_dt(found.starts_at, 'R')}"


def _heading(timetable: Timetable) -> str:
    if timetable.total == 0:
        return "### No debate is scheduled\n`/discuss schedule` plans one ahead."
    return f"### {counted(timetable.total, 'debate')} scheduled"


def _entry(entry: Entry, zone: ZoneInfo) -> str:
    found = entry.schedule
    details = [f"in <#{found.channel_id}>"]
    if entry.format is not None:
        details.append(fitted(plain(entry.format), 50))
    if found.minutes is not None:
        details.append(counted(found.minutes, "minute"))
    if entry.question is not None:
        details.append(f"begins with “{fitted(plain(entry.question), 80)}”")
    on_their_own = discord.utils.format_dt(found.starts_at, "f")
    return (
        f"{moment_in_words(found, zone)}\n“{_title(found)}” {' · '.join(details)}\n"
        f"-# {on_their_own} on your own clock · scheduled by {mention(found.scheduled_by)}"
    )


def _buttons(found: Schedule) -> list[ui.Button[ui.LayoutView]]:
    return [button("Move", to("reschedule", found.id)), button("Cancel", to("unschedule", found.id))]


def _not_started(found: Schedule, zone: ZoneInfo) -> str:
    missed = f"missed: Parley was away until {discord.utils.format_dt(found.ended_at, 'f')}" if found.ended_at else ""
    why = missed if found.ending is Ending.MISSED else found.reason or ""
    return f"{in_words(found.starts_at.astimezone(zone))} · “{_title(found)}” in <#{found.channel_id}>\n-# {why}"


def _title(found: Schedule) -> str:
    return fitted(plain(found.title), 100)
