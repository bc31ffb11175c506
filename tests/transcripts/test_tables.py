import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discussion.evidence import Citation, Kind
from bot.discussion.ids import ResponseId
from bot.discussion.transcript import Entry, Names
from bot.discussion.values import Attachment, Revision
from bot.transcripts import Format
from bot.transcripts.columns import COLUMNS, TableName, tables_of
from bot.transcripts.phrases import joined
from bot.transcripts.signs import cell
from bot.transcripts.writing import write
from tests.transcripts.samples import HOSTILE, Told, a_class, a_hostile_class, at

RUNS = re.compile(r"[\s\"“”‘’\ufeff\u200b-\u202e]*[=+\-@＝＋－＠]|[\t\r]")


def strict_rows(content: bytes) -> list[list[str]]:
    """RFC 4180 to the letter: cells quoted where they must be, quotes doubled, every row ended by CRLF."""
    text = content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(_rows(text[1:]))


def _rows(text: str) -> Iterator[list[str]]:
    field = re.compile(r'"((?:[^"]|"")*)"|([^",\r\n]*)')
    place, row = 0, list[str]()
    while place < len(text):
        match = field.match(text, place)
        assert match is not None
        row.append(match[2] if match[1] is None else match[1].replace('""', '"'))
        place = match.end()
        if text[place : place + 1] == ",":
            place += 1
        else:
            assert text[place : place + 2] == "\r\n", text[place - 20 : place + 20]
            place += 2
            yield row
            row = []


def tables(told: Told, folder: Path) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for path in write(told, Format.CSV, folder).files:
        if path.suffix == ".csv":
            header, *rows = strict_rows(path.read_bytes())
            kind = path.stem.rpartition("-")[2]
            assert tuple(header) == COLUMNS[TableName(kind)]
            with path.open(encoding="utf-8-sig", newline="") as file:
                assert list(csv.reader(file, strict=True)) == [header, *rows]
            found[kind] = [dict(zip(header, row, strict=True)) for row in rows]
    assert tuple(found) == tables_of(told.head)
    return found


def entries(told: Told) -> list[Entry]:
    return [entry for each in told.head.rounds for entry in told.entries(each)]


def undone(shown: str) -> str:
    return shown.removeprefix("'")


def test_a_response_is_a_row_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    rows = tables(a_class(), tmp_path)["responses"]
    assert len(rows) == 26
    reply = next(row for row in rows if row["citations"])
    told = ("author", "role", "kind", "stance_id", "parent_id", "parent_author", "depth")
    assert [reply[name] for name in told] == ["Hana", "student", "reply", "both", "101", "Amara", "1"]
    assert reply["stance"] == "Neither works without the other"
    assert reply["citations"] == "¶2: chief financial and political benefactor"
    message = reply["message_id"].removeprefix("m")
    assert reply["link"] == f"https://discord.com/channels/1310000000000000001/1310000000000300001/{message}"
    assert (reply["created_at"], reply["created_at_local"]) == (
        "2026-11-17T09:42:21.123Z",
        "2026-11-17T10:42:21.123+01:00",
    )
    withdrawn = next(row for row in rows if row["withdrawn_at"])
    assert (withdrawn["text"], withdrawn["claim"], withdrawn["words"]) == ("", "", "0")
    hidden = next(row for row in rows if row["hidden_at"])
    assert hidden["text"] == "this is boring"
    assert [row["revisions"] for row in rows if row["edited_at"]] == ["1", "1"]


