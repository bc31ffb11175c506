"""Reading the article and asking it: the one of a round as it was posed, or any of the library."""

import asyncio

from bot.classroom.finding import the_round
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.content.models import Article, Glossary, Term
from bot.content.searching.values import Answer, Found
from bot.discussion.ids import ChannelId, GuildId, RoundId
from bot.discussion.values import Round
from bot.storage import Transaction, rounds, sessions
from bot.values import frozen

OF_ROUND = "~"
"""What a source that names a round begins with; no slug does."""

LONGEST_ID = 18
"""Digits of an id that every database can hold."""


@frozen
class Reading:
    """An article to page through: `source` names it in a button, `at` is a paragraph counted from 1.

    `glossary` explains its hard words, as the teacher's file has them now; None where there is none.
    """

    article: Article
    source: str
    at: int
    glossary: Glossary | None = None


@frozen
class Told:
    """What an article answers, and what its glossary says of the word that was asked for, if it was and does."""

    reading: Reading
    answer: Answer
    term: Term | None


@frozen
class Defined:
    """What a glossary says of a word; where it says nothing, the places where the article has it."""

    reading: Reading
    term: Term | None
    places: tuple[Found, ...] = ()


async def open_at(room: Classroom, guild_id: GuildId, source: str, paragraph: int | None) -> Reading:
    """The article that a button's source names, at a paragraph, or at the first excerpt of its round.

    A source is `~` and a round's id (the article as the session keeps it) or the slug of an article of the library.
    """
    if not source.startswith(OF_ROUND):
        article = room.library.articles.get(source)
        if article is None:
            raise Refusal("This article is not in the library any more.")
        return _reading(article, source, paragraph or 1, room.library.glossaries.get(source))

    round_id = _round_in(source)

    def work(tx: Transaction) -> Reading:
        found = the_round(tx, guild_id, round_id)
        session = sessions.get(tx, guild_id, found.session_id)
        if session is None:
            raise Refusal("This debate is not on record in this server.")
        at = paragraph or found.prompt.excerpts[0].paragraph
        return _reading(session.article, source, at, room.library.glossaries.get(session.prompt_set.article))

    return await room.store.read(work)


def source_of(found: Round) -> str:
    """The source of a round's article."""
    return f"{OF_ROUND}{found.id}"


async def source_here(room: Classroom, guild_id: GuildId, channel_id: ChannelId, named: str | None) -> str:
    """The source of the article that is meant: the named one, that of the channel's debate, or the only one."""
    if named is not None:
        wanted = named.strip().casefold()
        for slug, article in room.library.articles.items():
            if wanted in (slug.casefold(), article.title.casefold()):
                return slug
        raise Refusal(f"There is no article called “{named[:100]}”.")

    def work(tx: Transaction) -> Round | None:
        session = sessions.open_in(tx, guild_id, channel_id)
        return rounds.of_session(tx, guild_id, session.id)[-1] if session else None

    posed = await room.store.read(work)
    if posed is not None:
        return source_of(posed)
    if len(room.library.articles) == 1:
        return next(iter(room.library.articles))
    raise Refusal("Say which article: no debate is open in this channel.")


async def find(room: Classroom, guild_id: GuildId, source: str, words: str) -> tuple[Reading, list[Found]]:
    """Where an article says something: passages with their paragraph, best first; none where it does not."""
    reading = await open_at(room, guild_id, source, 1)
    return reading, await asyncio.to_thread(_places, reading, words)


async def ask(room: Classroom, guild_id: GuildId, source: str, question: str) -> Told:
    """What an article answers to a question. Nothing of it is kept."""
    reading = await open_at(room, guild_id, source, 1)
    return await asyncio.to_thread(_told, reading, question)


async def define(room: Classroom, guild_id: GuildId, source: str, word: str) -> Defined:
    """What the teacher's glossary says of a word; where it has no such term, where the article uses the word."""
    reading = await open_at(room, guild_id, source, 1)
    term = await asyncio.to_thread(_term, reading, word)
    if term is not None:
        return Defined(reading, term)
    return Defined(reading, None, tuple(await asyncio.to_thread(_places, reading, word)))


async def choices_of_terms(room: Classroom, guild_id: GuildId, source: str, typed: str) -> list[str]:
    """The terms of an article's glossary that contain what was typed, for autocomplete."""
    glossary = (await open_at(room, guild_id, source, 1)).glossary
    wanted = " ".join(typed.split()).casefold()
    terms = glossary.terms if glossary else ()
    return sorted(term.term for term in terms if any(wanted in form.casefold() for form in term.forms))


def choices_of_articles(room: Classroom, typed: str) -> list[tuple[str, str]]:
    """Title and slug of the articles whose title contains what was typed, for autocomplete."""
    wanted = typed.casefold()
    return sorted(
        (found.title, slug) for slug, found in room.library.articles.items() if wanted in found.title.casefold()
    )


def _round_in(source: str) -> RoundId:
    """The round that a source names. One that no button of ours has is refused, never an error."""
    digits = source.removeprefix(OF_ROUND)
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_ID):
        raise Refusal("This debate is not on record in this server.")
    return RoundId(int(digits))


def _told(reading: Reading, question: str) -> Told:
    from bot.content.searching.answering import answer  # noqa: PLC0415 - no start waits for it

    found = answer(reading.article, question)
    return Told(reading, found, _term(reading, found.term))


def _places(reading: Reading, words: str) -> list[Found]:
    from bot.content.searching.phrases import find_words  # noqa: PLC0415 - as above

    return find_words(reading.article, words)


def _term(reading: Reading, word: str) -> Term | None:
    from bot.content.searching.terms import term_of  # noqa: PLC0415 - as above

    return term_of(reading.glossary, word) if reading.glossary is not None and word else None


def _reading(article: Article, source: str, paragraph: int, glossary: Glossary | None) -> Reading:
    return Reading(article, source, min(max(paragraph, 1), len(article.paragraphs)), glossary)
