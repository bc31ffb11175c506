"""One walk through a transcript, heard by every format at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.discussion.counting import words_in
from bot.discussion.transcript import Entry, Gap, ToldRound, Transcript
from bot.transcripts.errors import TranscriptError, TranscriptStopped
from bot.transcripts.ledger import Ledger
from bot.transcripts.writer import Writer

OnProgress = Callable[[int, int], None]
"""Hears how many responses and votes are told, of how many."""

ShouldStop = Callable[[], bool]
"""Is asked now and then whether the transcript is still wanted."""

_STEP = 256
"""Between two looks at the clock of the caller: a few milliseconds."""


class Telling:
    """Tells a transcript to writers. Raises TranscriptStopped, or TranscriptError where the streams and head differ."""

    def __init__(
        self,
        transcript: Transcript,
        writers: Sequence[Writer],
        on_progress: OnProgress | None = None,
        should_stop: ShouldStop | None = None,
    ) -> None:
        self._transcript = transcript
        self._writers = writers
        self._on_progress = on_progress
        self._should_stop = should_stop
        self._ledger = Ledger.of(transcript.head)
        self._total = transcript.head.entries + transcript.head.votes
        self._done = 0

    def tell(self) -> Ledger:
        """Tell everything, and return what was counted."""
        self._look_up()
        for writer in self._writers:
            writer.begin(self._transcript.head)
        for told in self._transcript.head.rounds:
            self._tell_round(told)
        for writer in self._writers:
            writer.end(self._ledger)
        self._look_up()
        return self._ledger

    def _tell_round(self, told: ToldRound) -> None:
        self._ledger.begin_round(told)
        for writer in self._writers:
            writer.begin_round(told)
        self._expect(told, "responses", told.entries, self._tell_entries(told))
        for writer in self._writers:
            writer.begin_votes(told)
        self._expect(told, "votes", told.votes, self._tell_votes(told))
        for writer in self._writers:
            writer.end_round(told)

    def _tell_entries(self, told: ToldRound) -> int:
        count, ledger = self._ledger.entry, self._ledger
        hear = [writer.entry for writer in self._writers]
        gaps = sorted(told.gaps, key=lambda gap: gap.began_at, reverse=True)
        before, done = ledger.counts.responses, self._done
        for written in self._transcript.entries(told):
            if gaps and written.depth == 0:
                while gaps and gaps[-1].began_at <= written.response.created_at:
                    self._tell_gap(gaps.pop())
            entry = _without_words(written) if written.response.withdrawn_at is not None else written
            words = words_in(entry.response.body)
            count(entry, words)
            for tell in hear:
                tell(entry, words)
            done += 1
            if done % _STEP == 0:
                self._done = done
                self._look_up()
        self._done = done
        while gaps:
            self._tell_gap(gaps.pop())
        return ledger.counts.responses - before

    def _tell_votes(self, told: ToldRound) -> int:
        count, ledger = self._ledger.vote, self._ledger
        hear = [writer.vote for writer in self._writers]
        before = ledger.counts.votes
        for vote in self._transcript.votes(told):
            count(vote)
            for tell in hear:
                tell(vote)
            self._done += 1
            if self._done % _STEP == 0:
                self._look_up()
        return ledger.counts.votes - before

    def _tell_gap(self, gap: Gap) -> None:
        for writer in self._writers:
            writer.gap(gap)

    def _look_up(self) -> None:
        if self._should_stop is not None and self._should_stop():
            raise TranscriptStopped
        if self._on_progress is not None:
            self._on_progress(self._done, self._total)

    def _expect(self, told: ToldRound, kind: str, promised: int, counted: int) -> None:
        if promised != counted:
            raise TranscriptError(
                f"Round {told.round.number} should have {promised} {kind}, but {counted} are on record. "
                "A transcript that contradicts itself is not written; please report this."
            )


def _without_words(entry: Entry) -> Entry:
    """A withdrawn response keeps its place and never its words, also where a reader would still hand them over."""
    response = entry.response
    if not (response.body or response.attachments or entry.revisions or entry.citations):
        return entry
    return replace(entry, response=replace(response, body={}, attachments=()), revisions=(), citations=())