@pytest.mark.parametrize(
    ("column", "shown", "written", "told"),
    [
        ("edited_at", "2026-11-17T09:30:09.123Z", {"edited_at": at(9)}, {}),
        ("withdrawn_at", "2026-11-17T09:30:09.123Z", {"withdrawn_at": at(9), "body": {}}, {}),
        ("hidden_at", "2026-11-17T09:30:09.123Z", {}, {"hidden_at": at(9)}),
        ("citations", "¶2", {}, {"citations": (Citation(2, 0, "", "", "", Kind.CHOSEN),)}),
        ("revisions", "1", {}, {"revisions": (Revision(ResponseId(101), {}, None, at(9)),)}),
        ("attachments", "notes.pdf (a file, 1 byte)", {"attachments": (Attachment("notes.pdf", None, 1),)}, {}),
        ("group", "3", {"group": 3}, {}),
        ("held_back", "yes", {"held_back": True}, {}),
        ("moved", "2", {}, {"moved": 2}),
    ],
)
def test_each_thing_that_few_rows_have_is_told_also_where_it_is_the_only_one(
    column: str, shown: str, written: dict[str, Any], told: dict[str, Any], tmp_path: Path
) -> None:
    whole = a_class(rounds=1)
    [(posed, [first, *others])] = whole.entries_of.items()
    changed = replace(first, response=replace(first.response, **written), **told)
    plain = "0" if shown.isdigit() and column != "group" else ""
    for entry, expected in ((first, plain), (changed, shown)):
        row = tables(replace(whole, entries_of={posed: [entry, *others]}), tmp_path)["responses"][0]
        assert row[column] == expected


def test_the_counts_of_the_four_files_agree(tmp_path: Path) -> None:
    found = tables(a_class(), tmp_path)
    assert sum(int(row["responses"]) for row in found["rounds"]) == len(found["responses"])
    assert sum(int(row["votes"]) for row in found["rounds"]) == len(found["votes"])
    assert sum(int(row["votes"]) for row in found["participants"]) == len(found["votes"])
    people = ("responses", "replies", "withdrawn", "hidden")
    assert sum(int(row[name]) for row in found["participants"] for name in people) == len(found["responses"])
    assert (
        found["rounds"][0]["tally"] == "Engage China first: 3; Sanctions first: 2; Neither works without the other: 5"
    )
    assert found["rounds"][0]["gap_times"].endswith("(the bot was restarted)")


def test_no_cell_of_a_hostile_class_runs_and_all_words_are_there(tmp_path: Path) -> None:
    told = a_hostile_class()
    found = tables(told, tmp_path)
    for rows in found.values():
        for row in rows:
            for shown in row.values():
                assert not RUNS.match(shown) or shown.isdigit(), shown
                assert not re.search("[\0-\x08\x0b-\x1f\ud800-\udfff]", shown)
    for entry, row in zip(entries(told), found["responses"], strict=True):
        held = joined(entry).replace("\r\n", "\n").replace("\r", "\n")
        held = re.sub("[\ud800-\udfff]", "\ufffd", held).replace("\0", "␀").replace("\x1b", "␛").replace("\x07", "␇")
        assert undone(row["text"]) == held


def test_every_hostile_text_that_a_spreadsheet_would_run_is_guarded() -> None:
    assert [text for text in HOSTILE if cell(text).startswith("'")] == [
        text for text in HOSTILE if text.lstrip(" \t\r“\ufeff")[:1] in {"=", "+", "-", "@", "'", "＝"}
        and not text.startswith("\u202e")
    ]  # fmt: skip


@given(st.text())
@settings(deadline=None)
def test_taking_one_apostrophe_away_gives_what_was_written(text: str) -> None:
    shown = cell(text)
    assert not RUNS.match(shown)
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert undone(shown) == re.sub("[\0-\x08\x0b-\x1f]", lambda sign: chr(0x2400 + ord(sign[0])), plain).replace(
        "\x7f", "␡"
    )


@pytest.mark.parametrize("column", ["message_id", "user_id"])
def test_ids_are_text_that_no_spreadsheet_rounds(column: str, tmp_path: Path) -> None:
    found = tables(a_class(), tmp_path)
    rows = found["responses" if column == "message_id" else "participants"]
    assert all(re.fullmatch(r"[mu]\d{19}", row[column]) for row in rows)


def test_under_pseudonyms_there_are_no_ids_and_no_links(tmp_path: Path) -> None:
    found = tables(a_class(Names.PSEUDONYM), tmp_path)
    assert {row["message_id"] + row["link"] for row in found["responses"]} == {""}
    assert {row["user_id"] for row in found["participants"]} == {""}
