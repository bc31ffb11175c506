"""Which passages of the article a response leans on."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain

from bot.discussion.evidence.matching import Run, runs, standing
from bot.discussion.evidence.mentioning import mentioned
from bot.discussion.evidence.quoting import may_quote, quoted_in
from bot.discussion.evidence.reading import Reading
from bot.discussion.evidence.values import Citation, Kind
from bot.discussion.evidence.words import Stretch, Word, sentences_in
from bot.discussion.wording import own_words
from bot.patterns import pattern

MOST = 12
"""Passages that are kept of one response."""

_LEAST_QUOTED = 5
"""Words in a row that are a quote without quotation marks, where they tell enough."""
_LONG = 9
"""Words in a row that are no chance, whatever they tell."""
_TOLD_BY_QUOTE, _TOLD_IN_MARKS = 2.2, 1.0
_SAME = 0.75
"""The part of a quote that must be the article's very words."""

_TOLD, _TELLING, _COVERED = 2.6, 2, 0.5
"""What a sentence must share with one of the article's: so much weight, so many telling words, so much of its own."""
_CLAUSE = pattern(r",\s+|\s+[-–—]\s+|\s+(?=(?:and|but|because|so|yet|while|although|even if|which)\s)|:\s+")


def citations(reading: Reading, body: Mapping[str, str], chosen: Iterable[int] = ()) -> tuple[Citation, ...]:
    """The passages that somebody's own words lean on, in the order of the article; `chosen`: paragraphs they picked."""
    texts = [text for text in own_words(body).values() if text]
    found: list[Citation] = []
    for text in texts:
        if _may_cite(reading, text):
            said = _Said(reading, text)
            _add(found, _quotes(said))
            _add(found, _paraphrases(said))
    named = chain(chosen, *(mentioned(text, len(reading.paragraphs)) for text in texts))
    cited = {citation.paragraph for citation in found}
    found += [reading.citation(number - 1, 0, 0, Kind.CHOSEN) for number in sorted({*named} - cited)]
    found.sort(key=lambda each: (each.paragraph, each.start))
    return tuple(found[:MOST])


def picked(cited: Iterable[Citation], body: Mapping[str, str], paragraphs: int) -> int | None:
    """The paragraph that was chosen for a response beside its words, which do not name it; None where none was."""
    named = {*chain(*(mentioned(text, paragraphs) for text in own_words(body).values()))}
    chosen = (each.paragraph for each in cited if each.kind is Kind.CHOSEN)
    return next((number for number in chosen if number not in named), None)


class _Said:
    """A text with its words, and how much of the article its words tell up to each."""

    def __init__(self, reading: Reading, text: str) -> None:
        self.reading = reading
        self.text = text
        self.words = reading.words_of(text)
        self._starts = [word.start for word in self.words]
        known = reading.sentences_with
        self._told = [0.0, *accumulate(word.weight if word.stem in known else 0.0 for word in self.words)]

    def within(self, stretch: Stretch) -> Sequence[Word]:
        """The words in a part of the text."""
        return self.words[slice(*self._places(stretch))]

    def tells_enough(self, stretch: Stretch) -> bool:
        """May a part of the text paraphrase something? Words count each time that they are said."""
        first, behind = self._places(stretch)
        return self._told[behind] - self._told[first] >= _TOLD

    def _places(self, stretch: Stretch) -> tuple[int, int]:
        return bisect_left(self._starts, stretch.start), bisect_left(self._starts, stretch.end)


def _add(found: list[Citation], more: Iterable[Citation]) -> None:
    """What stands within something that was found already is the same."""
    for new in more:
        if not any(old.paragraph == new.paragraph and old.start < new.end and new.start < old.end for old in found):
            found.append(new)


def _quotes(said: _Said) -> Iterator[Citation]:
    reading, words = said.reading, said.words
    for quoted in quoted_in(said.text):
        within = said.within(quoted.stretch)
        places = standing(reading, [word.form for word in within]) if len(within) > 1 else []
        if places and _told(reading, within) >= _TOLD_IN_MARKS:
            at = places[0]
            yield _passage(reading, at.paragraph, at.word, at.word + len(within))
    for run in runs(reading, words):
        if _is_quote(reading, words, run):
            yield _passage(reading, run.paragraph, run.at, run.until)


def _is_quote(reading: Reading, words: Sequence[Word], run: Run) -> bool:
    if run.same < _LEAST_QUOTED or run.same < (run.behind - run.first) * _SAME:
        return False
    return run.same >= _LONG or _told(reading, words[run.first : run.behind]) >= _TOLD_BY_QUOTE


def _passage(reading: Reading, paragraph: int, first: int, behind: int) -> Citation:
    words = reading.words[paragraph]
    return reading.citation(paragraph, words[first].start, words[behind - 1].end, Kind.QUOTE)


def _told(reading: Reading, words: Iterable[Word]) -> float:
    """How much words tell, each counted once."""
    return sum({word.stem: word.weight for word in words if word.form in reading.known}.values())


def _may_cite(reading: Reading, text: str) -> bool:
    """Is it worth to look closer? What nearly everybody writes is not, and then a look takes hardly any time."""
    if may_quote(text):
        return True
    told = reading.told_by(text)
    forms = [form for form, _, _ in told]
    if sum(map(reading.grams.__contains__, zip(forms, forms[1:], forms[2:], strict=False))) > 1:
        return True
    known = {stem: weight for _, stem, weight in told if weight and stem in reading.sentences_with}
    return sum(known.values()) >= _TOLD and max(_shared(reading, known).values()) >= _TOLD


def _shared(reading: Reading, weights: Mapping[str, float]) -> dict[int, float]:
    """How much of these stems, by their weights, each sentence of the article has."""
    shared: dict[int, float] = {}
    for stem, weight in weights.items():
        for number in reading.sentences_with.get(stem, ()):
            shared[number] = shared.get(number, 0.0) + weight
    return shared


def _paraphrases(said: _Said) -> Iterator[Citation]:
    seen = set[int]()
    for unit in _units(said):
        number = _paraphrased(said.reading, said.within(unit))
        if number is not None and number not in seen:
            seen.add(number)
            sentence = said.reading.sentences[number]
            yield said.reading.citation(sentence.paragraph, *sentence.stretch, Kind.PARAPHRASE)


def _units(said: _Said) -> Iterator[Stretch]:
    """Sentences, and the parts of those that have several, as far as they tell enough."""
    for sentence in filter(said.tells_enough, sentences_in(said.text)):
        yield sentence
        found = _CLAUSE.finditer(said.text, sentence.start, sentence.end)
        borders = [sentence.start, *(match.end() for match in found)]
        if len(borders) > 1:
            parts = (Stretch(*each) for each in zip(borders, [*borders[1:], sentence.end], strict=True))
            yield from filter(said.tells_enough, parts)


def _paraphrased(reading: Reading, words: Collection[Word]) -> int | None:
    """The number of the sentence of the article that says the same, where one does."""
    own = {word.stem: word for word in words if word.weight}
    if len(own) < 3:
        return None
    in_all = sum(word.weight for word in own.values())
    shared = _shared(reading, {stem: word.weight for stem, word in own.items()})
    best = max(shared, key=shared.__getitem__, default=None)
    if best is None or shared[best] < _TOLD or shared[best] < in_all * _COVERED:
        return None
    telling = sum(reading.is_telling(word) for stem, word in own.items() if stem in reading.sentences[best].stems)
    return best if telling >= _TELLING else None
