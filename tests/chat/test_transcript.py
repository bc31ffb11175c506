"""`/transcript`: the record handed over, to whom it may be, and noted on the audit."""

import csv
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord import ChannelHandle, InteractionResult, MemberActor
from simcord.backend.models import Message

from bot.chat import delivering
from tests.chat.doing import newest_in, reply, respond, rows, start
from tests.chat.seeing import answer
from tests.chat.test_errors import until
from tests.chat.waiting import Debate, in_real_time
from tests.chat.weathering import find_connection, lose_connection
from tests.conftest import SchoolClass


async def export(
    klass: SchoolClass, who: MemberActor, channel: ChannelHandle | None = None, **options: Any
) -> InteractionResult:
    """Export the first session; as HTML under pseudonyms unless said otherwise."""
    chosen = {"session": 1, "format": "html", "names": "pseudonym", **options}
    return await who.slash(channel or klass.channel, "transcript export", **chosen)


async def files_of(result: InteractionResult) -> dict[str, bytes]:
    """The files that somebody was handed, by the ending of their names."""
    assert result.response is not None
    assert result.response.ephemeral
    messages = [result.response, *result.followups]
    return {file.filename: await file.read() for message in messages for file in message.attachments}


async def debated(klass: SchoolClass) -> None:
    """Two questions, a response and an answer to it in the first, a response in the second."""
    await start(klass)
    await respond(klass, klass.ann, "attack", claim="Ann's claim")
    await reply(klass.ben, newest_in(klass), "Ben's answer")
    await klass.teacher.slash(klass.channel, "discuss next")
    shown = await klass.ann.click(_newest_card(klass), label="Respond")
    option = shown.modal["components"][0]["component"]["options"][0]["value"] if shown.modal else ""
    await klass.ann.submit_modal(shown, {"stance": option, "claim": "Ann's second claim"})


def _newest_card(klass: SchoolClass) -> discord.Message:
    return max((message for message in klass.channel.history() if message.components), key=lambda each: each.id)


@pytest.mark.parametrize(("format_", "ending"), [("html", ".html"), ("markdown", ".md"), ("text", ".txt")])
async def test_a_teacher_gets_one_file_with_everything_in_it(klass: SchoolClass, format_: str, ending: str) -> None:
    await debated(klass)

    result = await export(klass, klass.teacher, format=format_, names="real")

    assert "3 responses, 2 votes." in answer(result)
    ((name, data),) = (await files_of(result)).items()
    assert name.endswith(ending)
    words = data.decode().replace("&#39;", "'").replace("&#x27;", "'")
    assert all(said in words for said in ("Ann's claim", "Ben's answer", "Ann's second claim", "Ann", "Ben"))


async def test_csv_comes_with_its_further_files(klass: SchoolClass) -> None:
    await debated(klass)

    files = await files_of(await export(klass, klass.teacher, format="csv", names="real"))

    table = next(data for name, data in files.items() if name.endswith("-responses.csv"))
    told = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline=""), strict=True))
    assert [row["text"].endswith(said) for row, said in zip(told, ("claim", "answer", "claim"), strict=True)] == [
        True
    ] * 3
    assert {name.rsplit("-", 1)[1] for name in files} >= {"votes.csv", "participants.csv", "rounds.csv"}


async def test_all_is_one_zip_whose_manifest_agrees_with_the_screen(klass: SchoolClass) -> None:
    await debated(klass)

    result = await export(klass, klass.teacher, format="all")

    ((_, data),) = (await files_of(result)).items()
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        manifest = json.loads(zipped.read("manifest.json"))
        assert zipped.testzip() is None
    assert f"{manifest['counts']['responses']} responses, {manifest['counts']['votes']} votes." in answer(result)


async def test_pseudonyms_hide_everybody(klass: SchoolClass) -> None:
    await debated(klass)

    files = await files_of(await export(klass, klass.teacher, format="jsonl"))

    for data in files.values():
        assert b'"Ann"' not in data
        assert str(klass.ann.id).encode() not in data


@pytest.mark.parametrize(
    ("options", "told"),
    [({"round": 1}, 2), ({"round": 2}, 1), ({"since": "2h"}, 3), ({"since": "2099-01-01"}, 0)],
)
async def test_only_what_was_asked_for(klass: SchoolClass, options: dict[str, Any], told: int) -> None:
    await debated(klass)

    result = await export(klass, klass.teacher, **options)

    assert answer(result).startswith(f"{told} response")


