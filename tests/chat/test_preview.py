"""`/discuss start` by a format, and its private preview: what it shows, and that it starts just that, and once."""

import shutil
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord import ResponseMessage

from bot.chat.connecting import plain_intents
from tests.chat.doing import forge, press, restarting, rows, start
from tests.chat.panels import addresses, again, begin, notices, shown
from tests.chat.seeing import answer, buttons_of, card_in, text_of, thread_in
from tests.conftest import ROOT, SchoolClass, school_class

OXFORD = "oxford-debate"


async def look(
    klass: SchoolClass, debate: str | None = OXFORD, **options: Any
) -> tuple[ResponseMessage, ResponseMessage]:
    """The preview: the card as it will be, and the page with Start."""
    chosen = {"format": debate} if debate is not None else {}
    result = await start(klass, preview=True, **chosen, **options)
    [page] = result.followups
    assert page.ephemeral
    return shown(result), page


async def test_a_start_by_a_format_is_live_at_once(klass: SchoolClass, database: Path) -> None:
    told = answer(await begin(klass))
    assert told.startswith(
        f"The debate is on: <#{thread_in(klass).id}>, with question 1 of the 3 in the set: 6 phases, "
    )
    assert "6 phases, 31 minutes." in told
    assert "`/discuss control` goes on, pauses and extends" in told
    assert "Phase 1 of 6: **before**" in text_of(card_in(klass))
    assert len(notices(klass)) == 1
    assert rows(database, "select count(*) from rounds") == [(1,)]


async def test_a_start_without_one_is_as_it_was(klass: SchoolClass) -> None:
    told = answer(await start(klass))
    assert told.startswith(
        f"The debate is on: <#{thread_in(klass).id}>, with question 1 of the 3 in the set. `/discuss"
    )
    assert "phase" not in told


@pytest.mark.parametrize("named", ["oxford-debate", "Oxford debate", " OXFORD debate "])
async def test_a_format_is_named_by_slug_or_title(klass: SchoolClass, named: str) -> None:
    assert "6 phases, 31 minutes" in answer(await begin(klass, named))


async def test_autocomplete_offers_formats_with_their_length(klass: SchoolClass) -> None:
    offered = await klass.teacher.autocomplete(klass.channel, "discuss start", "format", "oxf")
    assert offered == [{"name": "Oxford debate · 6 phases, 31 minutes", "value": "oxford-debate"}]
    every = await klass.teacher.autocomplete(klass.channel, "discuss start", "format", "")
    assert len(every) == 6
    assert {"name": "Open floor", "value": "open-floor"} in every
    assert await klass.teacher.autocomplete(klass.channel, "discuss start", "format", "nothing like it") == []


async def test_what_does_not_fit_together_is_refused(klass: SchoolClass) -> None:
    assert "There is no format called “no such”." in answer(await begin(klass, "no such"))
    assert "leave `minutes` out" in answer(await begin(klass, minutes=5))
    assert not klass.channel.history()


async def test_a_broken_format_is_told(tmp_path: Path) -> None:
    prompts = tmp_path / "prompts"
    shutil.copytree(ROOT / "prompts", prompts)
    good = (prompts / "formats" / "oxford-debate.yaml").read_text(encoding="utf-8")
    broken = good.replace("title: Oxford debate", "title: My debate").replace("minutes: 12", "minutes: twelve")
    (prompts / "formats" / "my-debate.yaml").write_text(broken, encoding="utf-8")
    for number in range(30):
        several = good.replace("Oxford debate", f"Debate number {number} " + "x" * 80)
        (prompts / "formats" / f"many-{number}.yaml").write_text(several, encoding="utf-8")
    async with school_class(tmp_path / "record.sqlite3", prompts=prompts) as klass:
        offered = await klass.teacher.autocomplete(klass.channel, "discuss start", "format", "my-d")
        assert offered == [{"name": "my-debate did not load", "value": "my-debate"}]
        told = answer(await begin(klass, "my-debate"))
        assert "The format “my-debate” did not load: my-debate.yaml:" in told
        assert not klass.channel.history()
        listed = answer(await klass.teacher.slash(klass.channel, "prompts list"))
        assert "my-debate.yaml:" in listed
        assert "**Fishbowl** · 8 phases, 33 minutes" in listed
        many = await klass.teacher.autocomplete(klass.channel, "discuss start", "format", "")
        assert len(many) == 25
        assert all(len(choice["name"]) <= 100 and len(choice["value"]) <= 100 for choice in many)
        assert "in other content files: `/prompts list` tells" in answer(await begin(klass))


