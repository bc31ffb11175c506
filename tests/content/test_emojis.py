"""Emojis: what is known at sight is what the library knows."""

import sys

import emoji
import pytest

from bot.content import emojis

SIGN = "\ufe0f"
ALL = [chr(number) for number in range(sys.maxunicode + 1)]


def test_what_is_known_at_sight_the_library_takes_as_it_stands() -> None:
    known = [text for sign in ALL for text in (sign, sign + SIGN) if emojis.known_at_sight(text)]

    assert len(known) > 1000
    assert [text for text in known if emojis.looked_up(text) != text] == []


@pytest.mark.parametrize(
    ("text", "taken"), [("❤", "❤" + SIGN), ("👩‍🏫", "👩‍🏫"), ("🇩🇪", "🇩🇪"), ("x", None), ("🤝🤝", None), ("", None)]
)
def test_the_library_decides_on_all_others(text: str, taken: str | None) -> None:
    assert not emojis.known_at_sight(text)
    assert emojis.accepted(text) == taken


def test_no_emoji_of_the_library_is_refused() -> None:
    whole = {emoji.STATUS["fully_qualified"], emoji.STATUS["minimally_qualified"], emoji.STATUS["unqualified"]}
    assert all(emojis.accepted(text) for text, entry in emoji.EMOJI_DATA.items() if entry["status"] in whole)
