"""Whatever is in a file, the readers give a value or problems with places in the file; they never raise."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.articles import read_article
from bot.content.formats.reading import read_format
from bot.content.library import Problem
from bot.content.models import Article, PromptSet
from bot.content.prompt_sets import read_prompt_set
from bot.content.reader import read_yaml
from bot.content.source import Source, decode
from tests.content.places import ARTICLE_SLUG, FORMATS, PROMPTS
from tests.content.test_quotes import shipped_article

PATH = Path("any.yaml")
SHIPPED = [path.read_text(encoding="utf-8") for path in sorted(PROMPTS.glob("*.yaml"))]
SHIPPED_FORMATS = [path.read_text(encoding="utf-8") for path in sorted(FORMATS.glob("*.yaml"))]
ARTICLE = shipped_article()
PIECES = (
    *(
        "\t",
        "\n",
        " ",
        "  ",
        ":",
        ": ",
        "- ",
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        "&a ",
        "*a",
        "!",
        "!!str ",
        "%",
        "@",
        "|",
        ">",
    ),
    *("#", "?", ",", "---\n", "...\n", "\x00", "\x85", "\u2028", "\ufeff", "\\", "\\U00110000", "no", "1:30", "<<: *a"),
    *(
        "2024-13-45",
        "0x_",
        "1e400",
        "9" * 5000,
        "\r",
        "\ud800",
        "é",
        "👍🏽",
        "id",
        "quote: ",
        "paragraph: -1",
        "``",
        "null",
    ),
)


def assert_places(source: str | bytes, result: object) -> None:
    """A value, or at least one problem; and each problem at a line and a column that the text has."""
    if not isinstance(result, list):
        return
    decoded = decode(PATH, source)
    text = decoded.text if isinstance(decoded, Source) else (source if isinstance(source, str) else None)
    assert result
    for problem in result:  # pyright: ignore[reportUnknownVariableType]: a list of whatever came back
        assert isinstance(problem, Problem)
        assert problem.what
        assert problem.mend
        assert "\n" not in str(problem)
        assert problem.line >= 1
        assert problem.column >= 1
        if text is not None:
            lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
            assert problem.line <= len(lines)
            assert problem.column <= len(lines[problem.line - 1]) + 2  # CRLF is two characters


@st.composite
def mutated(draw: st.DrawFn, texts: list[str]) -> str:
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        length = draw(st.sampled_from((0, 0, 1, 2, 5, 40, 400)))
        text = text[:start] + draw(st.sampled_from(PIECES)) + text[start + length :]
    return text


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=200), st.binary(max_size=200), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_the_reader_never_raises_on_anything(source: str | bytes) -> None:
    assert_places(source, read_yaml(PATH, source, PromptSet))


@settings(deadline=None, max_examples=120)
@given(mutated(SHIPPED))
def test_a_changed_set_loads_or_says_where_it_broke(text: str) -> None:
    source = decode(PATH, text)
    result = read_prompt_set(source, {ARTICLE_SLUG: ARTICLE}) if isinstance(source, Source) else source

    assert_places(text, result)
    if isinstance(result, tuple):
        for prompt in result[0].prompts:
            for excerpt in prompt.excerpts:
                assert excerpt.quote in ARTICLE.paragraphs[excerpt.paragraph - 1]


@settings(deadline=None, max_examples=120)
@given(mutated(SHIPPED_FORMATS))
def test_a_changed_format_loads_or_says_where_it_broke(text: str) -> None:
    source = decode(PATH, text)
    result = read_format(source) if isinstance(source, Source) else source

    assert_places(text, result)
    if isinstance(result, tuple):
        assert result[0].plan


@settings(deadline=None, max_examples=100)
@given(
    st.one_of(st.text(max_size=300), st.lists(st.sampled_from((*PIECES, "# ", "![a](b)", "<!--", "> "))).map("".join))
)
def test_an_article_of_anything_is_read_or_told(text: str) -> None:
    source = decode(PATH, text)
    result = read_article(source) if isinstance(source, Source) else source

    assert_places(text, result)
    if isinstance(result, Article):
        assert all(paragraph.strip() == paragraph != "" for paragraph in result.paragraphs)
        body = text.replace("\r\n", "\n").replace("\r", "\n")
        assert all(paragraph in body for paragraph in result.paragraphs)
