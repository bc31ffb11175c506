"""What somebody typed, as others may see it: whole to read, and unable to cover, turn round or push away the rest.

The record keeps what was said word for word; each view tames it. Letters of any script, emoji, and what the scripts of
Arabic, Hebrew and India need between their letters stay as they are.
"""

from unicodedata import category

from bot.patterns import pattern

MOST_MARKS = 5
"""Marks that stand above and below one letter. Vowels and accents of Hebrew scripture need so many."""

MOST_GENERAL_MARKS = 3
"""Of those the ones that belong to no script, such as ◌́: Vietnamese needs two."""

MOST_BLANK_LINES = 2
"""Empty lines after each other."""

_LINE_ENDS = "\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"
_BLANKS = "\u2800\u3164\uffa0"
_GENERAL_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_UNSEEN = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff0-\ufffb\ufffe\uffff\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_WILD = pattern(
    f"{_LINE_ENDS}|[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff{_BLANKS}{_UNSEEN}]|"
    f"[{_GENERAL_MARKS}]{{{MOST_GENERAL_MARKS + 1}}}"
    rf"|[^\w\s\0-\x7f]{{{MOST_MARKS + 1}}}|\n(?:[^\S\n]*\n){{{MOST_BLANK_LINES + 1}}}"
)
"""Where there may be something to tame. Whatever holds none of it, nearly every text, is left as it is at once."""

_LINE_END = pattern(_LINE_ENDS)
_BLANK = pattern(f"[{_BLANKS}]")
_GENERAL_MARK = pattern(f"[{_GENERAL_MARKS}]")
_UNSEEN_SIGN = pattern(f"[{_UNSEEN}]")
_SELECTOR = pattern("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_DIRECTION = pattern("[\u061c\u200e\u200f]")
_JOINER = pattern("[\u200c\u200d]")
_JOINED_SCRIPT = pattern(
    "[\u0600-\u109f\u1700-\u1bff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f]"
)
"""From Arabic over India's to Mongolian: scripts in which a joiner changes how the letters beside it look."""
_EMOJI = pattern("[\u00a9\u00ae\u203c\u2049\u2122-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff]")
_JAMO = pattern("[\u1100-\u115e\u1161-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]")
_WHOLE = pattern("[\t\n\x20-\x7e]+|\U0001f3f4[\U000e0020-\U000e007e]{2,6}\U000e007f")
"""What stays whatever stands beside it: plain words, and the flags that are spelt with letters nobody sees."""

_SEES_NOTHING = pattern(f"[\\s\0-\x1f\x7f-\x9f{_BLANKS}{_UNSEEN}]*")


def tamed(text: str) -> str:
    """The text with its unseen signs, towers of accents, turns of direction and empty lines brought to a measure.

    Taming twice changes nothing more. No letter, digit, emoji or punctuation is lost.
    """
    if text.isascii() and text.isprintable():
        return text
    if _WILD.search(text) is None:
        return text
    lines = _Tamer(_BLANK.sub(" ", _LINE_END.sub("\n", text))).tame().split("\n")
    kept: list[str] = []
    blank = 0
    for line in lines:
        is_blank = shows_nothing(line)
        blank = blank + 1 if is_blank else 0
        if blank <= MOST_BLANK_LINES:
            kept.append("" if is_blank else line)
    return "\n".join(kept)


def shows_nothing(text: str) -> bool:
    """Is there nothing in it to see?"""
    return _SEES_NOTHING.fullmatch(text) is not None


class _Tamer:
    """Goes once through a text, sign by sign."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._kept: list[str] = []
        self._marks = 0
        self._general = 0

    def tame(self) -> str:
        """What is kept of the text."""
        at = 0
        while at < len(self._text):
            whole = _WHOLE.match(self._text, at)
            if whole:
                self._kept += whole[0]
                self._marks = self._general = 0
                at = whole.end()
            else:
                sign = self._text[at]
                at += 1
                if self._may_stay(sign, self._text[at : at + 1]):
                    self._kept.append("\ufffd" if "\ud800" <= sign <= "\udfff" else sign)
        return "".join(self._kept)

    def _may_stay(self, sign: str, following: str) -> bool:
        if _UNSEEN_SIGN.match(sign):
            return self._is_of_use(sign, self._kept[-1] if self._kept else "", following)
        kind = category(sign)
        if kind in {"Mn", "Me"}:
            return self._is_no_tower(sign)
        if kind == "Cc":
            return False
        self._marks = self._general = 0
        return True

    def _is_of_use(self, sign: str, before: str, following: str) -> bool:
        """Does an unseen sign do something for what stands beside it? Never two after each other."""
        if _SELECTOR.match(sign):
            return bool(before) and not before.isspace() and not _UNSEEN_SIGN.match(before)
        if _DIRECTION.match(sign):
            return not _UNSEEN_SIGN.match(before) or _SELECTOR.match(before) is not None
        if sign in "\u115f\u1160":
            return bool(_JAMO.match(before) or _JAMO.match(following)) and before not in {"\u115f", "\u1160"}
        return _JOINER.match(sign) is not None and _joins(
            sign, before, "" if _UNSEEN_SIGN.match(following) else following
        )

    def _is_no_tower(self, sign: str) -> bool:
        is_general = _GENERAL_MARK.match(sign) is not None
        if self._marks >= MOST_MARKS or (is_general and self._general >= MOST_GENERAL_MARKS):
            return False
        self._marks += 1
        self._general += is_general
        return True


def _joins(joiner: str, before: str, following: str) -> bool:
    """Do the signs beside a joiner look otherwise for it?"""
    if joiner == "\u200d" and _EMOJI.match(before) and _EMOJI.match(following):
        return True
    beside = before if _JOINED_SCRIPT.match(before) else following if following.isalpha() else ""
    return _JOINED_SCRIPT.match(beside) is not None and not _UNSEEN_SIGN.match(before)
