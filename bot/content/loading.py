"""All content of the two folders. What is broken is left out and told; it never stops the rest."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bot.content.articles import read_article
from bot.content.formats import OPEN_FLOOR, Format, open_floor
from bot.content.formats.reading import read_format
from bot.content.glossaries import article_of, is_glossary, read_glossary
from bot.content.kinds import Kind, misplaced
from bot.content.layout import ARTICLE_ENDINGS, FORMATS_FOLDER, YAML_ENDINGS
from bot.content.library import Library, Problem
from bot.content.models import Article, Glossary, PromptSet
from bot.content.prompt_sets import read_prompt_set
from bot.content.slugs import slug_of
from bot.content.source import Source, open_source
from bot.content.titles import claim_title

NAME_LIMIT = 64
"""Characters of a slug: it has to fit into a custom_id of 100 beside other things."""

Value = TypeVar("Value", Article, PromptSet, Format, Glossary)


@dataclass
class Shelf:
    """What was read of one folder so far: values by slug, broken slugs, and where each title stands."""

    paths: dict[str, Path] = field(default_factory=dict[str, Path])
    broken: set[str] = field(default_factory=set[str])
    titles: dict[str, Path] = field(default_factory=dict[str, Path])
    problems: list[Problem] = field(default_factory=list[Problem])

    def claim(self, path: Path) -> str | None:
        """The slug of a file's name; None, with a problem, where it has none or another file has it already.

        A glossary's is that of its article.
        """
        slug = article_of(path) if is_glossary(path) else slug_of(path.stem)
        if not slug or len(slug) > NAME_LIMIT:
            what = (
                "this file's name has no letter or digit" if not slug else f"this file's name has {len(slug)} letters"
            )
            self.problems.append(Problem(path, 1, 1, what, f"rename it, with at most {NAME_LIMIT} letters"))
        elif slug in self.paths:
            what = f"this file's name reads like {self.paths[slug].name}: both are “{slug}”"
            self.problems.append(Problem(path, 1, 1, what, "rename one of the two"))
        else:
            self.paths[slug] = path
            return slug
        return None

    def refuse(self, slug: str, problems: list[Problem]) -> None:
        """Leaves a file out."""
        self.broken.add(slug)
        self.problems += problems


def load(articles: Path, prompts: Path) -> Library:
    """Every article of the first folder, every prompt set directly in the second and every format in its `formats`.

    Beside an article stands its glossary, if it has one.

    Never raises for what a teacher wrote. Each is known by its file's name as a slug. The open floor is always there.
    """
    article_shelf, glossary_shelf, prompt_shelf, format_shelf = Shelf(), Shelf(), Shelf(), Shelf()
    texts = load_articles(articles, article_shelf)
    known = {*texts, *article_shelf.broken}
    glossaries = _load_each(glossary_files(articles), glossary_shelf, lambda path: load_glossary(path, known))
    sets = _load_each(
        prompt_files(prompts, articles, prompt_shelf.problems),
        prompt_shelf,
        lambda path: load_prompt_set(path, texts, article_shelf.broken, prompt_shelf.titles),
    )
    formats = _load_each(
        format_files(prompts, format_shelf.problems), format_shelf, lambda path: load_format(path, format_shelf.titles)
    )
    return Library(
        texts,
        sets,
        (*article_shelf.problems, *glossary_shelf.problems, *prompt_shelf.problems, *format_shelf.problems),
        {OPEN_FLOOR: formats.pop(OPEN_FLOOR, None) or open_floor(), **formats},
        glossaries,
    )


def _load_each(
    paths: Iterable[Path], shelf: Shelf, load_one: Callable[[Path], Value | list[Problem]]
) -> dict[str, Value]:
    """What the files hold, by slug. Problems and broken slugs go on the shelf."""
    values: dict[str, Value] = {}
    for path in paths:
        slug = shelf.claim(path)
        if slug is None:
            continue
        value = load_one(path)
        if isinstance(value, list):
            shelf.refuse(slug, value)
        else:
            values[slug] = value
    return values


def load_articles(folder: Path, shelf: Shelf) -> dict[str, Article]:
    """Every article of a folder by its slug. Problems and broken slugs go on the shelf."""
    return _load_each(content_files(folder, ARTICLE_ENDINGS, shelf.problems), shelf, load_article)


def load_article(path: Path) -> Article | list[Problem]:
    """One article, or its problems."""
    source = open_source(path)
    return read_article(source) if isinstance(source, Source) else source


def load_glossary(path: Path, articles: Collection[str]) -> Glossary | list[Problem]:
    """One glossary, or its problems. `articles` are the slugs of those there are, also of those that are broken."""
    source = open_source(path)
    return read_glossary(source, articles) if isinstance(source, Source) else source


def load_prompt_set(
    path: Path, articles: dict[str, Article], broken: set[str], titles: dict[str, Path]
) -> PromptSet | list[Problem]:
    """One prompt set, or its problems. `titles` are those taken so far; a valid set adds its own."""
    source = _open_as(Kind.PROMPT_SET, path)
    if not isinstance(source, Source):
        return source
    result = read_prompt_set(source, articles, frozenset(broken))
    if isinstance(result, list):
        return result
    prompt_set, start = result
    taken = claim_title(source, prompt_set.title, start, titles, "set")
    return prompt_set if taken is None else [taken]


def load_format(path: Path, titles: dict[str, Path]) -> Format | list[Problem]:
    """One format, or its problems. `titles` are those taken so far; a valid format adds its own."""
    source = _open_as(Kind.FORMAT, path)
    if not isinstance(source, Source):
        return source
    result = read_format(source)
    if isinstance(result, list):
        return result
    value, start = result
    taken = claim_title(source, value.title, start, titles, "format")
    return value if taken is None else [taken]


def _open_as(kind: Kind, path: Path) -> Source | list[Problem]:
    source = open_source(path)
    if not isinstance(source, Source):
        return source
    stray = misplaced(source, kind)
    return source if stray is None else [source.problem(stray)]


def format_files(prompts: Path, problems: list[Problem]) -> Iterator[Path]:
    """The files of formats beside the prompt sets of a folder. A folder without formats lacks nothing."""
    folder = prompts / FORMATS_FOLDER
    return content_files(folder, YAML_ENDINGS, problems) if folder.is_dir() else iter(())


def glossary_files(articles: Path) -> Iterator[Path]:
    """The glossaries beside the articles of a folder. What else may be wrong with it is told of the articles."""
    return (path for path in content_files(articles, YAML_ENDINGS, []) if is_glossary(path))


def prompt_files(prompts: Path, articles: Path, problems: list[Problem]) -> Iterator[Path]:
    """The files of prompt sets in a folder: all YAML but the glossaries, where the articles stand in it too."""
    is_shared = prompts.resolve() == articles.resolve()
    files = content_files(prompts, YAML_ENDINGS, problems)
    return (path for path in files if not (is_shared and is_glossary(path)))


def content_files(folder: Path, endings: frozenset[str], problems: list[Problem]) -> Iterator[Path]:
    """The files of a folder with one of these endings, by name. Hidden files and sub-folders are passed over."""
    try:
        paths = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        reason = "there is no such folder" if not folder.exists() else f"this folder cannot be read ({error.strerror})"
        problems.append(Problem(folder, 1, 1, reason, "make the folder, or give another one"))
        return
    for path in paths:
        if path.suffix.lower() in endings and not path.name.startswith(".") and not path.is_dir():
            yield path
