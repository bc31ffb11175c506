"""The word list: whole words in any script, however they are dressed up; never a crash, and in time."""

import time
from string import ascii_lowercase

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.discussion.word_list import MOST_WORDS, WordList, is_worth_listing, same_word

FAST = settings(deadline=None, max_examples=150)
ANY = st.text(max_size=60)


def finds(word: str, text: str) -> bool:
    return WordList.of([word]).finds_any([text])


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("class", "A Class, of course."),
        ("class", "ｃｌａｓｓ"),
        ("class", "cl\u200bas\u00ads"),
        ("class", "\u202ecl\u2066ass\u2069"),
        ("class", "c\u0301\u0302\u0303l\u0301ass\u0336\u0336\u0336"),
        ("class", "cláss"),
        ("class", "c\u0e31la\u05b0ss"),
        ("class", "我class的"),
        ("straße", "STRASSE"),
        ("schön", "SCHO\u0308N"),
        ("schön", "sch\u0336o\u0301\u0308\u0302n"),
        ("σίγμας", "ΣΊΓΜΑΣ"),
        ("дурак", "Ты ДУРАК!"),
        ("कमल", "यह कमल है"),
        ("ولد", "يا ولد."),
        ("shut up", "Shut,\nup"),
        ("don't", "I DON’T care"),
        ("cry-baby", "crybaby cry baby"),
        ("笨蛋", "你是笨蛋吗"),
        ("ばか", "おばかさん"),
        ("バカ", "ﾊﾞｶ"),
        ("โง่", "เขาโง่มาก"),
        ("💩", "so 💩💩"),
        ("a$$", "what an A$$."),
        ("바보", "너 바보 야"),
        ("ﬁne", "FINE"),
        ("42", "is 42."),
    ],
)
def test_a_listed_word_is_found(word: str, text: str) -> None:
    assert finds(word, text)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("class", "classic"),
        ("class", "subclass classes class1"),
        ("class", "cl ass"),
        ("schön", "schon"),
        ("कम", "कमल"),
        ("कम", "कमी"),
        ("かき", "かぎ"),
        ("ولد", "اولاد"),
        ("shut up", "shut it up"),
        ("up shut", "up"),
        ("笨蛋", "笨的蛋"),
        ("a$$", "a"),
    ],
)
def test_what_only_looks_like_it_is_not(word: str, text: str) -> None:
    assert not finds(word, text)


@pytest.mark.parametrize("nothing", ["", " ", "\u200b", "\u00ad\u2066", "\u3164", "\u0301"])
def test_what_nobody_sees_is_nothing_to_list(nothing: str) -> None:
    assert not is_worth_listing(nothing)
    assert not finds(nothing, f"anything {nothing} at all")


def test_the_same_word_is_known_again() -> None:
    assert same_word("Class", "ＣＬＡＳＳ")
    assert not same_word("class", "classic")
    assert not same_word("schön", "schon")


@FAST
@given(st.lists(ANY, max_size=8), st.lists(ANY, max_size=4))
def test_nothing_that_can_be_written_breaks_it(words: list[str], texts: list[str]) -> None:
    assert WordList.of(words).finds_any(texts) in {True, False}


@FAST
@given(st.text(min_size=1, max_size=64), st.lists(ANY, max_size=5))
def test_a_listed_word_alone_is_always_found(word: str, others: list[str]) -> None:
    assume(is_worth_listing(word))
    assert WordList.of([*others, word]).finds_any([word])


@FAST
@given(
    st.text(ascii_lowercase, min_size=1, max_size=8), st.text("\u200b\u00ad\u2060\u202e\ufeff\u0301\u0336", max_size=40)
)
def test_what_is_strewn_in_hides_nothing(word: str, strewn: str) -> None:
    dressed = "".join(letter + strewn for letter in word)
    assert finds(word, f"so {dressed}!")


@FAST
@given(st.text(ascii_lowercase, min_size=1, max_size=8), st.text(ascii_lowercase, min_size=1, max_size=4))
def test_a_longer_word_is_another_one(word: str, more: str) -> None:
    assert not finds(word, f"{word}{more} {more}{word}{more}") or word in {f"{word}{more}", more}


@pytest.mark.parametrize(
    "text",
    [
        "a " * 2000,
        "aa" * 2000,
        "笨" * 4000,
        "a" + "\u0301\u0316" * 2000,
        "\ufdfa" * 4000,
        "b " * 2000,
        "e\u0308 " * 1333,
        "\u0e31" * 4000,
    ],
    ids=["letters", "one word", "Chinese", "flood", "ligatures", "phrases", "accents", "marks"],
)
def test_a_full_list_and_a_full_form_take_a_moment(text: str) -> None:
    words = [f"a{'a' * number}" for number in range(1, MOST_WORDS // 2)]
    words += [f"笨{'笨' * (number % 60)}蛋" for number in range(MOST_WORDS // 2)]
    words += ["b " * number + "c" for number in range(1, 30)]
    listed = WordList.of(words)
    began = time.process_time()
    listed.finds_any([text])
    assert time.process_time() - began < 0.5
