"""What moderators and teachers see of the record: which debates there are, and who has exported them."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.chat.cards.parts import card, mention, text
from bot.chat.texts import counted, fitted, plain
from bot.classroom.exporting import OnRecord
from bot.discussion.palette import NEUTRAL
from bot.discussion.values import Audit


def session_page(found: Sequence[OnRecord]) -> ui.LayoutView:
    """The debates with what is on record of each; of a single one, its questions too."""
    lines: list[str] = []
    for entry in found:
        session = entry.session
        state = "open" if session.closed_at is None else f"closed {discord.utils.format_dt(session.closed_at, 'f')}"
        lines.append(
            f"**{session.id}** · {plain(session.prompt_set.title)} in <#{session.channel_id}>\n"
            f"-# {discord.utils.format_dt(session.started_at, 'f')} · {state} · "
            f"{counted(len(entry.rounds), 'question')} · {counted(entry.responses, 'response')}"
        )
    if len(found) == 1:
        lines += [f"{posed.number}. {plain(posed.prompt.question)}" for posed in found[0].rounds]
    return card(text("### On record"), text(fitted("\n".join(lines), 3800)), colour=NEUTRAL)


def log_page(made: Sequence[Audit]) -> ui.LayoutView:
    """Each export: who, when, which debate, with what in it."""
    lines: list[str] = []
    for audit in made:
        details = ", ".join(f"{name} {plain(value)}" for name, value in audit.details.items())
        when = discord.utils.format_dt(audit.at, "f")
        who = "the operator" if audit.user_id is None else mention(audit.user_id)
        lines.append(f"{when} · {who} · debate {audit.session_id}\n-# {details}")
    return card(text("### Exports"), text(fitted("\n".join(lines), 3800)), colour=NEUTRAL)
