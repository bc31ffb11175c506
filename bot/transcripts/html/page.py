"""The page, written as it is told."""

from typing_extensions import override

from bot.discussion.transcript import Entry, Gap, Head, ToldRound, ToldVote
from bot.transcripts.clock import Clock
from bot.transcripts.html import rounds
from bot.transcripts.html.entries import Entries
from bot.transcripts.html.evidence import EvidenceMap
from bot.transcripts.html.frame import read_frame
from bot.transcripts.ledger import Ledger
from bot.transcripts.writer import Out, Writer

_AT_ONCE = 64
"""Pieces that are handed over together."""


class HtmlPage(Writer):
    """Writes one UTF-8 page. All words of others pass through signs.html on their way."""

    def __init__(self, out: Out, clock: Clock, head: Head) -> None:
        self._out = out
        self._clock = clock
        self._head = head
        self._frame = read_frame()
        self._waiting: list[bytes] = []
        self._entries = Entries(head, clock)
        self._evidence = EvidenceMap(head)

    def begin(self, head: Head) -> None:
        """Everything before the first round."""
        title = f"{head.session.prompt_set.title} – transcript"
        self._write(
            self._frame.opening(title)
            + rounds.masthead(head, self._clock)
            + '<div class="page"><div class="index">'
            + rounds.contents(head)
            + rounds.filters(head)
            + '</div>\n<main id="content" tabindex="-1">\n'
        )

    def begin_round(self, told: ToldRound) -> None:
        """The question with excerpts and count."""
        self._entries.begin_round(told)
        self._evidence.begin_round(told)
        rows = "".join(self._entries.place(place, told.round) for place in told.places)
        self._write(rounds.round_opening(told, self._clock, rounds.placing(told, rows)))

    def gap(self, gap: Gap) -> None:
        """A gap in its place."""
        self._write(self._entries.gap(gap))

    @override
    def entry(self, entry: Entry, words: int) -> None:
        """A response."""
        if entry.citations:
            self._evidence.entry(entry)
        self._waiting.append(self._entries.entry(entry))
        if len(self._waiting) >= _AT_ONCE:
            self._flush()

    def begin_votes(self, told: ToldRound) -> None:
        """The head of the votes."""
        self._write(rounds.votes_opening(told))

    def vote(self, vote: ToldVote) -> None:
        """A vote."""
        self._write(self._entries.vote(vote))

    def end_round(self, told: ToldRound) -> None:
        """The end of a round."""
        self._write(rounds.round_closing(told))

    def end(self, ledger: Ledger) -> None:
        """The people, the article, and the end."""
        head = self._head
        self._write(
            f"{rounds.people(ledger)}{self._evidence.section()}</main></div>\n"
            f"{rounds.footer(head, ledger, self._clock)}{self._frame.closing()}"
        )
        self._flush()

    def _write(self, text: str) -> None:
        self._waiting.append(text.encode())
        if len(self._waiting) >= _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        self._out.write(b"".join(self._waiting))
        self._waiting.clear()
