"""A format: phases in their order, with what holds for all of them."""

from functools import cache, cached_property
from typing import Self

from pydantic import (
    ConfigDict,
    Field,
    JsonValue,
    SerializerFunctionWrapHandler,
    field_validator,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.content.formats.choices import Assign
from bot.content.formats.phases import (
    AnyPhase,
    ArguePhase,
    PausePhase,
    Phase,
    ReadPhase,
    ReflectPhase,
    ReplyPhase,
    RevealPhase,
    StatementPhase,
    SwapPhase,
    VotePhase,
)
from bot.content.models import ContentValue, Prose, Title, Whole

MOST_PHASES = 25
OPEN_FLOOR = "open-floor"
"""The slug of the format that a debate has when nobody chooses one."""


def _with_one_key(schema: dict[str, JsonValue]) -> None:
    """Just one of the keys, and no null: so that an editor says so."""
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return
    for kind in properties.values():
        if isinstance(kind, dict):
            options = kind.pop("anyOf")
            kind.pop("default")
            if isinstance(options, list) and isinstance(options[0], dict):
                kind.update(options[0])
    schema.update(minProperties=1, maxProperties=1)


class Step(ContentValue):
    """One entry of `phases`: a single key, which names the kind, and below it what is told of the phase."""

    model_config = ConfigDict(json_schema_extra=_with_one_key)

    vote: VotePhase | None = Field(default=None, description="Everybody takes a side by a button.")
    argue: ArguePhase | None = Field(default=None, description="Everybody writes responses.")
    reply: ReplyPhase | None = Field(default=None, description="Everybody answers classmates.")
    swap: SwapPhase | None = Field(default=None, description="The assigned sides change.")
    reflect: ReflectPhase | None = Field(default=None, description="Everybody answers a question for themselves.")
    statement: StatementPhase | None = Field(default=None, description="Each group writes one text together.")
    reveal: RevealPhase | None = Field(default=None, description="Counts are told, and what was hidden is shown.")
    read: ReadPhase | None = Field(default=None, description="Time with the article.")
    pause: PausePhase | None = Field(default=None, description="A break.")

    @classmethod
    def of(cls, phase: Phase) -> Self:
        """The entry that holds this phase."""
        return cls.model_validate({phase.kind.value: phase})

    @property
    def phase(self) -> AnyPhase:
        """The phase that the entry holds."""
        (phase,) = self._phases()
        return phase

    def _phases(self) -> list[AnyPhase]:
        of_each_kind: tuple[AnyPhase | None, ...] = (
            self.vote,
            self.argue,
            self.reply,
            self.swap,
            self.reflect,
            self.statement,
            self.reveal,
            self.read,
            self.pause,
        )
        return [phase for phase in of_each_kind if phase is not None]

    @field_validator("*", mode="before")
    @classmethod
    def _is_there(cls, phase: object) -> object:
        if phase is None:
            raise PydanticCustomError("model_type", "it is empty; write {} behind it")
        return phase

    @model_validator(mode="after")
    def _has_one_kind(self) -> Self:
        if len(self._phases()) != 1:
            raise PydanticCustomError("one_key", "a phase has exactly one kind")
        return self

    @model_serializer(mode="wrap")
    def _by_its_key(self, serialize: SerializerFunctionWrapHandler) -> dict[str, JsonValue]:
        return {kind: phase for kind, phase in serialize(self).items() if phase is not None}


class Sides(ContentValue):
    """Sides that students do not choose: at random, balanced, or as the teacher says."""

    assign: Assign = Field(
        description="What students are assigned: stances (those of the prompt) or circles (inner and outer)."
    )


class Groups(ContentValue):
    """Small groups with every side in each."""

    size: Whole = Field(ge=2, le=10, description="How many students a group has; 4 are two pairs.")


class Requirements(ContentValue):
    """What everybody is to have done by the end. Each sees their own progress, the teacher the class's."""

    responses: Whole = Field(default=0, ge=0, le=20, description="How many responses everybody is to write.")
    replies: Whole = Field(default=0, ge=0, le=20, description="How many answers to classmates everybody is to write.")


class Format(ContentValue):
    """One YAML file: how a class debates, phase by phase."""

    title: Title = Field(description="What teachers pick the format by. No two formats may share it.")
    description: Prose | None = Field(
        default=None, description="A few words for teachers: what the format is good for."
    )
    sides: Sides | None = Field(
        default=None, description="Assigned sides. Left out: nobody is assigned one, and students choose."
    )
    groups: Groups | None = Field(
        default=None, description="Small groups, where stances are assigned. Left out: the class is one."
    )
    requires: Requirements | None = Field(
        default=None, description="What everybody is to have done by the end. Left out: nothing."
    )
    phases: tuple[Step, ...] = Field(
        min_length=1,
        max_length=MOST_PHASES,
        description="The phases, in the order in which the class goes through them.",
    )

    @cached_property
    def plan(self) -> tuple[AnyPhase, ...]:
        """The phases in their order."""
        return tuple(step.phase for step in self.phases)

    @property
    def minutes_in_all(self) -> int | None:
        """How long it takes if every phase runs to its end; None where a phase lasts until the teacher goes on."""
        lengths = [0 if phase.is_instant else phase.minutes for phase in self.plan]
        return sum(length for length in lengths if length is not None) if None not in lengths else None


@cache
def open_floor() -> Format:
    """The format of a debate when nobody chooses one; it is there even where a teacher's own folder has no formats."""
    return Format(
        title="Open floor",
        description="Everybody takes a side, responds and answers classmates at any time, until the debate is closed.",
        phases=(Step.of(ArguePhase(change_sides=True, replies=True)),),
    )
