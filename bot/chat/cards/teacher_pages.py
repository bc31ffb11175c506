"""What only the teacher sees: who has answered, which debates there are, what did not load."""

from collections.abc import Mapping, Sequence

import discord
from discord import ui

from bot.chat.cards.parts import card, line, text
from bot.chat.cards.tally_card import tally_lines
from bot.chat.texts import CARD_TEXT, counted, fitted, plain, shared
from bot.classroom.reviewing import Status
from bot.content.library import Library
from bot.discussion.ids import UserId
from bot.discussion.palette import NEUTRAL
from bot.discussion.values import Round, Session


def status_page(status: Status, *, knows_members: bool) -> ui.LayoutView:
    """Counts, time left, and the class in three lists."""
    found, who = status.standing.round, status.attendance
    note = (
        ""
        if knows_members
        else "\n-# Discord does not tell Parley who is in this channel (the Server Members intent is off), so “silent” "
        "lists only people who have taken part in a debate here before."
    )
    changes = counted(status.changes, "change") + " of side"
    counts = [
        f"### {plain(found.prompt.question)}\n{_time(found)}",
        tally_lines(status.standing),
        f"-# {counted(status.standing.tally.responses, 'response')} · {changes}",
    ]
    lists = [
        _people("Answered", who.answered, status.names),
        _people("Only voted", who.only_voted, status.names),
        _people("Silent", who.silent, status.names),
    ]
    answered, only_voted, silent = shared(lists, CARD_TEXT - sum(map(len, (*counts, note))))
    return card(
        *[text(words) for words in counts],
        line(),
        text(answered),
        text(only_voted),
        text(silent + note),
        colour=NEUTRAL,
    )


def sessions_page(entries: Sequence[tuple[Session, Sequence[Round]]]) -> ui.LayoutView:
    """The latest debates, the open ones first."""
    lines: list[str] = []
    for session, rounds in sorted(entries, key=lambda entry: entry[0].closed_at is not None):
        state = "open" if session.closed_at is None else f"closed {discord.utils.format_dt(session.closed_at, 'R')}"
        threads = " ".join(f"<#{posed.thread_id}>" for posed in rounds if posed.thread_id)
        started = discord.utils.format_dt(session.started_at, "f")
        lines.append(
            f"**{session.id}** · {plain(session.prompt_set.title)} in <#{session.channel_id}>\n"
            f"-# {state} · started {started} · {counted(len(rounds), 'question')} {threads}"
        )
    return card(text("### Debates"), text(fitted("\n".join(lines), 3800)), colour=NEUTRAL)


def library_page(library: Library) -> ui.LayoutView:
    """The prompt sets that can be used, and each problem of those that cannot."""
    sets = [
        f"**{plain(prompt_set.title)}** · {counted(len(prompt_set.prompts), 'question')}"
        for prompt_set in library.prompt_sets.values()
    ]
    items: list[ui.Item[ui.LayoutView]] = [
        text("### Prompt sets\n" + (fitted("\n".join(sets), 1500) or "None can be used."))
    ]
    if library.problems:
        told = fitted("\n".join(plain(problem.in_short()) for problem in library.problems), 2200)
        items += [line(), text(f"### {counted(len(library.problems), 'problem')}: these files are left out\n{told}")]
    return card(*items, colour=NEUTRAL)


def _time(found: Round) -> str:
    if not found.is_open:
        return "This round is closed."
    if found.deadline is None:
        return "Open without a time limit."
    return f"Closes {discord.utils.format_dt(found.deadline, 'R')}."


def _people(heading: str, users: Sequence[UserId], names: Mapping[UserId, str]) -> str:
    known = ", ".join(plain(names.get(user, "Somebody")) for user in users)
    return f"**{heading}** ({len(users)}): {known or '–'}"
