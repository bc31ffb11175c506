"""Which passages of the article a response leans on, and what it quotes that the article does not say.

By rules that a teacher can follow: the same words in the same order are a quote, most of the telling words of one
sentence of the article are a paraphrase, a paragraph that is named is chosen. The names of a topic alone, such as
“North Korea”, are neither. Nothing here judges whether an argument is good.
"""

from bot.discussion.evidence.citing import citations, picked
from bot.discussion.evidence.misquoting import Misquote, misquotes, without_quotes
from bot.discussion.evidence.reading import Reading, reading_of
from bot.discussion.evidence.values import Citation, Kind, counted_paragraphs, paragraphs_of

__all__ = [
    "Citation",
    "Kind",
    "Misquote",
    "Reading",
    "citations",
    "counted_paragraphs",
    "misquotes",
    "paragraphs_of",
    "picked",
    "reading_of",
    "without_quotes",
]
