"""A glossary: the hard words of one article, explained in a file beside it."""

from collections.abc import Collection, Iterator
from pathlib import Path

from bot.content.layout import GLOSSARY, YAML_ENDINGS
from bot.content.library import Problem
from bot.content.lookups import mappings, short, text_at
from bot.content.models import MOST_TERMS, Glossary
from bot.content.reader import validate
from bot.content.searching.terms import key_of
from bot.content.slugs import slug_of
from bot.content.source import Finding, Source
from bot.content.suggestions import nearest_word
from bot.content.tree import Node, Scalar, Sequence, read_tree


def is_glossary(path: Path) -> bool:
    """Is a file a glossary by its name: `an-article.glossary.yaml`?"""
    return path.suffix.lower() in YAML_ENDINGS and path.stem.lower().endswith(GLOSSARY)


def article_of(path: Path) -> str:
    """The slug of the article beside which a glossary stands."""
    return slug_of(path.stem[: -len(GLOSSARY)])


def read_glossary(source: Source, articles: Collection[str]) -> Glossary | list[Problem]:
    """A glossary from its file, or everything that is wrong with it. `articles` are the slugs of those there are."""
    tree, findings = read_tree(source)
    if tree is None:
        return source.problems(findings)
    if (slug := article_of(source.path)) not in articles:
        findings.append(_no_article(slug, articles))
    glossary, more = validate(tree, Glossary)
    findings += [*more, *_twice(tree, source)]
    return source.problems(findings) if findings or glossary is None else glossary


def _no_article(slug: str, articles: Collection[str]) -> Finding:
    meant = nearest_word(slug, articles)
    known = meant or next(iter(sorted(articles)), None)
    mend = f"name the file {known}{GLOSSARY}.yaml" if known else "add the article’s file first"
    return Finding(0, f"this is the glossary of an article “{short(slug)}”, and there is none", mend)


def _twice(tree: Node, source: Source) -> Iterator[Finding]:
    """A finding for each form that stands in the file already."""
    first: dict[str, int] = {}
    for shown in _forms(tree):
        name = key_of(shown.source)
        if name in first:
            what = f"“{short(shown.source)}” is explained already (line {source.line(first[name])})"
            yield Finding(shown.start, what, "write it once")
        else:
            first[name] = shown.start


def _forms(tree: Node) -> Iterator[Scalar]:
    for term in mappings(tree, "terms", most=MOST_TERMS):
        if (shown := text_at(term, "term")) is not None:
            yield shown
        also = term.get("also")
        if isinstance(also, Sequence):
            yield from (item for item in also.items if isinstance(item, Scalar) and isinstance(item.value, str))