async def test_a_preview_shows_the_card_and_the_phases_to_the_teacher_alone(klass: SchoolClass, database: Path) -> None:
    card, page = await look(klass)
    assert not klass.channel.history()
    assert rows(database, "select count(*) from sessions") == [(0,)]
    seen = text_of(card)
    assert "### What are North Korea's missile tests mainly for?" in seen
    assert "> North Korean representatives claim" in seen
    assert "Phase 1 of 6: **before**" in seen
    assert buttons_of(card) == []
    told = text_of(page)
    assert "**Oxford debate**: 6 phases, 31 minutes." in told
    assert "Required of everybody: 1 response and 1 reply." in told
    assert (
        "**1. before** · 2 minutes\nTake a side. Your last choice before the end counts.\n-# This vote is secret"
        in told
    )
    assert "**2. Opening** · 12 minutes\nMake your case, with evidence from the article.\n-# At least 20 words." in told
    assert "**5. Reflect** · 3 minutes" in told
    assert "**Which classmate's point moved you most, and why?**" in told
    assert "**6. The count** · takes no time" in told
    assert buttons_of(page) == ["Start"]
    begins, ends = (int(part.split(":")[0]) for part in told.split("<t:")[1:])
    assert ends - begins == 31 * 60
    assert "Started at <t:" in told


async def test_the_class_sees_just_what_was_shown(klass: SchoolClass) -> None:
    card, page = await look(klass)
    planned = text_of(page)
    await press(klass.teacher, page, "Start")
    live = card_in(klass)

    def without_times(words: str) -> list[str]:
        return [line for line in words.splitlines() if "<t:" not in line]

    assert without_times(text_of(card)) == without_times(text_of(live))
    for notice in notices(klass):
        assert text_of(notice).splitlines()[3] in planned


async def test_start_starts_what_was_looked_at(klass: SchoolClass, database: Path) -> None:
    _, page = await look(klass, question="worth-talking")
    result = await press(klass.teacher, page, "Start")
    assert not result.followups
    told = again(klass, page)
    assert f"The debate is on: <#{thread_in(klass).id}>, with question 2 of the 3" in text_of(told)
    assert "6 phases, 31 minutes" in text_of(told)
    assert buttons_of(told) == []
    assert "Is it worth trying to talk with North Korea now?" in text_of(card_in(klass))
    assert rows(database, "select json_extract(format, '$.title'), number from rounds") == [("Oxford debate", 1)]
    assert rows(database, "select started_by from sessions") == [(klass.teacher.id,)]


async def test_a_preview_of_an_open_floor(klass: SchoolClass, database: Path) -> None:
    card, page = await look(klass, None, minutes=7)
    assert "**Open floor**: 7 minutes." in text_of(page)
    assert "it ends at <t:" in text_of(page)
    assert "Closes <t:" in text_of(card)
    await press(klass.teacher, page, "Start")
    assert rows(database, "select minutes from sessions") == [(7,)]


async def test_a_format_that_waits_for_its_teacher_says_so(tmp_path: Path) -> None:
    prompts = tmp_path / "prompts"
    shutil.copytree(ROOT / "prompts", prompts)
    words = "title: Slow\nphases:\n  - argue: {name: One}\n  - reply: {name: Two, minutes: 4}\n  - read: {}\n"
    (prompts / "formats" / "slow.yaml").write_text(words, encoding="utf-8")
    async with school_class(tmp_path / "record.sqlite3", prompts=prompts) as klass:
        _, page = await look(klass, "slow")
        assert "**Slow**: 3 phases, 4 minutes and 2 until you go on." in text_of(page)
        assert "**1. One** · until you go on" in text_of(page)
        assert "When it ends is up to you." in text_of(page)


async def test_groups_and_circles_are_told(klass: SchoolClass) -> None:
    _, page = await look(klass, "structured-academic-controversy")
    assert "Everybody is assigned a side to argue for by lot, in groups of 4." in text_of(page)
    _, page = await look(klass, "fishbowl")
    assert "Everybody is assigned the inner or the outer circle by lot." in text_of(page)


async def test_two_presses_start_once(klass: SchoolClass, database: Path) -> None:
    _, page = await look(klass)
    address = addresses(page)["Start"]
    await press(klass.teacher, page, "Start")
    head = klass.guild.add_member(klass.env.create_user("Mr. Head"), roles=[klass.teacher_role])
    for presser in (klass.teacher, head):
        told = answer(await forge(klass, presser, address))
        assert told.strip() == f"This was started before: <#{thread_in(klass).id}>."
    await klass.teacher.slash(klass.channel, "discuss close")
    assert "This was started before" in answer(await forge(klass, klass.teacher, address))
    assert rows(database, "select count(*) from sessions") == [(1,)]
    assert len(klass.channel.threads) == 1


