"""What only the teacher sees: who has answered, which debates there are, what did not load."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import discord
from discord import ui

from bot.chat.cards.level_lines import level_line
from bot.chat.cards.parts import card, line, nameless, text
from bot.chat.cards.phase_notice import phase_line, time_line
from bot.chat.cards.review_page import approvals_line, reports_line
from bot.chat.cards.tally_lines import tally_lines
from bot.chat.cards.timing_lines import how_long
from bot.chat.texts import CARD_TEXT, counted, fitted, plain, shared
from bot.classroom import losing
from bot.classroom.losing import Change
from bot.classroom.reviewing import Status
from bot.classroom.shelves import GuildLibrary, OwnSet
from bot.content.formats import VotePhase
from bot.content.models import Glossary, PromptSet
from bot.discussion.ids import UserId
from bot.discussion.palette import NEUTRAL
from bot.discussion.values import Loss, Round, Session


def status_page(
    status: Status, *, knows_members: bool, floods: Mapping[UserId, int] = MappingProxyType({})
) -> ui.LayoutView:
    """Counts, time left, and the class in three lists. `floods` tells who typed how many messages too fast."""
    found, who = status.standing.round, status.attendance
    note = (
        ""
        if knows_members
        else "\n-# Discord does not tell Parley who is in this channel (the Server Members intent is off), so “silent” "
        "lists only people who have taken part in a debate here before."
    )
    if any(isinstance(phase, VotePhase) and phase.secret for phase in found.format.plan):
        note += "\n-# Who has only voted in secret counts as silent here: nobody is told."
    changes = counted(status.changes, "change") + " of side"
    voted = (
        f"{counted(status.standing.voted, 'person has', 'people have')} voted in this phase · " if _votes(found) else ""
    )
    counts = [
        f"### {plain(found.prompt.question)}\n{_time(found)}",
        tally_lines(status.standing),
        f"-# {voted}{counted(status.standing.tally.responses, 'response')} · {changes}",
    ]
    lists = [
        _people("Answered", who.answered, status.names),
        _people("Only voted", who.only_voted, status.names),
        _people("Silent", who.silent, status.names),
    ]
    know = to_know(status, floods)
    answered, only_voted, silent = shared(lists, CARD_TEXT - sum(map(len, (*counts, note, know))))
    return card(
        *[text(words) for words in counts],
        *([text(know)] if know else []),
        line(),
        text(answered),
        text(only_voted),
        text(silent + note),
        colour=NEUTRAL,
    )


def to_know(status: Status, floods: Mapping[UserId, int]) -> str:
    """What went wrong under the round, and how to go on: deletions on Discord, gaps, what is not shown yet, floods."""
    lines = [reports_line(status.reports)] if status.reports else []
    lines += [approvals_line(status.to_approve)] if status.to_approve else []
    lines += [f"{discord.utils.format_dt(change.at, 't')}: {_changed(change)}" for change in status.deleted[-4:]]
    lines += [
        f"{discord.utils.format_dt(gap.began_at, 't')} to {discord.utils.format_dt(gap.ended_at, 't')}: "
        f"what was typed may be missing; {plain(gap.reason)}."
        for gap in status.gaps[-4:]
    ]
    if status.waiting and status.standing.round.lost is None:
        lines.append(
            f"{counted(status.waiting, 'response')} on record could not be posted in the thread yet. Parley tries "
            "again every minute; see that it may send messages there."
        )
    lines += [
        f"{plain(status.names.get(user, 'Somebody'))} typed {counted(count, 'message')} faster than a class can read. "
        "All of them are on record."
        for user, count in sorted(floods.items(), key=lambda each: -each[1])[:4]
    ]
    return "\n".join(["**To know**", *[f"- {told}" for told in lines]]) if lines else ""


def _changed(change: Change) -> str:
    match change.what:
        case losing.CARD:
            return "the card was deleted. Parley posts it anew within a minute."
        case losing.THREAD:
            return (
                "the thread was deleted. What was said is on record; votes and **Respond** still are. `/discuss next` "
                "opens a thread with the next question, `/discuss close` ends the debate."
            )
        case losing.CLEARED:
            return f"{counted(change.count, 'message')} were deleted at once: on record, hidden, for moderators."
        case _:
            return "the channel was deleted. What was said is on record; `/discuss start` opens a debate elsewhere."


def sessions_page(entries: Sequence[tuple[Session, Sequence[Round]]]) -> ui.LayoutView:
    """The latest debates, the open ones first."""
    lines: list[str] = []
    for session, rounds in sorted(entries, key=lambda entry: entry[0].closed_at is not None):
        state = "open" if session.closed_at is None else f"closed {discord.utils.format_dt(session.closed_at, 'R')}"
        if any(posed.lost is Loss.CHANNEL for posed in rounds):
            state += ", its channel was deleted"
        threads = " ".join(f"<#{posed.thread_id}>" for posed in rounds if posed.thread_id)
        started = discord.utils.format_dt(session.started_at, "f")
        lines.append(
            f"**{session.id}** · {plain(session.prompt_set.title)} in <#{session.channel_id}>\n"
            f"-# {state} · started {started} · {counted(len(rounds), 'question')} {threads}"
        )
    return card(text("### Debates"), text(fitted("\n".join(lines), 3800)), colour=NEUTRAL)


def library_page(found: GuildLibrary) -> ui.LayoutView:
    """The prompt sets and formats that can be used, the server's own apart, and each problem of those that cannot."""
    shipped = [_set_line(prompt_set) for prompt_set in found.shipped.prompt_sets.values()]
    own = [_own_line(each) for each in found.own]
    formats = [f"**{plain(each.title)}** · {how_long(each, None)}" for each in found.library.formats.values()]
    articles = [
        f"**{plain(article.title)}** · {level_line(article)}{_explained(found.library.glossaries.get(slug))}"
        for slug, article in found.library.articles.items()
    ]
    problems = [plain(problem.in_short()) for problem in found.library.problems]
    left_out = f"### {counted(len(problems), 'problem')}: these files are left out"
    parts = [
        ("### Prompt sets", shipped or ["None can be used."]),
        ("### This server's own prompt sets", own),
        ("### Formats", formats),
        ("### Articles", articles),
        (left_out, problems),
    ]
    told = [(heading, "\n".join(lines)) for heading, lines in parts if lines]
    room = CARD_TEXT - sum(len(heading) + 1 for heading, _ in told)
    cut = shared([lines for _, lines in told], room)
    items: list[ui.Item[ui.LayoutView]] = [
        text(f"{heading}\n{lines}") for (heading, _), lines in zip(told, cut, strict=True)
    ]
    return card(*items[:-1], line(), items[-1], colour=NEUTRAL) if problems else card(*items, colour=NEUTRAL)


