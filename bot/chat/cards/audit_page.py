"""The audit, each entry in a plain sentence. People are named without a ping; nothing that students said is told."""

from collections.abc import Callable, Mapping

import discord
from discord import ui

from bot.chat.cards.parts import button, card, line, mention, row, text
from bot.chat.routing import to
from bot.chat.texts import counted, fitted, plain
from bot.classroom import (
    erasing,
    exporting,
    in_hand,
    losing,
    moderating,
    muting,
    purging,
    scheduling,
    setting_up,
    unmasking,
    uploading,
    word_lists,
)
from bot.classroom.auditing import AuditLog
from bot.discussion.ids import UserId
from bot.discussion.palette import NEUTRAL
from bot.discussion.values import Audit
from bot.patterns import pattern

Details = Mapping[str, str]

_ID = pattern(r"[0-9]{1,20}")

_EACH = 330
"""Characters of one entry."""


def audit_page(log: AuditLog) -> ui.LayoutView:
    """One page of the audit, the newest first."""
    of = [f"only: {label_of(log.filter.action)}"] if log.filter.action else []
    of += [f"only debate {log.filter.session_id}"] if log.filter.session_id else []
    head = "\n".join([f"### {counted(log.total, 'entry', 'entries')} on the audit", *(f"-# {each}" for each in of)])
    items: list[ui.Item[ui.LayoutView]] = [text(fitted(head, 300))]
    if log.entries:
        items.append(text("\n".join(fitted(_line(entry), _EACH) for entry in log.entries)))
    if log.pages > 1:
        newer = button("Newer", _turn(log, max(log.page - 1, 0), "back"), disabled=log.page == 0)
        older = button("Older", _turn(log, log.page + 1, "on"), disabled=log.page + 1 >= log.pages)
        items += [line(), text(f"-# Page {log.page + 1} of {log.pages}"), row([newer, older])]
    return card(*items, colour=NEUTRAL)


def label_of(action: str) -> str:
    """An action as one chooses it from a list."""
    known = _KNOWN.get(action)
    return known[0] if known is not None else fitted(plain(action), 60)


NOTHING = "~"
"""In an address: no action, or no debate, is chosen."""


def _turn(log: AuditLog, page: int, way: str) -> str:
    """An address has no room for dots, nor for what nobody of us wrote: such an action is chosen by typing alone."""
    action = (log.filter.action or "").replace(".", "~") or NOTHING
    return to("audit", page, action, log.filter.session_id or NOTHING, way)


def _line(entry: Audit) -> str:
    who = "the operator" if entry.user_id is None else mention(entry.user_id)
    where = f" · debate {entry.session_id}" if entry.session_id is not None else ""
    return f"{discord.utils.format_dt(entry.at, 'f')}{where}\n{_sentence(who, entry)}"


def _sentence(who: str, entry: Audit) -> str:
    """Who did what. Of an action that this version does not know, its name and its particulars are told."""
    known = _KNOWN.get(entry.action)
    if known is None:
        more = "; ".join(f"{plain(name)} {_word(value)}" for name, value in entry.details.items())
        return f"{who}: {plain(entry.action)}" + (f" ({more})" if more else "")
    return known[1](who, entry.details)


def _word(value: str | None) -> str:
    return fitted(plain(" ".join((value or "?").split())), 80)


def _member(value: str | None) -> str:
    return mention(UserId(int(value))) if value is not None and _ID.fullmatch(value) else "somebody"


def _exported(who: str, of: Details) -> str:
    names = "real names" if of.get("names") == "real" else f"{_word(of.get('names'))}s"
    parts = [f"question {_word(of['round'])} alone"] if "round" in of else []
    parts += [f"{_member(of['student'])} alone"] if "student" in of else []
    parts += [f"since {_word(of['since'])}"] if "since" in of else []
    return f"{who} exported the record as {_word(of.get('format'))}, with {', '.join([names, *parts])}."


_ACTS: Mapping[str, str] = {
    "next": "went on to the next phase",
    "pause": "stopped the clock",
    "resume": "let the clock go on",
    "reveal": "showed the class what was held back",
    "close": "ended the debate",
    "question": "posed the next question",
    "ask": "asked the class a follow-up",
    "invite": "invited the class to speak or answer",
    "coach-on": "let the coach ask questions",
    "coach-off": "let the coach ask no more questions",
}


def _controlled(who: str, of: Details) -> str:
    match of.get("what"):
        case "extend":
            return f"{who} gave {_word(of.get('minutes'))} more minutes."
        case "assign":
            return f"{who} put {_member(of.get('user'))} on the side “{_word(of.get('side'))}”."
        case "slow":
            return f"{who} set the time between two responses of a student to {_word(of.get('seconds'))} seconds."
        case "nudge":
            return f"{who} had {_word(of.get('reminded'))} of {_word(of.get('unfinished'))} unfinished reminded."
        case what:
            return f"{who} {_ACTS.get(what or '', f'changed the debate: {_word(what)}')}."


