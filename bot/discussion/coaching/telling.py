"""A follow-up's conditions in words: for a teacher who reads them, and for a student who is asked."""

from collections.abc import Mapping
from datetime import timedelta

from bot.content.models import FollowUp, Prompt, When
from bot.discussion.coaching.facts import LEAST_WORDS

PLAIN = "plain"
"""The reason for a question that is asked in its turn."""

_CONDITIONS: Mapping[When, str] = {
    When.NO_EVIDENCE: "names no passage of the article",
    When.TOO_SHORT: f"has fewer than {LEAST_WORDS} words",
    When.NO_REASON: "gives no reason",
    When.REPEATS_CLASSMATE: "says what a classmate has said",
    When.ONE_SIDED: "nearly all of the latest responses take one side",
}

_WHY: Mapping[When, str] = {
    When.NO_EVIDENCE: "Your answer names no passage of the article yet.",
    When.TOO_SHORT: "Your answer is short so far.",
    When.NO_REASON: "Your answer gives no reason yet.",
    When.REPEATS_CLASSMATE: "A classmate has said nearly the same.",
    When.ONE_SIDED: "Nearly all of the latest responses take one side.",
}


def reason(follow_up: FollowUp) -> str:
    """The one word for why it is asked, as the record keeps it: its first condition."""
    if follow_up.when is not None:
        return follow_up.when.value
    if follow_up.quiet_for is not None:
        return "quiet-for"
    return "stance" if follow_up.stance is not None else PLAIN if follow_up.cites is None else "cites"


def condition(follow_up: FollowUp, prompt: Prompt) -> str | None:
    """When it is asked, to go on from “Asked”; None where it is asked in its turn."""
    if follow_up.is_plain:
        return None
    if follow_up.is_of_thread:
        parts = [_CONDITIONS[follow_up.when]] if follow_up.when is not None else []
        parts += [f"nobody has said anything for {_lasting(follow_up.silence)}"] if follow_up.silence else []
        return f"when {' and '.join(parts)}"
    parts = [_CONDITIONS[follow_up.when]] if follow_up.when is not None else []
    parts += [f"cites ¶{follow_up.cites}"] if follow_up.cites is not None else []
    parts += [f"argues for “{_label(follow_up.stance, prompt)}”"] if follow_up.stance is not None else []
    return f"when a response {' and '.join(parts)}"


def why(follow_up: FollowUp, prompt: Prompt) -> str | None:
    """Why it is asked, to whoever is asked; None where it is asked in its turn."""
    told = [_WHY[follow_up.when]] if follow_up.when is not None else []
    told += [f"You lean on ¶{follow_up.cites}."] if follow_up.cites is not None else []
    told += [f"You argue for “{_label(follow_up.stance, prompt)}”."] if follow_up.stance is not None else []
    told += [f"Nobody has said anything for {_lasting(follow_up.silence)}."] if follow_up.silence else []
    return " ".join(told) or None


def _label(stance_id: str | None, prompt: Prompt) -> str:
    stance = prompt.stance(stance_id) if stance_id is not None else None
    return stance.label if stance is not None else stance_id or ""


def _lasting(length: timedelta | None) -> str:
    """A length as it is written: 45 seconds, 3 minutes, an hour."""
    seconds = int(length.total_seconds()) if length is not None else 0
    for unit, name in ((3600, "hour"), (60, "minute"), (1, "second")):
        if seconds % unit == 0:
            return f"{seconds // unit} {name}{'' if seconds == unit else 's'}"
    raise AssertionError
