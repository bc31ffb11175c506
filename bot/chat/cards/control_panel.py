"""The teacher's private panel: how the debate stands, and buttons that each say what they will do."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

import discord
from discord import ui

from bot.chat.cards.parts import button, card, line, nameless, row, text
from bot.chat.cards.phase_notice import phase_line
from bot.chat.cards.requirement_lines import required, still_to_do
from bot.chat.cards.review_page import approvals_line, reports_line
from bot.chat.cards.timing_lines import in_short, lasting
from bot.chat.routing import to
from bot.chat.texts import CARD_TEXT, counted, fitted, plain, shared
from bot.classroom.controlling import Panel
from bot.content.formats import AnyPhase
from bot.discussion.ids import UserId
from bot.discussion.palette import NEUTRAL, STANCE_COLOURS
from bot.discussion.phase_names import phase_name
from bot.discussion.values import Round

MORE_MINUTES = 5
"""What one press of the button adds."""

_UNKNOWN = (
    "-# Discord has not told Parley who is in this channel (that takes the Server Members intent, and a moment after a "
    "start): counted are those who have taken part here for all to see."
)


def control_panel(panel: Panel, *, said: str | None = None) -> ui.LayoutView:
    """The panel as it stands now; `said` is what became of the press before."""
    found = panel.standing.round
    head = f"### {fitted(plain(found.prompt.question), 600)}\n{_where(panel)}"
    acts, note = "\n".join(_acts(panel)), [] if panel.roster.is_known else [_UNKNOWN]
    note += [reports_line(panel.reports)] if panel.reports else []
    note += [approvals_line(panel.to_approve)] if panel.to_approve else []
    fixed = sum(map(len, (said or "", head, acts, *note)))
    return card(
        *([text(f"**{said}**")] if said else []),
        text(head),
        *[text(words) for words in [*shared(_progress(panel), CARD_TEXT - fixed - 100), *note]],
        line(),
        text(acts),
        *_buttons(panel),
        colour=NEUTRAL if found.paused_at is not None else STANCE_COLOURS[0],
    )


def confirmation(panel: Panel, act: str) -> ui.LayoutView:
    """The same message asking once more, before something that cannot be undone."""
    asked, label = (
        ("End the whole debate?\n" + _CLOSES, "Close the debate")
        if act == "close"
        else (f"{_ending(panel.standing.round)}?\n" + _ENDS, "End the question")
    )
    danger = discord.ButtonStyle.danger
    return card(
        text(f"### {asked}"),
        row([_button(panel, label, f"{act}-now", style=danger), _button(panel, "Back", "refresh")]),
        colour=NEUTRAL,
    )


def done_with(said: str) -> ui.LayoutView:
    """The panel once there is nothing to control any more."""
    return card(text(said), colour=NEUTRAL)


def _ending(found: Round) -> str:
    return f"End {in_short(found)} and close the question" if found.has_phases else "Close the question"


_CLOSES = "The question is closed, its count posted and its thread locked. Nothing can be added afterwards."
_ENDS = "Its count is posted and its thread locked. `/discuss next` then poses the next question."


def _where(panel: Panel) -> str:
    found = panel.standing.round
    return "\n".join([*([phase_line(found)] if found.has_phases else []), _left(found, panel.left)])


def _left(found: Round, left: timedelta | None) -> str:
    if found.paused_at is not None:
        return f"The clock stands still{f', with {lasting(left)} left' if left is not None else ''}."
    if found.deadline is None:
        return "Until you go on." if found.has_phases else "Open until you close it."
    clock, away = discord.utils.format_dt(found.deadline, "t"), discord.utils.format_dt(found.deadline, "R")
    return f"Ends at {clock}, {away}."


def _progress(panel: Panel) -> list[str]:
    """How far the class is, and by name who is not there yet."""
    wanted, unfinished = required(panel.standing.round.format.requires), panel.unfinished
    if not wanted:
        return ["This format requires nothing of anybody. `/discuss status` tells who has answered."]
    finished = [user for user in panel.roster.students if user not in unfinished]
    told = [f"**{len(finished)} of {len(panel.roster.students)}** have done what is required: {wanted} each."]
    if unfinished:
        told.append(f"**Not done yet** ({len(unfinished)}): {_people(panel, unfinished)}")
    if finished:
        told.append(f"**Done** ({len(finished)}): {_people(panel, finished)}")
    return told


def _people(panel: Panel, users: Sequence[UserId]) -> str:
    """By name, each with what they still have to do."""
    names, progress = panel.roster.names, panel.progress
    known = [user for user in users if user in names]
    left = {user: "" if progress[user].is_met else f" ({still_to_do(progress[user])})" for user in known}
    return ", ".join([*(plain(names[user]) + left[user] for user in known), *nameless(len(users) - len(known))])


def _acts(panel: Panel) -> list[str]:
    """A line for each button: what will happen when it is pressed."""
    asks = [_ask(panel), _coach(panel.standing.round)]
    return [_next(panel), _more(panel), _stop_or_go(panel), _reveal(panel), _remind(panel), *asks, _close()]


def _next(panel: Panel) -> str:
    ends, found = in_short(panel.standing.round), panel.standing.round
    if panel.ends_round:
        through = f", goes through {_names(panel.coming)}" if panel.coming else ""
        now = f"ends {ends} now{through} and closes" if found.has_phases else "closes"
        return f"**End the question** {now} the question. You are asked once more first."
    *instant, following = panel.coming
    through = f", goes through {_names(instant)}" if instant else ""
    length = counted(following.minutes, "minute") if following.minutes is not None else "until you go on"
    clock = " The clock goes on then." if found.paused_at is not None else ""
    return f"**Next phase** ends {ends} now{through} and begins “{plain(phase_name(following))}” ({length}).{clock}"


def _more(panel: Panel) -> str:
    found = panel.standing.round
    more = f"**+{MORE_MINUTES} minutes**"
    if found.deadline is None:
        return f"{more} lets {_lower(found)} end {MORE_MINUTES} minutes from then on. It has no end so far."
    if found.paused_at is not None:
        return f"{more} adds to the time that is left when the clock goes on."
    end = max(found.deadline, panel.now) + timedelta(minutes=MORE_MINUTES)
    return f"{more} lets {_lower(found)} last until {discord.utils.format_dt(end, 't')}."


def _stop_or_go(panel: Panel) -> str:
    found = panel.standing.round
    if found.paused_at is not None:
        left = f" with {lasting(panel.left)} left" if panel.left is not None else ""
        return f"**Resume** lets the clock go on{left}."
    if found.deadline is None:
        return f"**Pause** has no clock to stop: {_lower(found)} lasts until you end it."
    return "**Pause** stops the clock. The class is told, and may go on writing."


def _reveal(panel: Panel) -> str:
    if not panel.held_back:
        return "**Reveal** has nothing to show: nothing is held back from the class."
    held = counted(panel.held_back, "response that is", "responses that are")
    return f"**Reveal** shows the class {held} held back so far. The phase goes on."


def _remind(panel: Panel) -> str:
    if panel.standing.round.format.requires is None:
        return "**Remind** has nothing to remind anybody of: nothing is required."
    return (
        f"**Remind** sends {panel.to_remind} of the {len(panel.unfinished)} who have something left a direct message "
        "with what it is: those who have asked for that."
    )


def _ask(panel: Panel) -> str:
    follow_ups = panel.standing.round.prompt.follow_ups
    if panel.to_ask is None:
        none = "the prompt set has none for the class" if not follow_ups else "the class has been asked them all"
        return f"**Ask a follow-up** has nothing to ask: {none}."
    return f"**Ask a follow-up** puts to the class: “{plain(follow_ups[panel.to_ask].ask)}”"


def _coach(found: Round) -> str:
    if found.conduct.coached:
        return "**Coach off** lets Parley ask nothing back by itself any more, neither students nor the class."
    return "**Coach on** lets Parley ask back again: students about their responses, the class when the talk stalls."


def _close() -> str:
    return "**Close** ends the whole debate. You are asked once more first."


def _buttons(panel: Panel) -> list[ui.ActionRow[ui.LayoutView]]:
    found = panel.standing.round
    stands = found.paused_at is not None
    onwards = "End the question" if panel.ends_round else "Next phase"
    return [
        row(
            [
                _button(panel, onwards, "next", style=discord.ButtonStyle.primary),
                _button(panel, f"+{MORE_MINUTES} minutes", "extend"),
                _button(panel, "Resume", "resume")
                if stands
                else _button(panel, "Pause", "pause", disabled=found.deadline is None),
                _button(panel, "Reveal", "reveal", disabled=not panel.held_back),
                _button(panel, "Remind", "nudge", disabled=not panel.to_remind),
            ]
        ),
        row(
            [
                _button(panel, "Ask a follow-up", "ask", panel.to_ask or 0, disabled=panel.to_ask is None),
                _button(panel, "Coach off", "coach-off")
                if found.conduct.coached
                else _button(panel, "Coach on", "coach-on"),
                _button(panel, "Close", "close", style=discord.ButtonStyle.danger),
                _button(panel, "Refresh", "refresh"),
            ]
        ),
    ]


def _button(
    panel: Panel,
    label: str,
    act: str,
    *more: object,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    disabled: bool = False,
) -> ui.Button[ui.LayoutView]:
    """A button that carries the phase that it is pressed in: a press that comes late must not act on another one."""
    return button(
        label, to("control", act, panel.seen.round_id, panel.seen.phase_number, *more), style=style, disabled=disabled
    )


def _names(phases: Iterable[AnyPhase]) -> str:
    return fitted(" and ".join(f"“{plain(phase_name(phase))}”" for phase in phases), 500)


def _lower(found: Round) -> str:
    return in_short(found) if found.has_phases else "the question"