async def test_only_one_student(klass: SchoolClass) -> None:
    await debated(klass)

    assert answer(await export(klass, klass.teacher, student=klass.ben)).startswith("1 response,")


async def test_a_moderator_may_and_a_student_may_not(klass: SchoolClass) -> None:
    await debated(klass)
    moderators = klass.guild.create_role("Moderator", permissions=discord.Permissions(manage_messages=True))
    moderator = klass.guild.add_member(klass.env.create_user("Mo"), roles=[moderators])

    assert await files_of(await export(klass, moderator))
    for command in ("transcript export", "transcript list", "transcript log"):
        options = {"session": 1, "format": "html", "names": "real"} if command.endswith("export") else {}
        refused = await klass.ann.slash(klass.channel, command, **options)
        assert "for moderators and teachers" in answer(refused)
    assert await klass.ann.autocomplete(klass.channel, "transcript export", "session", "") == []


async def test_another_guild_finds_nothing(klass: SchoolClass) -> None:
    await debated(klass)
    elsewhere = klass.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    managers = elsewhere.create_role("Boss", permissions=discord.Permissions(manage_guild=True))
    stranger = elsewhere.add_member(klass.env.create_user("Stranger"), roles=[managers])

    assert "no debate number 1 on record in this server" in answer(await export(klass, stranger, channel))
    assert await stranger.autocomplete(channel, "transcript export", "session", "") == []
    assert "No debate is on record" in answer(await stranger.slash(channel, "transcript list"))
    assert "Nothing has been exported" in answer(await stranger.slash(channel, "transcript log"))


async def test_every_export_is_on_the_audit(klass: SchoolClass) -> None:
    await debated(klass)
    await export(klass, klass.teacher, names="real", round=2)

    log = answer(await klass.teacher.slash(klass.channel, "transcript log"))

    assert f"<@{klass.teacher.id}>" in log
    assert "debate 1" in log
    assert "format html, names real, round 2" in log


async def test_list_tells_what_there_is(klass: SchoolClass) -> None:
    await debated(klass)

    told = answer(await klass.teacher.slash(klass.channel, "transcript list", session=1))

    assert "2 questions · 3 responses" in told
    (choice,) = await klass.teacher.autocomplete(klass.channel, "transcript export", "session", "lesson")
    assert choice["value"] == 1


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"session": 99}, "no debate number 99"),
        ({"round": 9}, "had 2 questions; there is no number 9"),
        ({"since": "the other day"}, "`since` is a time"),
        ({"format": "canvas"}, "A gradebook needs real names"),
        ({"format": "canvas", "names": "real"}, "A gradebook needs a mapping"),
    ],
)
async def test_what_cannot_be_exported_is_refused_with_a_sentence(
    klass: SchoolClass, options: dict[str, Any], sentence: str
) -> None:
    await debated(klass)

    result = await export(klass, klass.teacher, **options)

    assert sentence in answer(result)
    assert not await files_of(result)


async def test_a_gradebook_from_a_mapping(klass: SchoolClass) -> None:
    await debated(klass)
    mapping = f"discord_user_id,name,canvas_id,section\n{klass.ann.id},Ann A.,7,7B\n"

    result = await export(
        klass, klass.teacher, format="canvas", names="real", students=("students.csv", mapping.encode())
    )

    files = await files_of(result)
    (book,) = [data.decode("utf-8-sig") for name, data in files.items() if name.endswith("canvas.csv")]
    assert book.startswith("Student,ID,SIS User ID,SIS Login ID,Section")
    assert "Ann A." in book
    assert "overwrite" in answer(result).casefold()


def limit_uploads(klass: SchoolClass, most: int) -> None:
    """Let the simulated Discord tell the bot that a file here may have so many bytes."""
    send: Callable[[str, Any], None] = klass.env.backend.emit

    def emit(event: str, payload: Any) -> None:
        if event == "INTERACTION_CREATE":
            payload["attachment_size_limit"] = most
        send(event, payload)

    klass.env.backend.emit = emit  # pyright: ignore[reportAttributeAccessIssue] - the simulated Discord, not our code


