"""The frame of the page: its head with the security policy, its style and its script.

The policy is in the file itself: nothing may be loaded from anywhere, and of styles and scripts only the two whose
SHA-256 stands in it. A script that somebody manages to write into the page would not run.
"""

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.discussion.palette import NEUTRAL, STANCE_COLOURS
from bot.transcripts.signs import html_line

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Frame:
    """The page's style and script as they stand in it."""

    style: str
    script: str

    @property
    def policy(self) -> str:
        """The Content-Security-Policy."""
        return (
            f"default-src 'none'; style-src '{_hashed(self.style)}'; script-src '{_hashed(self.script)}'; "
            "base-uri 'none'; form-action 'none'"
        )

    def opening(self, title: str) -> str:
        """Everything before the page's own header."""
        return (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{self.policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
            f"<title>{html_line(title)}</title>\n<style>{self.style}</style>\n</head>\n<body>\n"
        )

    def closing(self) -> str:
        """Everything behind the page's own footer."""
        return f"<script>{self.script}</script>\n</body>\n</html>\n"


def read_frame() -> Frame:
    """The frame, with the stances' colours in its style."""
    colours = "".join(f".c{place}{{--side:#{colour:06x}}}" for place, colour in enumerate((*STANCE_COLOURS, NEUTRAL)))
    style = (_HERE / "page.css").read_text(encoding="utf-8") + colours
    return Frame(_one_kind_of_line_end(style), _one_kind_of_line_end((_HERE / "page.js").read_text(encoding="utf-8")))


def _one_kind_of_line_end(text: str) -> str:
    return text.replace("\r\n", "\n")  # a checkout on Windows; the hashes must not depend on it


def _hashed(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
