"""Words are tamed for every view: nothing unseen floods them, nothing covers other lines, nothing turns them round."""

from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discussion.taming import MOST_BLANK_LINES, MOST_GENERAL_MARKS, MOST_MARKS, shows_nothing, tamed

SIGNS = (
    "\xad\u034f\u061c\u115f\u1160\u1100\u180b\u200b\u200c\u200d\u200e\u200f\u202e\u202c\u2066\u2069\ufeff\ufe0f\U000e0041"
    "\U000e007f\U0001f3f4\U000e0067\u0301\u0302\u05b0\u0591\u064b\u0647\u0905\u094d\u2800\u3164\r\n\x85\u2028 \ta1"
    "👩🚀❤\0\x1b"
)
BLANK_LETTERS = "\u3164\uffa0\u2800\u115f\u1160"
texts = st.one_of(st.text(SIGNS, max_size=30), st.text(max_size=30))


def seen(text: str) -> str:
    """Letters, digits, punctuation and pictures: what may never be lost."""
    return "".join(sign for sign in text if category(sign)[0] in "LNPS" and sign not in BLANK_LETTERS)


@settings(deadline=None, max_examples=400)
@given(texts)
def test_taming_is_done_once_and_loses_nothing_that_is_seen(text: str) -> None:
    calm = tamed(text)
    assert tamed(calm) == calm
    assert seen(calm) == seen(text)
    assert shows_nothing(calm) == shows_nothing(text)


@settings(deadline=None, max_examples=400)
@given(texts)
def test_what_is_tamed_has_no_flood_and_no_turn(text: str) -> None:
    calm = tamed(text)
    assert not set(calm) & set(
        "\u200b\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\0\r\x1b\x85\u2028"
    )
    assert "\n" * (MOST_BLANK_LINES + 2) not in calm
    marks = unseen = 0
    for sign in calm:
        marks = marks + 1 if category(sign) in {"Mn", "Me"} and sign not in "\ufe0f\u180b" else 0
        unseen = unseen + 1 if sign in "\u061c\u200c\u200d\u200e\u200f" else 0
        assert marks <= MOST_MARKS
        assert unseen <= 1


@pytest.mark.parametrize(
    "words",
    [
        "Plain words,\n\nin two paragraphs. 1 + 1 = 2",
        "👩‍👩‍👧‍👦 👨🏽‍🚀 🏳️‍🌈 ❤️‍🔥 👁️‍🗨️ 1️⃣ ☂︎",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می‌خواهم",
        "السَّلَامُ عَلَيْكُم ﷽",
        "שָׁלוֹם בְּרֵאשִׁ֖ית",
        "(עברית)\u200f 12",
        "क्‍ष ന്‍ ක්‍ෂ বাংলা",
        "བསྒྲུབས ภาษาไทยที่ ខ្មែរ",
        "Tiếng Việt, e\u0301, ẹ\u0302\u0301",
        "葛\U000e0100",
        "\u1112\u119e\u11ab",
        "日本語。한국어",
    ],
)
def test_what_a_script_or_an_emoji_needs_stays(words: str) -> None:
    assert tamed(words) == words


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("z" + "\u0301" * 100 + "a", "z" + "\u0301" * MOST_GENERAL_MARKS + "a"),
        ("ก" + "\u0e47" * 100, "ก" + "\u0e47" * MOST_MARKS),
        ("z" + "\u0301\u200b\0\u200d" * 9, "z" + "\u0301" * MOST_GENERAL_MARKS),
        ("a\u200b\u200c\u200d\u2060\ufeffb", "ab"),
        ("\u0647" + "\u200c\u200d" * 50 + "\u0647", "\u0647\u200c\u0647"),
        ("one\u202eowt\u202c \u2067three\u2069", "oneowt three"),
        ("a" + "\n" * 50 + "b", "a\n\n\nb"),
        ("a\n \n\u200b\n\u3164\n\t\n\u200f\nb", "a\n\n\nb"),
        ("a\r\nb\rc\u2028d\x85e\x0bf", "a\nb\nc\nd\ne\nf"),
        ("\0\x07\x1b[31mred", "[31mred"),
        ("half \ud800 a sign", "half � a sign"),
        ("❤" + "\ufe0f" * 50, "❤\ufe0f"),
        ("a" + "".join(chr(0xE0000 + ord(sign)) for sign in "hidden"), "a"),
    ],
)
def test_what_floods_covers_or_turns_is_brought_to_a_measure(typed: str, shown: str) -> None:
    assert tamed(typed) == shown


@pytest.mark.parametrize("words", ["", " \n", "\u200b\u2060", "\u3164", "\u2800 \u200e", "\ufe0f\u200d", "\U000e0041"])
def test_what_nobody_can_see_shows_nothing(words: str) -> None:
    assert shows_nothing(words)
    assert not shows_nothing(words + "a")
