"""What somebody is told before anything of theirs is recorded, and what becomes of their answer."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.chat.cards.parts import button, card, line, row, text
from bot.chat.texts import counted
from bot.discussion.palette import NEUTRAL, STANCE_COLOURS
from bot.discussion.values import GuildSettings


def question_page(
    settings: GuildSettings, *, hears_thread: bool, agree: str, decline: str, words: str | None = None
) -> ui.LayoutView:
    """The notice with its two answers. `agree` and `decline` are their addresses; `words` the name of a file with what
    somebody has just written, which hangs on the page.
    """
    kept = [
        text("Nothing of it is recorded yet. **I agree** sends it as it is; it is in this file, too."),
        ui.File[ui.LayoutView](f"attachment://{words}"),
    ]
    return card(
        text("### Before you take part"),
        *_notice(settings, hears_thread=hears_thread),
        text(
            "**If you would rather not**: nothing of yours is recorded, and you can read along. Ask your teacher for "
            "another way to take part, such as on paper."
        ),
        *(kept if words else []),
        row([button("I agree", agree, style=discord.ButtonStyle.success), button("Not now", decline)]),
        colour=STANCE_COLOURS[0],
    )


def information_page(settings: GuildSettings, *, hears_thread: bool) -> ui.LayoutView:
    """The same notice where the school has consented: there is nothing to be answered."""
    return card(
        text("### What is recorded here\nYour school has agreed to this for its students. You are told this once."),
        *_notice(settings, hears_thread=hears_thread),
        text("**If you would rather not**: `/privacy withdraw` stops recording. Ask your teacher for another way."),
        colour=STANCE_COLOURS[0],
    )


def agreed_page() -> ui.LayoutView:
    """What the notice becomes when somebody has agreed."""
    return card(
        text(
            "**You have agreed.** From now on what you say in this server's debates is recorded. `/privacy show` tells "
            "what of yours is; `/privacy withdraw` stops it."
        ),
        colour=NEUTRAL,
    )


def declined_page() -> ui.LayoutView:
    """What the notice becomes when somebody has not agreed."""
    return card(
        text("**Nothing was recorded.** You can read along, and agree whenever you press a button that asks you."),
        colour=NEUTRAL,
    )


def withdrawn_page() -> ui.LayoutView:
    """What somebody is told who has taken it back."""
    return card(
        text(
            "**From now on nothing of yours is recorded.** What is on record stays until you take it back, one by one "
            "with `/my responses`, or all of it with `/privacy erase`. Ask your teacher for another way to take part. "
            "`/privacy agree` begins again."
        ),
        colour=NEUTRAL,
    )


def hint(take_part: str) -> ui.LayoutView:
    """What stands in a thread where words were typed that are not recorded. It names nobody."""
    return card(
        text(
            "Not everything typed here is on record: some of you have not been asked yet. **Take part** shows what is "
            "recorded, and asks you. What you typed before stays unrecorded."
        ),
        row([button("Take part", take_part)]),
        colour=NEUTRAL,
    )


def _notice(settings: GuildSettings, *, hears_thread: bool) -> Sequence[ui.Item[ui.LayoutView]]:
    typed = " What you type in a debate's thread is recorded too." if hears_thread else ""
    days = counted(settings.retention.days, "day")
    return [
        text(
            "Parley keeps a record of the debates in this server.\n"
            "**What is recorded**: the sides you take and the votes you cast, what you write, with its earlier "
            f"wordings and the names of files you add, when you did it, and the name you go by here.{typed}"
        ),
        text(
            "**Who sees it**: the class sees what you post. Teachers and moderators of this server can read and export "
            "all you write, also what you write to them alone. How you vote in a secret vote is shown to nobody. "
            "Whoever runs this Parley keeps the file."
        ),
        text(
            "**Under a pseudonym**: where a debate says so, teachers and classmates see a pseudonym instead of your "
            "name. A moderator can find out who it is; they must say why, and all of them can see that it was done."
        ),
        text(
            f"**How long**: until {days} after a debate has ended; then it is erased.\n"
            "**How to erase it**: `/privacy erase`, at any time. `/privacy show` and `/privacy export` give you what "
            "is recorded of you, and `/privacy withdraw` stops recording."
        ),
        line(),
    ]
