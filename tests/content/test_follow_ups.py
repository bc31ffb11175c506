"""A follow-up as it is written, as it is kept, and as records of before there were conditions hold it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import validate
from pydantic import TypeAdapter, ValidationError

from bot.content.library import Library
from bot.content.loading import load
from bot.content.models import FollowUp, Prompt, PromptSet, When
from tests.content.places import ARTICLES, PROMPTS

KEPT = TypeAdapter(tuple[FollowUp, ...])
FIELDS = {
    "when": st.sampled_from(list(When)),
    "stance": st.sampled_from(["one", "two"]),
    "cites": st.integers(1, 9),
    "quiet_for": st.sampled_from(["45s", "3m", "1h"]),
}
FOLLOW_UPS = st.builds(
    FollowUp,
    ask=st.text("abc ?", min_size=1, max_size=20).map(str.strip).filter(bool),
    **{key: st.none() | value for key, value in FIELDS.items()},
)


@given(st.lists(FOLLOW_UPS, max_size=5))
@settings(deadline=None)
def test_what_is_kept_comes_back_by_both_kinds_of_key(follow_ups: list[FollowUp]) -> None:
    for by_alias in (True, False):
        kept = KEPT.dump_json(tuple(follow_ups), by_alias=by_alias)
        assert KEPT.validate_json(kept) == tuple(follow_ups)
    assert KEPT.validate_python(KEPT.dump_python(tuple(follow_ups))) == tuple(follow_ups)


@given(FOLLOW_UPS)
@settings(deadline=None)
def test_what_is_kept_fits_the_schema_that_editors_check_by(follow_up: FollowUp) -> None:
    schema = PromptSet.model_json_schema(by_alias=True)
    one = {"$ref": "#/$defs/FollowUp", "$defs": schema["$defs"]}

    validate(json.loads(follow_up.model_dump_json(by_alias=True)), one)


def test_a_plain_question_stays_the_text_that_it_was_before_there_were_conditions() -> None:
    body = {
        "id": "one",
        "question": "Is it so?",
        "excerpts": [{"paragraph": 1, "quote": "So"}],
        "stances": [{"id": "yes", "label": "Yes", "emoji": "✅"}, {"id": "no", "label": "No", "emoji": "❌"}],
        "follow-ups": ["And why?", {"ask": "Where?", "when": "no-evidence"}],
    }
    prompt = Prompt.model_validate_json(json.dumps(body))

    assert prompt.follow_ups == (FollowUp(ask="And why?"), FollowUp(ask="Where?", when=When.NO_EVIDENCE))
    assert prompt.model_dump(mode="json", by_alias=True)["follow-ups"] == body["follow-ups"]


@pytest.mark.parametrize("wrong", [5, None, ["Why?"], "", "x" * 301, "two\nlines"])
def test_what_is_no_question_is_refused(wrong: object) -> None:
    with pytest.raises(ValidationError):
        FollowUp.model_validate(wrong)


@pytest.mark.parametrize("written", ["3", "3 m", "0m", "-3m", "1.5m", "29s", "25h", "3min", "m", "٣m"])
def test_a_silence_is_a_whole_number_with_its_unit_within_bounds(written: str) -> None:
    with pytest.raises(ValidationError):
        FollowUp.model_validate({"ask": "Why?", "quiet-for": written})


def test_the_shipped_sets_show_each_kind_of_condition() -> None:
    library: Library = load(ARTICLES, PROMPTS)
    all_of_them = [
        each
        for prompt_set in library.prompt_sets.values()
        for prompt in prompt_set.prompts
        for each in prompt.follow_ups
    ]

    assert {each.when for each in all_of_them} == {None, *When}
    assert any(each.stance for each in all_of_them)
    assert any(each.cites for each in all_of_them)
    assert any(each.quiet_for for each in all_of_them)
    for prompt_set in library.prompt_sets.values():
        assert all(any(each.is_plain for each in prompt.follow_ups) for prompt in prompt_set.prompts)
        own = {
            when
            for prompt in prompt_set.prompts
            for when in (each.when for each in prompt.follow_ups)
            if when is not None
        }
        assert len(own) >= 4
