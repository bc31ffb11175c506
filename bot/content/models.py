"""The value types of what a teacher writes. Their bounds are Discord's limits, so that what loads also fits a card."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

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
        default=Starters(), description="Sentence starters that the response form shows in its empty fields."
    )
    follow_ups: tuple[Question, ...] = Field(
        default=(),
        max_length=10,
        alias="follow-ups",
        description="Questions for the teacher to ask when the debate slows down.",
    )
    minutes: Whole | None = Field(
        default=None, ge=1, le=10080, description="How long the round runs, in minutes. Left out: until it is closed."
    )

    def stance(self, stance_id: str) -> Stance | None:
        """The stance of that id, or None where the prompt has no such stance."""
        return next((stance for stance in self.stances if stance.id == stance_id), None)


class PromptSet(ContentValue):
    """One YAML file: prompts on one article, in the order in which a class meets them."""

    article: FileName = Field(description="The article's file name in the article folder, without .md.")
    title: Title = Field(description="What teachers pick the set by. No two sets may share it.")
    description: Prose | None = Field(default=None, description="A few words for teachers: what the set is good for.")
    prompts: tuple[Prompt, ...] = Field(
        min_length=1, max_length=25, description="The prompts, in the order in which the class meets them."
    )
