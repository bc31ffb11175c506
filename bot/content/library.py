"""All content that loaded, beside the problems of what did not."""

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from bot.content.formats import Format
from bot.content.models import Article, Glossary, PromptSet
from bot.values import frozen


@frozen
class Problem:
    """One thing wrong in one file: where it is (line and column from 1), what is wrong and how to mend it."""

    path: Path
    line: int
    column: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.what}; {self.mend}"

    def in_short(self) -> str:
        """The same with the file's name alone: for a teacher, who knows no folders of the operator's machine."""
        return f"{self.path.name}:{self.line}:{self.column}: {self.what}; {self.mend}"


@frozen
class Library:
    """Articles, prompt sets, formats and glossaries by slug (the file's stem).

    A broken file is left out, and told in `problems`.
    """

    articles: Mapping[str, Article] = field(default_factory=dict[str, Article])
    prompt_sets: Mapping[str, PromptSet] = field(default_factory=dict[str, PromptSet])
    problems: tuple[Problem, ...] = ()
    formats: Mapping[str, Format] = field(default_factory=dict[str, Format])
    """Of a loaded library the open floor is the first."""
    glossaries: Mapping[str, Glossary] = field(default_factory=dict[str, Glossary])
    """By the slug of the article whose words they explain. Most articles have none."""
