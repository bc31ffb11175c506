"""What `python bot.py check` finds: each file's problems, or one line that sums it up."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.content.formats import Format
from bot.content.kinds import Kind, kind_by_keys, kind_by_place
from bot.content.layout import ARTICLE_ENDINGS, FORMATS_FOLDER, YAML_ENDINGS
from bot.content.library import Problem
from bot.content.loading import (
    Shelf,
    content_files,
    format_files,
    load_article,
    load_articles,
    load_format,
    load_glossary,
    load_prompt_set,
    prompt_files,
)
from bot.content.models import Article, Glossary, PromptSet
from bot.content.source import Source, open_source
from bot.values import frozen

_Value = Article | Glossary | PromptSet | Format


@frozen
class Checked:
    """One file: its problems, or a summary where it has none."""

    path: Path
    problems: tuple[Problem, ...]
    summary: str | None

    def __str__(self) -> str:
        return self.summary or "\n".join(str(problem) for problem in self.problems)


@frozen
class _Known:
    """What files are checked against: the articles, those that are broken, and the titles taken of each kind."""

    articles: dict[str, Article]
    broken: set[str]
    titles: dict[Kind, dict[str, Path]]


def check(paths: Sequence[Path], *, articles: Path, prompts: Path) -> list[Checked]:
    """Checks files and folders, or the two folders themselves where no path is given.

    A prompt set or a format may lie anywhere: its first keys tell which it is, else its folder. A set's article is
    looked up in `articles`; titles must differ from those in `prompts`. Of a folder its articles, its prompt sets and
    the formats in its `formats` are checked, other sub-folders are not.
    """
    results: list[Checked] = []
    known = _known(articles, prompts)
    shelves: dict[tuple[Path, Kind], Shelf] = {}
    for path in _files(paths or (articles, prompts), results):
        kind = _kind(path, prompts)
        shelf = shelves.setdefault((path.parent.resolve(), kind), Shelf())
        if path in shelf.paths.values():
            continue
        if shelf.claim(path) is None:
            results.append(Checked(path, (shelf.problems[-1],), None))
        else:
            results.append(_checked(path, _load(path, kind, known)))
    return results


def _known(articles: Path, prompts: Path) -> _Known:
    """The content of the two folders. Of two files with one title the first valid one has it."""
    shelf = Shelf()
    known = _Known(load_articles(articles, shelf), shelf.broken, {Kind.PROMPT_SET: {}, Kind.FORMAT: {}})
    for path in prompt_files(prompts, articles, []):
        _load(path, Kind.PROMPT_SET, known)
    for path in format_files(prompts, []):
        _load(path, Kind.FORMAT, known)
    return known


def _kind(path: Path, prompts: Path) -> Kind:
    """In the library's own folders the place decides, as it does when the library is loaded; elsewhere the keys do."""
    by_place = kind_by_place(path)
    if by_place in {Kind.ARTICLE, Kind.GLOSSARY} or path.parent.resolve() in {
        prompts.resolve(),
        (prompts / FORMATS_FOLDER).resolve(),
    }:
        return by_place
    source = open_source(path)
    return (kind_by_keys(source) if isinstance(source, Source) else None) or by_place


def _load(path: Path, kind: Kind, known: _Known) -> _Value | list[Problem]:
    match kind:
        case Kind.ARTICLE:
            return load_article(path)
        case Kind.GLOSSARY:
            return load_glossary(path, {*known.articles, *known.broken})
        case Kind.PROMPT_SET:
            return load_prompt_set(path, known.articles, known.broken, known.titles[kind])
        case Kind.FORMAT:
            return load_format(path, known.titles[kind])


def _files(paths: Sequence[Path], results: list[Checked]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            problems: list[Problem] = []
            endings = YAML_ENDINGS if path.absolute().name == FORMATS_FOLDER else ARTICLE_ENDINGS | YAML_ENDINGS
            yield from content_files(path, endings, problems)
            yield from format_files(path, problems)
            results += [Checked(path, (problem,), None) for problem in problems]
        elif path.suffix.lower() in ARTICLE_ENDINGS | YAML_ENDINGS:
            yield path
        else:
            what = (
                "this is neither an article (.md) nor a prompt set, a format or a glossary (.yaml)"
                if path.exists()
                else "there is no such file"
            )
            results.append(Checked(path, (Problem(path, 1, 1, what, "check its name and its folder"),), None))


def _checked(path: Path, value: _Value | list[Problem]) -> Checked:
    match value:
        case Article():
            words = sum(len(paragraph.split()) for paragraph in value.paragraphs)
            size = f"{_count(len(value.paragraphs), 'paragraph')}, {_count(words, 'word')}"
            return Checked(path, (), f'{path}: ok, "{value.title}" by {value.author}, {size}')
        case Glossary():
            size = f"{_count(len(value.terms), 'term')} explained"
            return Checked(path, (), f"{path}: ok, {size}")
        case PromptSet():
            excerpts = sum(len(prompt.excerpts) for prompt in value.prompts)
            size = f"{_count(len(value.prompts), 'prompt')} on {value.article}, {_count(excerpts, 'excerpt')}"
            return Checked(path, (), f'{path}: ok, "{value.title}", {size}')
        case Format():
            phases = ", ".join(phase.kind for phase in value.plan)
            return Checked(path, (), f'{path}: ok, "{value.title}", {phases}: {_length(value)}')
        case _:
            return Checked(path, tuple(value), None)


def _length(value: Format) -> str:
    """How long a format takes, as far as it says so."""
    if value.minutes_in_all is not None:
        return _count(value.minutes_in_all, "minute")
    limited = sum(phase.minutes or 0 for phase in value.plan)
    return f"{_count(limited, 'minute')} and until the teacher goes on" if limited else "until the teacher goes on"


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
