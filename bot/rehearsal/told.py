"""What the bot tells somebody who did something: a form to fill in, that it is on record, or why not."""

import re
from collections.abc import Iterator

from simcord.backend.models import Message

from bot.rehearsal.acts import Outcome
from bot.rehearsal.forms import Form
from bot.rehearsal.refusals import RefusedError
from bot.rehearsal.sight import texts

_LEAST = re.compile(r"\bat least (?P<words>\d+) words?\b", re.IGNORECASE)
_TAKEN = re.compile(r"\W*(Recorded|Withdrawn|You already)\b")
"""How the bot's answer begins to what is on record now."""


def least_words(told: str) -> int:
    """How many words are asked for, where that is told."""
    match = _LEAST.search(told)
    return 0 if match is None else int(match["words"])


def form_in(opened: Outcome) -> Form:
    """The form that was opened; the bot's sentence, where it opened none."""
    if opened.modal is None:
        raise RefusedError(_sentence(opened) or "No form was opened.")
    return Form(opened.interaction_id, opened.modal)


def require_taken(answered: Outcome) -> None:
    """Pass where the bot says that it is on record, or has not said anything yet."""
    sentence = _sentence(answered)
    if sentence and not _TAKEN.match(sentence):
        raise RefusedError(sentence)


def require_shown(answered: Outcome) -> None:
    """Pass where there is something to be seen, or nothing yet, and not only a sentence why not."""
    sentence = _sentence(answered)
    if sentence and answered.message is not None and not answered.message.components:
        raise RefusedError(sentence)


def _sentence(answered: Outcome) -> str:
    return next(_lines_of(answered.message), "") if answered.message is not None else ""


def _lines_of(message: Message) -> Iterator[str]:
    for words in (message.content, *texts(message)):
        yield from (line for line in words.splitlines() if line.strip())
