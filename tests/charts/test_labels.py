from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts.labels import columns, cut, drawable, first_that_fits, tidy, wrapped

ANY = st.text(max_size=80)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("  two\n\twords ", "two words"),
        ("a\u202eb\u2066c\u200bd\x00e\x1bf\ue000g\ud800h", "abcdefgh"),
        ("⚖\ufe0f scales", "⚖ scales"),
        ("e\u0301", "é"),
        ("x" + "\u0336" * 30 + "y", "x" + "\u0336" * 4 + "y"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👧", "👩👧"),
        ("", ""),
    ],
)
def test_words_become_one_line_that_stays_in_its_line(words: str, told: str) -> None:
    assert tidy(words) == told


@given(ANY)
@settings(max_examples=100, deadline=None)
def test_tidy_words_are_tidy(words: str) -> None:
    once = tidy(words)
    assert tidy(once) == once
    assert not any(category(sign)[0] == "C" and sign not in "\u200c\u200d" for sign in once)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Yes 🤝", "Yes"),
        ("🤝 Yes 🤝 no", "Yes no"),
        ("中国 first", None),
        ("🤝", None),
        ("", None),
        ("1\u20e3 Yes", "1 Yes"),
        ("x\u0f71", None),
    ],
)
def test_symbols_may_be_missing_and_letters_may_not(words: str, told: str | None) -> None:
    assert drawable(words, str.isascii) == told


@given(ANY, st.integers(0, 80))
@settings(max_examples=100, deadline=None)
def test_what_is_cut_fits(words: str, most: int) -> None:
    told = cut(words, lambda text: len(text) <= most)
    assert len(told) <= most
    assert told == words if len(words) <= most else told in {"", *(words[:end].rstrip() + "…" for end in range(most))}


def test_no_letter_loses_its_accents() -> None:
    assert cut("ne\u0323\u0302u", lambda text: len(text) <= 3) == "n…"
    assert cut("कि" * 5, lambda text: len(text) <= 4) == "कि…"


@given(st.text(st.sampled_from("ab \u0301"), max_size=60), st.integers(2, 20))
@settings(max_examples=200, deadline=None)
def test_wrapping_loses_nothing_where_lines_are_enough(words: str, width: int) -> None:
    lines = wrapped(words, lambda text: len(text) <= width + words.count("\u0301"), 100)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")


def test_wrapping_fills_lines_and_cuts_the_last() -> None:
    def fits(text: str) -> bool:
        return len(text) <= 8

    assert wrapped("one two three four", fits, 2) == ["one two", "three f…"]
    assert wrapped("one two three four", fits, 3) == ["one two", "three", "four"]
    assert wrapped("Donaudampfschiff", fits, 3) == ["Donaudam", "pfschiff"]
    assert wrapped("", fits, 3) == []
    assert wrapped("one", lambda _: False, 3) == []


def test_the_first_variant_that_fits() -> None:
    assert first_that_fits(["longer", "long", "lo"], 4) == "long"
    assert first_that_fits(["longer", "longest"], 4) == "lon…"


def test_columns_of_a_monospaced_font() -> None:
    assert [columns(words) for words in ("abc", "中国", "e\u0301", "🤝", "")] == [3, 4, 1, 2, 0]
