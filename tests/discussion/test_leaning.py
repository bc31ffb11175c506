"""Which sentences of an article a class leaned on."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discussion.leaning import Leaning, Passage, uses_of

ARTICLE = ("One came. Two went. “Three!” they said.", "Four stays.", "")


def leaned(*responses: tuple[str, list[Passage]]) -> tuple[list[list[int]], list[int]]:
    """How often each sentence was used by anybody, paragraph by paragraph, and how often each was only named."""
    leaning = Leaning[str](ARTICLE)
    for side, passages in responses:
        leaning.add(side, passages)
    uses = [[sentence.uses.total() for sentence in each.sentences] for each in leaning.paragraphs]
    return uses, [each.named.total() for each in leaning.paragraphs]


def at(words: str) -> Passage:
    number, text = next((number, text) for number, text in enumerate(ARTICLE, 1) if words in text)
    return Passage(number, text.index(words), words)


def test_a_sentence_is_used_when_a_passage_overlaps_it() -> None:
    assert leaned(("yes", [at("came")])) == ([[1, 0, 0], [0], []], [0, 0, 0])
    assert leaned(("yes", [at("came. Two")])) == ([[1, 1, 0], [0], []], [0, 0, 0])
    assert leaned(("yes", [at("“Three!” they")])) == ([[0, 0, 1], [0], []], [0, 0, 0])
    assert leaned(("yes", [at("One came."), at("One came.")])) == ([[1, 0, 0], [0], []], [0, 0, 0])


def test_a_paragraph_that_is_only_named_counts_for_itself_alone() -> None:
    assert leaned(("yes", [Passage(2, 0, ""), Passage(2, 0, "")])) == ([[0, 0, 0], [0], []], [0, 1, 0])
    assert leaned(("yes", [Passage(1, 0, ""), at("Two")])) == ([[0, 1, 0], [0], []], [0, 0, 0])
    assert leaned(("yes", [Passage(3, 0, ""), Passage(4, 0, ""), Passage(0, 0, "")])) == (
        [[0, 0, 0], [0], []],
        [0, 0, 1],
    )


def test_sides_are_counted_apart() -> None:
    leaning = Leaning[str | None](ARTICLE)
    for side in ("yes", "no", None, "no"):
        leaning.add(side, [at("Four")])
    [sentence] = leaning.paragraphs[1].sentences
    assert uses_of(sentence.uses, ["yes", "no", None]) == (1, 2, 1)
    assert leaning.paragraphs[1].words_of(sentence) == "Four stays."


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.integers(-5, 90), st.text(max_size=90))
def test_no_passage_of_no_article_stalls_it(text: str, start: int, exact: str) -> None:
    leaning = Leaning[int]([text])
    leaning.add(1, [Passage(1, start, exact)])
    [paragraph] = leaning.paragraphs
    assert paragraph.named.total() + max((each.uses.total() for each in paragraph.sentences), default=0) == 1
