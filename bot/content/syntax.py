"""What the YAML parser could not read, in a teacher's words.

PyYAML has two parsers whose messages differ in wording, not in meaning: libyaml's, and its own where that is missing.
Each kind of mistake is recognised by a part that both have in common, and by the text that stands at the place.
"""

import re
from collections.abc import Callable

import yaml

from bot.content.source import Finding, Source
from bot.values import frozen

_MOST_TABS = 20
_KEY_AND_TEXT = re.compile(r"\s*(-\s+)*[^\s:][^:]*:\s+\S")
_TAB_INDENT = re.compile(r"(?:^|(?<=[\r\n]))[ ]*\t")


@frozen
class _Mistake:
    """What the parser says, and where: the offset of the problem and of what it was reading at the time."""

    message: str
    at: int
    since: int
    source: Source

    @property
    def character(self) -> str:
        """The character at the place; empty at the end of the file."""
        return self.source.text[self.at : self.at + 1]

    @property
    def before(self) -> str:
        """The line's text in front of the place."""
        column = self.source.place(self.at)[1]
        return self.source.text[self.at - column + 1 : self.at]


def explain_syntax(error: yaml.MarkedYAMLError, source: Source) -> list[Finding]:
    """The parser's error as findings: one, or one for each line that a tab indents."""
    at = error.problem_mark.index if error.problem_mark else 0
    since = error.context_mark.index if error.context_mark else at
    end = len(source.text)
    message = f"{error.context or ''}: {error.problem or ''}"
    mistake = _Mistake(message, min(at, end), min(since, end), source)
    tabs = _tabs(mistake)
    if tabs:
        return tabs
    for pattern, explain in _EXPLANATIONS:
        if re.search(pattern, message):
            return [explain(mistake)]
    return [Finding(mistake.at, f"YAML cannot be read here ({error.problem})", "compare the line with those around it")]


def _tabs(mistake: _Mistake) -> list[Finding]:
    if "tab" not in mistake.message and mistake.character != "\t":
        return []
    text = mistake.source.text
    line_start = mistake.at - len(mistake.before)
    places = [match.end() - 1 for match in _TAB_INDENT.finditer(text, line_start)][:_MOST_TABS] or [mistake.at]
    return [Finding(place, "a tab stands here", "indent with spaces only") for place in places]


def _escape(mistake: _Mistake) -> Finding:
    return Finding(
        mistake.at,
        "the backslash in this double-quoted text begins an escape that YAML does not know",
        "put the text in single quotes, or write the backslash twice",
    )


def _unclosed_quote(mistake: _Mistake) -> Finding:
    return Finding(
        mistake.since,
        "the quotation mark that opens here is never closed",
        "close it at the end of the text",
    )


def _bad_start(mistake: _Mistake) -> Finding:
    return Finding(
        mistake.at, f"a text cannot begin with {mistake.character or 'this'} unless it is quoted", "put it in quotes"
    )


def _second_colon(mistake: _Mistake) -> Finding:
    if _KEY_AND_TEXT.match(mistake.before):
        return Finding(
            mistake.at, "a colon and a space stand inside this text, so YAML takes it for a key", "put it in quotes"
        )
    return Finding(
        mistake.at,
        "this `key: value` stands inside the text of the line above",
        "indent it like the other keys, and see that the line above has a colon and a space after its key",
    )


def _no_colon(mistake: _Mistake) -> Finding:
    return Finding(
        mistake.since,
        "this line is no `key: value`",
        "put a colon and a space after the key, or indent the line deeper if it continues the text above",
    )


def _unclosed_bracket(mistake: _Mistake) -> Finding:
    bracket = "]" if "sequence" in mistake.message else "}"
    what = (
        f"the bracket that opens here is not closed with {bracket} before line {mistake.source.line(mistake.at)} ends"
    )
    return Finding(mistake.since, what, f"close it with {bracket}, or put text that holds brackets in quotes")


def _block(mistake: _Mistake) -> Finding:
    if mistake.before.rstrip().endswith(("'", '"')):
        return Finding(
            mistake.at,
            "text goes on after the closing quotation mark",
            "quote the whole text, and double the marks of that kind inside it",
        )
    if mistake.before.strip():
        return Finding(mistake.at, "this cannot stand behind what comes before it", "put the whole text in quotes")
    return Finding(
        mistake.at,
        "this line is indented unlike the lines it belongs to",
        "give lines of one list or one block the same number of spaces",
    )


def _anchor(mistake: _Mistake) -> Finding:
    return Finding(
        mistake.since, "YAML reads * and & at the beginning of a text as its own signs", "put the text in quotes"
    )


def _list_beside_key(mistake: _Mistake) -> Finding:
    return Finding(mistake.at, "a list entry cannot begin behind other text", "begin the list on a line of its own")


def _block_text(mistake: _Mistake) -> Finding:
    return Finding(mistake.at, "text follows | or > on the same line", "begin the text on the next line, indented")


def _tag(mistake: _Mistake) -> Finding:
    return Finding(mistake.since, "YAML reads ! at the beginning of a text as a tag", "put the text in quotes")


def _directive(mistake: _Mistake) -> Finding:
    line_start = mistake.since - mistake.source.place(mistake.since)[1] + 1
    if "directive" in mistake.message or mistake.source.text.startswith("%", line_start):
        return Finding(
            mistake.since, "YAML reads % at the beginning of a line as its own sign", "put the text in quotes"
        )
    return Finding(mistake.at, "YAML has come to an end before this", "indent it like the keys above, or take it away")


def _no_value(mistake: _Mistake) -> Finding:
    if not mistake.character:
        return Finding(
            mistake.at, "the file ends inside a bracket that is still open", "write the rest and close the bracket"
        )
    return Finding(
        mistake.at,
        f"a value was to stand here and not {mistake.character}",
        "write a value, or put text that begins with such a sign in quotes",
    )


_EXPLANATIONS: tuple[tuple[str, Callable[[_Mistake], Finding]], ...] = (
    (r"escape|hexadecimal|hexdecimal", _escape),
    (r"quoted scalar: found unexpected", _unclosed_quote),
    (r"cannot start any token", _bad_start),
    (r"mapping values are not allowed", _second_colon),
    (r"could not find expected ':'", _no_colon),
    (r"flow (sequence|mapping)", _unclosed_bracket),
    (r"scanning an? (anchor|alias)", _anchor),
    (r"sequence entries are not allowed", _list_beside_key),
    (r"block scalar", _block_text),
    (r"\btag\b", _tag),
    (r"directive|document start", _directive),
    (r"node content", _no_value),
    (r"block (mapping|collection)", _block),
)
