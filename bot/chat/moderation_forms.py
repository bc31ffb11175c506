"""The forms of keeping order: why somebody reports a response, and why a moderator hides or rejects it, or
mutes its author.
"""

from collections.abc import Mapping

import discord
from discord import ui

from bot.chat.modals import form
from bot.chat.routing import to
from bot.discussion.ids import ResponseId
from bot.discussion.moderation import LONGEST_REASON

REASON = "reason"
"""The custom_id of the question for the reason."""


def report_form(response_id: ResponseId) -> ui.Modal:
    """What is wrong with it? One may leave that open."""
    modal = form("Report this response", to("reported", response_id))
    modal.add_item(ui.TextDisplay("Moderators look at it. Nobody is told that it was you: its author not, nor they."))
    modal.add_item(_reason("What is wrong with it?", "You may leave this empty.", required=False))
    return modal


def hide_form(response_id: ResponseId, *back: object) -> ui.Modal:
    """Why is it hidden? `back` is the page that is shown again afterwards."""
    modal = form("Hide this response", to("hid", response_id, *back))
    modal.add_item(ui.TextDisplay("The class reads that something was hidden. The record keeps the words."))
    modal.add_item(_reason("Why?", "Its author is told this, privately, when they next do something.", required=True))
    return modal


def reject_form(response_id: ResponseId, wording: int, *back: object) -> ui.Modal:
    """Why is it not to be seen? `back` is the page that is shown again afterwards."""
    modal = form("Reject this response", to("rejected", response_id, wording, *back))
    modal.add_item(ui.TextDisplay("The class does not see it. The record keeps the words, for moderators."))
    modal.add_item(_reason("Why?", "Its author is told this, privately, when they next do something.", required=True))
    return modal


def mute_form(response_id: ResponseId) -> ui.Modal:
    """Why is its author muted?"""
    modal = form("Mute its author", to("muted", response_id))
    modal.add_item(ui.TextDisplay("They can read and vote, and say nothing, until you unmute them or the debate ends."))
    modal.add_item(_reason("Why?", "They are told this when they try to say something.", required=True))
    return modal


def reason_of(fields: Mapping[str, str]) -> str:
    """What was written as the reason."""
    return fields.get(REASON, "")


def _reason(label: str, description: str, *, required: bool) -> ui.Label[ui.Modal]:
    field = ui.TextInput[ui.Modal](
        custom_id=REASON, style=discord.TextStyle.paragraph, required=required, max_length=LONGEST_REASON
    )
    return ui.Label(text=label, description=description, component=field)
