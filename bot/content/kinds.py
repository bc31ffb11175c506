"""What a file of a teacher's is: an article, its glossary, a prompt set or a format."""

import re
from enum import StrEnum
from pathlib import Path

from bot.content.glossaries import is_glossary
from bot.content.layout import ARTICLE_ENDINGS, FORMATS_FOLDER, GLOSSARY
from bot.content.source import Finding, Source

_KEYS = re.compile(r"""^["']?(phases|prompts|article|terms)["']?[ \t]*:""", re.MULTILINE)


class Kind(StrEnum):
    """What a file is, in a teacher's words."""

    ARTICLE = "article"
    PROMPT_SET = "prompt set"
    FORMAT = "format"
    GLOSSARY = "glossary"


def kind_by_place(path: Path) -> Kind:
    """What a file is to be, by its ending and its folder."""
    if path.suffix.lower() in ARTICLE_ENDINGS:
        return Kind.ARTICLE
    if is_glossary(path):
        return Kind.GLOSSARY
    return Kind.FORMAT if path.absolute().parent.name == FORMATS_FOLDER else Kind.PROMPT_SET


def kind_by_keys(source: Source) -> Kind | None:
    """What a YAML file is by its first-level keys, however broken it is otherwise; None where they do not tell."""
    keys = {match[1] for match in _KEYS.finditer(source.text)}
    if not keys:
        return None
    if keys == {"terms"}:
        return Kind.GLOSSARY
    if "phases" in keys:
        return Kind.FORMAT if keys == {"phases"} else None
    return Kind.PROMPT_SET


def misplaced(source: Source, wanted: Kind) -> Finding | None:
    """A format among the prompt sets, a glossary among either …: told once, instead of key by key."""
    found = kind_by_keys(source)
    if found is None or found is wanted:
        return None
    match = _KEYS.search(source.text)
    start = match.start() if match else 0
    if found is Kind.GLOSSARY:
        what = "this is a glossary, and a glossary stands beside its article"
        return Finding(start, what, f"move the file to the articles, named as its article is, with {GLOSSARY}.yaml")
    if found is Kind.FORMAT:
        what = f"this is a format, and formats stand in the folder {FORMATS_FOLDER}"
        return Finding(start, what, f"move the file to {FORMATS_FOLDER}")
    what = f"this is a prompt set, and the folder {FORMATS_FOLDER} is for formats"
    return Finding(start, what, "move the file one folder up")
