"""A student's own responses, and the receipt of the latest: private, with the ways to change or withdraw."""

from collections.abc import Mapping

import discord
from discord import ui

from bot.chat.cards.coach_lines import NO_MORE, to_think_on
from bot.chat.cards.parts import button, card, cites, line, named, row, text
from bot.chat.cards.phase_notice import WHO_READS_REFLECTIONS, is_after_yours
from bot.chat.cards.response_card import attached
from bot.chat.routing import to
from bot.chat.texts import counted, fitted, plain
from bot.classroom.posting import Posted
from bot.classroom.responding import Recorded
from bot.classroom.reviewing import OwnResponses
from bot.content.formats import Phase, StatementPhase
from bot.discussion.moderation import Review
from bot.discussion.palette import NEUTRAL, stance_colour
from bot.discussion.values import Response, Round, Source
from bot.discussion.wording import RESTATED, TEXT, in_one_line


def receipt(recorded: Recorded, *, posted: Posted) -> ui.LayoutView:
    """That it is recorded, where it stands, and a question to go on with."""
    found, response = recorded.round, recorded.response
    where = where_it_is(found, response, posted=posted)
    question = recorded.follow_up
    think = [text(to_think_on(question, found.prompt))] if question is not None else []
    waits = posted is Posted.WAITS and is_after_yours(found.format.plan[response.phase])
    others = [button("Read classmates", to("classmates", found.id, response.phase))] if waits else []
    ids = [stance.id for stance in found.prompt.stances]
    return card(
        text(f"**Recorded.** {where} You can change or withdraw it.{leaning(recorded)}"),
        *think,
        row([*_own_buttons(response, found, asked=question is not None), *others]),
        colour=stance_colour(ids, response.stance),
    )


def leaning(recorded: Recorded) -> str:
    """What it cites, in a line of its own; nothing where it cites nothing."""
    return f"\n-# It {cites(recorded.cites)}." if recorded.cites else ""


def where_it_is(found: Round, response: Response, *, posted: Posted) -> str:
    """Where the class can read a response, or who can."""
    if response.source is Source.REFLECTION:
        return f"It is private. {WHO_READS_REFLECTIONS}"
    if response.review is Review.WAITING:
        return "A moderator reads it before the class does." if found.conduct.approve_first else _LISTED
    if posted is Posted.WAITS:
        return _until_then(found.format.plan[response.phase])
    if posted is Posted.STANDS:
        return f"It stands in {_link(found, response)}."
    if found.lost is not None:
        return "The thread was deleted, so it is shown nowhere: your teacher has it in the transcript."
    return _NOT_THERE.get(posted, "It will appear in the thread in a moment.")


_LISTED = "It waits for a moderator: the class reads it once it is approved."
"""Which word it is is not told: whoever knows it writes around it."""

_NOT_THERE: Mapping[Posted, str] = {
    Posted.NOWHERE: "Its message was deleted, so it is shown nowhere: your teacher has it in the transcript.",
    Posted.HIDDEN: "A moderator has hidden it: the class does not see it.",
}


def _until_then(phase: Phase) -> str:
    """Who reads a response that is held back, and from when."""
    if isinstance(phase, StatementPhase):
        return "The class reads it when the phase is over; until then anybody in your group can go on with it."
    if is_after_yours(phase):
        return (
            "Classmates read it once they have written themselves; all of it is in the thread when the phase is over."
        )
    return "The class reads it from the reveal on."


def own_page(own: OwnResponses) -> ui.LayoutView:
    """One page of one's own responses, newest first."""
    items: list[ui.Item[ui.LayoutView]] = [text(f"### {counted(own.total, 'response')} of yours on record")]
    for response, found in own.responses:
        restated = in_one_line({TEXT: response.body.get(RESTATED, "")}, 100)
        said = f"-# You say: {fitted(plain(restated), 150)}\n" if restated else ""
        said += fitted(plain(in_one_line(response.body, 300)), 400) or "-# without words"
        said += f"\n{files}" if (files := attached(response)) else ""
        when = discord.utils.format_dt(response.created_at, "f")
        question = fitted(plain(found.prompt.question), 150)
        link = f" · {_link(found, response)}" if response.message_id else ""
        link += f" · {cited}" if (cited := cites(own.cites.get(response.id, ()))) else ""
        items += [
            line(),
            text(f"{said}\n-# {_kind(response, found)} · {when}{link}\n-# {question}{_moved(own, response)}"),
            row(_own_buttons(response, found)),
        ]
    if own.pages > 1:
        items += [
            line(),
            text(f"-# Page {own.page + 1} of {own.pages}"),
            row(
                [
                    button("Newer", to("mine", max(own.page - 1, 0), "back"), disabled=own.page == 0),
                    button("Older", to("mine", own.page + 1, "on"), disabled=own.page + 1 >= own.pages),
                ]
            ),
        ]
    return card(*items, colour=NEUTRAL)


def _moved(own: OwnResponses, response: Response) -> str:
    """How many classmates said that it moved them; who they are is nobody's business."""
    count = own.moved.get(response.id, 0)
    if not count:
        return ""
    return f"\n**{counted(count, 'classmate')} {'says' if count == 1 else 'say'} this moved them.**"


def _kind(response: Response, found: Round) -> str:
    """Whose it is and who can read it, where that is not everybody; else the side that it argues for."""
    if response.review is Review.WAITING:
        return "waits for a moderator: the class does not see it yet"
    if response.review is Review.REJECTED:
        return "not approved by a moderator: the class does not see it"
    if response.hidden_at is not None:
        return "hidden by a moderator: the class does not see it"
    if response.source is Source.REFLECTION:
        return "🔒 a reflection, private"
    waits = " · the class cannot read it yet" if response.held_back else ""
    if response.source is Source.STATEMENT:
        return f"the text of group {response.group}{waits}"
    return f"{named(found.prompt.stance(response.stance) if response.stance else None)}{waits}"


def _own_buttons(response: Response, found: Round, *, asked: bool = False) -> list[ui.Button[ui.LayoutView]]:
    """What can be done with one's own response; where the coach has just asked something, also to have done with it."""
    change, fixed = to("change", response.id), not found.is_open or response.source is Source.MESSAGE
    return [
        button("Change my response" if asked else "Change", change, disabled=fixed),
        button("Withdraw", to("withdraw", response.id), style=discord.ButtonStyle.danger),
        *([button("No more questions", NO_MORE)] if asked else []),
    ]


def _link(found: Round, response: Response) -> str:
    shown_by = response.stand_in_id or response.message_id
    return f"https://discord.com/channels/{found.guild_id}/{found.thread_id or found.channel_id}/{shown_by}"
