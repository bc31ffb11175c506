"""What somebody who writes with their group is told: that it is recorded, or that another was faster."""

import discord
from discord import ui

from bot.chat.cards.own_page import leaning, where_it_is
from bot.chat.cards.parts import button, card, line, row, text
from bot.chat.routing import to
from bot.chat.texts import CARD_TEXT, plain, shared
from bot.classroom.posting import Posted
from bot.classroom.stating import Draft, Stated
from bot.discussion.palette import NEUTRAL


def stated_receipt(stated: Stated, *, posted: Posted) -> ui.LayoutView:
    """That the group's text is recorded, whose wording it replaces, and the way to go on with it."""
    recorded, draft = stated.recorded, stated.draft
    replaced = f" It replaces {plain(stated.replaces)}'s wording, which is kept." if stated.replaces is not None else ""
    where = where_it_is(recorded.round, recorded.response, posted=posted)
    return card(
        text(f"**Recorded** as the text of group {draft.group}.{replaced} {where}{leaning(recorded)}"),
        row(
            [
                _go_on(draft, "Go on writing"),
                button("Withdraw", to("withdraw", recorded.response.id), style=discord.ButtonStyle.danger),
            ]
        ),
        colour=NEUTRAL,
    )


def text_so_far(draft: Draft) -> ui.LayoutView:
    """A group's text as it stands now, and the way to go on from there."""
    by = f", as {plain(draft.written_by)} wrote it last" if draft.written_by is not None else ""
    head = f"### The text of group {draft.group}{by}"
    words = plain(draft.text) or "-# Nothing is written yet."
    return card(
        text(head),
        line(),
        *[text(part) for part in shared([words], CARD_TEXT - len(head))],
        row([_go_on(draft, "Go on from here")]),
        colour=NEUTRAL,
    )


def _go_on(draft: Draft, label: str) -> ui.Button[ui.LayoutView]:
    return button(label, to("statement", draft.round.id, draft.phase_number))
