"""The parts that cards are made of."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.chat.texts import fitted, plain
from bot.content.models import Stance
from bot.discussion.ids import UserId
from bot.discussion.leaving import SOMEBODY_WHO_LEFT, has_left


def card(*items: ui.Item[ui.LayoutView], colour: int, mark: int | None = None) -> ui.LayoutView:
    """A message of one container. It is finished from the start: discord.py must not keep it, clicks are routed.

    `mark` numbers the container, so that the message is known again; else Discord numbers it, from 1.
    """
    return sheet(ui.Container(*items, accent_colour=colour, id=mark))


def sheet(*items: ui.Item[ui.LayoutView]) -> ui.LayoutView:
    """A message of several parts without a frame."""
    view = ui.LayoutView(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view


def text(words: str) -> ui.TextDisplay[ui.LayoutView]:
    """A paragraph of text."""
    return ui.TextDisplay(words)


def line() -> ui.Separator[ui.LayoutView]:
    """A thin line between parts."""
    return ui.Separator()


def row(buttons: Sequence[ui.Button[ui.LayoutView]]) -> ui.ActionRow[ui.LayoutView]:
    """Up to five buttons beside each other."""
    return ui.ActionRow(*buttons)


def button(
    label: str,
    custom_id: str,
    *,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    emoji: str | None = None,
    disabled: bool = False,
) -> ui.Button[ui.LayoutView]:
    """A button that leads to the handler of its custom_id."""
    return ui.Button(label=fitted(label, 80), custom_id=custom_id, style=style, emoji=emoji, disabled=disabled)


def cites(paragraphs: Sequence[int]) -> str:
    """Which paragraphs of the article something leans on; nothing where there are none."""
    return f"cites {', '.join(f'¶{number}' for number in paragraphs)}" if paragraphs else ""


def nameless(number: int) -> list[str]:
    """Those in a list of people of whom no name may be told: how many they are, if there are any."""
    return [f"{number} without a name here"] if number else []


def named(stance: Stance | None) -> str:
    """A stance in words, with its emoji, or that there is none."""
    return f"{stance.emoji} {plain(stance.label)}" if stance else "no stance yet"


def mention(user_id: UserId) -> str:
    """Somebody as Discord shows them, without a ping where the message allows none; who was erased has no name."""
    return SOMEBODY_WHO_LEFT[0].lower() + SOMEBODY_WHO_LEFT[1:] if has_left(user_id) else f"<@{user_id}>"
