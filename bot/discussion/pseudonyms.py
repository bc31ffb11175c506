"""Pseudonyms such as "Quiet Heron": easy to tell apart and to remember, and without a hint at anybody."""

from collections.abc import Callable, Collection, Iterator

_ADJECTIVES = """
    Able Agile Amiable Attentive Balanced Bold Brave Breezy Bright Brisk Calm Careful Cheerful Clear Clever Composed
    Cordial Curious Daring Diligent Dreamy Eager Earnest Fair Faithful Festive Friendly Gentle Glad Graceful Happy
    Hardy Helpful Honest Hopeful Jolly Joyful Keen Kind Lively Loyal Lucid Mellow Merry Mindful Modest Musical Nimble
    Open Patient Peaceful Playful Pleasant Polite Quiet Ready Serene Sincere Smooth Steady Sunny Swift Tactful
    Tidy Tranquil Upbeat Vivid Warm Wise Witty Zesty
"""
_ANIMALS = """
    Alpaca Antelope Avocet Axolotl Bison Bluebird Bullfinch Bunting Capybara Caribou Chamois Chickadee Cormorant Crane
    Cricket Curlew Dolphin Dormouse Dragonfly Dunlin Egret Falcon Finch Firefly Gazelle Gecko Goldfinch Guillemot Hare
    Hedgehog Heron Ibex Ibis Kestrel Kingfisher Kite Koala Ladybird Lark Linnet Llama Lynx Manatee Marmot Marten
    Meerkat Moth Narwhal Nightingale Nuthatch Ocelot Okapi Oriole Osprey Otter Owl Pelican Penguin Pika Plover Puffin
    Quail Quokka Robin Salmon Sandpiper Seahorse Skylark Sparrow Starling Stork Swan Tapir Tern Thrush Toucan Turtle
    Vicuna Wagtail Warbler Wombat Wren Yak
"""


def draw(count: int, taken: Collection[str], choose: Callable[[int], int]) -> list[str]:
    """So many pseudonyms, each once and none of those taken; numbered ones once all pairs of words are gone.

    `choose(n)` names a number from 0 to n - 1; that it does so by lot is what makes them tell nothing.
    """
    drawn: list[str] = []
    pools = _pools()
    free: list[str] = []
    while len(drawn) < count:
        while not free:
            free = [pseudonym for pseudonym in next(pools) if pseudonym not in taken]
        index = choose(len(free))
        free[index], free[-1] = free[-1], free[index]
        drawn.append(free.pop())
    return drawn


def _pools() -> Iterator[list[str]]:
    """All pairs of an adjective and an animal, then all of them with a 2, and so on without end."""
    pairs = [f"{adjective} {animal}" for adjective in _ADJECTIVES.split() for animal in _ANIMALS.split()]
    yield pairs
    number = 2
    while True:
        yield [f"{pair} {number}" for pair in pairs]
        number += 1
