"""The article, read privately, a paragraph a page."""

from collections.abc import Sequence

from discord import ui

from bot.chat.cards.parts import button, card, line, row, text
from bot.chat.routing import to
from bot.chat.texts import CARD_TEXT, fitted, plain, quoted, shared
from bot.classroom.reading import Reading
from bot.content.searching import Found
from bot.discussion.palette import NEUTRAL


def article_page(reading: Reading) -> ui.LayoutView:
    """One paragraph with the way back and forth."""
    article, at, last = reading.article, reading.at, len(reading.article.paragraphs)
    deck = f"\n-# {plain(article.deck)}" if article.deck and at == 1 else ""
    head = f"### {plain(article.title)}\n-# by {plain(article.author)}{deck}"
    place = f"-# ¶{at} of {last}"
    words = fitted(plain(article.paragraphs[at - 1]), CARD_TEXT - len(head) - len(place))
    return card(
        text(head),
        line(),
        text(words),
        text(place),
        row(
            [
                button("Previous", to("turn", reading.source, max(at - 1, 1), "back"), emoji="⬅️", disabled=at == 1),
                button("Next", to("turn", reading.source, min(at + 1, last), "on"), emoji="➡️", disabled=at == last),
            ]
        ),
        colour=NEUTRAL,
    )


def found_passages(reading: Reading, words: str, passages: Sequence[Found]) -> ui.LayoutView:
    """Where the article says something: up to five passages, each with the way to its paragraph."""
    shown = passages[:5]
    head = f"### “{plain(fitted(words, 100))}” in {plain(reading.article.title)}"
    more = f"\n-# and {len(passages) - len(shown)} more" if len(passages) > len(shown) else ""
    paragraphs = list(dict.fromkeys(passage.paragraph for passage in shown))
    places = [f"\n-# ¶{passage.paragraph}" for passage in shown]
    room = CARD_TEXT - sum(map(len, (head, more, *places)))
    quotes = shared([quoted(plain(passage.excerpt)) for passage in shown], room)
    return card(
        text(head),
        *[text(quote + place) for quote, place in zip(quotes, places, strict=True)],
        *([text(more.strip())] if more else []),
        row([button(f"Read ¶{paragraph}", to("read", reading.source, paragraph)) for paragraph in paragraphs]),
        colour=NEUTRAL,
    )
