"""What a classmate does, one thing at a time, and what each thing is called when it is counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from bot.rehearsal.script import Act, Answer, Change


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that one classmate does. `noun` is what is counted, None for what nobody counts."""

    noun: ClassVar[str | None] = None
    who: str


@dataclass(frozen=True, slots=True)
class Vote(Deed):
    """Take a side, by its label."""

    noun: ClassVar[str | None] = "vote"
    side: str


@dataclass(frozen=True, slots=True)
class Respond(Deed):
    """Respond for a side, unless one is assigned or taken already: with an answer of the script, or general lines."""

    noun: ClassVar[str | None] = "response"
    answer: Answer | None
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Reply(Deed):
    """Answer a classmate: this one with these words, or anybody whom the phase allows with general ones."""

    noun: ClassVar[str | None] = "reply"
    to: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Say(Deed):
    """Type a message in the thread."""

    noun: ClassVar[str | None] = "message"
    text: str


@dataclass(frozen=True, slots=True)
class Rewrite(Deed):
    """Change one's own response."""

    noun: ClassVar[str | None] = "change"
    change: Change


@dataclass(frozen=True, slots=True)
class Reword(Deed):
    """Edit the last message that one has typed."""

    noun: ClassVar[str | None] = "change"
    text: str


@dataclass(frozen=True, slots=True)
class Withdraw(Deed):
    """Take one's own response back."""

    noun: ClassVar[str | None] = "withdrawal"


@dataclass(frozen=True, slots=True)
class Look(Deed):
    """Press a button that shows something: one's own part, the article, what classmates wrote. By its verb."""

    verb: str


@dataclass(frozen=True, slots=True)
class Reflect(Deed):
    """Write a reflection."""

    noun: ClassVar[str | None] = "reflection"


@dataclass(frozen=True, slots=True)
class WriteTogether(Deed):
    """Write on the group's text, as long as it is short."""

    noun: ClassVar[str | None] = "wording"


def deed_of(act: Act, labels: Mapping[str, str]) -> Deed:  # noqa: PLR0911 - one for each kind of act
    """An act of the script as a deed. Stances have ids there; a student sees the label."""
    who = act.who
    if act.vote is not None:
        return Vote(who, labels.get(act.vote, act.vote))
    if act.respond is not None:
        return Respond(who, act.respond)
    if act.reply is not None:
        return Reply(who, act.reply.to, act.reply.text)
    if act.say is not None:
        return Say(who, act.say)
    if act.change is not None:
        return Rewrite(who, act.change)
    if act.reword is not None:
        return Reword(who, act.reword)
    return Withdraw(who)
