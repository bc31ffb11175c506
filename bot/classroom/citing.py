"""What somebody's words lean on in the article, found as they are recorded; what is typed, soon after."""

from collections.abc import Collection, Mapping, Sequence

from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.content.models import Article, Prompt
from bot.discussion.evidence import (
    Citation,
    Misquote,
    Reading,
    citations,
    misquotes,
    paragraphs_of,
    reading_of,
    without_quotes,
)
from bot.discussion.ids import GuildId, ResponseId
from bot.discussion.values import Response, Round, Source
from bot.storage import Transaction, responses, rounds, sessions
from bot.storage import citations as on_record

MOST_CHOICES = 25
"""Paragraphs that Discord lets a form offer."""

AT_ONCE = 25
"""Responses that are looked into between two that somebody waits for."""


class Misquoted(Refusal):
    """Nothing was recorded yet: the words quote what the article does not say. They may be sent all the same."""

    def __init__(self, found: Sequence[Misquote]) -> None:
        super().__init__("Nothing was recorded: the article does not say word for word what you quote.")
        self.found = tuple(found)


class Look:
    """A look into words that are about to be recorded in a round. Good within one transaction.

    It takes place there, in the writer's own thread: to look the round up beforehand would take longer than the look,
    and what is found goes on record with the words or not at all.
    """

    def __init__(self, tx: Transaction, found: Round) -> None:
        self._tx = tx
        self._round = found
        self._reading = _reading(tx, found)

    def into(
        self, body: Mapping[str, str], *, chosen: int | None = None, besides: Collection[str] = (), asks: bool
    ) -> tuple[Citation, ...]:
        """What somebody's words cite, with the paragraph that they chose.

        Raises Misquoted, where the coach `asks`, if they quote what neither the article says, nor `besides`, nor
        anybody in the debate.
        """
        if asks and (wrong := misquotes(self._reading, body)):
            others = [*map(without_quotes, [*besides, *_said(self._tx, self._round)])]
            if wrong := misquotes(self._reading, body, others):
                raise Misquoted(wrong)
        return citations(self._reading, body, [] if chosen is None else [chosen])


async def catch_up(room: Classroom, most: int = AT_ONCE) -> int:
    """Look into responses that nobody has looked into yet, such as those typed in a thread; how many that were.

    What is typed goes on record at once, many messages at a time: this follows, before anything is counted.
    """
    found = await room.store.read(lambda tx: _looked_into(tx, most))

    def work(tx: Transaction) -> None:
        for response, cites in found:
            now = responses.get(tx, response.guild_id, response.id)
            if now is not None and now.body == response.body:
                on_record.put(tx, response.guild_id, response.id, cites)

    if found:
        await room.store.write(work)
    return len(found)


async def catch_up_with_all(room: Classroom) -> None:
    """The same until nothing is left: before what is cited is counted for good, or told in a transcript."""
    while await catch_up(room) == AT_ONCE:
        pass


def cited_paragraphs(
    tx: Transaction, guild_id: GuildId, ids: Collection[ResponseId]
) -> dict[ResponseId, tuple[int, ...]]:
    """The paragraphs that each of these responses cites."""
    found = on_record.of_responses(tx, guild_id, ids)
    return {response_id: tuple(paragraphs_of(cited)) for response_id, cited in found.items()}


def choosable(article: Article, prompt: Prompt) -> dict[int, str]:
    """The paragraphs that a form offers: all, or those nearest to the prompt's excerpts; in the article's order."""
    excerpts = [excerpt.paragraph for excerpt in prompt.excerpts]
    numbers = range(1, len(article.paragraphs) + 1)
    nearest = sorted(numbers, key=lambda number: (min(abs(number - each) for each in excerpts), number))
    return {number: article.paragraphs[number - 1] for number in sorted(nearest[:MOST_CHOICES])}


def article_of(tx: Transaction, found: Round) -> Article:
    """The article as the round's session keeps it."""
    article = sessions.article_of(tx, found.guild_id, found.session_id)
    if article is None:
        raise Refusal("This debate is not on record in this server.")
    return article


def _reading(tx: Transaction, found: Round) -> Reading:
    return reading_of(article_of(tx, found).paragraphs)


def _said(tx: Transaction, found: Round) -> list[str]:
    """What was asked and has been said in the debate for all to see: a classmate may be quoted, too."""
    seen = [entry for entry in responses.of_round(tx, found.guild_id, found.id) if _is_seen(entry)]
    return [found.prompt.question, *(words for entry in seen for words in entry.body.values())]


def _is_seen(entry: Response) -> bool:
    is_private = entry.source is Source.REFLECTION or entry.held_back
    return entry.withdrawn_at is None and entry.hidden_at is None and not is_private


def _looked_into(tx: Transaction, most: int) -> list[tuple[Response, tuple[Citation, ...]]]:
    found: list[tuple[Response, tuple[Citation, ...]]] = []
    for guild_id, response_id in on_record.unknown(tx, most):
        response = responses.get(tx, guild_id, response_id)
        posed = rounds.get(tx, guild_id, response.round_id) if response is not None else None
        if response is not None and posed is not None:
            found.append((response, citations(_reading(tx, posed), response.body)))
    return found
