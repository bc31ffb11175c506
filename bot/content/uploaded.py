"""One prompt set that somebody sent: read like the operator's own files, and trusted in nothing."""

from collections.abc import Collection, Mapping
from pathlib import Path

from bot.content.kinds import Kind, misplaced
from bot.content.layout import YAML_ENDINGS
from bot.content.library import Problem
from bot.content.models import Article, PromptSet
from bot.content.prompt_sets import read_prompt_set
from bot.content.source import Finding, Source, decode
from bot.content.titles import title_key

UPLOAD_LIMIT = 256 * 1024
"""Bytes. A full set of 25 prompts has about 40 KiB."""

_NAME_LIMIT = 100


def read_upload(
    name: str,
    data: bytes,
    articles: Mapping[str, Article],
    *,
    broken_articles: frozenset[str] = frozenset(),
    titles: Collection[str] = (),
) -> PromptSet | list[Problem]:
    """The prompt set that a sent file holds, or everything that is wrong with it, in the order of the file.

    `name` is the file's name as it was sent, `articles` are known by their slugs, `titles` are those of other sets that
    the same teachers pick from. Pure, and never raises for what was sent: it takes less than a second and 100 MiB.
    """
    source = _opened(Path(_file_name(name)), data)
    if isinstance(source, list):
        return source
    result = read_prompt_set(source, articles, broken_articles)
    if isinstance(result, list):
        return result
    prompt_set, start = result
    if title_key(prompt_set.title) in {title_key(title) for title in titles}:
        what = f"the title “{prompt_set.title}” belongs to another set, and teachers pick a set by its title"
        return [source.problem(Finding(start, what, "give it another title"))]
    return prompt_set


def _opened(path: Path, data: bytes) -> Source | list[Problem]:
    if path.suffix.lower() not in YAML_ENDINGS:
        return [Problem(path, 1, 1, "this is no YAML file by its name", "send a file whose name ends in .yaml")]
    if len(data) > UPLOAD_LIMIT:
        return [Problem(path, 1, 1, "this file is larger than 256 KiB", "split it into smaller files")]
    source = decode(path, data)
    if isinstance(source, list) or misplaced(source, Kind.PROMPT_SET) is None:
        return source
    what, mend = "this is a format, and a prompt set is wanted", "send a file with the keys `article` and `prompts`"
    return [source.problem(Finding(0, what, mend))]


def _file_name(name: str) -> str:
    """The last part of a name, on one line and not too long: it is shown and never opened."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in last).split())
    return shown if len(shown) <= _NAME_LIMIT else f"…{shown[1 - _NAME_LIMIT :]}"
