from pathlib import Path

import pytest

from bot.discussion.transcript import Names, Scope
from bot.discussion.values import Source
from bot.transcripts import Format, TranscriptError
from bot.transcripts.gradebooks import MappingError, read_mapping
from bot.transcripts.writing import write
from tests.transcripts.samples import Debate, Told, a_class, shipped
from tests.transcripts.test_tables import strict_rows

HEADER = "discord_user_id,name,canvas_id,sis_user_id,sis_login_id,section,email,id_number\r\n"


def user(told: Told, name: str) -> int:
    return next(user for user, speaker in told.head.speakers.items() if speaker.label == name)


def mapping(told: Told, folder: Path) -> Path:
    path = folder / "students.csv"
    path.write_text(
        "\ufeff"
        + HEADER
        + f'{user(told, "Amara")},"Quellenstein, Amara",11,S-1,amara,7B,amara@school.example,0001\r\n'
        + f"{user(told, 'Bo')},=Bo,,,bo,7B,,0002\r\n"
        + f"{user(told, 'Gio')},Gio,,,,7B,gio@school.example,\r\n"
        + "1310000000000888888,Silent Sam,14,,,7B,sam@school.example,\r\n\r\n",
        encoding="utf-8",
        newline="",
    )
    return path


def test_canvas_has_its_columns_its_points_and_every_mapped_student(tmp_path: Path) -> None:
    told = a_class()
    written = write(told, Format.CANVAS, tmp_path / "out", students=mapping(told, tmp_path))
    book, readme = written.files
    rows = strict_rows(book.read_bytes())
    facts = ["Parley 7 responses", "Parley 7 replies", "Parley 7 words", "Parley 7 on time"]
    assert rows[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *facts]
    assert rows[1] == ["    Points Possible", "", "", "", "", "2", "2", "80", "3"]
    assert rows[2] == ["Quellenstein, Amara", "11", "S-1", "amara", "7B", "2", "0", "80", "2"]
    assert rows[3] == ["'=Bo", "", "", "bo", "7B", "1", "2", "56", "3"]
    assert rows[4] == ["Silent Sam", "14", "", "", "7B", "0", "0", "0", "0"]
    assert len(rows) == 5
    assert written.warnings[0] == (
        "Canvas: 1 student in the mapping with no canvas_id, sis_user_id or sis_login_id left out: Gio."
    )
    assert written.warnings[1].startswith("Canvas: 7 students without a line in the mapping left out: Chen, Dalia,")
    assert "Ms. Rivera" not in written.warnings[1]
    assert "overwrite grades" in written.warnings[2]
    for warning in written.warnings:
        assert warning in readme.read_text(encoding="utf-8")


def test_moodle_is_matched_by_id_number_and_e_mail_and_has_no_feedback(tmp_path: Path) -> None:
    told = a_class()
    written = write(told, Format.MOODLE, tmp_path / "out", students=mapping(told, tmp_path))
    rows = strict_rows(written.files[0].read_bytes())
    assert rows[0][:4] == ["ID number", "Email address", "Full name", "Parley 7 responses"]
    assert rows[1][:3] == ["0001", "amara@school.example", "Quellenstein, Amara"]
    assert [row[2] for row in rows[1:]] == ["Quellenstein, Amara", "'=Bo", "Gio", "Silent Sam"]
    gio = rows[3]
    assert gio[3:] == ["3", "0", "72", "3"]


def test_withdrawn_and_hidden_responses_do_not_count_and_late_ones_are_not_on_time(tmp_path: Path) -> None:
    debate = Debate(["Amara"], Scope(Names.REAL))
    debate.pose(shipped().prompt_sets["china-or-sanctions"].prompts[0])
    first = debate.say("Amara", {"text": "two words"}, Source.MODAL)
    debate.withdraw(debate.say("Amara", {"text": "taken back"}, Source.MODAL))
    debate.hide(debate.say("Amara", {"text": "not nice"}, Source.MESSAGE))
    debate.clock = 1200.1
    debate.say("Amara", {"text": "after the deadline"}, Source.REPLY, first)
    debate.close()
    told = debate.told()
    path = tmp_path / "students.csv"
    path.write_text(f"discord_user_id,email\n{user(told, 'Amara')},a@school.example\n", encoding="utf-8")
    rows = strict_rows(write(told, Format.MOODLE, tmp_path / "out", students=path).files[0].read_bytes())
    assert rows[1] == ["", "a@school.example", "", "1", "1", "5", "1"]


def test_a_gradebook_under_pseudonyms_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="A gradebook needs real names: grades cannot be given to pseudonyms"):
        write(a_class(Names.PSEUDONYM), Format.CANVAS, tmp_path / "out", students=mapping(a_class(), tmp_path))
    assert not (tmp_path / "out").exists()


def test_a_gradebook_without_a_mapping_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="a CSV file with the columns discord_user_id, name"):
        write(a_class(), Format.MOODLE, tmp_path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "students.csv is empty. Its first line must name the columns."),
        (HEADER, "students.csv has no student below its first line."),
        ("name,email\nA,a@b\n", "students.csv, line 1: the column discord_user_id is missing."),
        ("discord_user_id,Nickname\n1,A\n", "students.csv, line 1: there is no column called “nickname”."),
        ("discord_user_id,name,name\n1,A,B\n", "students.csv, line 1: the column name is there twice."),
        ("discord_user_id,name\n1.31E+18,A\n", "students.csv, line 2: the id 1.31E+18 was rounded by a spreadsheet."),
        ("discord_user_id;name\n12;A\nAda;B\n", "students.csv, line 3: “Ada” is no Discord user id"),
        ("discord_user_id,name\n12\n", "students.csv, line 2: there are 1 cells, but the first line names 2 columns."),
        ("discord_user_id,email\n12,nobody\n", "students.csv, line 2: “nobody” is no e-mail address."),
        ("discord_user_id,id_number\n12,=1\n", "students.csv, line 2: id_number begins with “=”"),
        (
            'discord_user_id,name\n12,"A\nB"\n12,C\n',
            "students.csv, line 4: discord_user_id 12 stands on line 2 already.",
        ),
        ("discord_user_id,email\n1,A@b\n2,a@B\n", "students.csv, line 3: email a@B stands on line 2 already."),
        ('discord_user_id,name\n12,"A"x\n', "students.csv, line 2: a quotation mark is out of place"),
        ("discord_user_id,name\n\n1,A\nx,B\n", "students.csv, line 4: “x” is no Discord user id"),
    ],
)
def test_a_broken_mapping_is_told_with_its_line(content: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "students.csv"
    path.write_text(content, encoding="utf-8", newline="")
    with pytest.raises(MappingError) as caught:
        read_mapping(path)
    assert str(caught.value).startswith(sentence)


def test_a_mapping_in_another_encoding_and_one_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "students.csv"
    path.write_bytes("discord_user_id,name\n1,A\n2,Bj\xf6rn\n".encode("latin-1"))
    with pytest.raises(MappingError, match=r"line 3: this is not UTF-8"):
        read_mapping(path)
    with pytest.raises(MappingError, match=r"nowhere.csv cannot be read: No such file"):
        read_mapping(tmp_path / "nowhere.csv")


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "students.csv"
    path.write_text("discord_user_id,name\n" + "".join(f"x{number},A\n" for number in range(25)), encoding="utf-8")
    with pytest.raises(MappingError) as caught:
        read_mapping(path)
    lines = str(caught.value).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "… and 5 more."
