"""The value types of what a teacher writes. Their bounds are Discord's limits, so that what loads also fits a card."""

import re
from datetime import timedelta
from enum import StrEnum
from functools import cache
from typing import Annotated, cast

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    JsonValue,
    ModelWrapValidatorHandler,
    SerializerFunctionWrapHandler,
    StringConstraints,
    TypeAdapter,
    model_serializer,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

ONE_LINE_PATTERN = r"^\s*[^\r\n]*\s*$"
"""No line break between the words: a button, an autocomplete row and a thread's name have one line."""

Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=32)]
"""An id that is safe in a custom_id, a file name and a URL: lower-case words joined by hyphens."""

FileName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
"""The name of a content file without its ending, as a prompt set writes it."""

Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=ONE_LINE_PATTERN)]
"""A stance's words on a button: Discord allows 80 characters, and the live count needs room beside them."""

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=ONE_LINE_PATTERN)]
"""A title that an autocomplete row can show whole."""

Hint = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=ONE_LINE_PATTERN)]
"""A sentence starter: Discord shows at most 100 characters as a modal's placeholder."""

Question = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=ONE_LINE_PATTERN)
]

Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]

Meaning = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
"""A sentence or two, of which several stand under a page of the article."""

Whole = Annotated[int, Field(strict=True)]
"""A whole number written as one: neither `5.0` nor "5" nor yes."""


class ContentValue(BaseModel):
    """Base of all content: immutable, and strict about keys it does not know."""

    # Built at their first use: most are only ever read as parts of others.
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


class Picture(ContentValue):
    """A picture of the article as its source described it: the words only, the picture itself is not kept."""

    title: Prose = Field(description="What the picture is called.")
    caption: Prose = Field(description="The words under the picture.")


class Article(ContentValue):
    """One article: its paragraphs as written, numbered from 1 and shown as ¶1, ¶2, …"""

    title: Title
    author: Title
    deck: Prose | None = None
    pictures: tuple[Picture, ...] = ()
    origin: Prose | None = None
    paragraphs: tuple[str, ...] = Field(min_length=1)


class Excerpt(ContentValue):
    """A quote that stands word for word in one paragraph of the article."""

    paragraph: Whole = Field(ge=1, description="The paragraph that holds the quote, counted from 1.")
    quote: Prose = Field(
        description="The article's own words, copied from that paragraph. Straight and curly quotation marks count as"
        " equal; leave no word out.",
    )


class Stance(ContentValue):
    """One side that a student can take on a prompt."""

    id: Slug = Field(description="A short name for the records: lower-case letters, digits and hyphens.")
    label: Label = Field(description="The words on the button.")
    emoji: str = Field(
        min_length=1,
        max_length=64,
        description="The emoji on the button: one emoji, or a server's own as <:name:123456789012345678>.",
    )


class Starters(ContentValue):
    """Sentence starters for a response's fields, shown where the student begins to type."""

    claim: Hint | None = Field(default=None, description="How a claim may begin.")
    evidence: Hint | None = Field(default=None, description="How a sentence that points to the article may begin.")
    reasoning: Hint | None = Field(default=None, description="How a sentence that joins the two may begin.")


class When(StrEnum):
    """What a response is like, or for the last one its whole thread, when a follow-up is asked."""

    NO_EVIDENCE = "no-evidence"
    TOO_SHORT = "too-short"
    NO_REASON = "no-reason"
    REPEATS_CLASSMATE = "repeats-classmate"
    ONE_SIDED = "one-sided thread"


QUIET_PATTERN = r"^[1-9][0-9]{0,3}[smh]$"
_QUIET = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1)}
_LEAST_QUIET, _MOST_QUIET = timedelta(seconds=30), timedelta(hours=24)


def _a_silence(written: object) -> str | None:
    """A length of silence as it was written, or a sentence that says how one is written."""
    if written is None:
        return None
    kept = written.strip() if isinstance(written, str) else ""
    if not re.fullmatch(QUIET_PATTERN, kept):
        raise ValueError("this is no length of time; write a whole number with s, m or h behind it, such as 3m")
    if not _LEAST_QUIET <= _length(kept) <= _MOST_QUIET:
        raise ValueError("a silence lasts from 30 seconds to 24 hours; write a length between the two, such as 3m")
    return kept


def _length(silence: str) -> timedelta:
    return int(silence[:-1]) * _QUIET[silence[-1]]


