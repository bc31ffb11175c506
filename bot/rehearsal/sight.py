"""What a classmate sees: the card of a round, the responses in its thread, the form that a button opens."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simcord.backend.models import Message
from simcord.components import walk_components

BUTTON, TEXT_DISPLAY, TEXT_INPUT, LABEL, RADIO_GROUP = 2, 10, 4, 18, 21
RESPOND = "Respond"
REPLY = "Reply"

_COUNTED = re.compile(r"(?P<label>.+) · \d+")
_ESCAPED = re.compile(r"\\([^\w\s])")
_HEADING = re.compile(r"^#{1,3} (?P<text>.+)$", re.MULTILINE)
_QUOTED = re.compile(r"^> (?P<text>.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Card:
    """An open round as its card shows it. `stances` maps a side's label to its button's custom_id."""

    message: Message
    question: str
    quotes: tuple[str, ...]
    stances: Mapping[str, str]
    respond: str


def texts(message: Message) -> list[str]:
    """Every text of a message's components, as it reads: escapes taken away."""
    found = [str(part["content"]) for part in walk_components(message.components) if part.get("type") == TEXT_DISPLAY]
    return [_ESCAPED.sub(r"\1", text) for text in found]


def pressable(message: Message) -> Iterator[tuple[str, str]]:
    """Label and custom_id of every button that can be pressed."""
    for part in walk_components(message.components):
        if part.get("type") == BUTTON and part.get("custom_id") and not part.get("disabled"):
            yield str(part.get("label") or ""), str(part["custom_id"])


def card_in(message: Message) -> Card | None:
    """The card of an open round; None for any other message."""
    buttons = list(pressable(message))
    respond = next((custom_id for label, custom_id in buttons if label == RESPOND), None)
    stances = {found["label"]: custom_id for label, custom_id in buttons if (found := _COUNTED.fullmatch(label))}
    if respond is None or not stances:
        return None
    words = "\n".join(texts(message))
    headings = [match["text"] for match in _HEADING.finditer(words)]
    quotes = tuple(match["text"] for match in _QUOTED.finditer(words))
    return Card(message, headings[-1] if headings else "", quotes, stances, respond)


def responses(messages: Sequence[Message], name: str | None = None) -> list[Message]:
    """The responses in a thread that can be replied to, oldest first; those of one person, if named."""
    found: list[Message] = []
    for message in messages:
        first = next(iter(texts(message)), "")
        if any(label == REPLY for label, _ in pressable(message)) and (name is None or f"**{name}**" in first):
            found.append(message)
    return found


def filled(modal: Mapping[str, Any], side: str | None, words: Mapping[str, str]) -> dict[str, str]:
    """The form filled in: the side whose label ends so, and the words by the beginning of a field's label.

    A field that no word is for keeps what stands in it; the only field of a form takes the only word.
    """
    values: dict[str, str] = {}
    for label, control in _controls(modal):
        custom_id, kind = str(control["custom_id"]), control.get("type")
        if kind == RADIO_GROUP:
            options = control["options"]
            chosen = next((o for o in options if side is not None and str(o["label"]).endswith(side)), None)
            chosen = chosen or next((o for o in options if o.get("default")), options[0])
            values[custom_id] = str(chosen["value"])
        elif kind == TEXT_INPUT:
            given = next((text for key, text in words.items() if label.casefold().startswith(key)), None)
            values[custom_id] = str(control.get("value") or "") if given is None else given
    return values


def text_fields(modal: Mapping[str, Any]) -> int:
    """How many fields for words a form has."""
    return sum(control.get("type") == TEXT_INPUT for _, control in _controls(modal))


def _controls(modal: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for part in modal["components"]:
        if part.get("type") == LABEL:
            yield str(part.get("label", "")), part["component"]
