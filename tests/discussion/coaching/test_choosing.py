"""Which question is asked."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.formats import (
    ArguePhase,
    PausePhase,
    Phase,
    ReadPhase,
    ReflectPhase,
    ReplyPhase,
    StatementPhase,
    VotePhase,
)
from bot.content.models import FollowUp, Prompt
from bot.discussion.coaching import (
    MOST_OF_ONE,
    Said,
    Talk,
    condition,
    has_own,
    is_time_for_all,
    is_time_for_one,
    next_openly,
    question_for,
    question_for_all,
    reason,
    why,
)
from bot.discussion.ids import StanceId

YES, NO = StanceId("yes"), StanceId("no")
LONG = {"claim": "We should talk with them now, because in ten years nobody has tried that for long."}


def asks(*entries: object) -> tuple[FollowUp, ...]:
    return tuple(FollowUp.model_validate(entry) for entry in entries)


OF_THREAD: dict[str, st.SearchStrategy[str]] = {
    "when": st.just("one-sided thread"),
    "quiet-for": st.sampled_from(["30s", "3m"]),
}
ENTRY: st.SearchStrategy[object] = st.one_of(
    st.text("abc", min_size=1, max_size=3),
    st.fixed_dictionaries(
        {"ask": st.text("abc", min_size=1, max_size=3)},
        optional={
            "when": st.sampled_from(["no-evidence", "too-short", "no-reason", "repeats-classmate"]),
            "stance": st.sampled_from(["yes", "no"]),
            "cites": st.integers(1, 3),
        },
    ),
    st.fixed_dictionaries({"ask": st.text("abc", min_size=1, max_size=3)}, optional=OF_THREAD),
)
ENTRIES = st.lists(ENTRY, max_size=8)
SAIDS = st.builds(
    Said,
    body=st.sampled_from([LONG, {"claim": "Talk."}, {"claim": "Talk.", "reasoning": "It costs little."}]),
    stance=st.sampled_from([YES, NO, None]),
    cited=st.none() | st.lists(st.integers(1, 3), max_size=2),
)


@given(ENTRIES, st.lists(SAIDS, min_size=1, max_size=8))
@settings(deadline=None)
def test_over_a_round_nobody_is_asked_twice_nor_too_often_nor_what_is_not_for_them(
    entries: list[object], saids: list[Said]
) -> None:
    follow_ups = asks(*entries)
    asked: list[str] = []
    for said in saids:
        found = question_for(follow_ups, said, asked)
        if found is None:
            continue
        assert found.ask not in asked
        assert not found.is_of_thread
        assert found.stance in (None, said.stance)
        assert found.cites is None or found.cites in (said.cited or ())
        if found.is_plain:
            assert not any(
                question_for((each,), said, ()) for each in follow_ups if not each.is_plain and each.ask not in asked
            )
        asked.append(found.ask)
    assert len(asked) <= MOST_OF_ONE


@given(ENTRIES, st.sets(st.text("abc", min_size=1, max_size=3), max_size=3))
@settings(deadline=None)
def test_the_class_is_asked_only_what_is_for_all_and_each_once(entries: list[object], asked: set[str]) -> None:
    follow_ups = asks(*entries)
    talk = Talk(timedelta(minutes=5), [YES] * 10)
    found, by_teacher = question_for_all(follow_ups, talk, asked), next_openly(follow_ups, asked)

    assert found is None or (found.is_of_thread and found.ask not in asked)
    assert by_teacher is None or ((found is None or by_teacher is not None) and by_teacher.ask not in asked)
    assert question_for_all(follow_ups, Talk(timedelta(), [YES, NO] * 5), asked) is None


def test_the_first_that_holds_goes_before_the_plain_ones_which_come_in_their_turn() -> None:
    follow_ups = asks(
        "First?",
        {"ask": "Which passage?", "when": "no-evidence"},
        {"ask": "Why?", "when": "no-reason"},
        "Second?",
        {"ask": "Is that all?", "when": "too-short"},
    )
    short = Said({"claim": "Talk."}, YES, [])

    first = question_for(follow_ups, short, [])
    assert first is not None
    assert first.ask == "Which passage?"
    assert [question_for(follow_ups, Said(LONG, YES, [2]), before) for before in ([], ["First?"])] == [
        follow_ups[0],
        follow_ups[3],
    ]
    assert question_for(follow_ups, Said(LONG, YES, [2]), ["First?", "Second?"]) is None
    assert question_for(follow_ups, short, ["Which passage?", "Why?", "First?"]) is None


def test_all_that_is_named_must_hold() -> None:
    follow_ups = asks({"ask": "And then?", "when": "no-reason", "stance": "yes", "cites": 2})
    without = {"claim": "Talk with them now, and do not wait for a sign that never comes."}

    assert question_for(follow_ups, Said(without, YES, [2]), []) is not None
    assert question_for(follow_ups, Said(LONG, YES, [2]), []) is None
    assert question_for(follow_ups, Said(without, NO, [2]), []) is None
    assert question_for(follow_ups, Said(without, YES, [1]), []) is None


def test_what_a_response_cites_may_not_be_known_and_then_nothing_is_said_of_it() -> None:
    assert question_for(asks({"ask": "Which?", "when": "no-evidence"}), Said(LONG, YES), []) is None
    assert question_for(asks({"ask": "Which?", "cites": 1}), Said(LONG, YES), []) is None


def test_a_silence_and_one_side_together() -> None:
    follow_ups = asks({"ask": "Who else?", "when": "one-sided thread", "quiet-for": "90s"})
    sides = [YES] * 6

    assert question_for_all(follow_ups, Talk(timedelta(seconds=90), sides), []) is not None
    assert question_for_all(follow_ups, Talk(timedelta(seconds=89), sides), []) is None
    assert question_for_all(follow_ups, Talk(timedelta(seconds=90), sides[1:]), []) is None


def test_a_prompt_has_questions_of_its_own_for_some_only_by_what_they_say() -> None:
    assert not has_own(asks("One?", {"ask": "Two?", "quiet-for": "3m"}))
    assert has_own(asks("One?", {"ask": "Two?", "cites": 1}))


MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("phase", "one", "everybody"),
    [
        (ArguePhase(), True, True),
        (ReplyPhase(), True, True),
        (VotePhase(secret=True), False, False),
        (VotePhase(), True, False),
        (StatementPhase(ask="What do you say?"), False, False),
        (ReflectPhase(ask="And now?"), True, False),
        (PausePhase(minutes=5), True, False),
        (ReadPhase(), True, False),
    ],
)
def test_there_is_a_time_for_questions(phase: Phase, one: bool, everybody: bool) -> None:
    assert is_time_for_one(phase, None) is is_time_for_one(phase, MINUTE) is one
    assert is_time_for_all(phase, None, since=None) is is_time_for_all(phase, MINUTE, since=3 * MINUTE) is everybody
    assert not is_time_for_one(phase, MINUTE - timedelta(seconds=1))
    assert not is_time_for_all(phase, MINUTE - timedelta(seconds=1), since=None)
    assert not is_time_for_all(phase, None, since=3 * MINUTE - timedelta(seconds=1))


PROMPT = Prompt.model_validate(
    {
        "id": "one",
        "question": "Is it so?",
        "excerpts": [{"paragraph": 1, "quote": "So"}],
        "stances": [{"id": "yes", "label": "Yes, it is", "emoji": "✅"}, {"id": "no", "label": "No", "emoji": "❌"}],
    }
)


@pytest.mark.parametrize(
    ("entry", "kept", "asked", "told"),
    [
        ("Why?", "plain", None, None),
        (
            {"ask": "Why?", "when": "no-evidence"},
            "no-evidence",
            "when a response names no passage of the article",
            "Your answer names no passage of the article yet.",
        ),
        (
            {"ask": "Why?", "stance": "yes", "cites": 2},
            "stance",
            "when a response cites ¶2 and argues for “Yes, it is”",
            "You lean on ¶2. You argue for “Yes, it is”.",
        ),
        ({"ask": "Why?", "cites": 2}, "cites", "when a response cites ¶2", "You lean on ¶2."),
        (
            {"ask": "Why?", "when": "one-sided thread", "quiet-for": "90s"},
            "one-sided thread",
            "when nearly all of the latest responses take one side and nobody has said anything for 90 seconds",
            "Nearly all of the latest responses take one side. Nobody has said anything for 90 seconds.",
        ),
        (
            {"ask": "Why?", "quiet-for": "60m"},
            "quiet-for",
            "when nobody has said anything for 1 hour",
            "Nobody has said anything for 1 hour.",
        ),
    ],
)
def test_conditions_in_words(entry: object, kept: str, asked: str | None, told: str | None) -> None:
    (follow_up,) = asks(entry)

    assert (reason(follow_up), condition(follow_up, PROMPT), why(follow_up, PROMPT)) == (kept, asked, told)
