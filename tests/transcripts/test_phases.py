"""A debate of phases, told: what the class did in each, how it voted, who was put where, who may read what."""

import csv
import json
import re
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, validate

from bot.discussion.transcript import Names, Scope
from bot.transcripts.masking import as_named
from bot.transcripts.schema import transcript_schema
from tests.transcripts.playing import BEGAN, BOTH, CHINA, NAMES, SANCTIONS, files_of, held, lesson, user_id
from tests.transcripts.reading import read_back
from tests.transcripts.samples import a_class
from tests.transcripts.test_html import outline_of, page_of
from tests.transcripts.test_jsonl import lines_of
from tests.transcripts.test_tables import tables

REAL = Scope(Names.REAL)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def words_of(ending: str, content: bytes) -> str:
    """What a reader sees, without the markup."""
    text = content.decode()
    if ending == ".html":
        text = "".join(outline_of(text).text)
    return re.sub(r"[\\*|>\s]+", " ", text)


@pytest.mark.parametrize("ending", [".html", ".md", ".txt"])
def test_an_oxford_debate_is_told_whole(oxford: Path, ending: str, tmp_path: Path) -> None:
    text = words_of(ending, files_of(oxford, REAL, tmp_path)[ending])
    for told in (
        "Oxford debate · Posed Tue 17 Nov 2026, 10:30",
        "before (secret vote): 8 voters",
        "after (secret vote): 8 voters",
        "1 vote is left out of this count: beside who voted both times it would not stay secret.",
        "From “before” to “after”: 8 people voted both times",
        "“Sanctions first” moved the most minds: +37.5 percentage points.",
        "3 people stayed.",
        "2 people moved from 🤝 Engage China first to 🚫 Sanctions first.",
        "Rebuttal (reply)",
        "The point, restated",
        "moved 2 people",
        "The class voted in secret: only the counts are told.",
        "Who did nothing but vote in secret is not in this list, and no secret vote is in its numbers.",
    ):
        assert told in text, told
    assert re.search(r"before (secret vote, |secret vote |\(secret vote\): )10:30 – 10:33", text)
    assert "time until" not in text  # each phase has its own
    assert text.count("Private") == 3
    assert "Not shown" not in text
    assert not re.search(r"\d votes?\b(?! is left out)", text.replace("8 voters", ""))


def test_the_tables_of_an_oxford_debate(oxford: Path, tmp_path: Path) -> None:
    files = files_of(oxford, REAL, tmp_path)
    said = rows(files["-responses.csv"])
    answer = next(row for row in said if row["restated"])
    told = ("phase_number", "phase", "phase_kind", "restated", "moved", "kind", "group", "held_back")
    assert [answer[name] for name in told] == [
        "3", "Rebuttal", "reply", "China pays, so China decides.", "2", "reply", "", "",
    ]  # fmt: skip
    assert answer["text"].startswith("The point, restated: China pays, so China decides.\nAnswer: To pay is not")
    assert [row["kind"] for row in said] == ["modal", "reply", "reply", "modal", "modal", *["reflection"] * 3]
    assert {row["held_back"] for row in said} == {""}
    phases = rows(files["-phases.csv"])
    assert [(row["phase"], row["phase_kind"], row["voters"]) for row in phases] == [
        ("before", "secret vote", "8"), ("Opening", "argue", ""), ("Rebuttal", "reply", ""),
        ("after", "secret vote", "8"), ("Reflect", "reflect", ""),
    ]  # fmt: skip
    assert [row["ended_at"] for row in phases[:-1]] == [row["began_at"] for row in phases[1:]]
    assert phases[0]["began_at_local"] == "2026-11-17T10:30:00.000+01:00"
    [posed] = rows(files["-rounds.csv"])
    assert posed["tally"] == "Engage China first: 2; Sanctions first: 5; Neither works without the other: 1"
    assert (posed["format"], posed["voted_both_times"]) == ("Oxford debate", "8")
    assert posed["swing"] == "Engage China first: −12.5; Sanctions first: +37.5; Neither works without the other: −25"
    assert posed["moves"].split("; ")[0] == "Engage China first → Sanctions first: 2"
    assert rows(files["-votes.csv"]) == []
    assert "-places.csv" not in files
    amara = rows(files["-participants.csv"])[0]
    assert [amara[name] for name in ("responses", "replies", "reflections", "words", "votes")] == [
        "1", "0", "1", "28", "0",
    ]  # fmt: skip
    assert "Votes that were cast in secret stand in no row" in files["-README.txt"].decode()


