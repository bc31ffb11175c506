"""What somebody is told, before anything is posted, who quotes what the article does not say."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.chat.cards.parts import button, card, line, row, text
from bot.chat.texts import fitted, plain
from bot.discussion.evidence import Misquote
from bot.discussion.palette import NEUTRAL

_LONGEST = 400
"""Characters of a quote, and of the passage that is nearest."""


def misquote_page(found: Sequence[Misquote], *, send: str, change: str, words: str | None) -> ui.LayoutView:
    """Each quote beside the nearest passage. `send` and `change` are the addresses of the two ways on; `words` is the
    name of a file with what was written, which hangs on the page.
    """
    file = [ui.File[ui.LayoutView](f"attachment://{words}")] if words else []
    return card(
        text("### A look at your quotation\nNothing is recorded or posted yet. Only you see this."),
        *[text(_told(each)) for each in found],
        line(),
        text("**Change it** opens your form again, with your words in it. They are in this file, too."),
        *file,
        row([button("Change it", change, style=discord.ButtonStyle.primary), button("Send as it is", send)]),
        colour=NEUTRAL,
    )


def sent_page() -> ui.LayoutView:
    """What the page becomes when the words are sent as they are."""
    return card(text("**You have sent your words as they are.**"), colour=NEUTRAL)


def _told(misquote: Misquote) -> str:
    said = f"You quote: “{_cut(misquote.quote)}”\nThe article does not say this word for word."
    if misquote.paragraph is None or misquote.exact is None:
        return f"{said} Nothing in it comes near."
    return f"{said} The nearest is ¶{misquote.paragraph}: “{_cut(misquote.exact)}”"


def _cut(words: str) -> str:
    return fitted(plain(" ".join(words.split()).strip('“”"')), _LONGEST)
