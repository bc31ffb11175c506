"""A guild's word list: what may not be posted without a moderator's look at it. In memory, as each word asks for it."""

from collections.abc import Mapping

from bot.classroom.people import Person, may_moderate, require_moderator
from bot.classroom.refusals import Refusal
from bot.classroom.room import Classroom
from bot.discussion.ids import GuildId
from bot.discussion.word_list import LONGEST_WORD, MOST_WORDS, WordList, is_worth_listing, same_word, visible
from bot.storage import Transaction, audits, guilds, listed_words
from bot.values import frozen

ADDED, REMOVED = "words.add", "words.remove"
"""The actions under which it stands on the audit."""


@frozen
class Listed:
    """A guild's words after a change, and the one that was changed."""

    word: str
    words: tuple[str, ...]


async def has_listed_word(room: Classroom, guild_id: GuildId, body: Mapping[str, str]) -> bool:
    """Does one of the guild's listed words stand in this? Costs a guild without words a look into memory."""
    known = await word_list_of(room, guild_id)
    return bool(known) and known.finds_any(body.values())


async def word_list_of(room: Classroom, guild_id: GuildId) -> WordList:
    """A guild's words, ready to look for."""
    known = room.word_lists.get(guild_id)
    if known is None:
        words = await room.store.read(lambda tx: listed_words.of_guild(tx, guild_id))
        known = room.word_lists.setdefault(guild_id, WordList.of(words))  # one that was changed meanwhile is newer
    return known


async def add(room: Classroom, person: Person, word: str) -> Listed:
    """List a word."""
    now, wanted = room.now(), " ".join(visible(word).split())

    def work(tx: Transaction) -> Listed:
        require_moderator(person, guilds.settings(tx, person.guild_id))
        if len(wanted) > LONGEST_WORD:
            raise Refusal(f"The word has {len(wanted)} letters; {LONGEST_WORD} fit.")
        if not is_worth_listing(wanted):
            raise Refusal("There is nothing to be seen in that, so nothing to be found.")
        known = listed_words.of_guild(tx, person.guild_id)
        if any(same_word(wanted, each) for each in known):
            raise Refusal("That word is listed already. `/words list` shows all of them.")
        if len(known) >= MOST_WORDS:
            raise Refusal(f"{MOST_WORDS} words are listed, which is the most. `/words remove` takes one away.")
        listed_words.add(tx, person.guild_id, wanted, added_by=person.user_id, at=now)
        audits.add(
            tx, person.guild_id, user_id=person.user_id, at=now, action=ADDED, session_id=None, details={"word": wanted}
        )
        return Listed(wanted, tuple(listed_words.of_guild(tx, person.guild_id)))

    return _kept(room, person, await room.store.write(work))


async def remove(room: Classroom, person: Person, word: str) -> Listed:
    """List a word no longer."""
    now, unwanted = room.now(), " ".join(word.split())

    def work(tx: Transaction) -> Listed:
        require_moderator(person, guilds.settings(tx, person.guild_id))
        known = listed_words.of_guild(tx, person.guild_id)
        found = unwanted if unwanted in known else next((each for each in known if same_word(unwanted, each)), None)
        if found is None:
            raise Refusal("That word is not listed. `/words list` shows those that are.")
        listed_words.remove(tx, person.guild_id, found)
        audits.add(
            tx,
            person.guild_id,
            user_id=person.user_id,
            at=now,
            action=REMOVED,
            session_id=None,
            details={"word": found},
        )
        return Listed(found, tuple(each for each in known if each != found))

    return _kept(room, person, await room.store.write(work))


async def words(room: Classroom, person: Person) -> list[str]:
    """The guild's words, for its moderators and teachers."""

    def work(tx: Transaction) -> list[str]:
        require_moderator(person, guilds.settings(tx, person.guild_id))
        return listed_words.of_guild(tx, person.guild_id)

    return await room.store.read(work)


async def words_like(room: Classroom, person: Person, typed: str, most: int) -> list[str]:
    """Those that have in them what was typed; nothing for who may not know."""

    def work(tx: Transaction) -> list[str]:
        if not may_moderate(person, guilds.settings(tx, person.guild_id)):
            return []
        return listed_words.of_guild(tx, person.guild_id)

    found = await room.store.read(work)
    return [each for each in found if typed.strip().casefold() in each.casefold()][:most]


def _kept(room: Classroom, person: Person, after: Listed) -> Listed:
    room.word_lists[person.guild_id] = WordList.of(after.words)
    return after
