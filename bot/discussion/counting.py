"""How many words somebody wrote, in any script."""

from collections.abc import Mapping

from bot.patterns import pattern

_SINGLE = "\u3005-\u3007\u3041-\u3096\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han and hiragana: each sign counts as a word, as word processors count."""

_UNDIVIDED = "\u0e00-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf"
"""Thai, Lao, Tibetan, Burmese, Khmer and their neighbours: words without spaces, which only a dictionary could part."""

_LETTERS_A_WORD = 3
"""In those scripts; vowel signs and tone marks are no letters of their own."""

_WORD = pattern(rf"[{_SINGLE}]|([{_UNDIVIDED}]+)|[^\W_](?:[^\s{_SINGLE}{_UNDIVIDED}])*")
"""A sign, a run without spaces, or anything between white space from its first letter or digit on."""

_PICTURE = pattern(".[\ufe0f\u20e3]+")
"""A letter or digit drawn as an emoji, such as a keycap."""


_UNPLAIN = pattern("[^\x00-\x7f\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u2010-\u2027\U0001f300-\U0001f9ff]")
"""Anything but ASCII, Latin letters, typographic signs and most emojis: in plain text white space parts all words."""

_SPACES = bytes(32 if byte < 0x80 and chr(byte).isspace() else byte for byte in range(256))
_SIGNS = bytes(byte for byte in range(0x80) if not (chr(byte).isalnum() or chr(byte).isspace()))
_OF_NO_WORD = _SIGNS + bytes(range(0x80, 0xC0)) + b"\xe2\xf0"
"""In the UTF-8 of plain text: signs, typographic ones and emojis, and all but the first byte of a letter."""


def words_in(body: Mapping[str, str]) -> int:
    """The words of a response: what stands between white space and has a letter or a digit.

    Punctuation and emojis alone are no words. Chinese and hiragana count sign by sign; Thai and its like, where words
    stand together, as one word for every three letters begun.
    """
    count = 0
    for text in body.values():  # a loop, and plain text by a way of its own: a transcript counts every response's words
        if text.isascii() or not _UNPLAIN.search(text):
            count += len(text.encode().translate(_SPACES, _OF_NO_WORD).split())
        else:
            count += _in_any_script(text)
    return count


def _in_any_script(text: str) -> int:
    count = 0
    for word in _WORD.finditer(_PICTURE.sub("", text)):
        undivided = word[1]
        count += 1 if undivided is None else _estimated(undivided)
    return count


def _estimated(run: str) -> int:
    letters = sum(sign.isalnum() for sign in run)
    return (letters + _LETTERS_A_WORD - 1) // _LETTERS_A_WORD
