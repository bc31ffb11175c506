import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

from bot.discussion.ids import ResponseId
from bot.discussion.transcript import Entry, Head, Names, ToldRound, ToldVote
from bot.transcripts.clock import Clock
from bot.transcripts.html import HtmlPage
from bot.transcripts.jsonl import JsonLines
from bot.transcripts.markdown import Markdown
from bot.transcripts.plain_text import PlainText
from bot.transcripts.tables import Tables
from bot.transcripts.telling import Telling
from tests.transcripts.samples import Told, a_class


class Endless:
    """So many responses in one round, made as they are asked for."""

    def __init__(self, told: Told, number: int) -> None:
        first = told.head.rounds[0]
        self._entries = tuple(told.entries(first))
        self._votes = tuple(told.votes(first))
        self.head: Head = replace(told.head, rounds=(replace(first, entries=number, votes=number),))

    def entries(self, told: ToldRound) -> Iterator[Entry]:
        for number in range(told.entries):
            entry = self._entries[number % len(self._entries)]
            yield replace(entry, response=replace(entry.response, id=ResponseId(number + 1)))

    def votes(self, told: ToldRound) -> Iterator[ToldVote]:
        for number in range(told.votes):
            yield self._votes[number % len(self._votes)]


class Nowhere:
    def write(self, data: bytes, /) -> int:
        return len(data)


def peak(number: int) -> int:
    told = Endless(a_class(Names.REAL), number)
    clock, out = Clock("UTC"), Nowhere()
    writers = [
        HtmlPage(out, clock, told.head),
        Tables(told.head, clock, lambda _: out),
        JsonLines(out, clock),
        Markdown(out, clock),
        PlainText(out, clock),
    ]
    tracemalloc.start()
    try:
        Telling(told, writers).tell()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_hundred_times_as_many_responses_need_no_more_memory() -> None:
    peak(100)
    assert peak(3_000) < peak(300) + 30_000