def _set_line(prompt_set: PromptSet) -> str:
    return f"**{plain(prompt_set.title)}** · {counted(len(prompt_set.prompts), 'question')}"


def _explained(glossary: Glossary | None) -> str:
    return f" · {counted(len(glossary.terms), 'word')} explained" if glossary else ""


def _own_line(own: OwnSet) -> str:
    since = f"version {own.version}, {discord.utils.format_dt(own.uploaded_at, 'R')}"
    if own.prompt_set is None:
        return f"**{plain(own.slug)}** · {since} · cannot be used"
    return f"{_set_line(own.prompt_set)} · `{own.slug}`, {since}"


def _time(found: Round) -> str:
    if not found.is_open:
        return "This round is closed."
    if found.has_phases or found.paused_at is not None:
        return "\n".join([*([phase_line(found)] if found.has_phases else []), _phase_time(found)])
    if found.deadline is None:
        return "Open without a time limit."
    return f"Closes {discord.utils.format_dt(found.deadline, 'R')}."


def _votes(found: Round) -> bool:
    return found.is_open and isinstance(found.phase, VotePhase)


def _phase_time(found: Round) -> str:
    if found.paused_at is not None:
        paused = discord.utils.format_dt(found.paused_at, "t")
        return f"Paused since {paused}: the clock stands still. `/discuss control` lets it go on."
    return time_line(found)


def _people(heading: str, users: Sequence[UserId], names: Mapping[UserId, str]) -> str:
    told = [plain(names[user]) for user in users if user in names]
    told += nameless(len(users) - len(told))
    return f"**{heading}** ({len(users)}): {', '.join(told) or '–'}"
