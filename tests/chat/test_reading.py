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
            seen += [word for word in text_of(page).split() if word.startswith("word") and word[4:].isdigit()]
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


async def test_the_card_tells_how_long_and_how_hard_the_article_is(klass: SchoolClass) -> None:
    told = answer(await klass.ann.slash(klass.channel, "article read"))
    assert "992 words, about 5 minutes at 200 words a minute · Flesch–Kincaid grade 18" in told
    listed = answer(await klass.teacher.slash(klass.channel, "prompts list"))
    assert "**North Korea Continues Ballistic Missile Tests** · 992 words, about 5 minutes" in listed
    assert "14 words explained" in listed


async def test_hard_words_are_explained_under_the_page_on_which_they_stand(klass: SchoolClass) -> None:
    pages = [answer(await klass.ann.slash(klass.channel, "article read", paragraph=number)) for number in range(1, 6)]
    assert [number for number, page in enumerate(pages, 1) if "-# **denuclearization**: Giving up" in page] == [5]
    assert [number for number, page in enumerate(pages, 1) if "-# **benefactor**:" in page] == [2]
    await start(klass, question="worth-talking")
    assert "-# **sanctions**" in answer(await klass.ann.slash(klass.channel, "article read", paragraph=1))


async def test_define_explains_a_word_privately_and_says_where_from(klass: SchoolClass) -> None:
    result = await klass.ann.slash(klass.channel, "article define", word="BLANK cheque")
    assert result.response is not None
    assert result.ephemeral
    assert "### blank check" in answer(result)
    assert "The teacher’s glossary, from: the teacher's own words" in answer(result)


async def test_a_word_that_is_no_term_is_shown_where_the_article_uses_it(klass: SchoolClass) -> None:
    result = await klass.ann.slash(klass.channel, "article define", word="arsenal")
    assert "The glossary does not explain it. This is where" in answer(result)
    assert "-# ¶1" in answer(result)
    assert result.response is not None
    assert buttons_of(result.response) == ["Read ¶1"]
    told = answer(await klass.ann.slash(klass.channel, "article define", word="*zebra*"))
    assert "“\\*zebra\\*”\nThe glossary does not explain it." in told
    assert "does not use it either" in told


async def test_terms_are_offered_while_one_types(klass: SchoolClass) -> None:
    offered = await klass.ann.autocomplete(klass.channel, "article define", "word", "che")
    assert [choice["value"] for choice in offered] == ["blank check"]
    assert len(await klass.ann.autocomplete(klass.channel, "article define", "word", "")) == 14


async def test_ask_answers_privately_with_the_passage_and_the_way_to_it(klass: SchoolClass) -> None:
    result = await klass.ann.slash(klass.channel, "article ask", question="what did Moon say")
    assert result.ephemeral
    assert "Kim Jong-un will give up his weapons" in answer(result)
    assert result.response is not None
    assert "¶3 of 5" in answer(await press(klass.ann, result.response, "Read ¶3"))


async def test_ask_says_plainly_what_the_article_does_not_say(klass: SchoolClass) -> None:
    far = answer(await klass.ann.slash(klass.channel, "article ask", question="does it mention @everyone in Brazil"))
    assert "The article does not say that, and nothing in it is near." in far
    assert "Brazil" not in far
    near = answer(await klass.ann.slash(klass.channel, "article ask", question="who invented the ballistic missile"))
    assert "The article does not say that. The nearest is:" in near
    assert "-# ¶" in near
    assert "¶1 to ¶5" in answer(await klass.ann.slash(klass.channel, "article ask", question="¶9"))
    assert "Ask the article" in answer(await klass.ann.slash(klass.channel, "article ask", question="?"))


async def test_ask_knows_the_teachers_glossary(klass: SchoolClass) -> None:
    told = answer(await klass.ann.slash(klass.channel, "article ask", question="what does benefactor mean?"))
    assert "**benefactor**: Somebody who helps" in told
    assert "The teacher’s glossary" in told
    assert "chief financial and political benefactor" in told


async def test_a_glossary_of_hostile_terms_shows_as_written_and_does_nothing(tmp_path: Path) -> None:
    (tmp_path / "long.md").write_text("# Long\n\nWe know (.*) and C++ and @everyone here.\n", encoding="utf-8")
    terms = "".join(
        f"  - {{term: '{term}', meaning: '**{term}** @everyone', source: '<@1>'}}\n"
        for term in ("(.*)", "C++", "@everyone", "[a](http://b)", "**")
    )
    (tmp_path / "long.glossary.yaml").write_text(f"terms:\n{terms}", encoding="utf-8")
    async with school_class(tmp_path / "record.sqlite3", articles=tmp_path, prompts=tmp_path) as klass:
        assert klass.room.library.problems == ()
        page = answer(await klass.ann.slash(klass.channel, "article read"))
        assert "-# **C++**: \\*\\*C++\\*\\*" in page
        for term in ("(.*)", "**", "[a](http://b)"):
            told = answer(await klass.ann.slash(klass.channel, "article define", word=term))
            assert "The teacher’s glossary, from: \\<@1>" in told


async def test_very_many_explanations_leave_the_page_its_words(tmp_path: Path) -> None:
    words = [f"term{number}" for number in range(200)]
    (tmp_path / "long.md").write_text(f"# Long\n\n{' '.join(words)}\n", encoding="utf-8")
    meaning = "m" * 400
    terms = "".join(f"  - {{term: {word}, meaning: {meaning}, source: s}}\n" for word in words)
    (tmp_path / "long.glossary.yaml").write_text(f"terms:\n{terms}", encoding="utf-8")
    async with school_class(tmp_path / "record.sqlite3", articles=tmp_path, prompts=tmp_path) as klass:
        page = answer(await klass.ann.slash(klass.channel, "article read"))
        assert " ".join(words) in page
        assert page.count(meaning) == 2
        assert "198 more words of this page in `/article define`" in page
