"""How somebody voted in secret stands in no file, cannot be worked out of any, and changes nothing but counts."""

import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discussion.transcript import Names, Scope
from tests.transcripts.playing import (
    BEGAN,
    BOTH,
    CHINA,
    NAMES,
    OXFORD_VOTES,
    SANCTIONS,
    Lesson,
    an_oxford_debate,
    files_of,
    lesson,
    user_id,
)

PEOPLE = [user_id(place) for place in range(1, len(NAMES) + 1)]
SCOPES = (
    Scope(Names.REAL),
    Scope(Names.PSEUDONYM),
    Scope(Names.REAL, student=PEOPLE[0]),
    Scope(Names.PSEUDONYM, student=PEOPLE[8]),
    Scope(Names.PSEUDONYM, round_number=1),
    Scope(Names.REAL, since=BEGAN + timedelta(minutes=6)),
)
ENDINGS = {
    ".html", "-responses.csv", "-votes.csv", "-participants.csv", "-rounds.csv", "-phases.csv", ".jsonl", ".md", ".txt",
    "-README.txt", "manifest.json", "-canvas.csv", "-moodle.csv",
}  # fmt: skip


def every_file(database: Path, scopes: tuple[Scope, ...] = SCOPES) -> dict[tuple[int, str], bytes]:
    with TemporaryDirectory() as folder:
        return {
            (place, ending): content
            for place, scope in enumerate(scopes)
            for ending, content in files_of(database, scope, Path(folder)).items()
        }


def with_votes(database: Path, folder: Path, rows: Sequence[tuple[int, str, int]], dice: Random) -> Path:
    """The same record, with these secret votes and no others: of whom, for what, in which phase, at any time."""
    path = Path(shutil.copy(database, folder / "permuted.sqlite3"))
    with closing(sqlite3.connect(path)) as record:
        taken = [f"2026-11-17 09:{dice.randrange(60):02}:{dice.randrange(60):02}.000000" for _ in rows]
        record.execute("DELETE FROM votes WHERE secret")
        record.executemany(
            "INSERT INTO votes (guild_id, round_id, user_id, stance, at, phase, secret) "
            "SELECT guild_id, id, ?, ?, ?, ?, 1 FROM rounds",
            [(user, stance, at, phase) for (user, stance, phase), at in zip(rows, taken, strict=True)],
        )
        record.commit()
    return path


def test_the_formats_tried_here_are_all_there_are(oxford: Path) -> None:
    assert {ending for _, ending in every_file(oxford)} == ENDINGS


def test_who_cast_which_secret_vote_changes_no_byte(oxford: Path) -> None:
    as_it_was = every_file(oxford)

    @settings(max_examples=12, deadline=None)
    @given(st.permutations(PEOPLE), st.randoms(use_true_random=False))
    def run(people: list[int], dice: Random) -> None:
        ballots = zip(people, OXFORD_VOTES.values(), strict=False)
        rows = [(user, stance, 3 * vote) for user, both in ballots for vote, stance in enumerate(both) if stance]
        # Minds may also be changed within a phase: only the last vote in it counts.
        wavering = [
            (user, dice.choice([CHINA, SANCTIONS, BOTH]), phase) for user, _, phase in rows if dice.random() < 0.3
        ]
        dice.shuffle(rows)
        with TemporaryDirectory() as folder:
            assert every_file(with_votes(oxford, Path(folder), wavering + rows, dice)) == as_it_was

    run()


def test_other_totals_change_the_bytes(oxford: Path, tmp_path: Path) -> None:
    """The comparison above can find something."""
    rows = [(user, stance, 3 * vote) for user in PEOPLE for vote, stance in enumerate((CHINA, BOTH))]
    changed = every_file(with_votes(oxford, tmp_path, rows, Random(1)))
    for ending in (".html", "-rounds.csv", "-phases.csv", ".jsonl", ".md", ".txt"):
        assert changed[0, ending] != every_file(oxford)[0, ending]


@pytest.mark.parametrize("names", Names)
def test_who_did_nothing_but_vote_in_secret_is_nowhere(oxford: Path, names: Names) -> None:
    with closing(sqlite3.connect(oxford)) as record:
        pseudonyms: Mapping[int, str] = dict(record.execute("SELECT user_id, pseudonym FROM pseudonyms"))
    told = b"\n".join(
        content
        for (_, ending), content in every_file(oxford, (Scope(names),)).items()
        if ending not in {"-canvas.csv", "-moodle.csv"}  # they list whoever stands in the teacher's own mapping
    ).decode()
    speakers = {"Amara", "Bo", "Chen", "Dalia", "Emil", "Kaya"}
    for place, name in enumerate(NAMES, 1):
        label = name if names is Names.REAL else pseudonyms.get(user_id(place), "no pseudonym at all")
        assert (label in told) is (name in speakers), label
        if names is Names.REAL:
            assert (str(user_id(place)) in told) is (name in speakers)


@pytest.mark.parametrize("phase", [0, 1, 2, 3, 4])
async def test_before_the_reveal_a_secret_vote_changes_nothing_at_all(
    phase: int, database: Path, tmp_path: Path
) -> None:
    async with lesson(database, "oxford-debate") as klass:
        await until(klass, phase)
        await klass.name_everybody()
    without = with_votes(database, tmp_path, [], Random(1))
    assert every_file(without) == every_file(database)


async def until(klass: Lesson, phase: int) -> None:
    """Play up to somewhere in a phase, votes and all."""
    for name, stances in list(OXFORD_VOTES.items())[:7]:
        if stance := stances[0]:
            await klass.vote(name, stance)
    for number in range(phase):
        await klass.go_on()
        if number == 0:
            await klass.respond("Amara", CHINA)
            await klass.respond("Kaya", SANCTIONS)
    if phase == 3:
        await klass.vote("Amara", SANCTIONS)
        await klass.vote("Lena", BOTH)
    if phase == 4:
        await klass.reflect("Chen", "I stay where I was.", moved_by="Amara")


async def test_with_few_votes_nobody_is_told_to_have_moved(database: Path, tmp_path: Path) -> None:
    async with lesson(database, "oxford-debate") as klass:
        for name in NAMES[:4]:
            await klass.vote(name, CHINA)
        for _ in range(3):
            await klass.go_on()
        for name in NAMES[:4]:
            await klass.vote(name, SANCTIONS)
        await klass.close()
    files = files_of(database, Scope(Names.REAL), tmp_path)
    for ending in (".html", ".md", ".txt"):
        text = files[ending].decode()
        assert "Who moved where is not told: so few voted in secret." in text
        assert " moved from " not in text
    assert b'"moves":null' in files[".jsonl"]
    assert files["-rounds.csv"].decode().rstrip().endswith("Neither works without the other: ±0,")


async def test_a_debate_closed_after_its_first_vote_tells_that_vote_and_no_swing(
    database: Path, tmp_path: Path
) -> None:
    async with lesson(database, "oxford-debate") as klass:
        await klass.vote("Amara", CHINA)
        await klass.go_on()
        await klass.close()
    text = files_of(database, Scope(Names.REAL), tmp_path)[".txt"].decode()
    assert "before (secret vote): 1 voter" in text
    assert "How minds moved" not in text


async def test_what_is_told_of_the_whole_debate_can_be_played_again(oxford: Path, database: Path) -> None:
    """The record that is permuted here is that of a class that votes by its buttons."""
    async with lesson(database, "oxford-debate") as klass:
        await an_oxford_debate(klass)
    assert every_file(database, (Scope(Names.REAL),)) == every_file(oxford, (Scope(Names.REAL),))
