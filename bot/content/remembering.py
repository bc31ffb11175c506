"""What was read, as a text to keep: a start need not read anew what has not changed, nor import what reads it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import JsonValue
from pydantic_core import from_json

from bot.content.formats import Format
from bot.content.layout import ARTICLE_ENDINGS, YAML_ENDINGS
from bot.content.library import Library
from bot.content.models import Article, ContentValue, Glossary, PromptSet

V = TypeVar("V", bound=ContentValue)

_CODE = Path(__file__).parent


def mark_of(articles: Path, prompts: Path) -> str | None:
    """What tells this content, as this very code reads it, from any other. None where some of it cannot be read."""
    mark = hashlib.sha256()
    try:
        for folder, endings in ((_CODE, {".py"}), (articles, ARTICLE_ENDINGS | YAML_ENDINGS), (prompts, YAML_ENDINGS)):
            for path in _files(folder, endings):
                words = path.read_bytes()
                mark.update(f"{path.relative_to(folder)}\n{len(words)}\n".encode(errors="surrogateescape"))
                mark.update(words)
    except OSError:
        return None
    return mark.hexdigest()


def remembered(library: Library, mark: str) -> str:
    """The content of a library, under its mark."""
    told = {
        "mark": mark,
        "articles": {slug: value.model_dump(mode="json") for slug, value in library.articles.items()},
        "prompt_sets": {slug: value.model_dump(mode="json") for slug, value in library.prompt_sets.items()},
        "formats": {slug: value.model_dump(mode="json") for slug, value in library.formats.items()},
        "glossaries": {slug: value.model_dump(mode="json") for slug, value in library.glossaries.items()},
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def recalled(text: str, mark: str) -> Library | None:
    """The library that was kept under this mark; None where it was another one."""
    told = from_json(text)
    if told["mark"] != mark:
        return None
    return Library(
        articles=_Kept(Article, told["articles"]),
        prompt_sets=_Kept(PromptSet, told["prompt_sets"]),
        formats=_Kept(Format, told["formats"]),
        glossaries=_Kept(Glossary, told["glossaries"]),
    )


class _Kept(Mapping[str, V]):
    """Values by slug, each made of what was kept when somebody first looks at it: a start looks at none."""

    def __init__(self, kind: type[V], told: Mapping[str, JsonValue]) -> None:
        self._kind = kind
        self._kept: dict[str, JsonValue | V] = dict(told)

    def __getitem__(self, slug: str) -> V:
        kept = self._kept[slug]
        if isinstance(kept, self._kind):
            return kept
        made = self._kept[slug] = self._kind.model_validate(kept)
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def __repr__(self) -> str:
        return repr(dict(self))


def _files(folder: Path, endings: frozenset[str] | set[str]) -> Iterator[Path]:
    """The files of a folder and all below it, whether or not the loader passes over them."""
    return (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in endings and not path.is_dir())
