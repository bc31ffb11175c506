from bot.content.models import Article
from bot.content.searching.phrases import MOST_FOUND, find_words
from tests.content.test_quotes import PARAGRAPHS, shipped_article

ARTICLE = shipped_article()


def test_every_place_of_a_phrase_is_found_whatever_its_case_and_marks() -> None:
    found = find_words(ARTICLE, "north  KOREA's")

    assert [one.paragraph for one in found] == [
        number for number, text in enumerate(PARAGRAPHS, 1) for _ in range(text.count("North Korea’s"))
    ]
    assert len(found) >= 3
    assert all("North Korea’s" in one.excerpt for one in found)


def test_an_excerpt_is_the_paragraphs_own_text_cut_between_words() -> None:
    (found,) = find_words(ARTICLE, "understable")

    assert found.paragraph == 4
    assert found.excerpt.startswith("…")
    bare = found.excerpt.strip("…")
    assert bare in PARAGRAPHS[3]
    assert f" {bare}" in PARAGRAPHS[3]
    assert 100 <= len(bare) <= 220


def test_words_that_are_no_phrase_are_sought_one_by_one_by_their_beginnings() -> None:
    assert [one.paragraph for one in find_words(ARTICLE, "negotiat moon")] == [3]
    assert [one.paragraph for one in find_words(ARTICLE, "blacklist zebra")] == [5]


def test_the_paragraph_with_most_of_the_words_comes_first() -> None:
    article = Article(title="T", author="A", paragraphs=("red", "red green", "blue"))

    assert [one.paragraph for one in find_words(article, "green red purple")] == [2, 1]


def test_nothing_sought_and_nothing_found_is_nothing() -> None:
    assert find_words(ARTICLE, "  ") == []
    assert find_words(ARTICLE, "zebra") == []
    assert find_words(ARTICLE, "?!(") == []


def test_signs_are_sought_as_they_are() -> None:
    assert [one.paragraph for one in find_words(ARTICLE, "[…]")] == [2]
    assert [one.paragraph for one in find_words(ARTICLE, "(.*)")] == []


def test_of_very_many_places_the_first_are_told_and_of_very_many_words_the_first_are_sought() -> None:
    long = Article(title="T", author="A", paragraphs=("a b " * 100_000,))
    assert len(find_words(long, "a")) == MOST_FOUND
    assert find_words(long, "a b " * 5_000) == find_words(long, "a b " * 50)
