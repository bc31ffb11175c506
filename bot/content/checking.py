"""What `python bot.py check` finds: each file's problems, or one line that sums it up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content.library import Problem
from bot.content.loading import (
    ARTICLE_ENDINGS,
    PROMPT_SET_ENDINGS,
    Shelf,
    content_files,
    load_article,
    load_articles,
    load_prompt_set,
)
from bot.content.models import Article, PromptSet


@dataclass(frozen=True, slots=True)
class Checked:
    """One file: its problems, or a summary where it has none."""

    path: Path
    problems: tuple[Problem, ...]
    summary: str | None

    def __str__(self) -> str:
        return self.summary or "\n".join(str(problem) for problem in self.problems)


def check(paths: Sequence[Path], *, articles: Path, prompts: Path) -> list[Checked]:
    """Checks files and folders, or the two folders themselves where no path is given.

    A prompt set may lie anywhere; its article is looked up in `articles`, and its title must differ from those in
    `prompts`. Of a folder its articles and its prompt sets are checked, those of its sub-folders are not.
    """
    results: list[Checked] = []
    article_shelf = Shelf()
    texts = load_articles(articles, article_shelf)
    titles = _titles(prompts, texts, article_shelf.broken)
    shelves: dict[tuple[Path, bool], Shelf] = {}
    for path in _files(paths or (articles, prompts), results):
        is_article = path.suffix.lower() in ARTICLE_ENDINGS
        shelf = shelves.setdefault((path.parent.resolve(), is_article), Shelf())
        if path in shelf.paths.values():
            continue
        if shelf.claim(path) is None:
            results.append(Checked(path, (shelf.problems[-1],), None))
        elif is_article:
            results.append(_checked(path, load_article(path)))
        else:
            results.append(_checked(path, load_prompt_set(path, texts, article_shelf.broken, titles)))
    return results


def _titles(prompts: Path, texts: dict[str, Article], broken: set[str]) -> dict[str, Path]:
    """The titles taken in the folder of prompt sets: each by the first valid file that has it."""
    titles: dict[str, Path] = {}
    for path in content_files(prompts, PROMPT_SET_ENDINGS, []):
        load_prompt_set(path, texts, broken, titles)
    return titles


def _files(paths: Sequence[Path], results: list[Checked]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            problems: list[Problem] = []
            yield from content_files(path, ARTICLE_ENDINGS | PROMPT_SET_ENDINGS, problems)
            results += [Checked(path, (problem,), None) for problem in problems]
        elif path.suffix.lower() in ARTICLE_ENDINGS | PROMPT_SET_ENDINGS:
            yield path
        else:
            what = (
                "this is neither an article (.md) nor a prompt set (.yaml)"
                if path.exists()
                else "there is no such file"
            )
            results.append(Checked(path, (Problem(path, 1, 1, what, "check its name and its folder"),), None))


def _checked(path: Path, value: Article | PromptSet | list[Problem]) -> Checked:
    match value:
        case Article():
            words = sum(len(paragraph.split()) for paragraph in value.paragraphs)
            size = f"{_count(len(value.paragraphs), 'paragraph')}, {_count(words, 'word')}"
            return Checked(path, (), f'{path}: ok, "{value.title}" by {value.author}, {size}')
        case PromptSet():
            excerpts = sum(len(prompt.excerpts) for prompt in value.prompts)
            size = f"{_count(len(value.prompts), 'prompt')} on {value.article}, {_count(excerpts, 'excerpt')}"
            return Checked(path, (), f'{path}: ok, "{value.title}", {size}')
        case _:
            return Checked(path, tuple(value), None)


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
