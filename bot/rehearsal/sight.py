"""What a classmate sees: the card of a round, the notice of a phase, the responses in its thread, an open form."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from simcord.backend.models import Message
from simcord.components import walk_components

from bot.chat.routing import Address

BUTTON, TEXT_DISPLAY = 2, 10
REPLY = "Reply"

VOTE, RESPOND, PART = "vote", "respond", "part"
"""The verbs of the buttons by which a card and a notice are known."""

YES = "yes"
"""The verb of the button by which somebody agrees to be recorded."""

AS_IT_IS = "as-it-is"
"""The verb of the button by which somebody sends a quotation that the article does not have."""

_COUNT = re.compile(r" · \d+$")
_ESCAPED = re.compile(r"\\([^\w\s])")
_HEADING = re.compile(r"^#{1,3} (?P<text>.+)$", re.MULTILINE)
_QUOTED = re.compile(r"^> (?P<text>.+)$", re.MULTILINE)
_PHASE = re.compile(r"\bPhase (?P<number>\d+) of (?P<of>\d+)\b")
_UNTIL = re.compile(r"<t:(?P<seconds>\d+):R>")
_CLOSED = re.compile(r"^\*\*Closed\*\*", re.MULTILINE)
_AUTHOR = re.compile(r"^\*\*(?P<name>.+?)\*\* · (?P<stance>[^\n]+?)(?: · edited)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Call:
    """A message that calls the class to do something.

    `stances` maps a side's label to its button's custom_id, `ways` the verbs of the other buttons to theirs. `until` is
    when the time is over, None where it never is.
    """

    message: Message
    words: str
    stances: Mapping[str, str]
    ways: Mapping[str, str]
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Card(Call):
    """A round as its card shows it. `has_phases`: is what to do told phase by phase, by notices in the thread?"""

    question: str
    quotes: tuple[str, ...]
    has_phases: bool

    @property
    def thread(self) -> int:
        """The thread in which one talks: one made from a message has the message's id."""
        return self.message.id


@dataclass(frozen=True, slots=True)
class Notice(Call):
    """A phase as its notice tells of it: its name, and that it is this one (from 1) of so many."""

    name: str
    number: int
    of: int

    @property
    def thread(self) -> int:
        """The thread in which one talks: the one it stands in."""
        return self.message.channel_id


@dataclass(frozen=True, slots=True)
class Said:
    """A response as it stands in the thread: whose it is, the side it is written from, and its point.

    The point is its first words that are its author's own, and no quote of another's.
    """

    message: Message
    author: str
    stance: str
    point: str
    reply: str
    """The custom_id of the button that answers it."""


def texts(message: Message) -> list[str]:
    """Every text of a message's components, as it reads: escapes taken away."""
    found = [str(part["content"]) for part in walk_components(message.components) if part.get("type") == TEXT_DISPLAY]
    return [_ESCAPED.sub(r"\1", text) for text in found]


def pressable(message: Message) -> Iterator[tuple[str, str]]:
    """Label and custom_id of every button that can be pressed."""
    for part in _buttons(message):
        if not part.get("disabled"):
            yield str(part.get("label") or ""), str(part["custom_id"])


def card_in(message: Message) -> Card | None:
    """The card of an open round; None for any other message."""
    words = "\n".join(texts(message))
    verbs = _verbs(message)
    if RESPOND not in verbs or _is_notice(message) or _CLOSED.search(words):
        return None
    headings = [match["text"] for match in _HEADING.finditer(words)]
    quotes = tuple(match["text"] for match in _QUOTED.finditer(words))
    question = headings[-1] if headings else ""
    return Card(message, words, *_open_ways(message), _until(words), question, quotes, bool(_PHASE.search(words)))


def notice_in(message: Message) -> Notice | None:
    """The notice of a phase, also of one that is over; None for any other message."""
    words = "\n".join(texts(message))
    phase, heading = _PHASE.search(words), _HEADING.search(words)
    if not _is_notice(message) or phase is None or heading is None:
        return None
    name, number, of = heading["text"], int(phase["number"]), int(phase["of"])
    return Notice(message, words, *_open_ways(message), _until(words), name, number, of)


def responses(messages: Sequence[Message], name: str | None = None) -> list[Said]:
    """The responses in a thread that can be replied to, oldest first; those of one person, if named."""
    found: list[Said] = []
    for message in messages:
        said = _said(message)
        if said is not None and name in {None, said.author}:
            found.append(said)
    return found


def _said(message: Message) -> Said | None:
    reply = next((custom_id for label, custom_id in pressable(message) if label == REPLY), None)
    heading, *body = texts(message) or [""]
    author = _AUTHOR.search(heading)
    if reply is None or author is None:
        return None
    point = next((words for words in body if not words.startswith(">")), "")
    return Said(message, author["name"], author["stance"], point, reply)


def way_to(verb: str, message: Message) -> str | None:
    """The button of a message that leads there, if it has one."""
    return next((str(each["custom_id"]) for each in _buttons(message) if _verb(str(each["custom_id"])) == verb), None)


def _buttons(message: Message) -> Iterator[Mapping[str, Any]]:
    for part in walk_components(message.components):
        if part.get("type") == BUTTON and part.get("custom_id"):
            yield part


def _is_notice(message: Message) -> bool:
    """Has it the way to one's part in one phase? A card's way does not name the phase."""
    addresses = [Address.read(str(part["custom_id"])) for part in _buttons(message)]
    return any(found is not None and found.verb == PART and len(found.arguments) > 1 for found in addresses)


def _verb(custom_id: str) -> str:
    address = Address.read(custom_id)
    return "" if address is None else address.verb


def _verbs(message: Message) -> set[str]:
    return {_verb(str(part["custom_id"])) for part in _buttons(message)}


def _open_ways(message: Message) -> tuple[dict[str, str], dict[str, str]]:
    """The stances by label, without their counts, and the other buttons by verb, as far as they can be pressed."""
    stances: dict[str, str] = {}
    ways: dict[str, str] = {}
    for label, custom_id in pressable(message):
        if _verb(custom_id) == VOTE:
            stances[_COUNT.sub("", label)] = custom_id
        else:
            ways[_verb(custom_id)] = custom_id
    return stances, ways


def _until(words: str) -> datetime | None:
    match = _UNTIL.search(words)
    return None if match is None else datetime.fromtimestamp(int(match["seconds"]), UTC)