class FollowUp(ContentValue):
    """A question to ask back. With conditions it is asked when all of them hold, without any in its turn.

    A teacher writes one without conditions as the plain question, and so it is kept.
    """

    ask: Question = Field(description="The question to ask then.")
    when: When | None = Field(
        default=None,
        description="Ask it of a student whose response points to no passage of the article (no-evidence), has fewer"
        " than 12 words (too-short), gives no reason (no-reason) or says what a classmate has said"
        " (repeats-classmate); or ask the whole class when the latest responses take one side (one-sided thread).",
    )
    stance: Slug | None = Field(
        default=None, description="Ask it of students who argue for this stance: its id in this prompt."
    )
    cites: Whole | None = Field(
        default=None, ge=1, description="Ask it of students whose response points to this paragraph of the article."
    )
    quiet_for: Annotated[str | None, BeforeValidator(_a_silence)] = Field(
        default=None,
        alias="quiet-for",
        json_schema_extra={"pattern": QUIET_PATTERN},
        description="Ask the whole class when nobody has said anything for so long: such as 45s, 3m or 1h.",
    )

    @property
    def is_plain(self) -> bool:
        """Is it asked without any condition?"""
        return self.when is None and self.stance is None and self.cites is None and self.quiet_for is None

    @property
    def is_of_thread(self) -> bool:
        """Is it about the thread, so that the whole class is asked?"""
        return self.when is When.ONE_SIDED or self.quiet_for is not None

    @property
    def silence(self) -> timedelta | None:
        """How long nobody must have said anything; None where that is no condition."""
        return None if self.quiet_for is None else _length(self.quiet_for)

    @model_validator(mode="wrap")
    @classmethod
    def _or_the_plain_question(cls, value: object, handler: ModelWrapValidatorHandler["FollowUp"]) -> "FollowUp":
        """The question alone, as teachers write it and as older records hold it; its mistakes are its own."""
        if isinstance(value, dict | FollowUp):
            return handler(value)
        return cls(ask=_questions().validate_python(value))

    @model_serializer(mode="wrap")
    def _plainly(self, handler: SerializerFunctionWrapHandler) -> JsonValue:
        return self.ask if self.is_plain else {key: told for key, told in handler(self).items() if told is not None}

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Keys and values, or the plain question: as it is read, and so as it is kept."""
        mapping = {**cast("dict[str, dict[str, object]]", core_schema)["schema"]}
        mapping.pop("serialization", None)
        return {"anyOf": [handler(cast("CoreSchema", mapping)), _questions().json_schema()]}


@cache
def _questions() -> TypeAdapter[str]:
    return TypeAdapter(Question)


class Prompt(ContentValue):
    """A question with its excerpts, stances, starters and follow-ups. A round stores it as it was posed."""

    id: Slug = Field(description="A short name for the records, unlike any other in this file.")
    question: Question = Field(description="The question that the class debates.")
    excerpts: tuple[Excerpt, ...] = Field(
        min_length=1, max_length=5, description="The passages that the card shows above the question."
    )
    stances: tuple[Stance, ...] = Field(
        min_length=2, max_length=5, description="The sides to take: one button each, in this order."
    )
    starters: Starters = Field(
        default=Starters.model_construct(),  # `Starters()` would build the model at every start
        description="Sentence starters that the response form shows in its empty fields.",
    )
    follow_ups: tuple[FollowUp, ...] = Field(
        default=(),
        max_length=10,
        alias="follow-ups",
        description="Questions to ask back. A plain one is asked in its turn; with `ask:` and conditions, when all of"
        " them hold.",
    )
    minutes: Whole | None = Field(
        default=None, ge=1, le=10080, description="How long the round runs, in minutes. Left out: until it is closed."
    )

    def stance(self, stance_id: str) -> Stance | None:
        """The stance of that id, or None where the prompt has no such stance."""
        return next((stance for stance in self.stances if stance.id == stance_id), None)


class Term(ContentValue):
    """A hard word of an article, explained by the teacher."""

    term: Label = Field(description="The word, or the few words, as the article has them.")
    also: tuple[Label, ...] = Field(
        default=(), max_length=10, description="Other forms of it, such as a short form or another spelling."
    )
    meaning: Meaning = Field(description="What it means, in a sentence or two that students understand.")
    source: Meaning = Field(description="Where you have that from: a paragraph of the article, a book, your own words.")

    @property
    def forms(self) -> tuple[str, ...]:
        """The term and its other forms."""
        return (self.term, *self.also)


MOST_TERMS = 200
"""Terms of a glossary: an article with more hard words than that is not for this class."""


class Glossary(ContentValue):
    """Hard words of one article, in the order in which the teacher has them."""

    terms: tuple[Term, ...] = Field(
        min_length=1, max_length=MOST_TERMS, description="The words to explain, each with its meaning."
    )


class PromptSet(ContentValue):
    """One YAML file: prompts on one article, in the order in which a class meets them."""

    article: FileName = Field(description="The article's file name in the article folder, without .md.")
    title: Title = Field(description="What teachers pick the set by. No two sets may share it.")
    description: Prose | None = Field(default=None, description="A few words for teachers: what the set is good for.")
    prompts: tuple[Prompt, ...] = Field(
        min_length=1, max_length=25, description="The prompts, in the order in which the class meets them."
    )
