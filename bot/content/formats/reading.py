"""One format: from a file to phases that can be played in their order."""

from bot.content.formats.rules import check_format
from bot.content.formats.values import Format
from bot.content.library import Problem
from bot.content.reader import validate
from bot.content.source import Source
from bot.content.titles import title_start
from bot.content.tree import read_tree


def read_format(source: Source) -> tuple[Format, int] | list[Problem]:
    """A format and the offset of its title, or everything that is wrong with it."""
    tree, findings = read_tree(source)
    if tree is None:
        return source.problems(findings)
    read, more = validate(tree, Format)
    findings += [*more, *check_format(tree, source)]
    if findings or read is None:
        return source.problems(findings)
    return read, title_start(tree)
