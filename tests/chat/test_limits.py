"""Whatever is written, every card and every form is one that Discord takes."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from discord import ui
from discord.utils import utcnow
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts.telling import alt_of, table_of
from bot.charts.values import Picture
from bot.chat.cards.answer_page import MOST_SAID, answer_lines, answer_page
from bot.chat.cards.article_page import article_page, definition_page, found_passages
from bot.chat.cards.own_page import own_page, receipt
from bot.chat.cards.response_card import response_card
from bot.chat.cards.reveal_notice import reveal_notice
from bot.chat.cards.round_card import round_card
from bot.chat.cards.summary_card import summary_card
from bot.chat.cards.teacher_pages import library_page, sessions_page, status_page
from bot.chat.modals import change_modal, reply_modal, respond_modal
from bot.classroom.announcing import Notice
from bot.classroom.posting import Posted, Shown
from bot.classroom.reading import Defined, Reading, Told
from bot.classroom.responding import Invitation, Recorded
from bot.classroom.results import Results
from bot.classroom.reviewing import OwnResponses, Status
from bot.classroom.rewording import Mine
from bot.classroom.shelves import GuildLibrary, OwnSet
from bot.classroom.voting import Standing
from bot.content.library import Library, Problem
from bot.content.models import Article, Glossary, Prompt, Term
from bot.content.searching.answering import answer as ask
from bot.content.searching.phrases import find_words
from bot.discussion.ids import ResponseId, RoundId, StanceId
from bot.discussion.values import Round, Session
from tests.chat import values

Part = Mapping[str, Any]
STRING_SELECT = 3
few = settings(max_examples=25, deadline=None)


def parts_of(parts: Any) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from parts_of(part.get("components") or [])
        yield from parts_of([part[name] for name in ("component", "accessory") if part.get(name)])


def assert_discord_takes(view: ui.LayoutView) -> None:
    """Components V2: 40 components, 4,000 characters of text, and each part within its own limits."""
    parts = list(parts_of(view.to_components()))
    texts = [part["content"] for part in parts if part["type"] == 10]
    buttons = [part for part in parts if part["type"] == 2]
    assert len(parts) <= 40
    assert sum(map(len, texts)) <= 4000
    assert all(texts)
    assert all(1 <= len(button["label"]) <= 80 for button in buttons)
    addresses = [button["custom_id"] for button in buttons]
    assert all(len(address) <= 100 for address in addresses)
    assert len(set(addresses)) == len(addresses)
    assert all(len(part["components"]) <= 5 for part in parts if part["type"] == 1)


def assert_discord_opens(modal: ui.Modal) -> None:
    """A modal: 5 components, the lengths of its title, labels, descriptions, placeholders, options and values."""
    shown: Any = modal.to_dict()
    assert 1 <= len(shown["title"]) <= 45
    assert len(shown["custom_id"]) <= 100
    assert 1 <= len(shown["components"]) <= 5
    for label in shown["components"]:
        if "content" in label:  # a text between the fields
            assert 1 <= len(label["content"]) <= 4000
            continue
        inner = label["component"]
        assert 1 <= len(label["label"]) <= 45
        assert len(label.get("description") or "") <= 100
        assert len(inner.get("placeholder") or "") <= 100
        assert len(inner.get("value") or "") <= inner.get("max_length", 4000) <= 4000
        options = inner.get("options", [])
        assert all(1 <= len(option["label"]) <= 100 and 1 <= len(option["value"]) <= 100 for option in options)
        assert sum(option.get("default", False) for option in options) <= 1
        assert len(options) <= (25 if inner["type"] == STRING_SELECT else 10)
        assert not options or inner["type"] == STRING_SELECT or len(options) >= 2


PARAGRAPHS = dict.fromkeys(range(1, 26), "Words *of* the article. " * 40)
"""As many as a form can offer."""


@given(standing=values.standings(), hears=st.booleans())
@few
def test_the_card_of_a_round(standing: Standing, hears: bool) -> None:
    view = round_card(standing, hears_thread=hears)
    assert_discord_takes(view)
    texts = "\n".join(part["content"] for part in parts_of(view.to_components()) if part["type"] == 10)
    for excerpt in standing.round.prompt.excerpts:
        assert f"-# ¶{excerpt.paragraph}" in texts


@given(shown=values.shown())
@few
def test_a_response(shown: Shown) -> None:
    assert_discord_takes(response_card(shown))


@given(recorded=values.recorded(), posted=st.sampled_from(Posted))
@few
def test_a_receipt(recorded: Recorded, posted: Posted) -> None:
    assert_discord_takes(receipt(recorded, posted=posted))


@given(own=values.own())
@few
def test_a_page_of_ones_own_responses(own: OwnResponses) -> None:
    assert_discord_takes(own_page(own))


@given(results=values.results())
@few
def test_a_summary(results: Results) -> None:
    assert_discord_takes(summary_card(results))


@given(notice=values.reveals(), is_drawn=st.booleans())
@few
def test_a_reveal_with_its_chart(notice: Notice, is_drawn: bool) -> None:
    drawn = (
        Picture(b"", alt_of(notice.chart), table_of(notice.chart)) if notice.chart is not None and is_drawn else None
    )
    view = reveal_notice(notice, drawn)
    assert_discord_takes(view)
    described = [item["description"] for part in parts_of(view.to_components()) for item in part.get("items", [])]
    assert all(1 <= len(words) <= 1024 for words in described)
    assert len(described) == (drawn is not None)


@given(status=values.statuses(), knows=st.booleans())
@few
def test_the_status_of_a_class_of_forty(status: Status, knows: bool) -> None:
    assert_discord_takes(status_page(status, knows_members=knows, floods=dict.fromkeys(status.names, 10**6)))


@given(
    article=values.articles(),
    title=values.words(60),
    long=values.words(400),
    at=st.integers(1, 5),
    piece=st.integers(0, 9),
    data=st.data(),
)
@few
def test_a_page_of_an_article(
    article: Article, title: str, long: str, at: int, piece: int, data: st.DataObject
) -> None:
    words = data.draw(st.sampled_from(["x", article.paragraphs[0][:200], "1a"]))
    forms = {" ".join(form.split())[:60].strip() or "x" for form in (words, title, "*" * 60, article.title)}
    terms = [Term(term=form, also=("*" * 60,) * 10, meaning=long, source=long) for form in sorted(forms)]
    reading = Reading(article, "~" + "9" * 17, min(at, len(article.paragraphs)), Glossary(terms=tuple(terms)))
    assert_discord_takes(article_page(reading, piece))
    found = tuple(find_words(article, words))
    if found:
        assert_discord_takes(found_passages(reading, words, found))
    assert_discord_takes(definition_page(Defined(reading, None, found), words[:100]))
    for asked in (words, f"what is {terms[0].term}", "¶1", f"does it mention {words}"):
        for term in (None, terms[0]):
            told = Told(reading, ask(article, asked), term)
            assert_discord_takes(answer_page(told))
            assert 1 <= len(answer_lines(told)) <= MOST_SAID
    assert_discord_takes(definition_page(Defined(reading, terms[0]), words[:100]))


entries = values.rounds().flatmap(lambda each: st.tuples(values.sessions(each.prompt), st.just(each)))


@given(found=st.lists(entries, min_size=1, max_size=2))
@few
def test_the_list_of_debates(found: list[tuple[Session, Round]]) -> None:
    assert_discord_takes(sessions_page([(session, [each] * 25) for session, each in found] * 6))


@given(title=values.words(100), what=values.words(300), count=st.sampled_from([0, 1, 80]), prompt=values.prompts())
@few
def test_the_library_with_its_problems(title: str, what: str, count: int, prompt: Prompt) -> None:
    problem = Problem(Path("prompts/" + "x" * 100 + ".yaml"), 12, 3, what, what)
    sets = {str(number): values.PromptSet(article="a", title=title, prompts=(prompt,)) for number in range(count)}
    shipped = Library({}, sets, (problem,) * count)
    assert_discord_takes(library_page(GuildLibrary(shipped, (), shipped)))
    own = tuple(OwnSet(slug * 60, 10**6, utcnow(), found, (problem,)) for slug in sets for found in (sets[slug], None))
    assert_discord_takes(library_page(GuildLibrary(shipped, own, shipped)))


@given(recorded=values.recorded(), prompt=values.prompts(), held=st.booleans())
@few
def test_the_form_for_a_response(recorded: Recorded, prompt: Prompt, held: bool) -> None:
    stance = StanceId(prompt.stances[0].id) if held else None
    posed = replace(recorded.round, prompt=prompt, id=RoundId(10**17))
    assert_discord_opens(respond_modal(Invitation(posed, stance, is_assigned=False, paragraphs=PARAGRAPHS)))
    if held:
        assert_discord_opens(respond_modal(Invitation(posed, stance, is_assigned=True, paragraphs=PARAGRAPHS)))


@given(recorded=values.recorded())
@few
def test_the_forms_to_reply_and_to_change(recorded: Recorded) -> None:
    assert_discord_opens(reply_modal(replace(recorded, response=replace(recorded.response, id=ResponseId(10**17)))))
    assert_discord_opens(change_modal(Mine(recorded.round, recorded.response, PARAGRAPHS, 1)))
