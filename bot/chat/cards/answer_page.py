"""What the article answers, in its own words, with the paragraph of each."""

from collections.abc import Mapping

from discord import ui

from bot.chat.cards.parts import button, card, row, text
from bot.chat.routing import to
from bot.chat.texts import CARD_TEXT, fitted, plain, quoted, shared
from bot.classroom.reading import Told
from bot.content.models import Term
from bot.content.searching.values import Verdict, Wants
from bot.discussion.palette import NEUTRAL

MOST_SAID = 1000
"""Characters of an answer in a debate's thread."""

HOW_TO_ASK = (
    "Ask the article: “¶2”, “where does it say …”, “does it mention …”, “what did … say about …”, “who is …”, "
    "“when …”, “why …”, “what does … mean”. It answers with its own sentences."
)


def answer_page(told: Told) -> ui.LayoutView:
    """An answer that only whoever asked sees, with the way to each paragraph."""
    parts = _parts(told, CARD_TEXT - 200)
    numbers = list(dict.fromkeys(place.paragraph for place in told.answer.places))
    buttons = [button(f"Read ¶{number}", to("read", told.reading.source, number)) for number in numbers]
    head = f"-# {fitted(plain(told.reading.article.title), 150)}"
    return card(text(head), *[text(part) for part in parts], *([row(buttons)] if buttons else []), colour=NEUTRAL)


def answer_lines(told: Told) -> str:
    """The same for a debate's thread, of at most `MOST_SAID` characters. Nothing of the question is in it."""
    return fitted("\n".join(_parts(told, MOST_SAID)), MOST_SAID)


def _parts(told: Told, most: int) -> list[str]:
    """What is said first, then each place."""
    head = [_explained(told.term)] if told.term is not None else []
    if told.term is None or told.answer.verdict is Verdict.SAYS:
        head += [each for each in (_head(told),) if each]
    places = told.answer.places if told.term is None else told.answer.places[:1]
    if told.term is not None and told.answer.verdict is not Verdict.SAYS:
        places = ()
    marks = [f"\n-# ¶{place.paragraph}" for place in places]
    left = most - sum(map(len, (*head, *marks))) - len(head) - 2 * len(places)
    quotes = shared([quoted(plain(" ".join(place.quote.split()))) for place in places], max(left, 0))
    return [*head, *(quote + mark for quote, mark in zip(quotes, marks, strict=True))]


def _explained(term: Term) -> str:
    meaning, source = plain(" ".join(term.meaning.split())), plain(" ".join(term.source.split()))
    return f"**{plain(term.term)}**: {fitted(meaning, 350)}\n-# The teacher’s glossary, from: {fitted(source, 150)}"


_HEADS: Mapping[Verdict, str] = {
    Verdict.NOT_SAID: "The article does not say that, and nothing in it is near.",
    Verdict.SAYS_NOTHING: "The article does not tell that they say anything of the kind. The nearest is:",
    Verdict.NOTHING_ASKED: HOW_TO_ASK,
}


def _head(told: Told) -> str:
    verdict = told.answer.verdict
    if verdict is Verdict.SAYS and told.answer.wants is Wants.MENTION:
        return "Yes, it does:"
    if verdict is Verdict.NOT_SAID and told.answer.places:
        return "The article does not say that. The nearest is:"
    if verdict is Verdict.NO_PARAGRAPH:
        count = len(told.reading.article.paragraphs)
        return f"The article has {count} paragraphs, ¶1 to ¶{count}." if count > 1 else "The article has only ¶1."
    return _HEADS.get(verdict, "")
