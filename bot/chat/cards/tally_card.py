"""The count that ends a round, posted in its thread."""

from datetime import timedelta

import discord
from discord import ui

from bot.chat.cards.parts import card, text
from bot.chat.cards.round_card import WHY_CLOSED
from bot.chat.cards.tally_lines import tally_lines
from bot.chat.texts import counted, plain
from bot.classroom.voting import Standing
from bot.discussion.ids import RoundId
from bot.discussion.palette import NEUTRAL, stance_colour
from bot.discussion.values import Closing, Round

_MARK = 1_000_000_000
"""Added to a round's id it marks a tally: Discord itself numbers the parts of a message from 1."""

LATE = timedelta(minutes=1)
"""A round closed so much later than its time was over is told to have closed late."""


def tally_mark(round_id: RoundId) -> int:
    """The number of the frame of this round's tally, by which it is known again. It has 32 bits."""
    return _MARK + round_id


def tally_card(standing: Standing) -> ui.LayoutView:
    """The final count in the leading stance's colour; neutral in a tie."""
    found, counted_now = standing.round, standing.tally
    why = WHY_CLOSED[found.closing] if found.closing else "closed"
    leader = counted_now.leaders[0] if len(counted_now.leaders) == 1 else None
    people = counted(counted_now.voters, "person", "people")
    colour = stance_colour([stance.id for stance in found.prompt.stances], leader) if leader else NEUTRAL
    return card(
        *([text(late)] if (late := _late(found)) else []),
        text(f"### The count\n{plain(found.prompt.question)}"),
        text(tally_lines(standing)),
        text(f"-# {people} took a side · {counted(counted_now.responses, 'response')} · {why}"),
        colour=colour,
        mark=tally_mark(found.id),
    )


def _late(found: Round) -> str | None:
    """That the round closed long after its time was over, and what that means for the class."""
    over, closed = found.deadline, found.closed_at
    if found.closing is not Closing.TIME or over is None or closed is None or closed - over < LATE:
        return None
    return (
        f"The time was over at {discord.utils.format_dt(over, 't')}. Parley was away then and closed the question at "
        f"{discord.utils.format_dt(closed, 't')}; what was typed until the time was over counts."
    )
