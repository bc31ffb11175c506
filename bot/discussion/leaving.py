"""Who has left: what stands for somebody whose data was erased, and what becomes of others' words that name them.

A session keeps its shape when somebody is erased from it: a number that was drawn for nobody but them and for that
session alone stands in their place, and leads nowhere.
"""

import re
from collections.abc import Callable, Mapping

from bot.discussion.ids import UserId
from bot.patterns import pattern

NOBODY = UserId(0)
"""Who did something with the record and has left since: the same for everybody, so that it tells nothing."""

SOMEBODY_WHO_LEFT = "Somebody who left"
"""What they are called wherever a name is needed."""

SOMEBODY = "@somebody"
"""What stands in others' words where they were mentioned."""

_LARGEST = 2**53
_MENTION = pattern(r"<@!?\d{1,20}>")


def has_left(user_id: UserId) -> bool:
    """Does this number stand for somebody who has left? No id of Discord is below 1."""
    return user_id <= NOBODY


def stand_in(choose: Callable[[int], int]) -> UserId:
    """A number to stand for somebody in one session. `choose(n)` names one from 0 to n - 1 by lot."""
    return UserId(-1 - choose(_LARGEST))


def unnamed(words: str, user_id: UserId, name: str | None) -> str:
    """Words that mention somebody no more: neither by their id nor by @ and the name that they went by.

    A name that was typed as any other word stays: nobody can tell it from one.
    """
    if str(user_id) in words:
        words = re.sub(rf"<@!?{user_id}>|(?<!\d){user_id}(?!\d)", SOMEBODY, words)
    if name and f"@{name}" in words:
        words = re.sub(rf"@{re.escape(name)}(?!\w)", SOMEBODY, words)
    return words


def same_words(recorded: Mapping[str, str], typed: Mapping[str, str]) -> bool:
    """Does a message say what is on record of it, but for somebody who was mentioned in it and has left since?"""
    if recorded == typed:
        return True
    if not any(SOMEBODY in words for words in recorded.values()):
        return False
    return _without_mentions(recorded) == _without_mentions(typed)


def _without_mentions(body: Mapping[str, str]) -> dict[str, str]:
    return {field: _MENTION.sub(SOMEBODY, words) for field, words in body.items()}
