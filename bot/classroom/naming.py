"""Under which name others read of somebody: the one way from people to names, for classmates and teachers alike.

In a debate under pseudonyms that is the pseudonym, and nothing else leads to whose it is; `unmasking` is the way back.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from bot.classroom.people import Person
from bot.discussion.ids import UserId
from bot.discussion.values import Round
from bot.storage import Transaction, participants, places, pseudonyms, responses, rounds, votes

SOMEBODY = "Somebody"
"""Of whom no name is on record."""


def names_in(tx: Transaction, found: Round, members: Iterable[Person] = ()) -> Mapping[UserId, str]:
    """What everybody is called in a round's debate; `members` as Discord has their names at this moment.

    Under pseudonyms whoever has none yet has no name at all.
    """
    if found.conduct.pseudonymous:
        return pseudonyms.of_session(tx, found.guild_id, found.session_id)
    return participants.names(tx, found.guild_id) | {member.user_id: member.name for member in members}


def names_in_sight(tx: Transaction, found: Round, members: Iterable[Person] = ()) -> Mapping[UserId, str]:
    """The same for lists of who has done what. Under pseudonyms only of those who took part for all to see: a list must
    not tell that somebody has voted in secret, or has looked up their part.
    """
    names = names_in(tx, found, members)
    if not found.conduct.pseudonymous:
        return names
    seen = took_part_openly(tx, found)
    return {user: name for user, name in names.items() if user in seen}


def in_order(found: Round, users: Sequence[UserId], names: Mapping[UserId, str]) -> tuple[UserId, ...]:
    """People as they are listed: under pseudonyms by these alone, so that their order tells nothing either."""
    if not found.conduct.pseudonymous:
        return tuple(users)
    return tuple(sorted(users, key=lambda user: (user not in names, names.get(user, ""))))


def took_part_openly(tx: Transaction, found: Round) -> set[UserId]:
    """Who has taken part in the session of a round for all to see. Who has only voted in secret is not told."""
    people = set[UserId]()
    for posed in rounds.of_session(tx, found.guild_id, found.session_id):
        here = tx, found.guild_id, posed.id
        people |= responses.people(*here) | places.of_round(*here).keys() | votes.current(*here).keys()
    return people


def seen(tx: Transaction, found: Round, person: Person, now: datetime) -> None:
    """Somebody does something in a debate: keep their present name, and give them a pseudonym where they need one."""
    participants.seen(tx, found.guild_id, person.user_id, person.name, now)
    give_pseudonyms(tx, found, (person.user_id,))


def give_pseudonyms(tx: Transaction, found: Round, users: Collection[UserId]) -> None:
    """Where a debate is under pseudonyms, give one to each of these who has none yet."""
    if found.conduct.pseudonymous and users:
        pseudonyms.give(tx, found.guild_id, found.session_id, users)
