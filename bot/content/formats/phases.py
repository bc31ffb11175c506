"""The phases of a debate: what a class does, for how long, and by which rules."""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
    field_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from bot.content.formats.choices import ChartKind, FieldName, PhaseKind, ReplyTo, Stem, Visible, Who
from bot.content.models import ContentValue, Label, Question, Whole

Saying = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
"""What a card tells the class to do: it has to fit beside the excerpts."""

Truth = Annotated[bool, Field(strict=True)]
"""An answer written as one: neither 1 nor "yes"."""

LeastWords = Annotated[Whole, Field(ge=1, le=200)]

_Choice = TypeVar("_Choice", bound=StrEnum)


def _each_once(choices: tuple[_Choice, ...]) -> tuple[_Choice, ...]:
    """The choices as they are. Each that stands there already is a mistake at its own place."""
    mistakes = [
        InitErrorDetails(
            type=PydanticCustomError("value_error", "it stands in this list already; take one of the two away"),
            loc=(index,),
            input=choice,
        )
        for index, choice in enumerate(choices)
        if choice in choices[:index]
    ]
    if mistakes:
        raise ValidationError.from_exception_data("list", mistakes)
    return choices


def _with_claim(fields: tuple[FieldName, ...]) -> tuple[FieldName, ...]:
    if FieldName.CLAIM not in fields:
        raise ValueError("every response makes a claim; add claim to the list")
    return fields


def _with_hyphens(name: str) -> str:
    """A key as YAML has it."""
    return name.replace("_", "-")


def _without_minutes(schema: dict[str, JsonValue]) -> None:
    properties = schema.get("properties")
    if isinstance(properties, dict):
        properties.pop("minutes", None)


class Phase(ContentValue):
    """One step of a debate. `minutes` is None where it lasts until the teacher goes on, or takes no time at all."""

    model_config = ConfigDict(alias_generator=_with_hyphens)

    kind: ClassVar[PhaseKind]
    is_instant: ClassVar[bool] = False
    """Is it over as soon as it has begun?"""

    name: Label | None = Field(default=None, description="What the phase is called. Left out: the name of its kind.")
    minutes: Whole | None = Field(
        default=None,
        ge=1,
        le=10080,
        description="How long the phase lasts, in minutes. Left out: until the teacher goes on.",
    )
    say: Saying | None = Field(
        default=None, description="What the class is told to do. Left out: a sentence that fits the kind of phase."
    )


class VotePhase(Phase):
    """Everybody takes a side by a button; the last choice before the end counts."""

    kind: ClassVar[PhaseKind] = PhaseKind.VOTE

    secret: Truth = Field(
        default=False, description="Is it nobody's business who voted how? Only counts are told then, at the end."
    )


class ArguePhase(Phase):
    """Everybody writes responses: a claim, with evidence and reasoning."""

    kind: ClassVar[PhaseKind] = PhaseKind.ARGUE

    fields: Annotated[tuple[FieldName, ...], AfterValidator(_with_claim), AfterValidator(_each_once)] = Field(
        default=(FieldName.CLAIM, FieldName.EVIDENCE, FieldName.REASONING),
        json_schema_extra={"uniqueItems": True, "contains": {"const": FieldName.CLAIM.value}},
        description="What the form asks for: claim, and if you like evidence and reasoning. Left out: all three.",
    )
    at_least_words: LeastWords | None = Field(
        default=None, description="How many words a response needs. Left out: any number."
    )
    visible: Visible = Field(
        default=Visible.AT_ONCE,
        description="When classmates read a response: at-once, after-yours (once they have responded themselves)"
        " or at-reveal (from the next reveal on).",
    )
    change_sides: Truth = Field(default=False, description="May students still change their side, by the buttons?")
    replies: Truth = Field(default=False, description="May students also answer one another in this phase?")
    who: Who = Field(
        default=Who.EVERYONE, description="Who responds: everyone, or the inner or outer circle of a fishbowl."
    )


