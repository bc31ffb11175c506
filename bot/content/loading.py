"""All content of two folders. What is broken is left out and told; it never stops the rest."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.content.articles import read_article
from bot.content.library import Library, Problem
from bot.content.models import Article, PromptSet
from bot.content.prompt_sets import read_prompt_set
from bot.content.slugs import slug_of
from bot.content.source import Finding, Source, open_source

ARTICLE_ENDINGS = frozenset({".md"})
PROMPT_SET_ENDINGS = frozenset({".yaml", ".yml"})
NAME_LIMIT = 64
"""Characters of a slug: it has to fit into a custom_id of 100 beside other things."""


@dataclass
class Shelf:
    """What was read of one folder so far: values by slug, broken slugs, and where each title stands."""

    paths: dict[str, Path] = field(default_factory=dict[str, Path])
    broken: set[str] = field(default_factory=set[str])
    titles: dict[str, Path] = field(default_factory=dict[str, Path])
    problems: list[Problem] = field(default_factory=list[Problem])

    def claim(self, path: Path) -> str | None:
        """The slug of a file's name; None, with a problem, where it has none or another file has it already."""
        slug = slug_of(path.stem)
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
    """Every article of the first folder and every prompt set directly in the second, beside all problems.

    Never raises for what a teacher wrote. A prompt set is known by its file's name as a slug, and so is an article.
    """
    article_shelf, prompt_shelf = Shelf(), Shelf()
    texts = load_articles(articles, article_shelf)
    sets: dict[str, PromptSet] = {}
    for path in content_files(prompts, PROMPT_SET_ENDINGS, prompt_shelf.problems):
        slug = prompt_shelf.claim(path)
        if slug is None:
            continue
        prompt_set = load_prompt_set(path, texts, article_shelf.broken, prompt_shelf.titles)
        if isinstance(prompt_set, PromptSet):
            sets[slug] = prompt_set
        else:
            prompt_shelf.refuse(slug, prompt_set)
    return Library(texts, sets, (*article_shelf.problems, *prompt_shelf.problems))


def load_articles(folder: Path, shelf: Shelf) -> dict[str, Article]:
    """Every article of a folder by its slug. Problems and broken slugs go on the shelf."""
    texts: dict[str, Article] = {}
    for path in content_files(folder, ARTICLE_ENDINGS, shelf.problems):
        slug = shelf.claim(path)
        if slug is None:
            continue
        article = load_article(path)
        if isinstance(article, Article):
            texts[slug] = article
        else:
            shelf.refuse(slug, article)
    return texts


def load_article(path: Path) -> Article | list[Problem]:
    """One article, or its problems."""
    source = open_source(path)
    return read_article(source) if isinstance(source, Source) else source


def load_prompt_set(
    path: Path, articles: dict[str, Article], broken: set[str], titles: dict[str, Path]
) -> PromptSet | list[Problem]:
    """One prompt set, or its problems. `titles` are those taken so far (see `title_key`); a valid set adds its own."""
    source = open_source(path)
    if not isinstance(source, Source):
        return source
    result = read_prompt_set(source, articles, frozenset(broken))
    if isinstance(result, list):
        return result
    prompt_set, title_start = result
    taken = titles.get(title_key(prompt_set.title))
    if taken is not None and not _same_file(taken, path):
        what = f"the title “{prompt_set.title}” belongs to {taken.name}, and teachers pick a set by its title"
        return [source.problem(Finding(title_start, what, "give one of the two another title"))]
    titles[title_key(prompt_set.title)] = path
    return prompt_set


def title_key(title: str) -> str:
    """What makes two titles the same: their letters, whatever their case and spaces."""
    return " ".join(title.split()).casefold()


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


def _same_file(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
