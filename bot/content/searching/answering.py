"""Asking an article something: the sentences that answer, word for word, or plainly that none does.

A passage answers where it has what the question is about:

- every name and every number of the question, in the sentence or the one beside it, and
- at least three in five of its other words, likewise, and half of them in the sentence itself; a word that stands
  nowhere in the article counts as two that are missing, and
- a point of time, where “when” is asked, and a number before what is counted, where “how many” is.

Words count in any form (backed, backing), names of countries as one (Chinese, China). No sentence is made up, and none
is guessed at: what does not meet the rule is told to be the nearest, at most.
"""

import re
from collections.abc import Sequence

from bot.content.models import Article
from bot.content.searching.index import Index, Line
from bot.content.searching.questions import Question, read_question
from bot.content.searching.speakers import speaking
from bot.content.searching.values import Answer, Place, Verdict, Wants
from bot.content.searching.words import Word

MOST_PLACES = 3
"""Places that an answer has, at most."""

_SHARE = 0.6
"""The part of a question's words, names apart, that a passage has to have."""

_IN_ITSELF = 0.5
"""The part of them that the sentence itself has to have."""

_NOWHERE = 2
"""How many words one counts for that stands nowhere in the article."""

_NEAREST = 0.4
"""The part of all words from which on a passage is worth being named as the nearest."""

_WORTH = 0.45
"""Further places fit at least so well, as part of the best."""

_BESIDE = 0.3
"""How much a word counts that stands in the sentence beside it alone."""

_BONUS = 1.5
"""How much better a sentence fits that has what is asked for: a reason, a person, who speaks."""

_POINT_OF_TIME = re.compile(
    r"\b(?:1[0-9]{3}|20[0-9]{2}|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today|(?:past|last|recent|few|next)\s+"
    r"(?:few\s+)?(?:days?|weeks?|months?|years?|decades?)|ago)\b"
)
_REASON = re.compile(
    r"\b(?:because|due\s+to|since|thus|as\s+a\s+result|following|in\s+response|out\s+of|in\s+order|so\s+that|to\s+soften"
    r"|therefore|led\s+to|caused?|stemming|responding)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b[A-Z][\w’'-]+\s+(?:[A-Z]\.\s+)?[A-Z][\w’'-]+")
_COUNTED_WITHIN = 4
"""Words from a number to what it counts: five North Korean officials."""


def answer(article: Article, asked: str) -> Answer:
    """What the article answers to a question. Pure, and never raises for what was asked."""
    question = read_question(asked)
    if question.is_empty:
        return Answer(Verdict.NOTHING_ASKED, term=question.term)
    number = question.paragraph
    if number is not None:
        number = len(article.paragraphs) if number == -1 else number
        if not 1 <= number <= len(article.paragraphs):
            return Answer(Verdict.NO_PARAGRAPH)
        if question.wants is Wants.PARAGRAPH:
            return Answer(Verdict.PARAGRAPH, (Place(number, article.paragraphs[number - 1]),))
    index = Index.of(article)
    lines = [line for line in index.lines if number in (None, line.sentence.paragraph)]
    verdict, found = (_said if question.speaker else _found)(index, lines, question)
    places = tuple(Place(line.sentence.paragraph, line.sentence.text) for line in found[:MOST_PLACES])
    return Answer(verdict, places, question.wants, question.term)


def _found(index: Index, lines: Sequence[Line], question: Question) -> tuple[Verdict, list[Line]]:
    ranked = _ranked(index, lines, question, [*question.words, *question.of_speech])
    answering = [(score, line) for score, line in ranked if _answers(index, line, question)]
    if answering:
        best = answering[0][0]
        return Verdict.SAYS, [line for score, line in answering if score >= best * _WORTH]
    return Verdict.NOT_SAID, [line for _, line in ranked[:1] if _is_near(index, line, question.words)]


