"""An article's paragraphs, sentence by sentence, each as it is written."""

from collections.abc import Iterator

from bot.content.models import Article
from bot.patterns import pattern
from bot.values import frozen

_END = pattern(r"[.!?…]+[\"”’'»)\]]*(?=\s|$)|[。！？]+[」』”]*")
"""What a sentence may end with: its marks, and what closes around it."""

_QUOTATION = pattern(r"“[^“”]{0,2000}”")
"""What somebody says stays in one piece, whatever stops stand in it."""

_SHORT_FORM = pattern(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Jr|Sr|vs|No|Nos|Fig|e\.g|i\.e|cf|approx"
    r"|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec)|(?:\b[A-Za-z]\.)+[A-Za-z])\.$"
)
"""A stop that ends no sentence: an initial, a title, a month, letters that stand for words."""

_OPENS = pattern(r"\s+[\"“‘'«(\[]*(?:[^\W\d_]|\d)")


@frozen
class Sentence:
    """A sentence in its own characters, and its paragraph from 1."""

    paragraph: int
    text: str


def sentences_of(article: Article) -> list[Sentence]:
    """All sentences of an article, in its order."""
    return [
        Sentence(number, text)
        for number, paragraph in enumerate(article.paragraphs, 1)
        for text in split_sentences(paragraph)
    ]


def split_sentences(paragraph: str) -> Iterator[str]:
    """The sentences of a paragraph, without the white space between them."""
    said = iter(
        [*((match.start(), match.end()) for match in _QUOTATION.finditer(paragraph)), (len(paragraph) + 1,) * 2]
    )
    opened, closed = next(said)
    start = 0
    for end in _END.finditer(paragraph):
        while closed < end.end():
            opened, closed = next(said)
        is_within = opened < end.start() and end.end() < closed
        if not is_within and _is_end(paragraph, start, end.end()):
            yield paragraph[start : end.end()].strip()
            start = end.end()
    if rest := paragraph[start:].strip():
        yield rest


def _is_end(paragraph: str, start: int, end: int) -> bool:
    """Does a sentence end there? One that is meant begins anew with no small letter."""
    if end >= len(paragraph.rstrip()):
        return True
    opening = _OPENS.match(paragraph, end)
    if opening is None:
        return not paragraph[end].isspace()
    if opening[0][-1].islower():
        return False
    return _SHORT_FORM.search(paragraph, max(start, end - 20), end) is None
