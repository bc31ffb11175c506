"""Which letters can be drawn. Matplotlib brings DejaVu Sans: Latin, Greek, Cyrillic, Arabic, Hebrew, everywhere alike.

Other scripts are drawn by a font of the system that is known to have them; it is looked for only when a label needs it.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from matplotlib import get_data_path
from matplotlib.font_manager import fontManager
from matplotlib.ft2font import FT2Font

from bot.charts.labels import drawable, is_letter, tidy

_FAMILY = "DejaVu Sans"

_KNOWN = re.compile(
    r"(notosans.*-(regular|vf)|notosans\w*|droidsansfallback\w*|wqy-\w+|unifont|msyh|simsun|msgothic|meiryo|yugothm"
    r"|malgun|nirmala|leelawui|ebrima|pingfang|hiragino sans gb|applesdgothicneo|kohinoor\w*|arial unicode)"
    r"\.(ttf|ttc|otf)",
    re.IGNORECASE,
)
"""Fonts of Linux, Windows and macOS for the scripts that DejaVu Sans lacks."""


class Lettering:
    """The fonts that one picture needs, and what can be written with them."""

    def __init__(self, words: Iterable[str], folders: Iterable[Path] | None = None) -> None:
        shipped = Path(get_data_path(), "fonts", "ttf")
        self._plain = [FT2Font(shipped / "DejaVuSans.ttf")]
        self._bold = FT2Font(shipped / "DejaVuSans-Bold.ttf")
        self.families = [_FAMILY]
        letters = {sign for text in words for sign in tidy(text) if is_letter(sign)}
        missing = {sign for sign in letters if not self.has(sign)}
        if missing:
            self._look_for(missing, _font_folders() if folders is None else folders)

    def has(self, sign: str) -> bool:
        """Can this sign be drawn?"""
        return any(font.get_char_index(ord(sign)) for font in self._plain)

    def has_bold(self, words: str) -> bool:
        """Can all of these words be drawn in bold?"""
        return all(self._bold.get_char_index(ord(sign)) for sign in words)

    def drawn(self, words: str, otherwise: str = "") -> str:
        """Somebody's words as they can be drawn: without unknown emoji; `otherwise` where letters are unknown."""
        return drawable(tidy(words), self.has) or otherwise

    def _look_for(self, missing: set[str], folders: Iterable[Path]) -> None:
        for path in _candidates(folders):
            try:
                font = FT2Font(path)
                found = {sign for sign in missing if font.get_char_index(ord(sign))}
                if found:
                    fontManager.addfont(path)  # pyright: ignore[reportUnknownMemberType] - of a PathLike, untold of what
            except (OSError, RuntimeError):
                continue  # no font after all
            if found:
                self._plain.append(font)
                self.families.append(font.family_name)
                missing = missing - found
            if not missing:
                return


def _candidates(folders: Iterable[Path]) -> Iterator[Path]:
    """Known fonts, those of the Noto family first."""
    found = {path for folder in folders for path in folder.rglob("*") if _KNOWN.fullmatch(path.name)}
    return iter(sorted(found, key=lambda path: (not path.name.startswith("Noto"), path.name, path)))


def _font_folders() -> list[Path]:
    if sys.platform == "win32":
        return [Path("C:/Windows/Fonts")]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts")]
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