def test_gradebooks_have_a_column_of_reflections_where_a_format_asks_for_them(oxford: Path, tmp_path: Path) -> None:
    book = rows(files_of(oxford, REAL, tmp_path)["-canvas.csv"])
    of = {row["Student"]: [row[f"Parley 1 {fact}"] for fact in ("responses", "words", "reflections")] for row in book}
    assert of["Amara"] == ["1", "28", "1"]
    assert of["Chen"] == ["0", "0", "1"]
    assert of["Jun"] == ["0", "0", "0"]
    assert not [column for column in book[0] if "vote" in column]


@pytest.mark.parametrize("ending", [".html", ".md", ".txt"])
def test_a_controversy_tells_who_was_put_where_and_what_groups_wrote(
    controversy: Path, ending: str, tmp_path: Path
) -> None:
    text = words_of(ending, files_of(controversy, REAL, tmp_path)[ending])
    for told in (
        "Structured academic controversy",
        "Group 1",
        "written by Chen, Dalia",
        "Common ground (statement)",
        "the groups were mended",
        "by lot, having come later",
        "the sides were swapped",
        "own view (vote): 12 voters",
    ):
        assert told in text, told
    assert "How minds moved" not in text
    assert "left out" not in text
    assert re.search(r"Until [^()]*(\(Chen\)|, by Chen)", text)


def test_the_places_of_a_controversy_are_rows(controversy: Path, tmp_path: Path) -> None:
    files = files_of(controversy, REAL, tmp_path)
    placed = rows(files["-places.csv"])
    mats = [(row["side_id"], row["group"], row["reason"]) for row in placed if row["author"] == "Mats"]
    assert mats == [("engage-china", "3", "late"), ("sanctions", "3", "swap")]
    assert {row["reason"] for row in placed} == {"lot", "late", "swap", "group"}
    stated = [row for row in rows(files["-responses.csv"]) if row["kind"] == "statement"]
    assert [(row["group"], row["author"], row["written_by"]) for row in stated] == [
        ("1", "Chen", "Chen\nDalia"), ("2", "Bo", "Bo"),
    ]  # fmt: skip
    took_part = {row["author"]: row for row in rows(files["-participants.csv"])}
    assert len(took_part) == len(NAMES)
    assert [took_part[name]["statements"] for name in ("Chen", "Dalia", "Emil")] == ["1", "1", "0"]
    assert {row["phase"] for row in rows(files["-votes.csv"])} == {"own view"}


@pytest.mark.parametrize("kind", ["oxford", "controversy"])
def test_json_lines_of_phases_fit_the_schema_and_read_back(kind: str, request: pytest.FixtureRequest) -> None:
    told = held(request.getfixturevalue(kind), REAL)
    lines = lines_of(told)
    schema = transcript_schema()
    for line in lines:
        validate(json.loads(line), schema, cls=Draft202012Validator)
    back = read_back(lines)
    assert back.head == replace(told.head, rounds=back.head.rounds)
    for before, after in zip(told.head.rounds, back.head.rounds, strict=True):
        assert (after.phases, after.places, after.counted, after.swing, after.tally) == (
            before.phases, before.places, before.counted, before.swing, before.tally,
        )  # fmt: skip
        assert (after.round.format, after.round.phase_number) == (before.round.format, before.round.phase_number)
    entries = [entry for each in told.head.rounds for entry in told.entries(each)]
    for entry, read in zip(entries, back.entries, strict=True):
        assert read.response == entry.response
        assert (read.moved, read.writers, read.revisions) == (entry.moved, entry.writers, entry.revisions)
    voted = [vote for each in told.head.rounds for vote in told.votes(each)]
    for vote, found in zip(voted, back.votes, strict=True):
        assert (found.speaker, found.stance, found.phase) == (vote.speaker, vote.stance, vote.phase)