class ReplyPhase(Phase):
    """Everybody answers classmates."""

    kind: ClassVar[PhaseKind] = PhaseKind.REPLY

    to: ReplyTo = Field(
        default=ReplyTo.ANYONE,
        description="Whose responses may be answered: anyone, other-side, or unanswered (nobody has answered it yet).",
    )
    stems: Annotated[tuple[Stem, ...], AfterValidator(_each_once)] = Field(
        default=(),
        json_schema_extra={"uniqueItems": True},
        description="Openings that the form offers for an answer.",
    )
    restate: Truth = Field(
        default=False, description="Must an answer first say in its own words what the classmate's point is?"
    )
    at_least_words: LeastWords | None = Field(
        default=None, description="How many words an answer needs. Left out: any number."
    )
    change_sides: Truth = Field(default=False, description="May students still change their side, by the buttons?")
    who: Who = Field(
        default=Who.EVERYONE, description="Who answers: everyone, or the inner or outer circle of a fishbowl."
    )


class InstantPhase(Phase):
    """A phase that takes no time: the next one begins at once."""

    model_config = ConfigDict(json_schema_extra=_without_minutes)
    is_instant: ClassVar[bool] = True

    @field_validator("minutes", mode="before")
    @classmethod
    def _takes_no_time(cls, minutes: object) -> None:
        if minutes is not None:
            raise ValueError(f"a {cls.kind} takes no time; take the key away")


class SwapPhase(InstantPhase):
    """The assigned sides change: everybody goes on as the other side, or in the other circle."""

    kind: ClassVar[PhaseKind] = PhaseKind.SWAP


class ReflectPhase(Phase):
    """Everybody answers a question for themselves; classmates never read it."""

    kind: ClassVar[PhaseKind] = PhaseKind.REFLECT

    ask: Question = Field(description="The question that students answer for themselves.")
    private: Literal[True] = Field(
        default=True, description="Reflections are always private: say so if you like, it changes nothing."
    )
    names_a_point: Truth = Field(default=False, description="Does the form also ask which classmate's point moved you?")

    @field_validator("private", mode="before")
    @classmethod
    def _is_always_private(cls, private: object) -> object:
        if private is not True:
            raise ValueError("a reflection is private in every format; write true, or take the key away")
        return private


class StatementPhase(Phase):
    """Each group writes one text together."""

    kind: ClassVar[PhaseKind] = PhaseKind.STATEMENT

    ask: Question = Field(description="What the group's text is to say.")
    at_least_words: LeastWords | None = Field(
        default=None, description="How many words the text needs. Left out: any number."
    )


class RevealPhase(InstantPhase):
    """The counts are told, and what was hidden so far is shown."""

    kind: ClassVar[PhaseKind] = PhaseKind.REVEAL

    chart: ChartKind | None = Field(
        default=None,
        description="A picture beside the counts: swing (who moved where from the first vote to the last), stances (by"
        " round), timeline (responses over time), voices (how evenly the class spoke) or evidence (which sentences of"
        " the article each side leaned on).",
    )


class ReadPhase(Phase):
    """Time with the article: nobody writes yet."""

    kind: ClassVar[PhaseKind] = PhaseKind.READ


class PausePhase(Phase):
    """A break: nothing is to be done."""

    kind: ClassVar[PhaseKind] = PhaseKind.PAUSE

    minutes: Annotated[Whole | None, WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 10080})] = Field(
        ge=1, le=10080, description="How long the break lasts, in minutes."
    )

    @field_validator("minutes")
    @classmethod
    def _has_an_end(cls, minutes: int | None) -> int | None:
        if minutes is None:
            raise ValueError("a pause needs its end; write a whole number, such as 5")
        return minutes


AnyPhase = (
    VotePhase
    | ArguePhase
    | ReplyPhase
    | SwapPhase
    | ReflectPhase
    | StatementPhase
    | RevealPhase
    | ReadPhase
    | PausePhase
)
