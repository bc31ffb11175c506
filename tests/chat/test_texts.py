"""Other people's words show as written, whatever Discord would make of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.texts import counted, fitted, plain, quoted, shared
from bot.discussion.taming import tamed

AS_DISCORD_READS = re.compile(r"\\([^0-9A-Za-z\s])")
MARKUP = re.compile(r"(?<!\\)[*_~`|\[]|(?<!\\)<(?=[@#:/a-z])|^[^\S\n]*(?:[-+#>]|\d+\.\s)", re.MULTILINE)
signs = st.text("\\_*~|`<>[]()#+-.@:/1a \n🚀", max_size=40)


@given(signs)
def test_plain_words_read_as_they_were_typed(words: str) -> None:
    assert AS_DISCORD_READS.sub(r"\1", plain(words)) == tamed(words)


@given(signs)
def test_nothing_in_plain_words_is_markup(words: str) -> None:
    assert not MARKUP.search(plain(words).replace("\\\\", "é"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1. first", "1\\. first"),
        ("one\n\n  - two", "one\n\n  \\- two"),
        ("> quote", "\\> quote"),
        ("### big", "\\### big"),
        ("-# small", "\\-# small"),
        ("[**bold**](https://a.example)", "\\[\\*\\*bold\\*\\*](https://a.example)"),
        ("[over\ntwo lines](https://a.example)", "\\[over\ntwo lines](https://a.example)"),
        ("[begun in a name", "\\[begun in a name"),
        ("https://a.example/<@123>", "https://a.example/ \\<@123>"),
        ("https://a.example>|<@123>", "https://a.example>\\| \\<@123>"),
        ("https://` code `", "https://\\` code \\`"),
        ("\u200b# no heading\r- no item\u2028> no quote", "\\# no heading\n\\- no item\n\\> no quote"),
        ("\u202eexe.\u2066a\u2069", "exe.a"),
        ("שלום 12", "שלום 12\u200e"),
        ("<@123> <#4> <:x:5> </y:6> <t:7>", "\\<@123> \\<#4> \\<:x:5> \\</y:6> \\<t:7>"),
        ("https://a.example/b_c_d", "https://a.example/b_c_d"),
        ("1.5 million < 2 million", "1.5 million < 2 million"),
    ],
)
def test_what_discord_would_draw_is_escaped_and_the_rest_is_left(typed: str, kept: str) -> None:
    assert plain(typed) == kept


@given(signs, st.integers(0, 50))
def test_fitted_words_fit_and_no_escape_is_split(words: str, most: int) -> None:
    cut = fitted(plain(words), most)
    assert len(cut) <= most
    assert cut == plain(words) or most == 0 or cut.endswith("…")
    assert not re.search(r"(?<!\\)(\\\\)*\\…$", cut)


@given(st.lists(st.text(max_size=30), max_size=6), st.integers(0, 120))
def test_shared_parts_fit_together_and_short_ones_are_whole(parts: list[str], most: int) -> None:
    cut = shared(parts, most)
    assert len(cut) == len(parts)
    assert sum(map(len, cut)) <= most
    if sum(map(len, parts)) <= most:
        assert cut == parts
    for part, shown in zip(parts, cut, strict=True):
        if len(part) <= most // len(parts):
            assert shown == part


def test_small_words() -> None:
    assert (counted(1, "response"), counted(2, "response"), counted(0, "person", "people")) == (
        "1 response",
        "2 responses",
        "0 people",
    )
    assert quoted("one\ntwo") == "> one\n> two"
