"""What is looked for in an article, and what comes of it. No start waits for the rest of this folder."""

from enum import StrEnum

from bot.values import frozen

LONGEST = 300
"""Characters of a question that are read."""


class Wants(StrEnum):
    """What kind of answer is wanted."""

    PASSAGE = "passage"
    PARAGRAPH = "paragraph"
    MENTION = "mention"
    SPEECH = "speech"
    SPEAKER = "speaker"
    PERSON = "person"
    TIME = "time"
    COUNT = "count"
    REASON = "reason"
    MEANING = "meaning"


@frozen
class Found:
    """Words found in a paragraph (from 1), and the text around them; “…” where it is cut."""

    paragraph: int
    excerpt: str


class Verdict(StrEnum):
    """How an article answers."""

    SAYS = "says"
    PARAGRAPH = "paragraph"
    NOT_SAID = "not-said"
    SAYS_NOTHING = "says-nothing"
    """It names somebody and tells nothing that they say."""
    NO_PARAGRAPH = "no-paragraph"
    NOTHING_ASKED = "nothing-asked"


@frozen
class Place:
    """A sentence of the article, or a paragraph, in its own characters; its paragraph from 1."""

    paragraph: int
    quote: str


@frozen
class Answer:
    """What an article answers. Where it does not say, `places` holds the nearest, if anything is near.

    `term` is what was to be explained, empty where nothing was: a glossary may know it.
    """

    verdict: Verdict
    places: tuple[Place, ...] = ()
    wants: Wants = Wants.PASSAGE
    term: str = ""
