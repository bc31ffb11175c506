"""A chart of a round as a message of its own, with a choice of the others where somebody may choose."""

import discord
from discord import ui

from bot.charts.values import Picture
from bot.chat.cards.chart_parts import CHART_NAMES, NOT_DRAWN, chart_parts
from bot.chat.cards.parts import card, text
from bot.chat.routing import to
from bot.chat.texts import CARD_TEXT, plain
from bot.classroom.results import Charted
from bot.discussion.palette import NEUTRAL


def chart_page(
    charted: Charted, picture: Picture | None, without: str = NOT_DRAWN, *, chooses: bool = False
) -> ui.LayoutView:
    """The chart; `without` says why, where there is no picture of it. With `chooses` the others may be chosen."""
    heading = f"### {CHART_NAMES[charted.kind]}\n-# {plain(charted.round.prompt.question)}"
    parts = chart_parts(charted.kind, charted.chart, picture, CARD_TEXT - len(heading), without)
    choice = [_choice(charted)] if chooses and len(charted.kinds) > 1 else []
    return card(text(heading), *parts, *choice, colour=NEUTRAL)


def _choice(charted: Charted) -> ui.ActionRow[ui.LayoutView]:
    options = [
        discord.SelectOption(label=CHART_NAMES[kind], value=kind.value, default=kind is charted.kind)
        for kind in charted.kinds
    ]
    select: ui.Select[ui.LayoutView] = ui.Select(custom_id=to("charted", charted.round.id), options=options)
    return ui.ActionRow(select)
