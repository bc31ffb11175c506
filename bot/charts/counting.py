"""The sums behind the charts: shares, points, halves of a class, and where labels go that stand too close."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import count


def percent(people: int, of: int) -> str:
    """A share in whole percent, as on the cards."""
    return f"{round(100 * people / of) if of else 0} %"


def busier_half(counts: Sequence[int]) -> Fraction | None:
    """The share of all that the busier half of the people said. Who stands in the middle counts half to each side.

    It is the Lorenz curve read in its middle. None for fewer than two people or where nothing was said.
    """
    if len(counts) < 2 or not any(counts):
        return None
    ordered = sorted(counts, reverse=True)
    half = len(ordered) // 2
    said = Fraction(sum(ordered[:half])) + (Fraction(ordered[half], 2) if len(ordered) % 2 else 0)
    return said / sum(ordered)


def halves(counts: Sequence[int]) -> str | None:
    """The halves of a class in a sentence."""
    share = busier_half(counts)
    if share is None:
        return None
    busier = round(100 * share)
    return f"The busier half wrote {busier} %, the quieter half {100 - busier} %."


def spread(centres: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Centres for labels in a column, as near to the wished ones as they can be without overlapping, in the same order.

    All stay between top and bottom where they fit in there together.
    """
    placed: list[float] = []
    end = top
    for centre, height in zip(centres, heights, strict=True):
        placed.append(max(centre, end + height / 2))
        end = placed[-1] + height / 2
    start = max(bottom, top + sum(heights))
    for index in reversed(range(len(placed))):
        placed[index] = min(placed[index], start - heights[index] / 2)
        start = placed[index] - heights[index] / 2
    return placed


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 response, 2 responses."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def steps(most: int) -> list[int]:
    """The lines of an axis for whole numbers from 0 to at least `most`: two to five of them, at round numbers."""
    sizes = (factor * 10**zeros for zeros in count() for factor in (1, 2, 5))
    step = next(size for size in sizes if most <= 4 * size)
    return list(range(0, -(-max(most, 1) // step) * step + 1, step))
