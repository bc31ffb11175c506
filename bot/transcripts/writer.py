"""What every format is: something that is told a debate piece by piece and writes bytes as it goes."""

from typing import Protocol

from bot.discussion.transcript import Entry, Gap, Head, ToldRound, ToldVote
from bot.transcripts.ledger import Ledger


class Out(Protocol):
    """A binary file object, as far as a format needs one."""

    def write(self, data: bytes, /) -> object:
        """Take some bytes."""
        ...


class Writer:
    """Base of the formats: hears everything in the order of the telling, and keeps nothing of a single response.

    The order: begin; for each round begin_round, its entries with the gaps between them, begin_votes, its votes,
    end_round; then end, with what was counted on the way.
    """

    def begin(self, head: Head) -> None:
        """The transcript begins."""

    def begin_round(self, told: ToldRound) -> None:
        """A round begins."""

    def gap(self, gap: Gap) -> None:
        """Here, between two threads, the bot could not listen."""

    def entry(self, entry: Entry, words: int) -> None:
        """A response is told, and of how many words it is: they are counted once for all formats."""

    def begin_votes(self, told: ToldRound) -> None:
        """The round's responses are told; its votes follow."""

    def vote(self, vote: ToldVote) -> None:
        """A vote is told."""

    def end_round(self, told: ToldRound) -> None:
        """The round is told."""

    def end(self, ledger: Ledger) -> None:
        """Everything is told."""
