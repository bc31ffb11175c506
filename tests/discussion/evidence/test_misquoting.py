"""What is quoted and is not so."""

import pytest

from bot.discussion.evidence import Misquote, misquotes
from tests.discussion.evidence.labelled import reading


def found(text: str, *besides: str) -> list[Misquote]:
    return misquotes(reading(), {"claim": text}, besides)


def test_the_nearest_passage_is_told_in_the_articles_own_words() -> None:
    [one] = found("Blinken said “China plays a critical role in any diplomatic effort with Pyongyang”.")
    assert one.quote == "China plays a critical role in any diplomatic effort with Pyongyang"
    assert one.paragraph == 2
    assert one.exact is not None
    assert "has a critical role to play in any diplomatic effort with Pyongyang" in one.exact


@pytest.mark.parametrize(
    "text",
    [
        "“has a critical role to play in any diplomatic effort with Pyongyang”",
        '"HAS A CRITICAL ROLE TO PLAY … with Pyongyang"',
        "'has a critical role to play in any diplomatic effort'",
        "“[China] has a critical role to play in any diplomatic effort with Pyongyang.”",
        "“We’re still in this game. We’re still advancing our capabilities,”",
        "The article says: North Korea currently faces a plethora of domestic issues.",
        "“a mere scare tactic used by a nation”",
        "so-called “bad weather diplomacy” is a manner of speaking",
        "“a mark that nobody closes is no quote of all that follows it",
        'a 6" stick that is nowhere in it, whatever one says',
        "it’s the students’ choice, isn’t it, not the teachers’ one",
    ],
)
def test_what_the_article_says_is_no_misquote(text: str) -> None:
    assert found(text) == []


def test_parts_that_stand_in_another_order_or_apart_are_one() -> None:
    assert found("“any diplomatic effort with Pyongyang … has a critical role to play”")
    assert found("“has a critical role to play … currently faces a plethora of domestic issues”")


def test_what_a_classmate_said_may_be_quoted_too() -> None:
    words = "You wrote “the strongest country should always begin”, and I agree."
    assert found(words)
    assert found(words, "I think the strongest country should always begin to talk.") == []


def test_where_nothing_is_near_none_is_told() -> None:
    assert found("“the president was furious and left the room”") == [
        Misquote("the president was furious and left the room")
    ]
