"""The article, read privately, a paragraph a page, with its hard words explained below each."""

import textwrap
from collections.abc import Sequence

from discord import ui

from bot.chat.cards.level_lines import level_line
from bot.chat.cards.parts import button, card, line, row, text
from bot.chat.routing import to
from bot.chat.texts import CARD_TEXT, counted, fitted, plain, quoted, shared
from bot.classroom.reading import Defined, Reading
from bot.content.models import Term
from bot.content.searching.values import Found
from bot.discussion.palette import NEUTRAL

_PIECE = 1500
"""Characters of a paragraph too long for one page that a page takes: they fit even if each of them is escaped."""

MOST_EXPLAINED = 1200
"""Characters of explanations under a page: they are to help with the page, not to bury it."""

_MORE = 60
"""Characters that the line about further words takes."""

_LAST = 10**6
"""More pieces than any paragraph has: the way back leads to the last of them."""


def article_page(reading: Reading, piece: int = 0) -> ui.LayoutView:
    """One paragraph with the way back and forth; of one that is too long for a page, the piece of that number."""
    article, at, last = reading.article, reading.at, len(reading.article.paragraphs)
    pieces = _pieces(article.paragraphs[at - 1])
    piece = min(piece, len(pieces) - 1)
    deck = f"\n-# {fitted(plain(article.deck), 500)}" if article.deck and at == 1 and piece == 0 else ""
    head = f"### {plain(article.title)}\n-# by {plain(article.author)} · {level_line(article)}{deck}"
    place = f"-# ¶{at} of {last}" + (f", part {piece + 1} of {len(pieces)}" if len(pieces) > 1 else "")
    words = fitted(plain(pieces[piece]), CARD_TEXT - len(head) - len(place))
    explained = _explained(reading, pieces[piece], CARD_TEXT - len(head) - len(place) - len(words))
    back = (at, piece - 1) if piece else (max(at - 1, 1), _LAST)
    on = (at, piece + 1) if piece + 1 < len(pieces) else (min(at + 1, last), 0)
    is_first, is_last = (at, piece) == (1, 0), (at, piece) == (last, len(pieces) - 1)
    return card(
        text(head),
        line(),
        text(words),
        *([text(explained)] if explained else []),
        text(place),
        row(
            [
                button("Previous", to("turn", reading.source, *back, "back"), emoji="⬅️", disabled=is_first),
                button("Next", to("turn", reading.source, *on, "on"), emoji="➡️", disabled=is_last),
            ]
        ),
        colour=NEUTRAL,
    )


def _explained(reading: Reading, words: str, most: int) -> str:
    """The terms of the glossary that stand in these words, as many as fit whole; the rest by name, or as a number."""
    from bot.content.searching.terms import terms_in  # noqa: PLC0415 - no start waits for it

    terms = terms_in(reading.glossary, words) if reading.glossary is not None else []
    lines, left = list[str](), list[Term]()
    room = min(most, MOST_EXPLAINED) - _MORE
    for term in terms:
        line = f"-# **{plain(term.term)}**: {plain(' '.join(term.meaning.split()))}"
        if len(line) < room:
            lines.append(line)
            room -= len(line) + 1
        else:
            left.append(term)
    if left and most > _MORE:
        lines.append(f"-# {counted(len(left), 'more word')} of this page in `/article define`")
    return "\n".join(lines)


def _pieces(paragraph: str) -> list[str]:
    if len(plain(paragraph)) <= CARD_TEXT // 2:
        return [paragraph]
    return textwrap.wrap(paragraph, _PIECE, expand_tabs=False, replace_whitespace=False, drop_whitespace=False) or [
        paragraph
    ]


def found_passages(reading: Reading, words: str, passages: Sequence[Found]) -> ui.LayoutView:
    """Where the article says something: up to five passages, each with the way to its paragraph."""
    return _passages(reading, f"### “{plain(fitted(words, 100))}” in {plain(reading.article.title)}", passages)


def definition_page(found: Defined, word: str) -> ui.LayoutView:
    """What the glossary says of a word and where it has that from; else where the article uses it."""
    term, shown = found.term, f"“{plain(fitted(word, 100))}”"
    if term is None:
        title = plain(found.reading.article.title)
        told = f"### {shown}\nThe glossary does not explain it."
        if not found.places:
            return card(text(f"{told} “{title}” does not use it either."), colour=NEUTRAL)
        return _passages(found.reading, f"{told} This is where “{title}” uses it:", found.places)
    also = f"\n-# also: {', '.join(map(plain, term.also))}" if term.also else ""
    return card(
        text(f"### {plain(term.term)}{also}"),
        text(fitted(plain(term.meaning), 1500)),
        text(f"-# The teacher’s glossary, from: {fitted(plain(' '.join(term.source.split())), 1000)}"),
        colour=NEUTRAL,
    )


def _passages(reading: Reading, head: str, passages: Sequence[Found]) -> ui.LayoutView:
    shown = passages[:5]
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
