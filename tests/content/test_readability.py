"""How long an article takes and how hard it is, against figures that are known."""

import pytest

from bot.content.models import Article
from bot.content.readability import Level, grade_of, level_of, syllables
from tests.content.test_quotes import shipped_article

KNOWN = {
    1: "the cat make makes used backed launched year threat through",
    2: "missile sanctions regime china table wanted places united-x people statements social nation value being create "
    "peaceful homeland someone movement despite needed region science trial lion",
    3: "ballistic nuclear korea idea area official officials serious various radio continued analysts arsenal period",
    4: "community economic military january diplomatic benefactor resolution",
    5: "international animosity negotiations capabilities",
    7: "denuclearization",
}


def article(text: str, times: int = 1) -> Article:
    return Article(title="T", author="A", paragraphs=(" ".join([text] * times),))


@pytest.mark.parametrize(
    ("word", "count"),
    [(word, count) for count, words in KNOWN.items() for word in words.split() if not word.endswith("-x")],
)
def test_syllables_are_counted_as_a_dictionary_does(word: str, count: int) -> None:
    assert syllables(word) == syllables(word.upper()) == count


def test_the_grade_is_what_the_formula_gives_by_hand() -> None:
    easy = grade_of(article("The cat sat on the mat.", 20))
    hard = grade_of(article("International negotiations continued.", 40))

    assert easy == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)
    assert hard == pytest.approx(0.39 * 3 + 11.8 * (5 + 5 + 3) / 3 - 15.59)


def test_a_short_text_and_one_in_another_script_have_no_grade() -> None:
    assert grade_of(article("The cat sat on the mat.", 16)) is None
    assert grade_of(article("Кошка сидела на коврике.", 100)) is None
    assert level_of(article("The end.")) == Level(2, 1, None)


def test_the_shipped_article_is_five_minutes_of_hard_reading() -> None:
    level = level_of(shipped_article())

    assert (level.words, level.minutes) == (992, 5)
    assert level.grade is not None
    assert 16 < level.grade < 19


def test_a_vast_article_takes_no_long_time() -> None:
    assert level_of(article("This is a sentence of seven words. ", 30_000)).minutes == 1050
