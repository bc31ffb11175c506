"""A student's own part in a round: their side and group, what they have done, what to do now and until when."""

from collections.abc import Sequence

from discord import ui

from bot.chat.cards.parts import button, card, line, named, row, text
from bot.chat.cards.phase_notice import asked_in, phase_actions, phase_line, stance_buttons, time_line, what_to_do
from bot.chat.routing import to
from bot.chat.texts import counted, fitted, plain
from bot.classroom.floor import assigns_stances, sides_of
from bot.classroom.partaking import Member, Part
from bot.content.formats import VotePhase
from bot.discussion.ids import SideId
from bot.discussion.palette import NEUTRAL, stance_colour
from bot.discussion.requirements import Item, Task
from bot.discussion.values import Round

REMINDED = (
    "Reminders are on: when your teacher reminds the class, Parley tells you by a direct message what you have left. "
    "`/privacy reminders off` ends that."
)
NOT_REMINDED = (
    "Reminders are off. With `/privacy reminders on` Parley tells you by a direct message what you have left, when "
    "your teacher reminds the class."
)
_DONE = {Task.RESPONSES: "response", Task.REPLIES: "reply"}
_MANY = {Task.RESPONSES: "responses", Task.REPLIES: "replies"}


def part_page(part: Part) -> ui.LayoutView:
    """The page as it stands now. How somebody voted in secret is not on it: only whether they have."""
    found = part.round
    told = [*_standing(part), *_progress(part)]
    now = _now(part) if found.is_open else ["This round is closed."]
    stances = stance_buttons(found, found.phase) if found.is_open else []
    actions = phase_actions(found, found.phase_number) if found.is_open else []
    ids = [stance.id for stance in found.prompt.stances]
    side = part.place.side if part.place is not None else part.stance
    return card(
        text(f"### Your part\n-# {fitted(plain(found.prompt.question), 300)}"),
        *([text("\n".join(told))] if told else []),
        line(),
        text("\n".join(now)),
        *([row(stances)] if stances else []),
        row([*actions, _reminding(part)]),
        text(f"-# {REMINDED if part.is_reminded else NOT_REMINDED}"),
        colour=stance_colour(ids, side) if side in ids else NEUTRAL,
    )


def _standing(part: Part) -> list[str]:
    """The side that somebody was assigned, the one they hold for all to see, and their group."""
    found, lines = part.round, list[str]()
    if part.pseudonym is not None:
        lines.append(f"In this debate you are **{plain(part.pseudonym)}**: nobody reads your name.")
    if part.place is not None:
        lines.append(_assigned(found, part.place.side))
    elif found.format.sides is not None:
        why = "You teach here, and sides are for students: you have none." if part.teaches else "You had no side here."
        lines.append(why)
    held = found.prompt.stance(part.stance) if part.stance is not None else None
    if held is not None:
        own = "What you think yourself, for all to see" if assigns_stances(found) else "Where you stand, for all to see"
        lines.append(f"{own}: **{named(held)}**.")
    elif found.is_open and not assigns_stances(found):
        lines.append("You have not taken a side yet that others can see.")
    if part.place is not None and part.place.group is not None:
        lines += [f"**Group {part.place.group}**", *_members(found, part.group)]
    return lines


def _assigned(found: Round, side: SideId) -> str:
    stance = found.prompt.stance(side)
    if stance is not None:
        return f"You argue for **{named(stance)}**, whatever you think yourself."
    return f"You are in the **{side} circle**."


def _members(found: Round, members: Sequence[Member]) -> list[str]:
    """A line a side: who in the group is on it."""
    lines: list[str] = []
    for side in sides_of(found):
        names = [
            f"{plain(each.name)} (you)" if each.is_me else plain(each.name) for each in members if each.side == side
        ]
        lines.append(f"{named(found.prompt.stance(side))}: {fitted(', '.join(names), 500) or 'nobody yet'}")
    return lines


def _progress(part: Part) -> list[str]:
    if not part.progress.items:
        return []
    done = " · ".join(_item(item) for item in part.progress.items)
    return [f"To be done by the end: {done}"]


def _item(item: Item) -> str:
    mark = "✅" if item.is_met else "⬜"
    return f"{mark} {item.done} of {counted(item.needed, _DONE[item.what], _MANY[item.what])}"


def _now(part: Part) -> list[str]:
    found = part.round
    lines = [phase_line(found)] if found.has_phases else []
    lines += [what_to_do(found.phase), *asked_in(found.phase)]
    if isinstance(found.phase, VotePhase):
        lines.append("**You have voted.**" if part.has_voted else "**You have not voted yet.**")
        lines.append("You can change your vote until the phase ends." if part.has_voted else "")
    elif part.written:
        lines.append(f"You have written {counted(part.written, 'text')} in this phase.")
    lines.append(time_line(found))
    return [each for each in lines if each]


def _reminding(part: Part) -> ui.Button[ui.LayoutView]:
    wanted = not part.is_reminded
    return button("Remind me" if wanted else "No more reminders", to("remind", "on" if wanted else "off"))
