"""How evenly a class spoke."""

from collections.abc import Collection, Iterable, Sequence

from bot.discussion.counting import words_in
from bot.discussion.ids import UserId
from bot.discussion.values import Response
from bot.values import frozen


@frozen
class Voice:
    """What one person said: how many responses of their own, how many replies to others, and the words of both."""

    user_id: UserId
    responses: int
    replies: int
    words: int


def voices(roster: Collection[UserId], said: Iterable[Response]) -> tuple[Voice, ...]:
    """A voice for everybody of the roster, also the silent, then for others who spoke. Withdrawn words do not count."""
    counts = {user: [0, 0, 0] for user in roster}
    for response in said:
        if response.withdrawn_at is None:
            count = counts.setdefault(response.user_id, [0, 0, 0])
            count[response.parent_id is not None] += 1
            count[2] += words_in(response.body)
    return tuple(Voice(user, *count) for user, count in counts.items())


def gini(counts: Sequence[int]) -> float:
    """The Gini coefficient of counts of 0 or more: 0 where all are equal, near 1 where one has everything.

    It is half the mean difference between two people, as a share of the mean; of n people, one who has everything
    makes (n - 1) / n. 0 as well for nobody and for a class in which nobody said anything.
    """
    total = sum(counts)
    if not total:
        return 0.0
    ranked = sum(rank * count for rank, count in enumerate(sorted(counts), 1))
    return (2 * ranked - (len(counts) + 1) * total) / (len(counts) * total)


_DEGREES = (
    (0.2, "this class shared its words very evenly"),
    (0.35, "this class shared its words rather evenly"),
    (0.5, "some in this class said clearly more than others"),
    (0.7, "a few in this class said most"),
)


def evenness_in_words(coefficient: float) -> str:
    """What a Gini coefficient means and what it says of this class, in a sentence for pupils."""
    degree = next((words for most, words in _DEGREES if coefficient < most), "almost all of it was said by very few")
    return (
        "The Gini coefficient is 0 when everybody says equally much and nears 1 when one person says everything. "
        f"Here it is {coefficient:.2f}: {degree}."
    )
