import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError, validate

from bot.discussion.transcript import Names, Scope, Transcript
from bot.discussion.values import Source
from bot.transcripts.clock import Clock
from bot.transcripts.jsonl import JsonLines
from bot.transcripts.schema import SCHEMA_FILE, schema_text, transcript_schema
from bot.transcripts.telling import Telling
from tests.transcripts.reading import read_back
from tests.transcripts.samples import Debate, Told, a_class, a_hostile_class, at, shipped

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
TITLE = TEXT.map(lambda text: " ".join(text.split())).filter(bool)
NAMES = ("Ann", "Ben", "Cleo", "Ms. Rivera")


def lines_of(told: Transcript) -> list[str]:
    out = BytesIO()
    Telling(told, [JsonLines(out, Clock(told.head.time_zone))]).tell()
    text = out.getvalue().decode("utf-8")
    assert text.endswith("\n")
    return text[:-1].split("\n")


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["vote", "say", "reply", "change", "withdraw", "hide"]),
        st.sampled_from(NAMES),
        st.integers(0, 20),
        st.dictionaries(st.sampled_from(["claim", "evidence", "text", "later field"]), TEXT, min_size=1, max_size=3),
    ),
    max_size=25,
)


@given(
    acts=ACTS,
    title=TITLE,
    zone=st.sampled_from(["Europe/Berlin", "UTC", "Asia/Kathmandu"]),
)
@settings(max_examples=60, deadline=None)
def test_what_is_read_back_is_what_was_told(
    acts: list[tuple[str, str, int, dict[str, str]]], title: str, zone: str
) -> None:
    debate = Debate(NAMES, Scope(Names.REAL))
    prompts = shipped().prompt_sets["china-or-sanctions"].prompts
    debate.pose(prompts[0])
    for place, (kind, who, number, body) in enumerate(acts):
        said = debate.entries[debate.posed.id]
        if kind == "vote":
            debate.vote(who, debate.posed.prompt.stances[number % 3].id)
        elif kind == "say" or not said:
            debate.say(who, body, Source.MODAL)
        elif kind == "reply":
            debate.say(who, body, Source.REPLY, said[number % len(said)])
        elif kind == "change" and not said[number % len(said)].response.withdrawn_at:
            debate.change(said[number % len(said)], body)
        elif kind == "withdraw":
            debate.withdraw(said[number % len(said)])
        elif kind == "hide":
            debate.hide(said[number % len(said)])
        if place == 12:
            debate.close()
            debate.pose(prompts[1])
    debate.close()
    told = debate.told(title, zone)
    back = read_back(lines_of(told))
    assert back.head == told.head
    assert back.entries == [entry for each in told.head.rounds for entry in told.entries(each)]
    assert back.votes == [vote for each in told.head.rounds for vote in told.votes(each)]


def test_the_schema_beside_the_code_is_the_one_the_types_make() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text()


def test_every_line_fits_the_schema_and_the_schema_refuses_others() -> None:
    schema = transcript_schema()
    Draft202012Validator.check_schema(schema)
    told = [*lines_of(a_class()), *lines_of(a_class(Names.PSEUDONYM)), *lines_of(a_hostile_class())]
    lines = [json.loads(line) for line in told]
    assert {line["kind"] for line in lines} == {"session", "participant", "round", "gap", "response", "vote", "end"}
    for line in lines[::40] + lines[:3] + lines[-1:]:
        validate(line, schema, cls=Draft202012Validator)
    response = next(line for line in lines if line["kind"] == "response")
    for wrong in ({"more": 1}, {"message_id": 1310000000000400001}, {"created_at": "2026-11-17 09:30"}):
        with pytest.raises(ValidationError):
            validate({**response, **wrong}, schema, cls=Draft202012Validator)


def test_times_are_utc_with_milliseconds_and_the_schools_time_beside() -> None:
    told = a_class()
    response = next(line for line in map(json.loads, lines_of(told)) if line["kind"] == "response")
    assert (response["created_at"], response["created_at_local"]) == (
        "2026-11-17T09:31:35.423Z",
        "2026-11-17T10:31:35.423+01:00",
    )


def test_a_gap_stands_before_the_first_thread_that_began_after_it() -> None:
    lines = [json.loads(line) for line in lines_of(a_class())]
    place = next(place for place, line in enumerate(lines) if line["kind"] == "gap")
    gap, behind = lines[place], lines[place + 1]
    assert behind["depth"] == 0
    assert behind["created_at"] >= gap["began_at"]
    before = [line for line in lines[:place] if line["kind"] == "response" and line["depth"] == 0]
    assert before
    assert all(line["created_at"] < gap["began_at"] for line in before)


def test_no_line_of_a_hostile_class_holds_a_sign_that_ends_or_turns_a_line() -> None:
    for line in lines_of(a_hostile_class()):
        assert len(line.splitlines()) == 1
        assert not set("\u202e\u2066\u2028\x1b\0\x7f\ufeff") & set(line)


def test_a_withdrawn_response_has_no_words_even_where_the_reader_still_has_them() -> None:
    told = a_class()
    first = told.head.rounds[0]
    entries = list(told.entries(first))
    gone = replace(entries[0].response, withdrawn_at=at(50) + timedelta(0), body={"claim": "taken back entirely"})
    entries[0] = replace(entries[0], response=gone)
    whole = "\n".join(lines_of(Told(told.head, {**told.entries_of, first.round.id: entries}, told.votes_of)))
    assert "taken back entirely" not in whole
