"""A chart in a message: its picture with a description for who cannot see it, and its figures as a table of text."""

import io
from collections.abc import Mapping

import discord
from discord import ui

from bot.charts.values import Chart, Picture
from bot.chat.cards.parts import text
from bot.content.formats import ChartKind

CHART_NAMES: Mapping[ChartKind, str] = {
    ChartKind.SWING: "Swing: before and after",
    ChartKind.STANCES: "Stances: where the class stood",
    ChartKind.TIMELINE: "Timeline: when the class spoke",
    ChartKind.VOICES: "Voices: how evenly the class spoke",
    ChartKind.EVIDENCE: "Evidence: what of the article was used",
}

NOT_DRAWN = "-# The picture could not be drawn just now; its figures are these."
NOT_ATTACHED = "-# Parley may not attach files here (the permission Attach Files is missing): these are the figures."

_BLOCK = "```\n{}\n```"


def chart_file(kind: ChartKind, picture: Picture) -> discord.File:
    """The picture as a file to be sent, once."""
    return discord.File(io.BytesIO(picture.png), filename=_name(kind), description=picture.alt)


def chart_parts(
    kind: ChartKind, chart: Chart, picture: Picture | None, most: int, without: str
) -> list[ui.Item[ui.LayoutView]]:
    """The picture and its table in at most so many characters; `without` says why, where there is no picture."""
    if picture is None:
        from bot.charts.telling import table_of  # noqa: PLC0415 - a picture brings its table along, and most are drawn

        return [text(without), text(_table(table_of(chart), most - len(without)))]
    shown = discord.MediaGalleryItem(f"attachment://{_name(kind)}", description=picture.alt)
    return [ui.MediaGallery(shown), text(_table(picture.table, most))]


def _table(table: str, most: int) -> str:
    """As many whole lines as fit."""
    left = most - len(_BLOCK.format("\n…"))
    lines = table.splitlines()
    while lines and len("\n".join(lines)) > left:
        lines.pop()
    whole = "\n".join(lines)
    return _BLOCK.format(whole if whole == table else f"{whole}\n…" if whole else "…")


def _name(kind: ChartKind) -> str:
    return f"{kind}.png"
