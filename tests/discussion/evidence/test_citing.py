"""Which passages a response leans on: rules that hold for any words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discussion.evidence import Citation, Kind, citations, counted_paragraphs, misquotes, paragraphs_of, reading_of
from bot.discussion.wording import RESTATED
from tests.discussion.evidence.labelled import article, halves, reading

PARAGRAPHS = article().paragraphs
PIECES = st.sampled_from([*PARAGRAPHS, *(each.says for half in halves() for each in half), "“", '"', "…", "¶2", "\n"])
ANY_WORDS = st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=8).map(" ".join)


def cited(*texts: str) -> tuple[Citation, ...]:
    return citations(reading(), {f"field {number}": text for number, text in enumerate(texts)})


@given(ANY_WORDS)
@settings(deadline=None, max_examples=60)
def test_whatever_is_found_stands_in_the_article(text: str) -> None:
    for citation in cited(text):
        paragraph = PARAGRAPHS[citation.paragraph - 1]
        assert paragraph[citation.start : citation.end] == citation.exact
        assert paragraph[: citation.start].endswith(citation.prefix)
        assert paragraph[citation.end :].startswith(citation.suffix)
        assert (citation.kind is Kind.CHOSEN) == (not citation.exact)


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_any_dozen_words_of_the_article_are_a_quote_of_it_and_no_misquote(data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(PARAGRAPHS) - 1))
    words = PARAGRAPHS[number].translate(dict.fromkeys(map(ord, "“”‘"))).split()
    first = data.draw(st.integers(0, len(words) - 12))
    taken = " ".join(words[first : first + 12])
    said = data.draw(st.sampled_from([taken, taken.lower(), taken.upper(), taken.replace("’", "'")]))
    assert [(each.kind, each.paragraph) for each in cited(f"I think {said} is wrong.")] == [(Kind.QUOTE, number + 1)]
    assert misquotes(reading(), {"claim": f"It says “{said}” there."}) == []


@given(
    st.lists(st.sampled_from(["China", "North Korea", "the United States", "Kim Jong Un", "Biden", "Japan", "Moon"]))
)
@settings(deadline=None, max_examples=40)
def test_names_alone_are_no_citation(names: list[str]) -> None:
    assert cited(" and ".join(names)) == ()


def test_a_quote_is_kept_with_what_stands_around_it() -> None:
    [found] = cited("They want “more time to study the sanctions.”")
    assert (found.paragraph, found.exact, found.kind) == (2, "more time to study the sanctions", Kind.QUOTE)
    assert found.prefix.endswith("out of a need to spend “")
    assert found.suffix.startswith(".” Responding to this")


def test_a_paraphrase_is_of_a_whole_sentence() -> None:
    [found] = cited("Missiles get harder to detect and to defend against, so his regime expands its arsenal.")
    assert found.kind is Kind.PARAPHRASE
    assert found.exact.startswith("Furthermore, as ballistic missiles")
    assert found.exact.endswith("expanding its arsenal.")


def test_words_left_out_are_bridged() -> None:
    [found] = cited("“It is extremely important that Member States … implement the sanctions in their jurisdictions”")
    assert "take the necessary steps to" in found.exact


def test_a_paragraph_that_is_quoted_is_not_named_besides() -> None:
    found = cited("¶2 says China “has a critical role to play”, and ¶3 does not.")
    assert [(each.paragraph, each.kind) for each in found] == [(2, Kind.QUOTE), (3, Kind.CHOSEN)]


def test_a_choice_counts_and_no_paragraph_that_is_not_there() -> None:
    found = citations(reading(), {"claim": "See ¶9 and paragraph 0."}, chosen=[4])
    assert [(each.paragraph, each.kind) for each in found] == [(4, Kind.CHOSEN)]


def test_a_classmates_point_said_again_is_not_ones_own() -> None:
    body = {RESTATED: "You lean on ¶2 and “more time to study the sanctions”.", "text": "I do not."}
    assert citations(reading(), body) == ()
    assert misquotes(reading(), {**body, RESTATED: "You said “nobody ever said a thing like it”."}) == []


def test_paragraphs_are_counted_once_for_each_response() -> None:
    one, other = cited("¶2", "more time to study the sanctions", "¶4"), cited("¶2")
    assert paragraphs_of(one) == [2, 4]
    assert counted_paragraphs([one, other, ()]) == [(2, 2), (4, 1)]


def test_an_article_of_one_short_sentence_is_looked_into_too() -> None:
    short = reading_of(("Cats sleep.",))
    assert [each.exact for each in citations(short, {"claim": "“Cats sleep.” Dogs sleep as well."})] == ["Cats sleep"]
    assert citations(reading_of((" ",)), {"claim": "¶1 is empty"})[0].kind is Kind.CHOSEN


@pytest.mark.parametrize("sign", ['"', "'", "“", "paragraph 1,", "a, ", "a. ", "the the ", "the article says: x "])
def test_no_words_take_long(sign: str) -> None:
    text = (sign * 4000)[:4000]
    assert len(cited(text)) <= 12
    assert len(misquotes(reading(), {"claim": text})) <= 3
