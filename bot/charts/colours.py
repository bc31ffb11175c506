"""The colours of a picture beside the stances' own, and what can be said of colours: contrast, mixtures."""

from bot.charts.values import Theme
from bot.values import frozen


@frozen
class Colours:
    """What a theme is drawn in, each as 0xRRGGBB: the ground, words and edges on it, quieter words, and fine lines."""

    ground: int
    ink: int
    muted: int
    line: int


def colours_of(theme: Theme) -> Colours:
    """Discord's own grounds (of its themes Light and Dark), so that a picture does not stand out as a box."""
    match theme:
        case Theme.LIGHT:
            return Colours(ground=0xFBFBFB, ink=0x17181C, muted=0x50525B, line=0xCFD1D8)
        case Theme.DARK:
            return Colours(ground=0x1A1A1E, ink=0xF2F3F5, muted=0xB4B6C0, line=0x45464F)


def contrast(one: int, other: int) -> float:
    """How well one colour is seen on another, from 1 to 21, as WCAG 2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(fill: int) -> int:
    """Black or white: what is read better on this fill."""
    return max(0x000000, 0xFFFFFF, key=lambda ink: contrast(ink, fill))


def mixed(one: int, other: int, share: float) -> int:
    """The first colour with so large a share (0 to 1) of the second."""
    channels = zip(_channels(one), _channels(other), strict=True)
    red, green, blue = (round(a + (b - a) * share) for a, b in channels)
    return red << 16 | green << 8 | blue


def hexed(colour: int) -> str:
    """As #rrggbb."""
    return f"#{colour:06x}"


def linear(colour: int) -> tuple[float, float, float]:
    """The light of red, green and blue, from 0 to 1, without sRGB's curve."""
    red, green, blue = (_straightened(channel / 255) for channel in _channels(colour))
    return red, green, blue


def _straightened(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _luminance(colour: int) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: int) -> tuple[int, int, int]:
    return colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF
