"""What an eye, or one that lacks a kind of cone, makes of a picture."""

from collections import Counter
from collections.abc import Mapping
from io import BytesIO

from PIL import Image

from bot.charts.colours import linear

Matrix = tuple[tuple[float, float, float], ...]

EYES: Mapping[str, Matrix] = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""How linear light appears to each (Machado, Oliveira and Fernandes 2009, severity 1)."""


def seen_apart(one: int, other: int, eye: str) -> float:
    """How different two colours look to an eye, in OKLab: 0.02 is just noticed, black and white are 1 apart."""
    return sum((a - b) ** 2 for a, b in zip(_oklab(one, eye), _oklab(other, eye), strict=True)) ** 0.5


def colours_in(png: bytes) -> Counter[int]:
    """How many pixels have each colour."""
    return _counted(opened(png))


def _counted(image: Image.Image) -> Counter[int]:
    counts = image.getcolors(image.width * image.height)
    assert counts is not None
    found: Counter[int] = Counter()
    for count, pixel in counts:
        assert isinstance(pixel, tuple)
        red, green, blue = pixel
        found[int(red) << 16 | int(green) << 8 | int(blue)] += count
    return found


def opened(png: bytes) -> Image.Image:
    """The picture, in which nothing may be transparent."""
    image = Image.open(BytesIO(png))
    if image.mode == "RGBA":
        assert image.getchannel("A").getextrema() == (255, 255)
    return image.convert("RGB")


def margin_colours(png: bytes, width: int) -> set[int]:
    """The colours of the outermost pixels."""
    image = opened(png)
    right, bottom = image.width, image.height
    edges = (
        (0, 0, right, width),
        (0, bottom - width, right, bottom),
        (0, 0, width, bottom),
        (right - width, 0, right, bottom),
    )
    return {colour for edge in edges for colour in _counted(image.crop(edge))}


def _oklab(colour: int, eye: str) -> tuple[float, float, float]:
    light = linear(colour)
    red, green, blue = (
        max(0.0, sum(weight * channel for weight, channel in zip(row, light, strict=True))) for row in EYES[eye]
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )
