"""What a moderator looks at: one response with its reports, and the queue of those that wait. Private pages."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.chat.cards.parts import button, card, line, row, text
from bot.chat.cards.response_card import attached, paragraphs
from bot.chat.routing import to
from bot.chat.texts import CARD_TEXT, counted, fitted, plain
from bot.classroom.moderating import Case, Queue
from bot.discussion.ids import ResponseId
from bot.discussion.moderation import Report, Review, Settled
from bot.discussion.palette import NEUTRAL
from bot.discussion.values import Source
from bot.discussion.wording import in_one_line

_WORDS, _REASONS, _NOTES = 1700, 900, 900
"""Characters of the parts of a page for one response."""

_IN_LISTS = 250
"""Characters of a response's words in the queue."""


def case_page(case: Case, said: str | None = None) -> ui.LayoutView:
    """A response with all that a moderator can do about it; `said` is what became of what they did just now."""
    words = [text(part) for part in paragraphs(case.words, _WORDS)] or [text("-# without words")]
    notes = "\n".join([_heading(case), *_state(case), *_muted(case)])
    files = attached(case.response)
    return card(
        *([text(f"**{said}**")] if said else []),
        text(fitted(notes, _NOTES)),
        *words,
        *([text(files)] if files else []),
        line(),
        text(fitted(_reported(case.reports, "No reports."), _REASONS)),
        *[row(buttons) for buttons in _buttons(case)],
        colour=NEUTRAL,
    )


def review_page(queue: Queue, said: str | None = None) -> ui.LayoutView:
    """One page of what waits, the longest first."""
    items: list[ui.Item[ui.LayoutView]] = [text(f"**{said}**")] if said else []
    items.append(text(_waiting(queue)))
    room = (CARD_TEXT - 500) // max(1, len(queue.cases))
    for case in queue.cases:
        items += [line(), text(_entry(case, room)), row(_queue_buttons(case, queue.page))]
    if queue.pages > 1:
        turning = [
            button("Earlier", to("review", max(queue.page - 1, 0), "back"), disabled=queue.page == 0),
            button("Later", to("review", queue.page + 1, "on"), disabled=queue.page + 1 >= queue.pages),
        ]
        items += [line(), text(f"-# Page {queue.page + 1} of {queue.pages}"), row(turning)]
    return card(*items, colour=NEUTRAL)


def approvals_line(count: int) -> str:
    """The same of what a moderator is to read first."""
    return f"{counted(count, 'response waits', 'responses wait')} for approval: `/review`"


def reports_line(count: int) -> str:
    """What a teacher is told elsewhere, who may not know of it."""
    return f"{counted(count, 'report waits', 'reports wait')}: `/review`"


def _waiting(queue: Queue) -> str:
    if queue.total == 0:
        here = "What somebody reports, and what waits for approval, stands here until a moderator has decided on it."
        return f"### Nothing waits for you\n{here}"
    return f"### {counted(queue.total, 'response')} to look at"


def _entry(case: Case, most: int) -> str:
    said = fitted(plain(in_one_line(case.words, _IN_LISTS)), _IN_LISTS) or "-# without words"
    reasons = _reported(case.waiting, "", most=2, each=90)
    return fitted("\n".join([_heading(case), *_state(case), said, reasons]), most)


def _heading(case: Case) -> str:
    """Whose it is, as the class knows them, and where it stands."""
    response, found = case.response, case.round
    where = f"https://discord.com/channels/{found.guild_id}/{found.thread_id or found.channel_id}"
    shown_by = response.stand_in_id or response.message_id
    when = discord.utils.format_dt(response.created_at, "f")
    link = f"{where}/{shown_by}" if shown_by else f"<#{found.thread_id or found.channel_id}>"
    return f"**{plain(case.author)}** · {when} · {link}\n-# {fitted(plain(found.prompt.question), 100)}"


def _muted(case: Case) -> list[str]:
    return [f"-# Its author is muted in this debate: {fitted(plain(case.mute.reason), 200)}"] if case.mute else []


