"""How long an article takes to read, and how hard it is, by measures that anybody can work out with a pencil."""

import re
from itertools import islice

from bot.content.models import Article
from bot.content.searching.sentences import sentences_of
from bot.values import frozen

WORDS_A_MINUTE = 200
"""How fast students read, about."""

_LEAST_WORDS = 100
"""Words that a text has at least for its grade to mean anything."""

_MOST_SENTENCES = 500
"""Sentences from the beginning on by which the grade is told: those of a long article are much alike."""

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_ENGLISH = re.compile(r"[A-Za-z0-9'’.-]+")
_VOWELS = re.compile(r"[aeiouy]+")
_APART = re.compile(
    r"(?<![ctsg])ia|(?<=[ct])ia(?=t)|(?<![ctsgx])io|iu|eo(?![pu])|[aeo]ing|creat|uary|eum\b|nuclear|lion"
    r"|(?:[^cft]|sc)(?<!fr)ien|[aeiouy][^aeiouy]+ea\b|react"
)
"""Where two vowels beside each other are two syllables."""

_SILENT = re.compile(r"[^aeiouyl]e\b|[aeiouy]le\b|[^aeiouytd]ed\b|[^aeiouyscgxz]es\b|(?<!ch)(?<!sh)hes\b")
_SILENT_WITHIN = re.compile(r"[aeiouy][^aeiouy]+e(?=(?:ful|less|ments?|ly|land|one|fore|times?)\b)")


@frozen
class Level:
    """How much there is to read, and how hard it is.

    `grade` is the Flesch–Kincaid grade, about the school year in which an American student reads such a text easily;
    None where it means nothing: the text is too short, or not English by its letters.
    """

    words: int
    minutes: int
    grade: float | None


def level_of(article: Article) -> Level:
    """The level of an article. Flesch–Kincaid: 0.39 × words per sentence + 11.8 × syllables per word − 15.59."""
    count = sum(len(paragraph.split()) for paragraph in article.paragraphs)
    return Level(count, max(round(count / WORDS_A_MINUTE), 1), grade_of(article))


def grade_of(article: Article) -> float | None:
    """The Flesch–Kincaid grade, counted by heuristics for syllables; see `Level`."""
    sentences = [_WORD.findall(each.text) for each in islice(sentences_of(article), _MOST_SENTENCES)]
    words = [word for sentence in sentences for word in sentence]
    english = sum(_ENGLISH.fullmatch(word) is not None for word in words)
    if len(words) < _LEAST_WORDS or english < 0.9 * len(words):
        return None
    in_sentence = len(words) / max(sum(bool(sentence) for sentence in sentences), 1)
    return 0.39 * in_sentence + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """About how many syllables an English word has: its groups of vowels, without a silent e. A number counts one."""
    total = sum(_of_part(part) for part in re.split(r"['’.-]", word.lower()) if len(part) > 1 and part.isalpha())
    return max(total, 1)


def _of_part(part: str) -> int:
    groups = len(_VOWELS.findall(part)) + len(_APART.findall(part))
    return max(groups - bool(_SILENT.search(part)) - bool(_SILENT_WITHIN.search(part)), 1)
