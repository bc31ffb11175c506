"""The value types of what a teacher writes. Their bounds are Discord's limits, so that what loads also fits a card."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
"""An id that is safe in a custom_id, a file name and a URL: lower-case words joined by hyphens."""

Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
"""A stance's words on a button: Discord allows 80 characters, and the live count needs room beside them."""

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
"""A title that an autocomplete row can show whole."""

Hint = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
"""A sentence starter: Discord shows at most 100 characters as a modal's placeholder."""

Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]

Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class ContentValue(BaseModel):
    """Base of all content: immutable, and strict about keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Picture(ContentValue):
    """A picture of the article as its source described it: the words only, the picture itself is not kept."""

    title: Prose
    caption: Prose


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

    paragraph: int = Field(ge=1)
    quote: Prose


class Stance(ContentValue):
    """One side that a student can take on a prompt."""

    id: Slug
    label: Label
    emoji: str = Field(min_length=1, max_length=64)


class Starters(ContentValue):
    """Sentence starters for a response's fields, shown where the student begins to type."""

    claim: Hint | None = None
    evidence: Hint | None = None
    reasoning: Hint | None = None


class Prompt(ContentValue):
    """A question with its excerpts, stances, starters and follow-ups. A round stores it as it was posed."""

    id: Slug
    question: Question
    excerpts: tuple[Excerpt, ...] = Field(min_length=1, max_length=5)
    stances: tuple[Stance, ...] = Field(min_length=2, max_length=5)
    starters: Starters = Starters()
    follow_ups: tuple[Question, ...] = Field(default=(), max_length=10, alias="follow-ups")
    minutes: int | None = Field(default=None, ge=1, le=10080)

    def stance(self, stance_id: str) -> Stance | None:
        """The stance of that id, or None where the prompt has no such stance."""
        return next((stance for stance in self.stances if stance.id == stance_id), None)


class PromptSet(ContentValue):
    """One YAML file: prompts on one article, in the order in which a class meets them."""

    article: Slug
    title: Title
    description: Prose | None = None
    prompts: tuple[Prompt, ...] = Field(min_length=1, max_length=25)