def test_the_seed_of_the_lots_is_in_no_file(controversy: Path, tmp_path: Path) -> None:
    """Whoever knows the class could draw the lots again, and find out who has which pseudonym."""
    for scope in (REAL, Scope(Names.PSEUDONYM)):
        for content in files_of(controversy, scope, tmp_path).values():
            assert b'"seed"' not in content


def test_under_pseudonyms_nobody_placed_or_writing_with_others_is_named(controversy: Path, tmp_path: Path) -> None:
    files = files_of(controversy, Scope(Names.PSEUDONYM), tmp_path)
    assert rows(files["-places.csv"])
    whole = b"\n".join(files.values()).decode()
    for place, name in enumerate(NAMES, 1):
        # In their own words it stands as they wrote it, and “Bold” may begin a pseudonym.
        assert f"{name} holds" in whole or not re.search(rf"\b{name}\b", whole)
        assert str(user_id(place)) not in whole
    assert not re.search(rf"written by ({'|'.join(NAMES)})\b", words_of(".html", files[".html"]))


NAMING = {"author", "author_label", "parent_author", "message_id", "link", "edited_by", "revisions", "body", "words"}


def without_names(line: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in line.items() if name not in NAMING}


@pytest.mark.parametrize("kind", ["oxford", "controversy", "thinking"])
def test_under_pseudonyms_all_else_is_told_alike(kind: str, request: pytest.FixtureRequest) -> None:
    real, masked = (
        [json.loads(line) for line in lines_of(as_named(held(request.getfixturevalue(kind), Scope(names))))]
        for names in Names
    )
    for what in ("response", "vote", "end"):
        told = sorted(json.dumps(without_names(line)) for line in masked if line["kind"] == what)
        assert told == sorted(json.dumps(without_names(line)) for line in real if line["kind"] == what)
    assert len(real) == len(masked)


@pytest.fixture
async def thinking(database: Path) -> Path:
    """A debate of which the class does not see everything yet."""
    async with lesson(database, "think-first") as klass:
        await klass.go_on()
        await klass.respond("Amara", CHINA)
    return database


def test_one_students_part_has_their_own_reflection_place_and_common_text_alone(
    oxford: Path, controversy: Path
) -> None:
    chen = held(oxford, Scope(Names.REAL, student=user_id(3)))
    [entry] = chen.entries(chen.head.rounds[0])
    assert (entry.response.source, entry.response.body) == (
        "reflection", {"text": "Dalia, since she answered what was said."},
    )  # fmt: skip
    dalia = held(controversy, Scope(Names.REAL, student=user_id(4)))
    [told] = dalia.head.rounds
    assert {place.speaker.label for place in told.places} == {"Dalia"}
    [common] = [entry for entry in dalia.entries(told) if entry.response.group is not None]
    assert ([writer.label for writer in common.writers], common.speaker.label) == (["Chen", "Dalia"], "Chen")
    assert told.entries == len(list(dalia.entries(told))) == 4
    gio = held(controversy, Scope(Names.REAL, student=user_id(7)))
    assert [entry.response.group for entry in gio.entries(gio.head.rounds[0])] == [None]
    page_of(dalia)


def test_what_was_written_since_some_time_has_places_of_then(controversy: Path) -> None:
    whole, late = (held(controversy, Scope(Names.REAL, since=since)).head.rounds[0] for since in (BEGAN, None))
    assert whole.places == late.places
    swapped = whole.places[-1].at
    after = held(controversy, Scope(Names.REAL, since=swapped))
    assert {place.reason for place in after.head.rounds[0].places} == {"swap"}


@pytest.mark.parametrize("kind", ["oxford", "controversy"])
@pytest.mark.parametrize("names", Names)
def test_the_page_of_phases_is_sound(kind: str, names: Names, request: pytest.FixtureRequest) -> None:
    outline = outline_of(page_of(held(request.getfixturevalue(kind), Scope(names))))
    assert all(after <= before + 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))
    assert len(set(outline.ids)) == len(outline.ids)
    assert {link for link in outline.links if link.removeprefix("#") not in outline.ids} == set()