_PLANS: Mapping[str, str] = {"add": "scheduled", "move": "moved", "cancel": "cancelled"}


def _scheduled(who: str, of: Details) -> str:
    did = _PLANS.get(of.get("what", ""), _word(of.get("what")))
    return f"{who} {did} the planned debate {_word(of.get('schedule'))}."


def _changed(_who: str, of: Details) -> str:
    """Discord does not tell who deletes something."""
    match of.get("what"):
        case losing.CARD:
            return "Somebody deleted the debate's card on Discord; it was posted anew."
        case losing.THREAD:
            return "Somebody deleted the debate's thread on Discord."
        case losing.CHANNEL:
            return "Somebody deleted the debate's channel on Discord."
        case losing.CLEARED:
            return f"Somebody deleted messages in bulk on Discord: {_word(of.get('count'))} responses are hidden."
        case what:
            return f"Something was changed on Discord: {_word(what)}."


def _unmasked(who: str, of: Details) -> str:
    everybody = of.get("pseudonym") == "everybody"
    whom = "everybody who spoke under a pseudonym" if everybody else f"“{_word(of.get('pseudonym'))}”"
    return f"{who} learned who is behind {whom}. The reason: {_word(of.get('reason'))}"


def _of_response(did: str) -> Callable[[str, Details], str]:
    def sentence(who: str, of: Details) -> str:
        return (
            f"{who} {did} response {_word(of.get('response'))} to question {_word(of.get('question'))}{_settling(of)}."
        )

    return sentence


def _settling(of: Details) -> str:
    count = of.get("reports", "")
    return f" ({counted(int(count), 'report')})" if count.isascii() and count.isdecimal() else ""


def _erased(who: str, of: Details) -> str:
    """Whoever erases themselves is not named: that they were here is erased too."""
    return f"{who} erased somebody." if of.get("by") == erasing.OPERATOR else "Somebody erased what was theirs."


def _purged(_who: str, of: Details) -> str:
    count, days = _word(of.get("debates")), _word(of.get("days"))
    return f"Debates that ended more than {days} days ago were erased, as their time was over: {count}."


_SETTINGS: Mapping[str, str] = {
    "teacher_role_id": "the teacher role",
    "moderator_role_id": "the moderator role",
    "default_channel_id": "the channel for debates",
    "consent": "who is asked for consent",
    "retention_days": "the days that a debate is kept",
}


def _set_up(who: str, of: Details) -> str:
    changed = [f"{_SETTINGS.get(name, _word(name))} ({_word(value)})" for name, value in of.items()]
    return f"{who} changed {', '.join(changed)}."


def _muting(did: str) -> Callable[[str, Details], str]:
    def sentence(who: str, of: Details) -> str:
        whom = _member(of["user"]) if "user" in of else f"the author of response {_word(of.get('response'))}"
        why = f" The reason: {_word(of['reason'])}" if "reason" in of else ""
        return f"{who} {did} {whom}.{why}"

    return sentence


def _listing(did: str) -> Callable[[str, Details], str]:
    def sentence(who: str, of: Details) -> str:
        return f"{who} {did} the word ||{_word(of.get('word'))}||."

    return sentence


def _of_set(did: str) -> Callable[[str, Details], str]:
    def sentence(who: str, of: Details) -> str:
        return (
            f"{who} {did} the prompt set `{_word(of.get('set')).replace('`', '')}`, version {_word(of.get('version'))}."
        )

    return sentence


_KNOWN: Mapping[str, tuple[str, Callable[[str, Details], str]]] = {
    exporting.EXPORTED: ("Exports", _exported),
    in_hand.CONTROLLED: ("The clock, phases and sides of debates", _controlled),
    scheduling.SCHEDULED: ("Planned debates", _scheduled),
    losing.CHANGED: ("What was deleted on Discord", _changed),
    setting_up.SET_UP: ("Settings", _set_up),
    unmasking.UNMASKED: ("Pseudonyms unmasked", _unmasked),
    uploading.UPLOADED: ("Prompt sets uploaded", _of_set("uploaded")),
    uploading.REMOVED: ("Prompt sets removed", _of_set("removed")),
    erasing.ERASED: ("People erased", _erased),
    purging.PURGED: ("Old debates erased", _purged),
    moderating.HIDDEN: ("Responses hidden", _of_response("hid")),
    moderating.RESTORED: ("Responses restored", _of_response("restored")),
    moderating.APPROVED: ("Responses approved", _of_response("approved")),
    moderating.REJECTED: ("Responses rejected", _of_response("rejected")),
    muting.MUTED: ("Students muted", _muting("muted")),
    muting.UNMUTED: ("Students unmuted", _muting("unmuted")),
    word_lists.ADDED: ("Words listed", _listing("listed")),
    word_lists.REMOVED: ("Words no longer listed", _listing("took off the list")),
    moderating.DISMISSED: ("Reports dismissed", _of_response("found nothing wrong with")),
}
"""Each action with its name in lists and its sentence."""
