"""Posting a picture with its message; without it where Discord takes no files, which the message then says."""

import logging
from collections.abc import Callable
from http import HTTPStatus

import discord

from bot.charts.values import Picture
from bot.chat.cards.chart_parts import NOT_ATTACHED, NOT_DRAWN, chart_file
from bot.content.formats import ChartKind

log = logging.getLogger(__name__)

_NO_FILE = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE})
"""What Discord answers where it takes no files, or not this one."""

Card = Callable[[Picture | None, str], discord.ui.LayoutView]
"""A message with a picture, or with the reason why it has none."""


async def send_with_picture(
    place: discord.TextChannel | discord.Thread, card: Card, kind: ChartKind, picture: Picture | None, nonce: str
) -> discord.Message:
    """Post a card with its picture; None: it could not be drawn."""
    if picture is None:
        return await place.send(view=card(None, NOT_DRAWN), nonce=nonce)
    try:
        return await place.send(view=card(picture, ""), file=chart_file(kind, picture), nonce=nonce)
    except discord.HTTPException as error:
        if error.status not in _NO_FILE:
            raise
        log.warning("Discord takes no picture in %s: %s", place.id, error)
        without = NOT_ATTACHED if error.status == HTTPStatus.FORBIDDEN else NOT_DRAWN
        return await place.send(view=card(None, without), nonce=nonce)
