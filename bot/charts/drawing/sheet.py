"""A sheet to draw on, measured in pixels from the top left. Everything of Matplotlib that a chart touches is here."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import count
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from bot.charts.colours import Colours, colours_of, hexed, ink_on, mixed
from bot.charts.drawing.fonts import Lettering
from bot.charts.labels import cut, wrapped
from bot.charts.values import Theme
from bot.values import frozen

WIDTH, HEIGHT = 1200, 675

TITLE, TEXT, SMALL = 38, 30, 26
"""The heights of letters. On a phone a picture is about a third as wide: the smallest are still 8 or 9 points there."""

_DPI = 100
_POINTS = 72 / _DPI
"""Matplotlib measures letters and lines in points."""

PATTERNS = ("", "//", "..", "\\\\", "xx")
"""How the stances' fills are hatched, in their order: nobody needs to tell colours apart."""

_BASELINE: Mapping["Vertical", float] = {"top": 0.86, "center": 0.36, "bottom": -0.22}
"""How far below a point the line lies on which letters stand, measured by their height: the same for all words."""

Horizontal = Literal["left", "center", "right"]
Vertical = Literal["top", "center", "bottom"]


@frozen
class Fill:
    """How an area looks: its colour, and the pattern on it."""

    colour: int
    pattern: str = ""


@frozen
class Box:
    """An area of the sheet."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle."""
        return self.left + self.width / 2, self.top + self.height / 2


@frozen
class Pen:
    """How words look. `fill`: the area they stand on, which is kept clear of its pattern around them."""

    size: int = TEXT
    colour: int | None = None
    is_bold: bool = False
    fill: Fill | None = None
    turned: bool = False


class Sheet:
    """One picture in the making. What is drawn later lies above."""

    def __init__(self, theme: Theme, words: Sequence[str]) -> None:
        self.colours: Colours = colours_of(theme)
        self.lettering = Lettering(words)
        self._figure = Figure(figsize=(WIDTH / _DPI, HEIGHT / _DPI), dpi=_DPI, facecolor=hexed(self.colours.ground))
        self._canvas = FigureCanvasAgg(self._figure)
        self._renderer = self._canvas.get_renderer()
        self._pixels = Affine2D().scale(1, -1).translate(0, HEIGHT)
        self._heights = count(1)

    def fill(self, box: Box, fill: Fill, *, edged: bool = True) -> None:
        """An area with a fine edge, which keeps two fills apart and a pale one off the ground."""
        self._add(
            Rectangle(
                (box.left, box.top),
                box.width,
                box.height,
                facecolor=hexed(fill.colour),
                edgecolor=hexed(self.colours.ground if not edged else self.colours.ink),
                linewidth=1.5 * _POINTS if edged else 0,
                hatch=fill.pattern or None,
                hatchcolor=hexed(mixed(fill.colour, ink_on(fill.colour), 0.35)),
                hatch_linewidth=2 * _POINTS,
            )
        )

    def frame(self, box: Box) -> None:
        """The dashed outline of an area that has nothing in it."""
        self._add(
            Rectangle(
                (box.left, box.top),
                box.width,
                box.height,
                facecolor="none",
                edgecolor=hexed(self.colours.muted),
                linewidth=2 * _POINTS,
                linestyle="--",
            )
        )

    def ribbon(self, left: Box, right: Box, colour: int, *, opaque: float) -> None:
        """A band from the right edge of one area to the left edge of another, as wide as each of them is high."""
        start, end = left.right, right.left
        middle = (start + end) / 2
        points = [
            (start, left.top),
            *((middle, left.top), (middle, right.top), (end, right.top)),
            (end, right.bottom),
            *((middle, right.bottom), (middle, left.bottom), (start, left.bottom)),
            (start, left.top),
        ]
        codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
        self._add(
            PathPatch(
                Path(points, codes),
                facecolor=(hexed(colour), opaque),
                edgecolor=(hexed(self.colours.ink), min(1.0, opaque + 0.1)),
                linewidth=1 * _POINTS,
            )
        )

    def line(
        self, points: Sequence[tuple[float, float]], colour: int, width: float = 2, *, dashed: bool = False
    ) -> None:
        """A line through points."""
        self._add(
            Line2D(
                [x for x, _ in points],
                [y for _, y in points],
                color=hexed(colour),
                linewidth=width * _POINTS,
                linestyle="--" if dashed else "-",
                solid_capstyle="butt",
            )
        )

    def write(
        self, at: tuple[float, float], words: str, pen: Pen, across: Horizontal = "left", down: Vertical = "center"
    ) -> None:
        """Words at a point, which is at their left, middle or right and at their top, middle or bottom."""
        on = pen.fill
        colour = pen.colour if pen.colour is not None else ink_on(on.colour) if on else self.colours.ink
        x, y = at
        if not pen.turned:
            y += _BASELINE[down] * pen.size
        text = Text(
            x,
            y,
            words,
            color=hexed(colour),
            fontproperties=self._font(words, pen),
            horizontalalignment=across,
            verticalalignment=down if pen.turned else "baseline",
            rotation=90 if pen.turned else 0,
            rotation_mode="default",
            parse_math=False,
            usetex=False,
        )
        if on is not None:
            text.set_bbox({"boxstyle": "square,pad=0.12", "facecolor": hexed(on.colour), "edgecolor": "none"})
        self._add(text)

    def width_of(self, words: str, pen: Pen) -> float:
        """How wide words are, in pixels."""
        width, _, _ = self._renderer.get_text_width_height_descent(words, self._font(words, pen), ismath=False)
        return width

    def cut(self, words: str, pen: Pen, width: float) -> str:
        """Words in one line of at most that width."""
        return cut(words, lambda text: self.width_of(text, pen) <= width)

    def wrapped(self, words: str, pen: Pen, width: float, most: int) -> list[str]:
        """Words in at most so many lines of that width."""
        return wrapped(words, lambda text: self.width_of(text, pen) <= width, most)

    def png(self) -> bytes:
        """The picture. The same drawing is the same bytes, on any day."""
        out = BytesIO()
        self._canvas.print_png(  # pyright: ignore[reportUnknownMemberType] - Matplotlib does not tell its types
            out, metadata={"Software": None}
        )
        return out.getvalue()

    def _font(self, words: str, pen: Pen) -> FontProperties:
        is_bold = pen.is_bold and self.lettering.has_bold(words)
        families = self.lettering.families[:1] if is_bold else self.lettering.families
        return FontProperties(family=families, size=pen.size * _POINTS, weight="bold" if is_bold else "normal")

    def _add(self, artist: Artist) -> None:
        artist.set_transform(self._pixels)
        artist.set_zorder(next(self._heights))
        self._figure.add_artist(artist)
