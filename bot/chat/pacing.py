"""How fast one person may act, so that nobody floods a class or its bot. Whoever only takes part never meets a limit.

What is done counts by its kind, in one table for all commands, buttons and forms. Nobody's pace is anybody else's.
"""

from collections import Counter, OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

import discord

from bot.chat.texts import counted
from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.discussion.ids import ChannelId, GuildId, UserId
from bot.discussion.pacing import Buckets, Pace

MOST_THREADS = 200
"""So many threads are remembered in which somebody typed too fast; the longest quiet is forgotten first."""


class Kind(StrEnum):
    """What somebody does, by how often it makes sense."""

    WRITE = "write"
    """A vote, another click that changes something, a command: whatever the table does not name."""
    FORM = "form"
    """What somebody has written: every form that the table does not name."""
    READ = "read"
    """Looking at something, opening a form."""
    SUGGEST = "suggest"
    """What is offered while one types."""
    DRAW = "draw"
    """A picture."""
    WHOLE = "whole"
    """All of something: a transcript, one's data, an erasure, the content read again."""
    ASK = "ask"
    """A question to the article."""
    ANSWER = "answer"
    """What the bot answers in one thread, to whomever: so that it never talks more than the class."""
    REPORT = "report"
    UPLOAD = "upload"
    TYPE = "type"
    """A message in a thread. None is ever refused: too many are told to the teacher."""


def _pace(at_once: int, one_more_every: float) -> Pace:
    return Pace(at_once, timedelta(seconds=one_more_every))


PACES: Mapping[Kind, Pace] = MappingProxyType(
    {
        Kind.WRITE: _pace(20, 1),
        Kind.FORM: _pace(10, 3),
        Kind.READ: _pace(40, 0.25),
        Kind.SUGGEST: _pace(40, 0.25),
        Kind.DRAW: _pace(15, 5),
        Kind.WHOLE: _pace(10, 30),
        Kind.ASK: _pace(8, 8),
        Kind.ANSWER: _pace(12, 4),
        Kind.REPORT: _pace(5, 120),
        Kind.UPLOAD: _pace(10, 60),
        Kind.TYPE: _pace(30, 1 / 3),
    }
)

_VERBS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.READ: "respond reply change mend part classmates leaf reflect statement read turn mine transcript "
        "scheduled reschedule unschedule consent case hide reject mute review audit",
        Kind.DRAW: "chart charted",
        Kind.WHOLE: "exported",
        Kind.REPORT: "reported",
    }
)
_COMMANDS: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.READ: (
            "Change my response",
            "Moderate this response",
            "Reply to this response",
            "Report this response",
            "article define",
            "article find",
            "article quote",
            "article read",
            "audit",
            "discuss control",
            "discuss list",
            "discuss scheduled",
            "discuss status",
            "discuss voices",
            "my progress",
            "my responses",
            "prompts list",
            "prompts source",
            "review",
            "transcript list",
            "transcript log",
            "words list",
        ),
        Kind.ASK: ("article ask",),
        Kind.DRAW: ("discuss chart",),
        Kind.WHOLE: ("prompts reload", "transcript export"),
        Kind.UPLOAD: ("prompts upload",),
    }
)

OF_VERBS: Mapping[str, Kind] = MappingProxyType(
    {verb: kind for kind, verbs in _VERBS.items() for verb in verbs.split()}
)
OF_COMMANDS: Mapping[str, Kind] = MappingProxyType({name: kind for kind, names in _COMMANDS.items() for name in names})


class Pacing:
    """Everybody's pace, in memory alone: a restart forgives."""

    def __init__(self) -> None:
        self._buckets = Buckets[tuple[int, int, Kind]]()
        self._floods = OrderedDict[ChannelId, Counter[UserId]]()

    def require_for_click(self, interaction: discord.Interaction, verb: str, now: datetime) -> None:
        """Let a click or a submitted form pass, or refuse it with how long to wait."""
        other = Kind.FORM if interaction.type is discord.InteractionType.modal_submit else Kind.WRITE
        self._require(interaction, OF_VERBS.get(verb, other), now)

    def require_for_command(self, interaction: discord.Interaction, now: datetime) -> None:
        """The same for a slash command, a command on a message, or what is to be offered for an option."""
        name = interaction.command.qualified_name if interaction.command else ""
        is_typing = interaction.type is discord.InteractionType.autocomplete
        self._require(interaction, Kind.SUGGEST if is_typing else OF_COMMANDS.get(name, Kind.WRITE), now)

    def typed(self, guild_id: GuildId, user_id: UserId, thread_id: ChannelId, times: int, now: datetime) -> None:
        """Somebody has typed so many messages in a thread that are on record. Too many are counted for the teacher."""
        too_many = self._buckets.take_many((guild_id, user_id, Kind.TYPE), PACES[Kind.TYPE], times, now)
        if not too_many:
            return
        self._floods.setdefault(thread_id, Counter())[user_id] += too_many
        self._floods.move_to_end(thread_id)
        while len(self._floods) > MOST_THREADS:
            self._floods.popitem(last=False)

    def may_ask(self, person: Person, thread_id: ChannelId, now: datetime) -> bool:
        """May somebody be answered in a thread, or has the bot answered enough of them, or enough there, for now?"""
        if self._wait(person.guild_id, person.user_id, Kind.ASK, now) is not None:
            return False
        return self._wait(person.guild_id, thread_id, Kind.ANSWER, now) is None

    def floods_in(self, thread_id: ChannelId | None) -> Mapping[UserId, int]:
        """Who has typed faster than anybody reads in a thread, and how many messages too many."""
        return self._floods.get(thread_id, Counter()) if thread_id is not None else Counter()

    def _require(self, interaction: discord.Interaction, kind: Kind, now: datetime) -> None:
        wait = self._wait(interaction.guild_id or 0, interaction.user.id, kind, now)
        if wait is not None:
            raise Refusal(f"That is more at once than Parley takes from one person. Go on in {_in_words(wait)}.")

    def _wait(self, guild_id: int, user_id: int, kind: Kind, now: datetime) -> timedelta | None:
        return self._buckets.take((guild_id, user_id, kind), PACES[kind], now)


def _in_words(wait: timedelta) -> str:
    """Rounded up: whoever waits so long may go on."""
    seconds = -(-wait // timedelta(seconds=1))
    return counted(seconds, "second") if seconds <= 60 else counted(-(-seconds // 60), "minute")
