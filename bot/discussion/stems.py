"""Talk stems: openings that turn an answer to what the classmate has said."""

from collections.abc import Mapping

from bot.content.formats import Stem
from bot.values import frozen


@frozen
class Opening:
    """A stem as it is offered, and the words that an answer then begins with."""

    label: str
    words: str


STEMS: Mapping[Stem, Opening] = {
    Stem.BUILD_ON: Opening("Build on it", "To build on that:"),
    Stem.CHALLENGE: Opening("Challenge it", "I see it differently:"),
    Stem.CLARIFY: Opening("Ask what it means", "What do you mean by that?"),
    Stem.ASK_EVIDENCE: Opening("Ask for evidence", "What in the article shows that?"),
    Stem.NEW_IDEA: Opening("Bring a new idea", "Here is another thought:"),
}


LONGEST_OPENING = max(len(opening.words) for opening in STEMS.values()) + len(" ")
"""How much longer the longest opening makes an answer."""


def opened_with(stem: str | None, words: str) -> str:
    """The answer with its opening before it; as it is where none was chosen, or none of that name is known."""
    chosen = next((opening for each, opening in STEMS.items() if each == stem), None)
    return words if chosen is None or not words.strip() else f"{chosen.words} {words}"
