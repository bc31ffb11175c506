"""A question to the whole class, in the thread of its debate."""

import discord
from discord import ui

from bot.chat.cards.parts import button, card, row, text
from bot.chat.routing import to
from bot.chat.texts import plain
from bot.classroom.asking_openly import BY_TEACHER, INVITED, OpenQuestion
from bot.content.formats import ArguePhase
from bot.discussion.coaching import why
from bot.discussion.ids import AskingId
from bot.discussion.palette import NEUTRAL

_MARK = 1_800_000_000
"""Added to a question's id it marks its message, as tallies and schedules are marked: further up than both."""


def question_mark(asking_id: AskingId) -> int:
    """The number of the frame of this question, by which it is known again. It has 32 bits."""
    return _MARK + asking_id


def question_card(question: OpenQuestion) -> ui.LayoutView:
    """The question, why the bot asks it, and the way to an answer where the phase is one for responses."""
    found, asking = question.round, question.asking
    asked = next((each for each in found.prompt.follow_ups if each.ask == asking.question), None)
    because = why(asked, found.prompt) if asked is not None and asking.reason != BY_TEACHER else None
    responds = isinstance(found.phase, ArguePhase) and question.about is None
    primary = discord.ButtonStyle.primary
    return card(
        text(f"**{_heading(asking.reason)}**\n{plain(asking.question)}{_link(question)}"),
        *([text(f"-# {plain(because)}")] if because is not None else []),
        *([row([button("Respond", to("respond", found.id), style=primary)])] if responds else []),
        colour=NEUTRAL,
        mark=question_mark(asking.id),
    )


def _heading(reason: str) -> str:
    return "An invitation to all of you" if reason == INVITED else "A question to all of you"


def _link(question: OpenQuestion) -> str:
    """The way to what it is about."""
    found = question.round
    if question.about is None:
        return ""
    return f" https://discord.com/channels/{found.guild_id}/{found.thread_id}/{question.about}"
