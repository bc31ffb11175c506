"""`/prompts upload`, `source`, `remove`, `list`: a server's own prompt sets."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.classroom import uploading
from bot.classroom.people import Person
from bot.discussion.ids import GuildId, UserId
from tests.chat.doing import posts_in, press, restarting, rows, start
from tests.chat.planning import endings, schedule
from tests.chat.seeing import answer, card_in, text_of, thread_in
from tests.chat.uploads import elsewhere, file_in, library, offered, own_set, sent, upload
from tests.conftest import ROOT, SchoolClass, school_class

KEPT = "select slug, version, length(source) > 0, removed_at is null from uploads order by id"


async def test_an_uploaded_set_can_be_debated_and_is_told_with_questions_and_article(
    klass: SchoolClass,
) -> None:
    told = await upload(klass)
    assert "“Our own words” can be debated in this server: 1 question on “" in told
    assert "It is known as “ours”. No other server sees it" in told
    assert "ours" in await offered(klass, "discuss start", "prompts")
    assert await offered(klass, "discuss start", "question", prompts="ours") == ["first"]
    assert "**Our own words** · 1 question · `ours`, version 1, <t:" in await library(klass)
    answer(await start(klass, "ours"))
    assert "Is that so?" in text_of(card_in(klass))


async def test_only_teachers_upload_see_and_remove(klass: SchoolClass, database: Path) -> None:
    await upload(klass)
    assert "This is for teachers" in await upload(klass, name="mine.yaml", actor=klass.ann)
    for command in ("prompts source", "prompts remove"):
        assert "This is for teachers" in answer(await klass.ann.slash(klass.channel, command, set="ours"))
        assert await offered(klass, command, "set", klass.ann) == []
        assert await offered(klass, command, "set") == ["ours"]
    assert rows(database, KEPT) == [("ours", 1, 1, 1)]


async def test_each_problem_is_told_with_its_place_and_its_mend_and_nothing_changes(
    klass: SchoolClass, database: Path
) -> None:
    told = await upload(klass, own_set().replace(b"paragraph: 1", b"paragraph: 3").replace(b"label: I agree, ", b""))
    assert "This file has 2 problems, so nothing has changed:" in told
    assert r"- ours.yaml:8:16: this quote does not stand word for word in ¶3 but in ¶1; write paragraph: 1" in told
    assert "ours.yaml:10:" in told
    assert rows(database, KEPT) == []
    assert "ours" not in await offered(klass, "discuss start", "prompts")


async def test_of_many_problems_the_first_are_told_and_all_are_in_a_file(klass: SchoolClass) -> None:
    prompt = own_set().split(b"prompts:\n")[1]
    many = own_set() + b"".join(prompt.replace(b"id: first", b"id: n%d" % n) for n in range(20))
    result = await sent(klass, many.replace(b"paragraph: 1", b"paragraph: 99"))
    told = answer(result)
    assert "This file has 21 problems" in told
    assert "All of them are in the file below." in told
    assert len(told) < 2000
    name, words = await file_in(result)
    assert name == "problems.txt"
    assert words.decode().count("the article has") == 21
    assert words.decode().splitlines()[0].startswith("ours.yaml:7:20: ")


async def test_an_article_that_is_not_there_cannot_be_meant(klass: SchoolClass) -> None:
    told = await upload(klass, own_set().replace(b"north-korea-ballistic-missile-tests", b"../../data/parley"))
    assert "ours.yaml:1:10: there is no article" in told


@pytest.mark.parametrize(
    ("name", "size", "told"),
    [
        ("ours.txt", 10, "That is no YAML file by its name"),
        ("ours.yaml.exe", 10, "That is no YAML file by its name"),
        ("yaml", 10, "That is no YAML file by its name"),
        ("___.yaml", 10, "has no letter or digit. Rename the file."),
        ("x" * 65 + ".yaml", 10, "has more than 64 letters. Rename the file."),
        ("ours.yaml", 256 * 1024 + 1, "too large for a prompt set: 256 KiB is the most"),
        ("single-lesson.yaml", None, "Parley itself has a prompt set called “single-lesson”"),
        ("Single Lesson.YML", None, "Parley itself has a prompt set called “single-lesson”"),
    ],
)
async def test_what_is_refused_by_its_name_or_its_size(
    klass: SchoolClass, database: Path, name: str, size: int | None, told: str
) -> None:
    assert told in await upload(klass, own_set() if size is None else b"#" * size, name=name)
    assert rows(database, KEPT) == []


@pytest.mark.parametrize("size", [256 * 1024 + 1, 2**60])
async def test_too_large_a_file_and_a_students_file_are_not_even_fetched(
    klass: SchoolClass, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    fetched: list[str] = []
    cdn = klass.env.backend.cdn
    stored, fetch = cdn.store_attachment, klass.env.bot.http.get_from_cdn

    def lying(*given: Any) -> dict[str, Any]:
        return {**stored(*given), "size": size}

    async def counted(url: str) -> bytes:
        fetched.append(url)
        return await fetch(url)

    monkeypatch.setattr(klass.env.bot.http, "get_from_cdn", counted)
    await upload(klass, actor=klass.ann)
    monkeypatch.setattr(cdn, "store_attachment", lying)
    assert "too large" in await upload(klass)
    assert fetched == []
    monkeypatch.undo()


@pytest.mark.parametrize("trouble", ["gone", "slow", "lost"])
async def test_what_discord_does_not_hand_over_gets_a_sentence(
    klass: SchoolClass, database: Path, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    async def failing(url: str) -> bytes:
        if trouble == "slow":
            await asyncio.sleep(3600)
        if trouble == "lost":
            raise ConnectionResetError
        return await fetch(f"{url}/gone")

    fetch = klass.env.bot.http.get_from_cdn
    monkeypatch.setattr(klass.env.bot.http, "get_from_cdn", failing)
    result = await sent(klass)
    await klass.env.advance_time(11)
    assert "Discord did not hand the file over just now. Please send it again" in answer(result)
    assert rows(database, KEPT) == []


async def test_a_new_version_counts_on_and_earlier_ones_can_be_had_back(klass: SchoolClass, database: Path) -> None:
    await upload(klass)
    answer(await start(klass, "ours"))
    told = await upload(klass, own_set(question="And now?"))
    assert "It is version 2 of “ours”" in told
    assert "Is that so?" in text_of(card_in(klass))
    assert "Is that so?" in text_of(card_in(klass))
    latest = await klass.teacher.slash(klass.channel, "prompts source", set="Our own words")
    assert await file_in(latest) == ("ours.yaml", own_set(question="And now?"))
    first = await klass.teacher.slash(klass.channel, "prompts source", set="ours", version=1)
    assert await file_in(first) == ("ours.yaml", own_set())
    third = await klass.teacher.slash(klass.channel, "prompts source", set="ours", version=3)
    assert "Version 3 of “ours” is not kept. There are 1, 2." in answer(third)
    assert "version 2, <t:" in await library(klass)
    assert rows(database, KEPT) == [("ours", 1, 1, 1), ("ours", 2, 1, 1)]


async def test_a_removed_set_is_gone_with_all_its_text_but_not_from_the_debate_it_was_started_for(
    klass: SchoolClass, database: Path
) -> None:
    secret = own_set(question="Where is the quokka?")
    await upload(klass, secret)
    await upload(klass, secret + b"# twice\n")
    await schedule(klass, "in 3 minutes", "ours")
    answer(await start(klass, "ours", channel=klass.guild.create_text_channel("den")))
    removed = await klass.teacher.slash(klass.channel, "prompts remove", set="ours")
    assert "“ours” is removed in all its versions" in answer(removed)
    assert "1 scheduled debate with it will not start" in answer(removed)
    assert await file_in(removed) == ("ours.yaml", secret + b"# twice\n")
    assert rows(database, KEPT) == [("ours", 2, 0, 0)]
    assert rows(database, "select uploaded_by from uploads") == [(None,)]
    assert "ours" not in await library(klass)
    assert "no prompt set called “ours”" in answer(await start(klass, "ours"))
    again = await klass.teacher.slash(klass.channel, "prompts remove", set="ours")
    assert "This server has no prompt set of its own called “ours”." in answer(again)
    assert "quokka" in rows(database, "select prompt_set from sessions")[0][0]
    await klass.env.advance_time(200)
    assert endings(database) == ["refused"]
    assert "It is version 3 of “ours”" in await upload(klass)
    assert rows(database, KEPT) == [("ours", 3, 1, 1)]


async def test_it_stands_on_the_audit_who_uploaded_and_removed(klass: SchoolClass, database: Path) -> None:
    await upload(klass)
    await klass.teacher.slash(klass.channel, "prompts remove", set="ours")
    told = rows(database, "select action, user_id, details from audits where action like 'prompts.%' order by id")
    details = '{"set":"ours","version":"1"}'
    assert [(action, who, said.replace(" ", "")) for action, who, said in told] == [
        ("prompts.upload", klass.teacher.id, details),
        ("prompts.remove", klass.teacher.id, details),
    ]


async def test_one_guild_never_sees_anothers(klass: SchoolClass, database: Path) -> None:
    other = elsewhere(klass)
    await upload(klass, own_set("Hours of quokkas"))
    assert "ours" not in await offered(other, "discuss start", "prompts")
    assert await offered(other, "discuss start", "question", prompts="ours") == []
    assert await offered(other, "prompts remove", "set") == []
    assert "quokkas" not in await library(other)
    told = answer(await start(other, "ours"))
    assert "There is no prompt set called “ours”." in told
    assert "quokkas" not in told
    assert "There is no prompt set called" in answer(await start(other, "Hours of quokkas", preview=True))
    assert "There is no prompt set called" in await schedule(other, "in 3 minutes", "ours")
    for command in ("prompts source", "prompts remove"):
        found = answer(await other.teacher.slash(other.channel, command, set="ours"))
        assert "This server has no prompt set of its own called “ours”." in found
    assert "“Hours of quokkas” can be debated" in await upload(other, own_set("Hours of quokkas"))
    assert rows(database, KEPT) == [("ours", 1, 1, 1), ("ours", 1, 1, 1)]
    for each in (klass, other):  # read anew, and not as it was remembered
        assert "quokkas" in answer(await each.teacher.slash(each.channel, "prompts reload"))
    answer(await klass.teacher.slash(klass.channel, "prompts remove", set="ours"))
    assert "quokkas" in await library(other)
    assert "quokkas" not in await library(klass)


async def test_a_title_is_taken_once_in_a_server(klass: SchoolClass) -> None:
    await upload(klass)
    assert "the title “our OWN words” belongs to another set" in await upload(
        klass, own_set("our OWN words"), name="other.yaml"
    )
    assert "belongs to another set" in await upload(klass, own_set("'One lesson: threat, talks or pressure?'"))
    assert "version 2" in await upload(klass, own_set("our OWN words"))


async def test_it_outlives_a_restart_and_so_do_schedules_and_previews_of_it(database: Path) -> None:
    async with restarting(database) as running:
        await upload(running.klass)
        await schedule(running.klass, "in 3 minutes", "ours")
        seen = await start(running.klass, "ours", channel=running.klass.guild.create_text_channel("den"), preview=True)
        async with running.restart() as klass:
            assert "ours" in await offered(klass, "discuss start", "prompts")
            assert "Our own words" in await library(klass)
            page = seen.followups[-1]
            started = await press(klass.teacher, page, "Start")
            assert "The debate is on" in answer(started)
            await klass.env.advance_time(200)
            assert endings(running.database) == ["started"]
            assert "Is that so?" in text_of(card_in(klass))


async def test_what_the_next_parley_does_not_take_any_more_is_left_out_and_told(database: Path, tmp_path: Path) -> None:
    prompts, articles = tmp_path / "prompts", tmp_path / "article"
    shutil.copytree(ROOT / "prompts", prompts)
    shutil.copytree(ROOT / "article", articles)
    async with school_class(database, prompts=prompts, articles=articles) as klass:
        await upload(klass)
        (prompts / "ours.yaml").write_bytes(own_set("Shipped since"))
        told = answer(await klass.teacher.slash(klass.channel, "prompts reload"))
        assert "**ours** · version 1, <t:" in told
        assert "cannot be used" in told
        assert "ours.yaml:1:1: Parley has come to have a prompt set called “ours” itself; upload this one" in told
        answer(await start(klass, "ours"))
        assert await offered(klass, "prompts remove", "set") == ["ours"]
        (prompts / "ours.yaml").unlink()
        assert "**Our own words**" in answer(await klass.teacher.slash(klass.channel, "prompts reload"))
        next(articles.glob("*.md")).unlink()
        told = answer(await klass.teacher.slash(klass.channel, "prompts reload"))
        assert "ours.yaml:1:10: there is no article" in told
        assert "removed in all its versions" in answer(
            await klass.teacher.slash(klass.channel, "prompts remove", set="ours")
        )


async def test_two_uploads_of_one_name_at_once_are_two_versions(klass: SchoolClass, database: Path) -> None:
    room, person = klass.room, Person(GuildId(klass.guild.id), UserId(klass.teacher.id), "T", frozenset(), True, False)
    sets = [own_set("Our own words", f"Number {number}?") for number in range(4)]
    added = await asyncio.gather(*(uploading.upload(room, person, "ours.yaml", data) for data in sets))
    assert sorted(each.upload.version for each in added if isinstance(each, uploading.Added)) == [1, 2, 3, 4]
    others = await asyncio.gather(
        uploading.upload(room, person, "one.yaml", own_set("Same")),
        uploading.upload(room, person, "two.yaml", own_set("Same")),
    )
    assert sorted(isinstance(each, uploading.Added) for each in others) == [False, True]
    latest = max((each for each in added if isinstance(each, uploading.Added)), key=lambda each: each.upload.version)
    answer(await start(klass, "ours"))
    assert latest.prompt_set.prompts[0].question in text_of(card_in(klass))


async def test_hostile_files_get_a_sentence_and_leave_nothing(klass: SchoolClass, database: Path) -> None:
    bomb = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
        b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % (n + 1, n + 1, *[n] * 8) for n in range(97, 110)
    )
    hostile = [
        bomb,
        b"[" * 10_000,
        b"\xff\xfe" + "title: x".encode("utf-16-le"),
        b"!!python/object/apply:os.system ['true']",
        b"title: " + b"x" * 200_000,
    ]
    for data in hostile:
        told = await upload(klass, data)
        assert "so nothing has changed:" in told
        assert len(told) <= 2000
    assert rows(database, KEPT) == []


async def test_what_a_teacher_wrote_does_nothing_when_it_is_shown(klass: SchoolClass) -> None:
    told = await upload(klass, own_set('"@everyone **now** <@1>"'), name="../../etc/<@1> `x`.yaml")
    assert r"\*\*now\*\*" in told
    assert "<@1>" not in told.replace(r"\<@1>", "")
    shown = await library(klass)
    assert r"\*\*now\*\*" in shown
    assert "known as “etc-1-x”" not in told
    assert "known as “1-x”" in told
    answer(await start(klass, "1-x"))
    assert not any(message.mentions or message.mention_everyone for message in posts_in(thread_in(klass)))
    assert not card_in(klass).mention_everyone


async def test_how_many_are_kept(klass: SchoolClass, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "MOST_SETS", 2)
    monkeypatch.setattr(uploading, "MOST_VERSIONS", 2)
    for number in range(3):
        await upload(klass, own_set(question=f"Number {number}?"))
    assert rows(database, KEPT) == [("ours", 2, 1, 1), ("ours", 3, 1, 1)]
    await upload(klass, own_set("Second"), name="second.yaml")
    assert "This server has 2 prompt sets of its own" in await upload(klass, own_set("Third"), name="third.yaml")
    await klass.env.advance_time(1200)
    assert "version 4" in await upload(klass, own_set("A fourth time"))
    monkeypatch.setattr(uploading, "MOST_TEXT", 1000)
    assert "version 5" in await upload(klass, own_set("A fifth time"))
    assert rows(database, KEPT) == [("second", 1, 1, 1), ("ours", 5, 1, 1)]
    monkeypatch.setattr(uploading, "MOST_TEXT", 500)
    assert "very long" in await upload(klass, own_set("Now"))
