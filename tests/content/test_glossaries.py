"""Glossaries: beside their article, checked like all content, and found on a page."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError, validate

from bot.content.checking import check
from bot.content.library import Library
from bot.content.loading import load
from bot.content.models import MOST_TERMS, Glossary, Term
from bot.content.remembering import mark_of, recalled, remembered
from bot.content.schema import glossary_schema
from bot.content.searching.terms import term_of, terms_in
from tests.content.places import ARTICLE_SLUG, ARTICLES, PROMPTS, small_set
from tests.content.test_quotes import PARAGRAPHS


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    (tmp_path / "article").mkdir()
    (tmp_path / "article" / "short.md").write_text("# Short\n\nThis is a short text.\n", encoding="utf-8")
    (tmp_path / "prompts").mkdir()
    return tmp_path / "article"


AGAIN = '    also: [third, "WORD "]\n'


def loaded(articles: Path, text: str, name: str = "short.glossary.yaml") -> Library:
    (articles / name).write_text(text, encoding="utf-8")
    return load(articles, articles.parent / "prompts")


def told(library: Library) -> list[str]:
    return [problem.in_short() for problem in library.problems]


def entry(term: str, also: str = "") -> str:
    return f"  - term: {json.dumps(term)}\n{also}    meaning: What it means.\n    source: the teacher\n"


def glossary(*forms: str, also: tuple[str, ...] = ()) -> Glossary:
    return Glossary(terms=tuple(Term(term=form, also=also, meaning="M.", source="S.") for form in forms))


def test_the_shipped_glossary_explains_words_of_its_article_and_says_where_from() -> None:
    library = load(ARTICLES, PROMPTS)
    shipped = library.glossaries[ARTICLE_SLUG]

    assert library.problems == ()
    assert len(shipped.terms) >= 12
    whole = "\n\n".join(PARAGRAPHS)
    for term in shipped.terms:
        assert terms_in(Glossary(terms=(term,)), whole) == [term]
    assert {"denuclearization", "benefactor", "blank check"} <= {term.term for term in shipped.terms}


def test_a_glossary_is_known_by_its_articles_name_and_kept_between_starts(articles: Path) -> None:
    library = loaded(articles, f"terms:\n{entry('text')}", "Short.glossary.yml")
    mark = mark_of(articles, articles.parent / "prompts")

    assert list(library.glossaries) == ["short"]
    assert recalled(remembered(library, "m"), "m") == library
    loaded(articles, f"terms:\n{entry('word')}", "Short.glossary.yml")
    assert mark_of(articles, articles.parent / "prompts") != mark


def test_a_broken_glossary_is_told_and_its_article_works(articles: Path) -> None:
    (articles.parent / "prompts" / "set.yaml").write_text(small_set(), encoding="utf-8")
    library = loaded(articles, "terms:\n  - term: text\n    meaning: 5\n    sorce: me\n")

    assert (set(library.articles), set(library.prompt_sets), library.glossaries) == ({"short"}, {"set"}, {})
    assert told(library) == [
        "short.glossary.yaml:3:14: YAML reads the unquoted 5 as a number, and `meaning` is to be text; "
        'put it in quotes: "5"',
        "short.glossary.yaml:4:5: there is no key `sorce` here; did you mean `source`?",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "short.glossary.yaml:1:1: this file is empty"),
        ("terms: []\n", "short.glossary.yaml:1:8: `terms` has no entries where at least 1 is wanted; add 1 entry"),
        (
            f"terms:\n{entry('Word')}{entry('other', also=AGAIN)}",
            "short.glossary.yaml:6:19: “WORD” is explained already (line 2); write it once",
        ),
        (
            "terms:\n" + "".join(entry(f"word {number}") for number in range(1_000)),
            f"`terms` has 1000 entries where at most {MOST_TERMS} fit; take 800 away",
        ),
        (
            "terms:\n" + "".join(entry(f"word {number}") for number in range(10_000)),
            "this file holds more than 10,000 values",
        ),
    ],
)
def test_what_is_wrong_with_a_glossary_is_told_with_its_place(articles: Path, text: str, problem: str) -> None:
    library = loaded(articles, text)

    assert library.glossaries == {}
    assert any(problem in each for each in told(library)), told(library)


def test_a_glossary_without_its_article_says_so(articles: Path) -> None:
    library = loaded(articles, f"terms:\n{entry('text')}", "shrot.glossary.yaml")

    assert told(library) == [
        "shrot.glossary.yaml:1:1: this is the glossary of an article “shrot”, and there is none; "
        "name the file short.glossary.yaml"
    ]
    (articles / "shrot.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    assert not any("glossary of an article" in each for each in told(load(articles, articles.parent / "prompts")))


def test_a_glossary_among_the_prompt_sets_is_told_to_move(articles: Path) -> None:
    (articles.parent / "prompts" / "x.yaml").write_text(f"terms:\n{entry('text')}", encoding="utf-8")

    problems = told(load(articles, articles.parent / "prompts"))

    assert problems == [
        "x.yaml:1:1: this is a glossary, and a glossary stands beside its article; "
        "move the file to the articles, named as its article is, with .glossary.yaml"
    ]


def test_check_tells_of_glossaries_wherever_they_lie(articles: Path) -> None:
    path = articles / "short.glossary.yaml"
    path.write_text(f"terms:\n{entry('text')}", encoding="utf-8")
    bad = articles / "none.glossary.yaml"
    bad.write_text("terms: {}\n", encoding="utf-8")

    checked = check([path, bad], articles=articles, prompts=articles.parent / "prompts")

    assert checked[0].summary == f"{path}: ok, 1 term explained"
    assert [problem.what for problem in checked[1].problems] == [
        "this is the glossary of an article “none”, and there is none",
        "`terms` is a block of keys and values where a list is wanted",
    ]


def test_the_articles_may_stand_beside_the_prompt_sets(articles: Path) -> None:
    (articles / "set.yaml").write_text(small_set(), encoding="utf-8")
    (articles / "short.glossary.yaml").write_text(f"terms:\n{entry('text')}", encoding="utf-8")

    library = load(articles, articles)

    assert (told(library), set(library.prompt_sets), set(library.glossaries)) == ([], {"set"}, {"short"})


def test_terms_are_found_in_every_form_once_in_the_order_of_the_text() -> None:
    explained = glossary("sanctions", "regime", "Resolution 1718", "council", "council of war", "C++", "(.*)", "zebra")

    found = terms_in(explained, "The regimes’ council of war ignored resolution 1718; a sanction followed, (.*) C++ C")

    assert [term.term for term in found] == ["regime", "council of war", "Resolution 1718", "sanctions", "C++"]


def test_a_word_is_looked_up_in_any_case_and_form() -> None:
    explained = glossary("blank check", "(.*)", "Sanctions")

    assert term_of(explained, "  BLANK   check") is explained.terms[0]
    assert term_of(explained, "blank cheques") is explained.terms[0]
    assert term_of(explained, "sanctioned") is explained.terms[2]
    assert term_of(explained, "(.*)") is explained.terms[1]
    assert term_of(explained, ".*") is None
    assert term_of(explained, "") is None


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(min_size=1, max_size=60).filter(lambda word: word.strip() and not set("\r\n") & set(word))))
def test_any_terms_are_looked_for_in_any_text(forms: list[str]) -> None:
    if not forms:
        return
    explained = glossary(*dict.fromkeys(form.strip() for form in forms))
    found = terms_in(explained, " ".join(forms))
    assert set(found) <= set(explained.terms)
    assert all(term_of(explained, form) is not None for form in forms)


def test_the_shipped_schema_is_that_of_the_model_and_the_shipped_glossary_fits_it() -> None:
    name, text = glossary_schema()
    shipped = (ARTICLES / name).read_text(encoding="utf-8")
    path = ARTICLES / f"{ARTICLE_SLUG}.glossary.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))

    assert shipped == text, "the models have changed: run `python bot.py schema`"
    Draft202012Validator.check_schema(json.loads(shipped))
    assert path.read_text(encoding="utf-8").startswith(f"# yaml-language-server: $schema={name}\n")
    validate(data, json.loads(shipped))
    with pytest.raises(ValidationError, match="termss"):
        validate({**data, "termss": []}, json.loads(shipped))
