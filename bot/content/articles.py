"""One article: Markdown with or without front matter, its paragraphs taken verbatim from the file."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import BaseModel, ConfigDict, Field

from bot.content.library import Problem
from bot.content.models import Article, Picture, Prose, Title
from bot.content.reader import validate
from bot.content.source import Finding, Source
from bot.content.suggestions import nearest_word
from bot.content.tree import Mapping, read_tree

UNKNOWN_AUTHOR = "Unknown author"

LINE_LIMIT = 5_000
"""Lines of an article's file, of which a book has fewer. Over so many short ones Markdown's parser takes long."""

_FENCE = re.compile(r"---[ \t]*(?:\r\n|\n|\r|$)")
_CLOSING_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,1000}\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])?")
_EMPTY_LINK = re.compile(r"\[\s*\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])")
_PICTURE_TAG = re.compile(r"</?(img|picture|figure|figcaption|svg|source|video|audio|iframe)\b", re.IGNORECASE)
_TITLE_LIMIT = 100


class FrontMatter(BaseModel):
    """What may stand above an article. Keys of other programs (date, tags, layout) are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    title: Title | None = Field(default=None, description="The article's title.")
    author: Title | None = Field(default=None, description="Who wrote it.")
    deck: Prose | None = Field(default=None, description="The line under the title.")
    pictures: tuple[Picture, ...] = Field(default=(), description="The pictures that stood in it, as words.")
    origin: Prose | None = Field(default=None, description="Where the text comes from, and by what right it is here.")


def read_article(source: Source) -> Article | list[Problem]:
    """An article from its file, or everything that is wrong with it.

    Its paragraphs are the file's top-level blocks but headings, rules, comments and pictures. Without a title above it
    the first heading gives one, else the file's name.
    """
    if len(source.line_starts) > LINE_LIMIT:
        what = f"this article has more than {LINE_LIMIT:,} lines"
        return source.problems([Finding(source.line_starts[LINE_LIMIT], what, "split it into smaller files")])
    body_start, front, findings = _front_matter(source)
    heading, paragraphs = _body(source.text[body_start:])
    if not paragraphs and front is not None:
        findings.append(Finding(len(source.text), "this article has no paragraph", "write its text"))
    if findings or front is None:
        return source.problems(findings)
    title = front.title or _cut(heading) or _cut(source.path.stem.replace("-", " ").replace("_", " ")) or "Untitled"
    return Article(
        title=title,
        author=front.author or UNKNOWN_AUTHOR,
        deck=front.deck,
        pictures=front.pictures,
        origin=front.origin,
        paragraphs=tuple(paragraphs),
    )


def _front_matter(source: Source) -> tuple[int, FrontMatter | None, list[Finding]]:
    """Where the body begins, and what stands above it. The offsets of both are those of the file."""
    opening = _FENCE.match(source.text)
    if opening is None:
        return 0, FrontMatter(), []
    closing = _CLOSING_FENCE.search(source.text, opening.end())
    if closing is None:
        return len(source.text), None, [Finding(0, "the --- that opens here is never closed", "close it with ---")]
    above = Source(source.path, source.text[: closing.start()])
    if not above.text[opening.end() :].strip():
        return closing.end(), FrontMatter(), []
    tree, findings = read_tree(above)
    if tree is None:
        return closing.end(), None, findings
    front, more = validate(tree, FrontMatter)
    return closing.end(), front, [*findings, *more, *_mistyped(tree if isinstance(tree, Mapping) else None)]


def _mistyped(tree: Mapping | None) -> Iterator[Finding]:
    """Keys that nearly are one of ours."""
    known = FrontMatter.model_fields
    for name, entry in tree.entries.items() if tree else ():
        meant = None if name in known else nearest_word(name, known, at_least=75)
        if meant is not None and tree is not None and meant not in tree.entries:
            yield Finding(entry.key.start, f"there is no key `{name}` here", f"did you mean `{meant}`?")


def _body(markdown: str) -> tuple[str, list[str]]:
    """The first heading (empty where there is none) and the paragraphs of an article's body."""
    text = markdown.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    heading = ""
    paragraphs: list[str] = []
    for token in _blocks(text):
        start, end = token.map or (0, 0)
        block = "\n".join(lines[start:end]).strip()
        if token.type == "heading_open":
            heading = heading or _heading_words(block)
        elif block and not _is_passed_over(token, block):
            paragraphs.append(block)
    return heading, paragraphs


def _blocks(text: str) -> Iterator[Token]:
    """The top-level blocks. Only the block rules run: what stands inside a line is nobody's business here."""
    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return (token for token in parser.parse(text) if token.level == 0 and token.nesting >= 0 and token.map is not None)


def _heading_words(block: str) -> str:
    if block.startswith("#"):
        return block.strip("#").strip()
    return " ".join(block.split("\n")[:-1]).strip()


def _is_passed_over(token: Token, block: str) -> bool:
    if token.type == "hr":
        return True
    if token.type == "html_block":
        return block.startswith(("<!--", "<!", "<?")) or _PICTURE_TAG.match(block) is not None
    is_picture = block.startswith(("![", "[![")) and len(block) < 10_000
    return is_picture and not _EMPTY_LINK.sub("", _IMAGE.sub("", block)).strip()


def _cut(text: str) -> str:
    """A heading or a file's name as a title: on one line, and no longer than one may be."""
    line = " ".join(text.split())
    return line if len(line) <= _TITLE_LIMIT else f"{line[: _TITLE_LIMIT - 1].rstrip()}…"
