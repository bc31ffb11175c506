"""What is so about a response or a thread."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discussion.coaching import Point, gives_reason, is_one_sided, is_short, repeats
from bot.discussion.ids import StanceId
from bot.discussion.wording import RESTATED

WORDS = st.lists(st.text("bcdfghjk", min_size=3, max_size=8), min_size=1, max_size=30)
SIDES = st.lists(st.sampled_from([StanceId("yes"), StanceId("no"), StanceId("both")]), max_size=30)


@pytest.mark.parametrize(
    "text",
    [
        "Sanctions first, because talks have failed.",
        "Since China pays for it, China decides.",
        "Nobody trades with it, so it looks for other money.",
        "So the tests go on.",
        "Therefore the front has to hold.",
        "They test more. That's why we should talk.",
        "That is the reason why I am against it.",
        "It backed the UN so that it would be left alone.",
        "As a result nobody talks.",
    ],
)
def test_a_word_announces_a_reason(text: str) -> None:
    assert gives_reason({"claim": text})


@pytest.mark.parametrize(
    "text",
    [
        "Sanctions first.",
        "The tests have gone on since 2006.",
        "Nobody has talked since then.",
        "It has been so since January.",
        "China is so important here.",
        "So far nobody has tried it.",
        "It is a reasonable step.",
    ],
)
def test_others_do_not(text: str) -> None:
    assert not gives_reason({"claim": text})


def test_the_reasoning_is_a_reason_whatever_stands_in_it() -> None:
    assert gives_reason({"claim": "Sanctions first.", "reasoning": "Money is everything."})


def test_a_classmates_point_said_again_is_no_reason_and_adds_no_words() -> None:
    body = {RESTATED: "You say it is wrong because it costs a lot of money that nobody has got.", "text": "No."}

    assert not gives_reason(body)
    assert is_short(body)


@given(WORDS)
@settings(deadline=None)
def test_short_is_what_has_fewer_than_twelve_words(words: list[str]) -> None:
    assert is_short({"claim": " ".join(words)}) == (len(words) < 12)
    assert is_short({"claim": words[0], "evidence": " ".join(words[1:])}) == (len(words) < 12)


SAID = Point.of({"claim": "China pays for North Korea, which makes China the only country that can stop the tests."})


@pytest.mark.parametrize(
    "claim",
    [
        "China pays for North Korea, which makes China the only country that can stop the tests.",
        "China is the only country that can stop the tests: it pays for North Korea.",
        "CHINA pays North Korea, and only that country can stop tests!",
    ],
)
def test_nearly_the_same_words_are_a_repetition(claim: str) -> None:
    assert repeats({"claim": claim}, [Point.of({"text": "Something else entirely."}), SAID])


@pytest.mark.parametrize(
    "claim",
    [
        "Sanctions hit ordinary people first and the regime last.",
        "China pays.",
        "China pays for North Korea, but that does not make China a country that can stop the tests.",
        "China pays for North Korea and can stop the tests; yet five officials stayed free of sanctions for months, "
        "because Beijing asked for time, and every resolution was weakened before a vote took place in New York.",
    ],
)
def test_another_point_a_contradiction_and_one_taken_further_are_none(claim: str) -> None:
    assert not repeats({"claim": claim}, [SAID])


@given(WORDS, WORDS)
@settings(deadline=None, max_examples=50)
def test_who_is_alone_repeats_nobody_and_who_copies_does(words: list[str], others: list[str]) -> None:
    body = {"claim": " ".join(words)}
    same, other = Point.of(body), Point.of({"claim": " ".join(others)})

    assert not repeats(body, [])
    assert repeats(body, [same]) == (len(set(words)) >= 4)
    assert repeats(body, [other, same]) == (repeats(body, [other]) or repeats(body, [same]))


@given(SIDES)
@settings(deadline=None)
def test_a_thread_leans_to_one_side_when_four_of_five_of_the_latest_are_of_it(stances: list[StanceId]) -> None:
    latest = stances[-10:]
    most = max((latest.count(side) for side in set(latest)), default=0)

    assert is_one_sided(stances) == (len(latest) >= 6 and most * 5 >= len(latest) * 4)


def test_what_was_said_long_ago_does_not_count() -> None:
    yes, no = StanceId("yes"), StanceId("no")

    assert is_one_sided([no] * 20 + [yes] * 10)
    assert not is_one_sided([yes] * 20 + [no] * 3)
    assert not is_one_sided([yes] * 5)
