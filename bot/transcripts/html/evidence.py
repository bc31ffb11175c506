"""The whole article at the end of the page, each sentence shaded by who leaned on it, and marked where nobody did.

Colours only repeat what stands there in words: for who does not see them, and for paper.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.discussion.evidence.values import Citation
from bot.discussion.ids import StanceId
from bot.discussion.leaning import Leaned, LeanedParagraph, Leaning, Passage, counts
from bot.discussion.palette import STANCE_COLOURS
from bot.discussion.transcript import Entry, Head, ToldRound
from bot.transcripts import phrases
from bot.transcripts.signs import html, html_attribute, html_line

_Side = tuple[int, StanceId | None]
"""A round's number and a stance of its prompt."""

_NO_SIDE = len(STANCE_COLOURS)
_SHADES = 4
NOBODY = "nobody used this"


class EvidenceMap:
    """Counts while the page is written, sentence by sentence; it keeps nothing of a single response."""

    def __init__(self, head: Head) -> None:
        self._head = head
        self._leaning = Leaning[_Side](head.session.article.paragraphs)
        self._places: dict[_Side, int] = {}
        self._words: dict[_Side, str] = {}
        self._responses = 0

    def begin_round(self, told: ToldRound) -> None:
        """Learn the sides of a round."""
        number, prompt = told.round.number, told.round.prompt
        before = f"round {number}, " if len(self._head.rounds) > 1 else ""
        for place, stance in enumerate(prompt.stances):
            side = number, StanceId(stance.id)
            self._places[side] = min(place, _NO_SIDE)
            self._words[side] = before + phrases.stance_words(prompt, stance.id)
        self._places[number, None], self._words[number, None] = _NO_SIDE, f"{before}no side taken"

    def entry(self, entry: Entry) -> None:
        """Count what a response leans on, where it counts."""
        if counts(entry.response):
            self._responses += 1
            side = entry.round.number, entry.response.stance
            known = side if side in self._places else (entry.round.number, None)
            self._leaning.add(known, [self._passage(each) for each in entry.citations])

    def _passage(self, cited: Citation) -> Passage:
        """Where it stands. What the article does not say, of which there should be nothing, names the paragraph."""
        text = self._leaning.paragraphs[cited.paragraph - 1].text if self._has(cited) else ""
        stands = text[cited.start : cited.end] == cited.exact
        return Passage(cited.paragraph, cited.start, cited.exact if stands else "")

    def _has(self, cited: Citation) -> bool:
        return 1 <= cited.paragraph <= len(self._leaning.paragraphs)

    def section(self) -> str:
        """The article with all that was counted."""
        text = self._head.session.article
        deck = f'<p class="deck" dir="auto">{html(text.deck)}</p>' if text.deck else ""
        most = max(
            (sentence.uses.total() for each in self._leaning.paragraphs for sentence in each.sentences), default=0
        )
        paragraphs = "".join(
            f'<div class="para" id="p{number}"><a class="mark" href="#p{number}">¶{number}</a>'
            f'<p dir="auto">{"".join(self._runs(each, most)) if self._responses else html(each.text)}</p>'
            f"{self._named(each)}</div>"
            for number, each in enumerate(self._leaning.paragraphs, 1)
        )
        return (
            '<section id="article" aria-labelledby="article-title"><p class="kicker">The article</p>'
            f'<h2 id="article-title" dir="auto">{html_line(text.title)}</h2>'
            f'<p class="when">By {html_line(text.author)}</p>{self._legend()}{deck}{paragraphs}</section>\n'
        )

    def _legend(self) -> str:
        if not self._responses:
            return '<p class="when">No response that is told here leans on a passage of it.</p>'
        every = [sentence for each in self._leaning.paragraphs for sentence in each.sentences]
        used = sum(sentence.uses.total() > 0 for sentence in every)
        sides: Counter[_Side] = Counter()
        for each in self._leaning.paragraphs:
            for leaned in (each.named, *(sentence.uses for sentence in each.sentences)):
                sides += leaned
        rows = "".join(
            f'<li class="c{place}"><span class="side">{html_line(self._words[side])}</span></li>'
            for side, place in self._places.items()
            if sides[side]
        )
        responses = phrases.counted(self._responses, "response leans", "responses lean")
        of_all = f"{used} of {phrases.counted(len(every), 'sentence')}"
        return (
            f'<p class="when">What the class leaned on: {responses} on {of_all}. A sentence is shaded in the colour of '
            "the side that used it most, the stronger the more often; the number of each side stands behind it.</p>"
            f'<ul class="legend">{rows}<li><span class="nobody">{NOBODY}</span></li></ul>'
        )

    def _runs(self, each: LeanedParagraph[_Side], most: int) -> Iterator[str]:
        """The paragraph from its first sign to its last; sentences in a row that nobody used are one piece."""
        reached = 0
        left_aside: tuple[int, int] | None = None
        for sentence in each.sentences:
            start, end = sentence.stretch
            if not sentence.uses:
                left_aside = (left_aside[0] if left_aside else start, end)
                continue
            if left_aside:
                yield _unused(each.text, reached, left_aside)
                reached = left_aside[1]
                left_aside = None
            yield html(each.text[reached:start])
            yield self._used(each.words_of(sentence), sentence, most)
            reached = end
        if left_aside:
            yield _unused(each.text, reached, left_aside)
            reached = left_aside[1]
        yield html(each.text[reached:])

    def _used(self, words: str, sentence: Leaned[_Side], most: int) -> str:
        ranked = self._ranked(sentence.uses)
        place = self._places[ranked[0][0]]
        shade = -(-_SHADES * sentence.uses.total() // most)
        return f'<span class="us c{place} k{shade}">{html(words)}</span>{self._counts(ranked, "used by")}'

    def _named(self, each: LeanedParagraph[_Side]) -> str:
        if not each.named:
            return ""
        ranked = self._ranked(each.named)
        return f'<p class="named when">Pointed to as a whole:{self._counts(ranked, "by")}</p>'

    def _counts(self, ranked: Sequence[tuple[_Side, int]], how: str) -> str:
        """Each side's number in its colour, and the same in words."""
        numbers = "".join(
            f'<b class="c{self._places[side]}" aria-hidden="true" '
            f'title="{html_attribute(self._words[side])}">{count}</b>'
            for side, count in ranked
        )
        words = ", ".join(f"{html_line(self._words[side])} {count}" for side, count in ranked)
        return f'<small class="uses">{numbers}<i> ({how} {words})</i></small>'

    def _ranked(self, uses: Counter[_Side]) -> list[tuple[_Side, int]]:
        """The sides, the most often first."""
        order = list(self._places)
        return sorted(uses.items(), key=lambda use: (-use[1], order.index(use[0])))


def _unused(text: str, reached: int, run: tuple[int, int]) -> str:
    start, end = run
    words = f'<span class="un">{html(text[start:end])}</span>'
    return f'{html(text[reached:start])}{words} <small class="nobody">{NOBODY}</small>'
