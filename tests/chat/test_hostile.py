"""Words that try to do something: they stand on one card, do nothing, and are on record as they were written."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.discussion.taming import tamed
from bot.discussion.wording import in_one_line
from tests.chat.doing import bodies_of, newest_in, posts_in, reply, respond, rows, start, watch
from tests.chat.seeing import answer, components_of, text_of, thread_in
from tests.chat.test_texts import AS_DISCORD_READS
from tests.conftest import SchoolClass, school_class

WORDS = (
    "@everyone @here look",
    "<@1456074443980800016> <@&1> <#1> <:x:1> </setup:1> <t:0:R>",
    "# Big\n## Bigger\n-# small\n> quote\n>>> long quote\n- item\n  - item\n1. one",
    "```py\nprint('x')\n```\n`code` ||spoiler|| **bold** __under__ ~~gone~~ [click](https://a.example)",
    "\u200b\u200dzero\u2060width\ufeff",
    "one\n\n\n\ntwo\r\nthree\u2028four",
    "\u202eright to left",
    "👩‍🚀🏴󠁧󠁢󠁥󠁮󠁧󠁿 e\u0301 ﷽",
    "'; DROP TABLE responses; --",
    '=HYPERLINK("https://a.example")',
    "<script>alert(1)</script>",
    "{0} %s ${x} {{x}}",
    "\\",
    "*" * 700,
    "\\" * 700,
    "a\n" * 350,
)


def as_read(shown: str) -> str:
    """Words as they are read: without the backslashes that Discord takes away, and the sign behind Arabic ones."""
    return AS_DISCORD_READS.sub(r"\1", shown).replace("\u200e", "")


def recorded(database: Path) -> list[Any]:
    return [json.loads(body) for (body,) in rows(database, "select body from responses order by id")]


async def test_words_stand_on_one_card_as_written(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    seen = watch(klass)
    for number, words in enumerate(WORDS, 1):
        assert "**Recorded.**" in answer(await respond(klass, klass.ann, "defend", claim=words, reasoning=words))

        kept = words.strip()
        assert recorded(database)[-1] == {"claim": kept, "reasoning": kept}
        posts = posts_in(thread_in(klass))
        assert len(posts) == number
        assert [part["type"] for part in components_of(posts[-1])] == [17, 10, 10, 10, 1, 2, 2]
        texts = [part["content"] for part in components_of(posts[-1]) if part["type"] == 10]
        assert as_read(texts[1]) == tamed(kept)
        listed = answer(await klass.ann.slash(klass.channel, "my responses"))
        assert in_one_line({"claim": kept}, 60).rstrip("…") in as_read(listed)
        await klass.env.advance_time(4)
    assert all(body["allowed_mentions"]["parse"] == [] for body in bodies_of(seen, "POST", "/channels/*/messages"))


async def test_replies_and_typed_words_too(klass: SchoolClass, database: Path) -> None:
    await start(klass)
    await respond(klass, klass.ann, "defend")
    for words in WORDS:
        first = newest_in(klass)
        await klass.ben.send(thread_in(klass), words[:2000])
        assert "**Recorded.**" in answer(await reply(klass.ben, first, words))
        kept = words.strip()
        assert recorded(database)[-2:] == [{"text": kept}, {"text": kept}]
        assert text_of(newest_in(klass)).count("-# answers ") == 1
        await klass.env.advance_time(8)


@pytest.mark.parametrize("claim", ["a\0b", "\0", "\ud800 half a sign", "\u200b"])
async def test_what_cannot_be_kept_is_left_out_or_refused_but_never_an_error(
    klass: SchoolClass, database: Path, claim: str
) -> None:
    await start(klass)
    told = answer(await respond(klass, klass.ann, "defend", claim=claim, evidence="e"))
    assert "error" not in told
    assert ("**Recorded.**" in told) == (len(recorded(database)) == 1)
    assert "\0" not in str(recorded(database))


@pytest.mark.parametrize("name", ["_*~|`" * 6, "@everyone", "x" * 32, "# Big", "<@1>", "\u202egnp", "a\u200b\u2060"])
async def test_names_show_as_they_are(database: Path, name: str) -> None:
    async with school_class(database) as klass:
        student = klass.guild.add_member(klass.env.create_user(name))
        await start(klass)
        await respond(klass, student, "defend")
        heading = next(part["content"] for part in components_of(newest_in(klass)) if part["type"] == 10)
        assert as_read(heading) == f"**{tamed(name)}** · 🛡️ To defend itself"
        await reply(klass.ann, newest_in(klass), "Why?")
        status = answer(await klass.teacher.slash(klass.channel, "discuss status"))
        assert tamed(name) in as_read(status)
        assert rows(database, "select display_name from participants where user_id = ?", student.id) == [(name,)]


@given(several=st.lists(st.text(max_size=700), min_size=8, max_size=12))
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_words_at_all(tmp_path_factory: pytest.TempPathFactory, several: list[str]) -> None:
    database = tmp_path_factory.mktemp("words") / "record.sqlite3"
    async with school_class(database) as klass:
        await start(klass)
        expected: list[Any] = []
        for words in several:
            told = answer(await respond(klass, klass.ann, "defend", claim=words or " "))
            if "Claim is empty" not in told:
                assert "**Recorded.**" in told
                expected.append({"claim": words.replace("\0", "").strip()})
            await klass.env.advance_time(4)
        assert recorded(database) == expected
        assert len(posts_in(thread_in(klass))) == len(expected)


async def test_a_question_typed_into_a_command_comes_back_harmless(klass: SchoolClass) -> None:
    seen = watch(klass)
    answer(await start(klass, "@everyone **x**"))
    answer(await klass.ann.slash(klass.channel, "article find", words="@everyone"))
    answer(await klass.ann.slash(klass.channel, "article read", article="@everyone"))
    sent = [*bodies_of(seen, "POST", "*/callback"), *bodies_of(seen, "POST", "/webhooks/*")]
    told = [body.get("data") or body for body in sent if "@everyone" in str(body)]
    assert len(told) == 3
    assert all(body["allowed_mentions"]["parse"] == [] for body in told)
