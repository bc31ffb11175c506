import hashlib
import json
import os
import re
import signal
import sys
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.discussion.transcript import Names, Scope
from bot.transcripts import Format, TranscriptError, TranscriptStopped
from bot.transcripts.writing import write, write_zip
from tests.transcripts.samples import Debate, Told, a_class, a_hostile_class, at, shipped

STEM = "parley-7-engage-china-or-impose-sanctions"


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_all_is_one_zip_whose_manifest_names_every_file_with_its_checksum(tmp_path: Path) -> None:
    written = write(a_class(Names.PSEUDONYM), Format.ALL, tmp_path)
    assert names_in(tmp_path) == [f"{STEM}.zip"]
    assert [path.name for path in written.files] == [f"{STEM}.zip"]
    with zipfile.ZipFile(written.files[0]) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        for part in manifest["files"]:
            content = archive.read(part["name"])
            assert (len(content), hashlib.sha256(content).hexdigest()) == (part["bytes"], part["sha256"])
        assert {*archive.namelist()} == {"manifest.json", *(part["name"] for part in manifest["files"])}
        endings = [part["name"].removeprefix(STEM) for part in manifest["files"]]
        lines = [json.loads(line) for line in archive.read(f"{STEM}.jsonl").splitlines()]
    assert endings == [
        ".html", "-responses.csv", "-votes.csv", "-participants.csv", "-rounds.csv", ".jsonl", ".md", ".txt",
        "-README.txt",
    ]  # fmt: skip
    assert manifest["counts"] == lines[-1]["counts"]
    assert manifest["counts"]["responses"] == sum(line["kind"] == "response" for line in lines) == 26
    assert manifest["counts"]["votes"] == sum(line["kind"] == "vote" for line in lines) == 30
    assert (manifest["time_zone"], manifest["parley"]) == ("Europe/Berlin", "0.1.0")
    assert manifest["scope"] == {"names": "pseudonym", "round": None, "student": None, "since": None}


def test_the_same_transcript_gives_the_same_bytes(tmp_path: Path) -> None:
    one = write(a_class(), Format.ALL, tmp_path / "one").files[0]
    two = write(a_class(), Format.ALL, tmp_path / "two").files[0]
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("kind", [Format.HTML, Format.CSV, Format.JSONL, Format.MARKDOWN, Format.TEXT])
def test_a_single_format_has_the_same_bytes_as_in_the_walk_of_all(kind: Format, tmp_path: Path) -> None:
    alone = write(a_hostile_class(), kind, tmp_path / "alone")
    together = write_zip(a_hostile_class(), Format.ALL, tmp_path / "together")
    with zipfile.ZipFile(together.files[0]) as archive:
        for path in alone.files:
            if not path.name.endswith("README.txt"):
                assert archive.read(path.name) == path.read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_files_are_readable_for_their_owner_only(tmp_path: Path) -> None:
    for path in write(a_class(), [Format.HTML, Format.CSV], tmp_path).files:
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Engage China?", "parley-7-engage-china"),
        ("Größe: ÄÖÜ / naïve", "parley-7-grosse-aou-naive"),
        ("日本語", "parley-7"),
        ("../../etc/passwd", "parley-7-etc-passwd"),
        ("CON", "parley-7-con"),
        ("a" * 90, "parley-7-" + "a" * 54),
        ("word " * 19, "parley-7" + "-word" * 11),
    ],
)
def test_names_are_safe_on_every_system(title: str, name: str, tmp_path: Path) -> None:
    debate = Debate(["Ann"], Scope(Names.PSEUDONYM))
    told = debate.told(title)
    for path in write(told, [Format.HTML, Format.CSV], tmp_path).files:
        assert path.name.startswith(name)
        assert re.fullmatch(r"[A-Za-z0-9.-]{1,80}", path.name)
    assert (tmp_path / f"{name}.html").exists()


def test_the_name_tells_the_scope(tmp_path: Path) -> None:
    told = a_class()
    student = next(iter(told.head.speakers))
    head = replace(told.head, scope=Scope(Names.REAL, 2, student, at(0)))
    rounds = replace(head, rounds=head.rounds[1:2])
    path = write(Told(rounds, told.entries_of, told.votes_of), Format.TEXT, tmp_path).files[0]
    assert path.name == "parley-7-real-names-round-2-student-s1-since-20261117t093000z.txt"


@pytest.mark.parametrize("kind", [Format.TEXT, Format.ALL])
def test_a_cancelled_export_leaves_nothing(kind: Format, tmp_path: Path) -> None:
    told = a_class()
    asked: list[bool] = []
    write(told, kind, tmp_path / "whole", should_stop=lambda: bool(asked.append(False)))
    for calls in range(len(asked)):
        answers = iter([False] * calls)
        with pytest.raises(TranscriptStopped, match="Nothing was written"):
            write(told, kind, tmp_path / "out", should_stop=lambda left=answers: next(left, True))
        assert names_in(tmp_path / "out") == []


def test_an_export_that_fails_leaves_the_earlier_one(tmp_path: Path) -> None:
    earlier = write(a_class(), Format.TEXT, tmp_path).files[0]
    before = earlier.read_bytes()
    told = a_class()
    short = replace(told.head, rounds=tuple(replace(each, votes=each.votes + 1) for each in told.head.rounds))
    with pytest.raises(TranscriptError, match="Round 1 should have 12 votes, but 11 are on record"):
        write(Told(short, told.entries_of, told.votes_of), Format.TEXT, tmp_path)
    assert names_in(tmp_path) == [earlier.name]
    assert earlier.read_bytes() == before


@contextmanager
def files_no_larger_than(size: int) -> Generator[None]:
    if sys.platform == "win32":
        pytest.skip("Windows has no limit on the size of files")
    else:
        import resource  # noqa: PLC0415 - only there on Unix

        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, heard)


@pytest.mark.parametrize("size", [0, 1000, 30_000])
@pytest.mark.parametrize("kind", [Format.HTML, Format.ALL])
def test_a_disk_that_takes_no_more_leaves_nothing_half_written(kind: Format, size: int, tmp_path: Path) -> None:
    with files_no_larger_than(size), pytest.raises(OSError, match="File too large"):
        write(a_class(), kind, tmp_path)
    assert names_in(tmp_path) == []


def test_progress_counts_up_to_all_responses_and_votes(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    debate = Debate(["Ann"], Scope(Names.PSEUDONYM))
    debate.pose(shipped().prompt_sets["china-or-sanctions"].prompts[0])
    for number in range(700):
        debate.vote("Ann", ("sanctions", "both")[number % 2])
    debate.close()
    write(debate.told(), Format.TEXT, tmp_path, on_progress=lambda done, total: heard.append((done, total)))
    assert heard == [(0, 700), (256, 700), (512, 700), (700, 700)]


def test_an_unknown_time_zone_is_told_in_a_sentence(tmp_path: Path) -> None:
    told = a_class()
    lost = replace(told.head, time_zone="Mars/Olympus")
    with pytest.raises(TranscriptError, match="There is no time zone called “Mars/Olympus” here"):
        write(Told(lost, told.entries_of, told.votes_of), Format.TEXT, tmp_path)
