"""Beginning a response with a quotation from the article: what can be quoted, and the form that it stands in."""

from bot.classroom.citing import article_of
from bot.classroom.finding import the_session
from bot.classroom.people import Person
from bot.classroom.refusals import Refusal
from bot.classroom.responding import Invitation, invitation
from bot.classroom.room import Classroom
from bot.content.models import Article
from bot.content.quotes import Passage
from bot.discussion.evidence import reading_of
from bot.discussion.ids import ChannelId, RoundId
from bot.discussion.values import Round
from bot.patterns import pattern
from bot.storage import Transaction, rounds
from bot.values import frozen

LONGEST = 900
"""Characters of a quotation: beside it there is to be room in its field."""

_A_SENTENCE = pattern(r"¶(\d{1,4})\.(\d{1,4})")
"""What stands for a sentence where its words are too long: ¶2.3 is the third of ¶2."""


@frozen
class Here:
    """The open round of the place where somebody is, and its article."""

    round: Round
    article: Article


async def round_here(room: Classroom, person: Person, channel_id: ChannelId, thread_id: ChannelId | None) -> Here:
    """The round that a quotation would be for."""

    def work(tx: Transaction) -> Here:
        found = rounds.by_thread(tx, person.guild_id, thread_id) if thread_id is not None else None
        if found is None:
            session = the_session(tx, person.guild_id, channel_id)
            found = rounds.open_in_session(tx, person.guild_id, session.id)
        if found is None or not found.is_open:
            raise Refusal("No question is open here. Use the command where one is debated.")
        return Here(found, article_of(tx, found))

    return await room.store.read(work)


async def quotation(room: Classroom, person: Person, here: Here, paragraph: int, words: str) -> tuple[Invitation, str]:
    """What the form for a response begins with, and the quotation as it stands in it, with its paragraph.

    `words` are those of the paragraph, or what stands for one of its sentences (see `sentences_like`).
    """
    text = _paragraph(here.article, paragraph)
    quote = _quoted(here.article, paragraph, words, text)
    return await invitation(room, person, RoundId(here.round.id)), f"¶{paragraph}: “{quote}” "


def sentences_like(article: Article, paragraph: int, typed: str) -> list[tuple[str, str]]:
    """The sentences of a paragraph in which there is what was typed, each with what stands for it: for autocomplete."""
    wanted = " ".join(typed.split()).casefold()
    return [
        (" ".join(sentence.split()), f"¶{paragraph}.{number}")
        for number, sentence in enumerate(_sentences(article, paragraph), 1)
        if wanted in " ".join(sentence.split()).casefold()
    ]


def _paragraph(article: Article, paragraph: int) -> str:
    if not 1 <= paragraph <= len(article.paragraphs):
        raise Refusal(
            f"The article has {len(article.paragraphs)} paragraphs: choose one of ¶1 to ¶{len(article.paragraphs)}."
        )
    return article.paragraphs[paragraph - 1]


def _sentences(article: Article, paragraph: int) -> list[str]:
    text = article.paragraphs[paragraph - 1] if 1 <= paragraph <= len(article.paragraphs) else ""
    stretches = [each.stretch for each in reading_of(article.paragraphs).sentences if each.paragraph == paragraph - 1]
    return [text[each.start : each.end] for each in stretches]


def _quoted(article: Article, paragraph: int, words: str, text: str) -> str:
    """The article's own words, on one line."""
    chosen = _A_SENTENCE.fullmatch(words.strip())
    sentences = _sentences(article, paragraph)
    if chosen is not None and int(chosen[1]) == paragraph and 1 <= int(chosen[2]) <= len(sentences):
        quote = sentences[int(chosen[2]) - 1]
    else:
        passage = Passage(text)
        span = passage.find(words.strip().strip('“”"'))
        if span is None:
            raise Refusal(
                f"¶{paragraph} does not say that word for word. Choose one of the sentences that are offered."
            )
        quote = passage.slice(span)
    line = " ".join(quote.split())
    return line if len(line) <= LONGEST else line[:LONGEST].rsplit(" ", 1)[0] + " …"