async def test_too_large_for_one_file_is_split_by_question(klass: SchoolClass) -> None:
    await debated(klass)
    for _ in range(10):
        await reply(klass.ben, newest_in(klass), "A long one. " * 50)
    whole = sum(len(data) for data in (await files_of(await export(klass, klass.teacher, format="text"))).values())
    limit_uploads(klass, whole - 100)

    result = await export(klass, klass.teacher, format="text")

    parts = await files_of(result)
    assert len(parts) == 2
    assert all(len(data) < whole for data in parts.values())


async def test_when_even_that_fails_the_command_line_is_named(klass: SchoolClass) -> None:
    await debated(klass)
    limit_uploads(klass, 100)

    result = await export(klass, klass.teacher, names="real")

    assert "python bot.py export --session 1 --format html --names real --out DIR" in answer(result)
    assert not await files_of(result)


MANY = 20_000


def many_responses(database: Path) -> None:
    """So many responses, as if typed, in the first round."""
    with closing(sqlite3.connect(database)) as outside, outside:
        guild, user = outside.execute("SELECT guild_id, started_by FROM sessions").fetchone()
        outside.executemany(
            "INSERT INTO responses (guild_id, round_id, user_id, role, source, body, created_at, message_id)"
            " VALUES (?, 1, ?, 'student', 'message', ?, ?, ?)",
            [(guild, user, f'{{"text":"Word {number}"}}', _AT, number) for number in range(1, MANY + 1)],
        )


_AT = "2026-01-01 09:00:00.000000"


def watch_notes(debate: Debate) -> list[str]:
    """What private messages say from here on whenever they are edited."""
    said: list[str] = []

    def whisper(event: str, message: Message) -> None:
        if event == "MESSAGE_UPDATE":
            said.append(message.content)

    debate.env.backend.whispers.append(whisper)
    return said


async def test_a_long_export_says_how_far_it_is_until_the_file_is_there(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In real time, told more often than in earnest."""
    monkeypatch.setattr(delivering, "_TELL_EVERY", 0.05)
    async with in_real_time(database) as debate:
        many_responses(database)
        said = watch_notes(debate)
        options = {"session": 1, "format": "all", "names": "pseudonym"}
        result = await debate.owner.slash(debate.channel, "transcript export", **options)
        (handed_over,) = await until(lambda: result.followups, within=60)
        assert handed_over.content == f"{MANY} responses, 0 votes."
        assert handed_over.attachments
        await until(lambda: result.response is None)  # the note is taken away

    shares = [int(match[1]) for note in said if (match := PROGRESS.fullmatch(note)) is not None]
    assert len(set(shares)) >= 3, said
    assert shares == sorted(shares)
    assert shares[-1] <= 100


PROGRESS = re.compile(rf"Writing the transcript … (\d+) % of {MANY} responses")


async def test_an_export_goes_on_though_its_progress_cannot_be_told(
    database: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(delivering, "_TELL_EVERY", 0.05)
    async with in_real_time(database) as debate:
        debate.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=500, times=None)
        options = {"session": 1, "format": "html", "names": "pseudonym"}
        result = await debate.owner.slash(debate.channel, "transcript export", **options)
        handed_over = await until(lambda: result.response or next(iter(result.followups), None), within=30)
        await until(lambda: handed_over.attachments, within=30)
    assert caplog.text.count("could not tell how far an export is") == 1


async def test_nothing_is_left_of_an_export_on_the_disk(
    klass: SchoolClass, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    await debated(klass)

    await export(klass, klass.teacher)

    assert list(temporary.iterdir()) == []


async def test_a_gap_is_on_record_and_told(klass: SchoolClass) -> None:
    await start(klass)
    await klass.env.advance_time(90)
    klass.env.inject_error("GET", "/channels/*/messages", status=500, times=None)  # nothing can be read back
    await lose_connection(klass)
    await klass.env.advance_time(30)
    await find_connection(klass)

    path = klass.room.store.path
    assert len(rows(path, "SELECT * FROM gaps")) == 1
    ((_, data),) = (await files_of(await export(klass, klass.teacher, format="text"))).items()
    assert "the connection to Discord was lost" in data.decode()