def _said(index: Index, lines: Sequence[Line], question: Question) -> tuple[Verdict, list[Line]]:
    """What somebody says: sentences in which they are the one who speaks."""
    named = [line for line in lines if all(index.has([line], word) for word in question.speaker)]
    if not named:
        return Verdict.NOT_SAID, []
    theirs = [line for line in lines if _speaks(index, line, question.speaker)]
    if not question.words:
        ranked = _ranked(index, theirs, question, question.speaker)
        return (Verdict.SAYS, [line for _, line in ranked]) if ranked else (Verdict.SAYS_NOTHING, named[:1])
    verdict, found = _found(index, theirs, question)
    if verdict is Verdict.SAYS:
        return verdict, found
    nearest = _ranked(index, theirs or named, question, question.words)
    return Verdict.NOT_SAID if theirs else Verdict.SAYS_NOTHING, [line for _, line in nearest[:1]]


def _ranked(index: Index, lines: Sequence[Line], question: Question, words: Sequence[Word]) -> list[tuple[float, Line]]:
    """The sentences that have any of the words, those that fit best first; of equals, the earlier."""
    ranked: list[tuple[float, Line]] = []
    for line in lines:
        score = index.score(line, words)
        if score > 0:
            near = [each for each in index.around(line) if each is not line]
            missing = [word for word in words if not index.has([line], word)]
            score += _BESIDE * max((index.score(each, missing) for each in near), default=0.0)
            whole = 1 - len(missing) / len(words)
            ranked.append((score * (1 + whole) * _bonus(line, question), line))
    return sorted(ranked, key=lambda scored: -scored[0])


def _answers(index: Index, line: Line, question: Question) -> bool:
    """The rule: see the module."""
    near = index.around(line)
    names = [word for word in question.words if index.is_name(word)]
    others = [word for word in question.words if not index.is_name(word)]
    if not all(index.has(near, word) for word in names):
        return False
    if not others and not any(index.has([line], word) for word in names):
        return False
    if question.wants is Wants.MENTION and not all(index.has([line], word) for word in question.words):
        return False
    asked = sum(1 if index.forms(word) else _NOWHERE for word in others)
    if sum(index.has(near, word) for word in others) < _SHARE * asked:
        return False
    if sum(index.has([line], word) for word in others) < _IN_ITSELF * len(others):
        return False
    return _has_kind(index, line, question)


def _has_kind(index: Index, line: Line, question: Question) -> bool:
    match question.wants:
        case Wants.TIME:
            return _POINT_OF_TIME.search(line.sentence.text) is not None
        case Wants.COUNT:
            return _counts(index, line, question.words)
        case _:
            return True


def _counts(index: Index, line: Line, words: Sequence[Word]) -> bool:
    """Does a number stand shortly before a word of the question that is no name?"""
    counted = {form for word in words if not index.is_name(word) for form in index.forms(word)}
    for at, word in enumerate(line.words):
        is_year = len(word.lower) == 4 and word.lower.isdigit()
        behind = line.words[at + 1 : at + 1 + _COUNTED_WITHIN]
        if word.is_number and not is_year and any(each.stem in counted for each in behind):
            return True
    return False


def _speaks(index: Index, line: Line, speaker: Sequence[Word]) -> bool:
    speakers = speaking(line.sentence.text)
    return bool(speakers) and all(any(stem in speakers for stem in index.forms(word)) for word in speaker)


def _bonus(line: Line, question: Question) -> float:
    match question.wants:
        case Wants.SPEAKER:
            fits = bool(speaking(line.sentence.text))
        case Wants.PERSON:
            fits = _PERSON.search(line.sentence.text) is not None
        case Wants.REASON:
            fits = _REASON.search(line.sentence.text) is not None
        case Wants.TIME:
            fits = _POINT_OF_TIME.search(line.sentence.text) is not None
        case _:
            fits = False
    return _BONUS if fits else 1.0


def _is_near(index: Index, line: Line, words: Sequence[Word]) -> bool:
    return sum(index.has([line], word) for word in words) >= _NEAREST * len(words)
