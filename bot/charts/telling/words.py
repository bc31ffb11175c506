"""Sentences that must fit: first with everything in full, then with labels cut shorter and shorter."""

from collections.abc import Callable, Iterator, Sequence

from bot.charts.labels import cut, first_that_fits, tidy
from bot.charts.values import ALT_LENGTH, ChartStance
from bot.values import frozen


@frozen
class Room:
    """How much room a sentence has: for a title, for a label, and whether only figures are left of the details."""

    title: int
    label: int
    is_scarce: bool = False

    def titled(self, words: str) -> str:
        """A title or another sentence of somebody's, ended by a full stop; nothing where there is none."""
        short = _within(words, self.title)
        return short if not short or short.endswith((".", "?", "!", "…", "。", "؟")) else f"{short}."

    def labelled(self, words: str) -> str:
        """A label."""
        return _within(words, self.label)


def fitting(tell: Callable[[Room], str]) -> str:
    """The fullest telling that fits into a picture's description."""
    return first_that_fits((tell(room) for room in _rooms()), ALT_LENGTH)


def joined(*sentences: str) -> str:
    """Sentences one after another; empty ones are left out."""
    return " ".join(filter(None, sentences))


def names_of(stances: Sequence[ChartStance], room: Room) -> list[str]:
    """The stances' labels; with their numbers where they are cut to the same."""
    names = [room.labelled(stance.label) for stance in stances]
    if len(set(names)) == len(names):
        return names
    return [f"{number}. {name}" for number, name in enumerate(names, 1)]


def _rooms() -> Iterator[Room]:
    yield Room(400, 60)
    yield Room(300, 60)
    yield Room(120, 40)
    yield Room(120, 24)
    yield Room(100, 14)
    yield Room(60, 14)
    yield Room(60, 8)
    yield Room(150, 24, is_scarce=True)
    yield Room(100, 12, is_scarce=True)
    yield Room(60, 6, is_scarce=True)


def _within(words: str, most: int) -> str:
    return cut(tidy(words), lambda text: len(text) <= most)
