"""What the class knows: everything that was asked of the bot, and whether the bot has acknowledged it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.discussion.ids import ChannelId, MessageId, ResponseId, RoundId, UserId

Wish = tuple[str, bool]
"""Something asked for, and whether it is certain to have been done: acknowledged, not only sent."""


def explains(recorded: Sequence[str], wishes: Sequence[Wish]) -> bool:
    """Can these wishes, in this order, have left this record? The certain ones were done, each other one perhaps.

    What is wished a second time in a row leaves nothing. So nothing certain is missing, nothing is there twice, and
    nothing is there that nobody wished for.
    """
    places = {0}
    for wished, certain in wishes:
        after = set[int]() if certain else set(places)
        for place in places:
            if place and recorded[place - 1] == wished:
                after.add(place)
            elif place < len(recorded) and recorded[place] == wished:
                after.add(place + 1)
        places = after
    return len(recorded) in places


@dataclass(slots=True)
class Said:
    """A response or a reply, sent by a form. `wordings` are its first text and those that it was changed to."""

    user: UserId
    round: RoundId
    source: str
    parent: ResponseId | None
    stance: str | None
    wordings: list[Wish] = field(default_factory=list[Wish])
    id: ResponseId | None = None
    withdrawal: bool | None = None
    """None: never asked for. False: asked for. True: acknowledged."""

    @property
    def is_certain(self) -> bool:
        """Has the bot acknowledged that it is on record?"""
        return self.wordings[0][1]


@dataclass(frozen=True, slots=True)
class Typed:
    """A message typed in the thread. The bot acknowledges none. `unheard`: there was no bot to hear it."""

    user: UserId
    thread: ChannelId
    message: MessageId
    text: str
    unheard: bool = False


@dataclass(slots=True)
class Ledger:
    """All that a class has done, over all lives of the bot."""

    stances: defaultdict[tuple[RoundId, UserId], list[Wish]] = field(
        default_factory=lambda: defaultdict[tuple[RoundId, UserId], list[Wish]](list[Wish])
    )
    said: list[Said] = field(default_factory=list[Said])
    typed: list[Typed] = field(default_factory=list[Typed])
    posed: set[RoundId] = field(default_factory=set[RoundId])
    """The rounds whose card somebody has seen."""
    answers: Counter[str] = field(default_factory=Counter[str])
    """How often which kind of act was acknowledged, refused or left without an answer."""
    refusals: Counter[str] = field(default_factory=Counter[str])

    @property
    def acknowledged(self) -> dict[str, int]:
        """How many acts of each kind the bot has acknowledged."""
        kinds = [each.split() for each in sorted(self.answers)]
        return {kind: self.answers[f"{kind} {how}"] for kind, how in kinds if how == "acknowledged"}
