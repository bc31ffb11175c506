"""What a phase allows. Each rule answers None, or with the sentence that tells a student why not.

A side is the one assigned, or else the stance taken openly: never hand in how somebody voted in secret, since a
refusal would tell it.
"""

from collections.abc import Mapping

from bot.content.formats import (
    ArguePhase,
    Phase,
    PhaseKind,
    ReflectPhase,
    ReplyPhase,
    ReplyTo,
    StatementPhase,
    Visible,
    VotePhase,
    Who,
)
from bot.discussion.counting import words_in
from bot.discussion.ids import SideId
from bot.discussion.wording import own_words

_NOW = {
    PhaseKind.VOTE: "the class votes",
    PhaseKind.ARGUE: "everybody writes their own response",
    PhaseKind.REPLY: "classmates' responses are answered",
    PhaseKind.SWAP: "the sides change",
    PhaseKind.REFLECT: "everybody reflects in private",
    PhaseKind.STATEMENT: "each group writes its statement",
    PhaseKind.REVEAL: "the result is shown",
    PhaseKind.READ: "the class reads",
    PhaseKind.PAUSE: "the debate has a break",
}


def allows_vote(phase: Phase) -> str | None:
    """May stances be taken and changed now?"""
    if isinstance(phase, VotePhase) or (isinstance(phase, ArguePhase | ReplyPhase) and phase.change_sides):
        return None
    return _not_now("take a side or change it", phase)


def allows_response(phase: Phase, side: SideId | None) -> str | None:
    """May somebody on this side write a response of their own now?"""
    if not isinstance(phase, ArguePhase):
        return _not_now("respond", phase)
    return _speaks(phase.who, side)


def allows_reply(
    phase: Phase, *, own_side: SideId | None, other_side: SideId | None, same_author: bool, is_answered: bool
) -> str | None:
    """May somebody answer this response now? `other_side` is that of its author; is it answered by anybody yet?

    A response of somebody without a side counts as one of another side.
    """
    if isinstance(phase, ArguePhase) and phase.replies:
        return _speaks(phase.who, own_side)
    if not isinstance(phase, ReplyPhase):
        return _not_now("answer classmates", phase)
    if same_author:
        return "That is your own response: choose a classmate's."
    return _speaks(phase.who, own_side) or _answers(phase.to, own_side, other_side, is_answered=is_answered)


def allows_reflection(phase: Phase) -> str | None:
    """May reflections be written now?"""
    return None if isinstance(phase, ReflectPhase) else _not_now("reflect", phase)


def allows_statement(phase: Phase, group: int | None) -> str | None:
    """May somebody of this group work on its statement now?"""
    if not isinstance(phase, StatementPhase):
        return _not_now("write your group's statement", phase)
    return "You are in no group yet, so there is no statement for you to write." if group is None else None


def allows_words(phase: Phase, body: Mapping[str, str]) -> str | None:
    """Are these enough words of one's own for what the phase asks?"""
    least = phase.at_least_words if isinstance(phase, ArguePhase | ReplyPhase | StatementPhase) else None
    if least is None or (count := words_in(own_words(body))) >= least:
        return None
    return f"This phase asks for at least {least} words; yours has {count}. Say a little more, and send it again."


def shows_at_once(phase: Phase) -> bool:
    """Can the whole class read what is written in this phase as soon as it is written?"""
    return may_read(phase, has_responded=False, is_revealed=False)


def may_read(phase: Phase, *, has_responded: bool, is_revealed: bool) -> bool:
    """May a student read what classmates wrote in this phase?

    `has_responded`: did this student respond in it? `is_revealed`: has a reveal come since, or the end of the round?
    """
    if isinstance(phase, ReflectPhase):
        return False
    if not isinstance(phase, ArguePhase) or is_revealed:
        return True
    return phase.visible is Visible.AT_ONCE or (phase.visible is Visible.AFTER_YOURS and has_responded)


def _speaks(who: Who, side: SideId | None) -> str | None:
    if who is Who.EVERYONE or side == who.value:
        return None
    return f"Now the {who.value} circle speaks; you listen."


def _answers(to: ReplyTo, own_side: SideId | None, other_side: SideId | None, *, is_answered: bool) -> str | None:
    if to is ReplyTo.OTHER_SIDE and own_side is None:
        return "In this phase you answer the other side, and you have no side yet."
    if to is ReplyTo.OTHER_SIDE and own_side == other_side:
        return "That classmate is on your side: in this phase, answer somebody on the other side."
    if to is ReplyTo.UNANSWERED and is_answered:
        return "Somebody has answered that already: in this phase, choose a response that nobody has answered yet."
    return None


def _not_now(what: str, phase: Phase) -> str:
    return f"You cannot {what} in this phase: now {_NOW[phase.kind]}."