async def test_what_the_class_does_not_see_yet_is_told_and_marked(database: Path, tmp_path: Path) -> None:
    async with lesson(database, "think-first") as klass:
        await klass.go_on()
        await klass.respond("Amara", CHINA)
        await klass.respond("Bo", SANCTIONS)
        files = files_of(database, REAL, tmp_path)
        for ending in (".html", ".md", ".txt"):
            text = files[ending].decode()
            assert text.count("Not shown to the class yet.") == 2, ending
            assert "Amara holds that" in text
        assert [row["held_back"] for row in rows(files["-responses.csv"])] == ["yes", "yes"]
        await klass.go_on()
        files = files_of(database, REAL, tmp_path)
    for ending in (".html", ".md", ".txt"):
        assert "Not shown" not in files[ending].decode()
    assert [row["held_back"] for row in rows(files["-responses.csv"])] == ["", ""]
    assert "In this format nobody votes." in files[".txt"].decode()
    assert "phase_number" in files["-phases.csv"].decode()
    assert [row["ended_at"] == "" for row in rows(files["-phases.csv"])] == [False, False, False, True]


async def test_an_open_vote_is_told_by_name_and_its_swing_with_it(database: Path, tmp_path: Path) -> None:
    async with lesson(database, "philosophical-chairs") as klass:
        for name in NAMES[:4]:
            await klass.vote(name, CHINA)
        await klass.go_on()
        await klass.respond("Amara", CHINA, claim="It pays.", reasoning="Who pays decides.")
        await klass.respond("Bo", SANCTIONS, claim="It has paid for years.")
        open_now = files_of(database, REAL, tmp_path)[".txt"].decode()
        for _ in range(2):
            await klass.go_on()
        for name in NAMES[:4]:
            await klass.vote(name, BOTH)
        await klass.close()
    assert "at first (vote): 4 voters" in open_now
    assert "How minds moved" not in open_now
    files = files_of(database, REAL, tmp_path)
    voted = [(row["author"], row["phase"], row["stance_id"], row["previous_id"]) for row in rows(files["-votes.csv"])]
    assert voted[4:6] == [("Bo", "Opening", "sanctions", "engage-china"), ("Amara", "at last", "both", "engage-china")]
    text = files[".txt"].decode()
    assert "4 people moved from 🤝 Engage China first to ⚖️ Neither works without the other." in text
    assert "Bo: ⚖️ Neither works without the other, before: 🚫 Sanctions first (at last (vote))" in text
    assert "1 vote, 0" not in text


async def test_on_time_is_up_to_the_end_that_the_phase_was_to_have(database: Path, tmp_path: Path) -> None:
    """Think first gives eight minutes to write; who opened the form in time is heard for three minutes more."""
    async with lesson(database, "think-first") as klass:
        await klass.go_on()
        await klass.respond("Amara", CHINA)
        await klass.go_on()  # early: the time that the class was told is not over
        await klass.respond_late("Bo", SANCTIONS, phase=1)
        klass.clock.tick(minutes=9)
        await klass.close()
    took_part = {row["author"]: row["on_time"] for row in rows(files_of(database, REAL, tmp_path)["-participants.csv"])}
    assert took_part == {"Amara": "1", "Bo": "1"}
    told = held(database, REAL)
    [posed] = told.head.rounds
    late = [phase.ended_at for phase in posed.phases if phase.number == 1]
    assert late[0] is not None
    assert late[0] < [entry.response.created_at for entry in told.entries(posed)][1]


def test_an_open_floor_is_told_without_phases(tmp_path: Path) -> None:
    told = a_class()
    for text in (page_of(told), *("\n".join(lines_of(told)),)):
        assert "Phases" not in text
        assert "(argue)" not in text
    found = tables(told, tmp_path)
    assert set(found) == {"responses", "votes", "participants", "rounds"}
    for row in (*found["responses"], *found["votes"]):
        assert (row["phase_number"], row["phase"], row["phase_kind"]) == ("", "", "")
    assert {(row["group"], row["written_by"], row["held_back"], row["moved"]) for row in found["responses"]} == {
        ("", "", "", "0")
    }
    assert {row["format"] for row in found["rounds"]} == {"Open floor"}
    lines = [json.loads(line) for line in lines_of(told)]
    assert {line["phase"] for line in lines if line["kind"] in {"response", "vote", "round"}} == {1}
