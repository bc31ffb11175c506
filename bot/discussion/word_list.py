"""Which of the words that a class has listed stand in a text: whole words, in any script, however they are dressed up.

Compared is what one reads: without regard to case, width, ligatures, signs that nobody sees and floods of accents. A
listed word without an accent finds the accented one too; one with accents finds only what has them. Scripts that put no
space between words, such as Chinese, Japanese and Thai, are searched letter by letter.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from unicodedata import category, normalize

from bot.patterns import pattern
from bot.values import frozen

MOST_WORDS = 200
"""So many words can be listed in a guild."""

LONGEST_WORD = 64
"""Letters of a listed word."""

_UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u312f\u31a0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\U00016fe0-\U00018aff\U0001b000-\U0001b2ff"
    "\U00020000-\U0003ffff"
)
"""From Thai over Burmese and Khmer to Chinese and Japanese: scripts without spaces between words."""

_ACCENTS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""Marks that belong to no script of those whose letters need marks."""

_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"
"""Signs of which nothing is to be seen, beside those that Unicode calls formatting."""

_IS_UNSPACED = pattern(f"[{_UNSPACED}]")
_IS_ACCENT = pattern(f"[{_ACCENTS}]")
_IS_UNSEEN = pattern(f"[{_UNSEEN}]")
_PLAIN_WORDS = pattern("[a-z0-9]+")
_BESIDE_WORDS = frozenset(" \t\n'\u2019\u02bc-\u2010\u2011.,\u00b7_")
"""What may stand in a listed word between its parts: “don't”, “cry-baby”, “shut up”."""

_NEEDS_MARKS = 0x590
"""Letters before this code point (Latin, Greek, Cyrillic) are the same letters with any mark; later ones are not."""


Letters = tuple[str, ...]
"""The words of a phrase one after the other, without accents."""

Accents = tuple[tuple[tuple[int, str], ...], ...]
"""For each of those words its accents, each with the place of its letter."""


@frozen
class WordList:
    """Listed words, ready to look for. `phrases` with the accents that they ask for; `anywhere` letter by letter."""

    phrases: Mapping[Letters, Sequence[Accents]] = field(default_factory=dict[Letters, Sequence[Accents]])
    lengths: tuple[int, ...] = ()
    """How many words a phrase has, each number once."""
    anywhere: tuple[str, ...] = ()

    @classmethod
    def of(cls, words: Iterable[str]) -> "WordList":
        """The list of these words. What has nothing to be seen in it finds nothing."""
        phrases: dict[Letters, list[Accents]] = {}
        anywhere: list[str] = []
        for word in words:
            shown = _shown(word)
            parts = tuple(_parts(word))
            if parts and all(letter in _BESIDE_WORDS or _is_of_word(letter) for letter in shown):
                phrases.setdefault(_letters(parts), []).append(tuple(part.accents for part in parts))
            elif shown.strip():
                anywhere.append(shown.strip())
        return cls(phrases, tuple(sorted({len(letters) for letters in phrases})), tuple(anywhere))

    def __bool__(self) -> bool:
        """Is anything listed?"""
        return bool(self.phrases or self.anywhere)

    def finds_any(self, texts: Iterable[str]) -> bool:
        """Does a listed word stand in one of the texts?"""
        return any(self._stands_in(text) for text in texts)

    def _stands_in(self, text: str) -> bool:
        if self.anywhere:
            shown = _shown(text)
            if any(word in shown for word in self.anywhere):
                return True
        if not self.phrases:
            return False
        parts = list(_parts(text))
        runs = (parts[at : at + length] for length in self.lengths for at in range(len(parts) - length + 1))
        return any(self._is_phrase(run) for run in runs)

    def _is_phrase(self, parts: "Sequence[_Part]") -> bool:
        """Are these words a listed phrase, with at least the accents that it has?"""
        wanted = self.phrases.get(_letters(parts), ())
        return any(all(map(_Part.has, parts, accents)) for accents in wanted)


@frozen
class _Part:
    """One word of a text: its letters without accents, and the accents of those that have some, by place."""

    letters: str
    accents: tuple[tuple[int, str], ...] = ()

    def has(self, accents: tuple[tuple[int, str], ...]) -> bool:
        """Does it have at least these accents?"""
        return not accents or set(accents) <= set(self.accents)


def _letters(parts: Sequence[_Part]) -> Letters:
    return tuple([part.letters for part in parts])


def is_worth_listing(word: str) -> bool:
    """Is there anything in it to be found?"""
    return bool(WordList.of([word]))


def same_word(one: str, other: str) -> bool:
    """Do two words find the same?"""
    return WordList.of([one]) == WordList.of([other])


def visible(text: str) -> str:
    """The text without the signs that nobody sees."""
    return "".join(sign for sign in text if not _is_ignored(sign))


def _is_ignored(sign: str) -> bool:
    return not sign.isascii() and (category(sign) in {"Cf", "Cs"} or _IS_UNSEEN.match(sign) is not None)


def _shown(text: str) -> str:
    """The text as it is compared letter by letter."""
    if text.isascii():
        return text.casefold()
    seen = normalize("NFKC", visible(text)).casefold()
    return visible(normalize("NFKC", _IS_ACCENT.sub("", normalize("NFKD", seen))))


def _parts(text: str) -> Iterator[_Part]:
    """The words of scripts that put something between them."""
    if text.isascii():
        for found in _PLAIN_WORDS.findall(text.casefold()):
            yield _Part(found)
        return
    letters: list[str] = []
    accents: list[tuple[int, str]] = []
    for sign in normalize("NFKD", normalize("NFKC", visible(text)).casefold()):
        if _is_ignored(sign):
            continue
        kind = category(sign)
        if kind[0] == "M" and (_IS_ACCENT.match(sign) or (letters and ord(letters[-1]) < _NEEDS_MARKS)):
            if letters:
                accents.append((len(letters) - 1, sign))
        elif _is_of_word(sign):
            letters.append(sign)
        elif letters:
            yield _Part("".join(letters), tuple(accents))
            letters, accents = [], []
    if letters:
        yield _Part("".join(letters), tuple(accents))


def _is_of_word(sign: str) -> bool:
    """Is it a letter, a mark or a digit of a script that puts something between its words?"""
    return category(sign)[0] in "LMN" and not _IS_UNSPACED.match(sign)
