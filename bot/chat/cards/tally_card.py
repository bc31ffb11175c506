"""The count that ends a round, posted in its thread."""

from discord import ui

from bot.chat.cards.parts import card, named, text
from bot.chat.cards.round_card import WHY_CLOSED
from bot.chat.texts import counted, plain
from bot.classroom.voting import Standing
from bot.discussion.ids import StanceId
from bot.discussion.palette import NEUTRAL, stance_colour

_BAR = 12
"""How many blocks a full bar has."""


def tally_lines(standing: Standing) -> str:
    """One line a stance: a bar, the count and the share. In words too, for whoever hears the card."""
    lines: list[str] = []
    for stance in standing.round.prompt.stances:
        stance_id = StanceId(stance.id)
        count, percent = standing.tally.counts[stance_id], standing.tally.percent(stance_id)
        filled = round(_BAR * percent / 100)
        lines.append(f"{named(stance)}\n`{'█' * filled}{'░' * (_BAR - filled)}` **{count}** ({percent} %)")
    return "\n".join(lines)


def tally_card(standing: Standing) -> ui.LayoutView:
    """The final count in the leading stance's colour; neutral in a tie."""
    found, counted_now = standing.round, standing.tally
    why = WHY_CLOSED[found.closing] if found.closing else "closed"
    leader = counted_now.leaders[0] if len(counted_now.leaders) == 1 else None
    people = counted(counted_now.voters, "person", "people")
    colour = stance_colour([stance.id for stance in found.prompt.stances], leader) if leader else NEUTRAL
    return card(
        text(f"### The count\n{plain(found.prompt.question)}"),
        text(tally_lines(standing)),
        text(f"-# {people} took a side · {counted(counted_now.responses, 'response')} · {why}"),
        colour=colour,
    )