async def test_a_second_teacher_may_start_it_and_then_the_first_does_not(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await klass.teacher.slash(klass.channel, "discuss close")
    _, page = await look(klass)
    head = klass.guild.add_member(klass.env.create_user("Mr. Head"), roles=[klass.teacher_role])
    assert "The debate is on" in answer(await forge(klass, head, addresses(page)["Start"]))
    await press(klass.teacher, page, "Start")
    assert "This was started before" in text_of(again(klass, page))
    assert rows(database, "select started_by from sessions order by id") == [(klass.teacher.id,), (head.id,)]


async def test_students_start_nothing(klass: SchoolClass, database: Path) -> None:
    told = answer(await klass.ann.slash(klass.channel, "discuss start", prompts="single-lesson", preview=True))
    assert "This is for teachers" in told
    await start(klass)
    await klass.teacher.slash(klass.channel, "discuss close")
    _, page = await look(klass)
    assert "This is for teachers" in answer(await forge(klass, klass.ann, addresses(page)["Start"]))
    assert rows(database, "select count(*) from sessions") == [(1,)]


@pytest.mark.parametrize("made_up", ["", ":x", ":1", ":999999999999999999", ":1:2"])
async def test_a_start_that_somebody_made_up_starts_nothing(klass: SchoolClass, database: Path, made_up: str) -> None:
    await start(klass)
    told = answer(await forge(klass, klass.teacher, f"parley:start{made_up}"))
    assert "not known any more" in told
    assert rows(database, "select count(*) from sessions") == [(1,)]


async def test_a_debate_that_is_on_meanwhile_does_not_make_way(klass: SchoolClass, database: Path) -> None:
    _, page = await look(klass)
    await start(klass)
    result = await press(klass.teacher, page, "Start")
    assert "A debate is open in <#" in text_of(result.followups[0])
    await klass.teacher.slash(klass.channel, "discuss close")
    assert buttons_of(again(klass, page)) == ["Start"]
    await press(klass.teacher, page, "Start")
    assert rows(database, "select count(*) from sessions where closed_at is null") == [(1,)]


async def test_it_goes_stale_when_the_content_has_changed(tmp_path: Path, database: Path) -> None:
    prompts = tmp_path / "prompts"
    shutil.copytree(ROOT / "prompts", prompts)
    async with school_class(database, prompts=prompts) as klass:
        _, page = await look(klass)
        await klass.teacher.slash(klass.channel, "prompts reload")
        oxford = prompts / "formats" / "oxford-debate.yaml"
        words = oxford.read_text(encoding="utf-8")
        oxford.write_text(words.replace("minutes: 12", "minutes: 11"), encoding="utf-8")
        await klass.teacher.slash(klass.channel, "prompts reload")
        result = await press(klass.teacher, page, "Start")
        assert "The content was read again since this preview, and this debate has changed." in text_of(
            result.followups[0]
        )
        assert not [message for message in klass.channel.history() if message.components]
        oxford.unlink()
        await klass.teacher.slash(klass.channel, "prompts reload")
        result = await press(klass.teacher, page, "Start")
        assert "has changed" in text_of(result.followups[0])
        oxford.write_text(words, encoding="utf-8")
        await klass.teacher.slash(klass.channel, "prompts reload")
        await press(klass.teacher, page, "Start")
        assert rows(database, "select count(*) from sessions") == [(1,)]


async def test_it_starts_after_a_restart_and_once(database: Path) -> None:
    async with restarting(database) as running:
        _, page = await look(running.klass)
        async with running.restart() as klass:
            await press(klass.teacher, page, "Start")
            assert "The debate is on" in text_of(again(klass, page))
            assert rows(running.database, "select count(*) from sessions") == [(1,)]
            assert len(notices(klass)) == 1


async def test_old_previews_are_forgotten(klass: SchoolClass, database: Path) -> None:
    _, page = await look(klass)
    for _ in range(20):
        await klass.env.advance_time(1)
        await look(klass)
    await start(klass)
    told = answer(await forge(klass, klass.teacher, addresses(page)["Start"]))
    assert "This preview is not known any more." in told
    ((length,),) = rows(database, "select length(value) from notes where key like 'previews:%'")
    assert length < 10_000


async def test_a_preview_stays_in_its_guild(klass: SchoolClass, database: Path) -> None:
    _, page = await look(klass)
    await start(klass)
    other = klass.env.create_guild("Class 8A")
    hall = other.create_text_channel("hall")
    role = other.create_role("Teacher", permissions=discord.Permissions(manage_guild=True))
    stranger = other.add_member(klass.env.create_user("Stranger"), roles=[role])
    await stranger.slash(hall, "discuss start", prompts="single-lesson")
    theirs = SchoolClass(klass.env, klass.room, other, hall, role, stranger, [])
    told = answer(await forge(theirs, stranger, addresses(page)["Start"]))
    assert "This preview is not known any more." in told
    assert rows(database, "select count(*) from sessions") == [(2,)]


async def test_permissions_of_the_bot_are_asked_for_again(klass: SchoolClass) -> None:
    attic = klass.guild.create_text_channel("attic")
    result = await klass.teacher.slash(
        klass.channel, "discuss start", prompts="single-lesson", preview=True, channel=attic
    )
    klass.env.backend.delete_channel(attic.id)
    await klass.env.settle()
    result = await press(klass.teacher, result.followups[0], "Start")
    assert "Parley cannot see the channel for debates." in text_of(result.followups[0])


async def test_the_card_says_what_is_recorded_without_the_intent(database: Path) -> None:
    async with school_class(database, intents=plain_intents()) as klass:
        card, _ = await look(klass)
        assert "what is only typed is not recorded" in text_of(card)
