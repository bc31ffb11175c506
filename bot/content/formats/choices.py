"""The words that a format may choose from."""

from enum import StrEnum


class PhaseKind(StrEnum):
    """What a class does in a phase."""

    VOTE = "vote"
    ARGUE = "argue"
    REPLY = "reply"
    SWAP = "swap"
    REFLECT = "reflect"
    STATEMENT = "statement"
    REVEAL = "reveal"
    READ = "read"
    PAUSE = "pause"


class FieldName(StrEnum):
    """What the form of a response asks for."""

    CLAIM = "claim"
    EVIDENCE = "evidence"
    REASONING = "reasoning"


class Visible(StrEnum):
    """When classmates' responses can be read: always, once you have responded, or from the next reveal on."""

    AT_ONCE = "at-once"
    AFTER_YOURS = "after-yours"
    AT_REVEAL = "at-reveal"


class Who(StrEnum):
    """Who speaks in a phase: everybody, or one circle of a fishbowl."""

    EVERYONE = "everyone"
    INNER = "inner"
    OUTER = "outer"


class ReplyTo(StrEnum):
    """Whose responses may be answered: anybody's, those of another side, or those that nobody has answered yet."""

    ANYONE = "anyone"
    OTHER_SIDE = "other-side"
    UNANSWERED = "unanswered"


class Stem(StrEnum):
    """How an answer may begin; the form offers the choice."""

    BUILD_ON = "build-on"
    CHALLENGE = "challenge"
    CLARIFY = "clarify"
    ASK_EVIDENCE = "ask-evidence"
    NEW_IDEA = "new-idea"


class ChartKind(StrEnum):
    """The picture of a reveal: who moved where, stances by round, responses over time, who spoke, what was cited."""

    SWING = "swing"
    STANCES = "stances"
    TIMELINE = "timeline"
    VOICES = "voices"
    EVIDENCE = "evidence"


class Assign(StrEnum):
    """What students are assigned: a stance of the prompt, or the inner or the outer circle."""

    STANCES = "stances"
    CIRCLES = "circles"