def _state(case: Case) -> list[str]:
    """What the class sees of it, where that is not the words."""
    response, removal = case.response, case.removal
    if response.withdrawn_at is not None:
        kept = "what they were is kept for moderators" if case.kept else "the words are erased"
        return [f"-# Withdrawn by its author {discord.utils.format_dt(response.withdrawn_at, 'R')}: {kept}."]
    if case.is_unread:
        return _unread(case)
    if response.hidden_at is None:
        return ["-# The class cannot read it yet."] if response.held_back else []
    did = "Rejected" if response.review is Review.REJECTED else "Hidden"
    hidden = f"-# {did} {discord.utils.format_dt(response.hidden_at, 'R')}"
    if removal is None or removal.restored_at is not None:
        return [f"{hidden}: its message was deleted together with others."]
    by = f" by <@{removal.removed_by}>" if removal.removed_by is not None else ""
    told = "its author has been told" if removal.told_at is not None else "its author is told when they next act"
    return [f"{hidden}{by}, {told}: {fitted(plain(removal.reason), 300)}"]


def _unread(case: Case) -> list[str]:
    """That it waits. Whether a message of its author's own stays in the thread only Discord knows."""
    again = ", changed since" if case.wording > 1 else ""
    typed = " It was typed in the thread: if its message is still there, delete it." if _is_typed(case) else ""
    return [f"-# Waits for approval{again}: the class does not see it.{typed}"]


def _is_typed(case: Case) -> bool:
    return case.response.source is Source.MESSAGE


def _reported(reports: Sequence[Report], nothing: str, *, most: int = 5, each: int = 200) -> str:
    """How often, and why: never who."""
    if not reports:
        return nothing
    outcomes = {Settled.HIDDEN: "hidden then", Settled.DISMISSED: "dismissed"}
    reasons = [
        f"- {fitted(plain(' '.join(report.reason.split())), each) or 'no reason given'}"
        + (f" ({outcomes[report.settled]})" if report.settled is not None else "")
        for report in reports[:most]
    ]
    more = [f"- and {len(reports) - most} more"] if len(reports) > most else []
    return "\n".join([f"Reported {counted(len(reports), 'time')}:", *reasons, *more])


def _buttons(case: Case) -> list[list[ui.Button[ui.LayoutView]]]:
    """What can be done about it, and about whoever wrote it."""
    response = case.response
    gone = response.withdrawn_at is not None
    acts = (
        _deciding(case)
        if case.is_unread
        else (
            [button("Restore", to("restore", response.id))]
            if response.hidden_at is not None and not gone
            else [button("Hide", to("hide", response.id), style=discord.ButtonStyle.danger, disabled=gone)]
        )
    )
    dismiss = button("Dismiss reports", to("dismiss", response.id), disabled=not case.waiting)
    return [[*acts, dismiss, button("All that waits", to("review", 0))], *([_muting(case)] if _may_mute(case) else [])]


def _deciding(case: Case, *back: int) -> list[ui.Button[ui.LayoutView]]:
    """Each carries the wording that is shown: what is changed meanwhile is not decided on unread."""
    here = case.response.id, case.wording, *back
    return [
        button("Approve", to("approve", *here), style=discord.ButtonStyle.success),
        button("Reject", to("reject", *here), style=discord.ButtonStyle.danger),
    ]


def _may_mute(case: Case) -> bool:
    return case.response.source is not Source.STATEMENT and case.round.is_open


def _muting(case: Case) -> list[ui.Button[ui.LayoutView]]:
    """Under pseudonyms both: which of them does something would tell whether a member was muted by name."""
    mute, unmute = (
        button("Mute its author", to("mute", case.response.id)),
        button("Unmute its author", to("unmute", case.response.id)),
    )
    if case.round.conduct.pseudonymous:
        return [mute, unmute]
    return [unmute if case.mute is not None else mute]


def _queue_buttons(case: Case, page: int) -> list[ui.Button[ui.LayoutView]]:
    response_id: ResponseId = case.response.id
    gone = case.response.withdrawn_at is not None or case.response.hidden_at is not None
    if case.is_unread:
        return [*_deciding(case, page), button("Look closer", to("case", response_id))]
    return [
        button("Hide", to("hide", response_id, page), style=discord.ButtonStyle.danger, disabled=gone),
        button("Dismiss reports", to("dismiss", response_id, page)),
        button("Look closer", to("case", response_id)),
    ]
