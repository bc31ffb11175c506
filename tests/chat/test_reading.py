"""The article: read from the card and by command, and searched."""

from pathlib import Path

import pytest

from tests.chat.doing import press, start
from tests.chat.seeing import answer, buttons_of, card_in, text_of
from tests.conftest import SchoolClass, school_class


async def test_read_the_article_opens_privately_at_the_first_excerpt_and_pages(klass: SchoolClass) -> None:
    await start(klass, question="worth-talking")
    result = await press(klass.ann, card_in(klass), "Read the article")
    told = answer(result)
    assert "North Korea Continues Ballistic Missile Tests" in told
    assert "¶3 of 5" in told
    page = result.response
    assert page is not None
    await press(klass.ann, page, "Next")
    assert "¶4 of 5" in text_of(page)
    await press(klass.ann, page, "Next")
    assert "¶5 of 5" in text_of(page)
    assert buttons_of(page) == ["Previous"]
    for _ in range(4):
        await press(klass.ann, page, "Previous")
    assert "¶1 of 5" in text_of(page)
    assert buttons_of(page) == ["Next"]


async def test_every_paragraph_reads_whole(klass: SchoolClass) -> None:
    article = next(iter(klass.room.library.articles.values()))
    for number, paragraph in enumerate(article.paragraphs, 1):
        told = answer(await klass.ann.slash(klass.channel, "article read", paragraph=number))
        assert paragraph.replace("_", "") in told.replace("\\", "").replace("_", "")
        assert f"¶{number} of 5" in told


@pytest.mark.parametrize(("asked", "shown"), [(99, "¶5 of 5"), (1, "¶1 of 5")])
async def test_article_read_stays_within_the_article(klass: SchoolClass, asked: int, shown: str) -> None:
    assert shown in answer(await klass.ann.slash(klass.channel, "article read", paragraph=asked))


async def test_article_find_shows_the_passages_with_the_way_to_them(klass: SchoolClass) -> None:
    result = await klass.ann.slash(klass.channel, "article find", words="missile tests")
    assert "-# ¶1" in answer(result)
    assert result.response is not None
    opened = await press(klass.ann, result.response, "Read ¶4")
    assert "¶4 of 5" in answer(opened)


async def test_article_find_says_what_is_not_there(klass: SchoolClass) -> None:
    told = answer(await klass.ann.slash(klass.channel, "article find", words="*zebra* crossing_"))
    assert "does not say “\\*zebra\\* crossing\\_” anywhere" in told


async def test_another_article_is_named_or_refused(klass: SchoolClass) -> None:
    choices = await klass.ann.autocomplete(klass.channel, "article read", "article", "north")
    assert [choice["value"] for choice in choices] == ["north-korea-ballistic-missile-tests"]
    assert "¶1 of 5" in answer(await klass.ann.slash(klass.channel, "article read", article=choices[0]["value"]))
    told = answer(await klass.ann.slash(klass.channel, "article read", article="nothing"))
    assert told == "There is no article called “nothing”."


async def test_in_a_debates_channel_the_article_opens_at_its_excerpt(klass: SchoolClass) -> None:
    await start(klass, question="worth-talking")
    assert "¶3 of 5" in answer(await klass.ann.slash(klass.channel, "article read"))


async def test_a_paragraph_too_long_for_a_page_is_read_whole_in_parts(tmp_path: Path) -> None:
    long = " ".join(f"word{number}" for number in range(1200))
    (tmp_path / "long.md").write_text(
        f"---\ntitle: Long\nauthor: Nobody\n---\n\nFirst.\n\n{long}\n\nLast.\n", encoding="utf-8"
    )
    async with school_class(tmp_path / "record.sqlite3", articles=tmp_path, prompts=tmp_path) as klass:
        page = (await klass.ann.slash(klass.channel, "article read", paragraph=2)).response
        assert page is not None
        seen: list[str] = []
        while "¶2 of 3" in text_of(page):
            seen += [word for word in text_of(page).split() if word.startswith("word")]
            await press(klass.ann, page, "Next")
        assert seen == long.split()
        assert "¶3 of 3" in text_of(page)
        assert buttons_of(page) == ["Previous"]
        await press(klass.ann, page, "Previous")
        assert "word1199" in text_of(page)
        for _ in range(20):
            if "Previous" in buttons_of(page):
                await press(klass.ann, page, "Previous")
        assert "¶1 of 3" in text_of(page)
